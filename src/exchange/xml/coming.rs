//! Answers that come in parts, are cut off, or mean harm.
#![allow(clippy::unwrap_used, clippy::panic)]

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};

use super::reader::{Bounds, Stop, read};
use super::{Element, XmlError};
use crate::http::base64::Decoded;
use crate::http::{Failure, Incoming};

const BOUNDS: Bounds = Bounds { rest: 4_000, content: Some("Data"), most: 10_000 };

fn came(parts: impl Iterator<Item = Result<Bytes, Failure>> + Send + 'static) -> Result<Element, Stop> {
    read(Incoming::of(stream::iter(parts).boxed()), BOUNDS).now_or_never().unwrap()
}

fn in_parts(document: &str, size: usize) -> Result<Element, Stop> {
    let parts: Vec<_> = document.as_bytes().chunks(size).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
    came(parts.into_iter())
}

/// The content of the first `Data`.
fn content(document: &str, size: usize) -> Option<Vec<u8>> {
    Some(in_parts(document, size).ok()?.find("Data")?.content()?.to_vec())
}

#[test]
fn content_is_the_same_however_the_answer_is_cut() {
    let document = "\u{feff}<?xml version='1.0'?><a x='ä'><m:Data>AQ&#xD;\nIDBAU&#x3D;</m:Data><b>ü &amp; &lt;</b>\
                    <Data><![CDATA[Bg]]><!-- c -->==</Data><Data/></a>";
    for size in [1, 2, 3, 5, 17, 10_000] {
        let root = in_parts(document, size).unwrap();
        let all: Vec<_> = root.all("Data").map(Element::content).collect();
        let expected = [&[1, 2, 3, 4, 5][..], &[6], &[]].map(|bytes| Some(Bytes::from_static(bytes)));
        assert_eq!(all, expected, "{size}");
        assert_eq!((root.text_of("b"), root.attribute("x")), (Some("ü & <"), Some("ä")));
        assert!(root.all("Data").all(|data| data.text.is_empty()), "the text is nowhere");
    }
}

#[test]
fn an_answer_cut_anywhere_is_an_error() {
    let document = "<a><Data>AQIDBA==</Data><b>t</b></a>";
    assert!(in_parts(document, 4).is_ok());
    for end in 0..document.len() {
        assert!(matches!(in_parts(&document[..end], 4), Err(Stop::Xml(_))), "cut at {end}");
    }
}

#[test]
fn what_is_no_base64_spoils_its_own_item_only() {
    for text in
        ["AQIDBA==x", "AQI", "AQ==AQID", "A=QI", "AQID=== Truncated Data ===", "\u{1f4a9}AQID", "AQ&nbsp;ID", "?"]
    {
        let root = in_parts(&format!("<a><Data>{text}</Data><Data>AQID</Data></a>"), 5).unwrap();
        let all: Vec<_> = root.all("Data").map(Element::content).collect();
        assert_eq!(all, [None, Some(Bytes::from_static(&[1, 2, 3]))], "{text}");
    }
    let Some(Decoded::Broken(_)) = in_parts("<Data>?</Data>", 5).unwrap().content else { panic!("it is broken") };
}

#[test]
fn elements_within_content_are_refused() {
    for inside in ["<x/>", "<x>AQID</x>", "<Data>AQID</Data>", "<!DOCTYPE a>"] {
        let document = format!("<a><Data>AQID{inside}</Data></a>");
        assert!(matches!(in_parts(&document, 5), Err(Stop::Xml(_))), "{inside}");
    }
    assert_eq!(content("<a><Data>AQ<?p i?>ID</Data></a>", 3), Some(vec![1, 2, 3]));
}

#[test]
fn what_never_ends_is_stopped() {
    let endless = |start: &str, more: &'static str| {
        let more = std::iter::repeat_n(Bytes::from_static(more.as_bytes()), 1_000_000);
        came(std::iter::once(Bytes::copy_from_slice(start.as_bytes())).chain(more).map(Ok))
    };
    let stopped_at = |limit: usize, stop: Result<Element, Stop>| match stop {
        Err(Stop::Failure(Failure::TooLarge { limit: at })) => assert_eq!(at, limit),
        other => panic!("{other:?}"),
    };
    stopped_at(BOUNDS.most, endless("<a><Data>", "AAAA"));
    let some = concat!("<Data>", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "</Data>");
    stopped_at(BOUNDS.most, endless("<a>", some));
    stopped_at(BOUNDS.rest, endless("<a>", "text"));
    stopped_at(BOUNDS.rest, endless("<a b='", "xxxx"));
    stopped_at(BOUNDS.rest, endless("<a><!--", "xxxx"));
    stopped_at(BOUNDS.rest, endless("<a>&", "xxxx"));
    for inside in ["&", "<!--", "<?", "<![CDATA[", "<b c='"] {
        stopped_at(BOUNDS.rest, endless(&format!("<a><Data>{inside}"), "AAAA"));
    }
    stopped_at(BOUNDS.rest, endless("<a><Data>", "<!---->"));
    stopped_at(BOUNDS.rest, endless("<a>", "<b/>"));
    assert!(matches!(endless("<a>", "<b>"), Err(Stop::Xml(XmlError::TooComplex))));
}

#[test]
fn a_lost_connection_is_told_as_such() {
    for start in ["", "<a", "<a>t", "<a><Data>AQ", "<a><Data>AQID</Data>"] {
        let parts = [Ok(Bytes::from_static(start.as_bytes())), Err(Failure::Lost("gone".into()))];
        let stop = came(parts.into_iter()).unwrap_err();
        assert!(matches!(stop, Stop::Failure(Failure::Lost(_))), "{start}: {stop:?}");
    }
}

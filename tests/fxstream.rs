//! The fast transfer stream against streams that a third-party server wrote, each described by an independent route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "fxstream/corpus.rs"]
mod corpus;
#[path = "fxstream/damage.rs"]
mod damage;
#[path = "fxstream/description.rs"]
mod description;

use cutover::fidelity::facets;
use cutover::mapi::container::{self, Version};
use cutover::mapi::stream;

#[test]
fn the_corpus_is_there() {
    corpus::say_what_is_left_out();
}

#[test]
fn every_stream_agrees_with_its_description() {
    let mut differences = Vec::new();
    for stream in corpus::streams() {
        if let Some(json) = &stream.description {
            assert_eq!(json["stream"]["bytes"], stream.bytes.len(), "{}", stream.name);
            differences.extend(description::compare(&stream.name, &stream.item(), &json["mapi"]));
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn every_stream_comes_back_byte_for_byte() {
    for stream in corpus::streams() {
        let decoded = stream.decode_as(&stream.bytes).unwrap();
        assert!(decoded.encode() == stream.bytes, "{}", stream.name);
    }
}

#[test]
fn every_stream_passes_through_the_container() {
    let version = Version([0x01, 0x0E, 0x8B, 0x80, 0, 0]);
    for stream in corpus::streams() {
        let opened = container::unwrap(&container::wrap(&stream.bytes, version)).unwrap();
        assert!(opened.stream == stream.bytes, "{}", stream.name);
        assert_eq!(opened.version, Some(version));
    }
}

#[test]
fn every_item_written_afresh_has_the_same_facets() {
    for stream in corpus::streams() {
        let item = stream.item();
        let afresh = stream::decode(&stream::encode_fresh(&item).unwrap()).unwrap();
        let differences = facets(&item).differences(&facets(&afresh));
        assert!(differences.is_empty(), "{}: {differences:?}", stream.name);
    }
}

#[test]
fn one_message_in_all_spellings_has_the_same_facets() {
    let streams = corpus::streams();
    let item_of = |name: &str| streams.iter().find(|stream| stream.name == name).unwrap().item();
    let variants = streams.iter().filter(|stream| stream.name.starts_with("variants/"));
    // Option 0 drops the characters that do not fit.
    for variant in variants.filter(|variant| !variant.name.ends_with("options00")) {
        let of = variant.name.strip_prefix("variants/").and_then(|name| name.split('.').next()).unwrap();
        let differences = facets(&item_of(of)).differences(&facets(&variant.item()));
        assert!(differences.is_empty(), "{}: {differences:?}", variant.name);
    }
}

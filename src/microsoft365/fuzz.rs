//! The target's parsers, fed anything: pages of Graph, exports, refusals, the Exchange admin service, the sign-in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};

use super::failure::Refusal;
use super::folder::MailboxFolder;
use super::graph::Page;
use super::{exchange_admin, item, sign_in};
use crate::engine::item::FolderId;
use crate::engine::problem::Kind;
use crate::http::Answer;

/// How many characters of a service's own words may be kept.
const WORDS: usize = 400;

/// Answers: `0` a page of items, `1` of folders, `2` exported items, `3` a refusal, `4` what a cmdlet gives, `5` its
/// refusal, `6` a sign-in. For `3` and `5` the first line is a `Retry-After`.
pub(crate) fn graph(data: &[u8]) {
    let Some((&pick, input)) = data.split_first() else { return };
    match pick % 8 {
        0 => item::fuzz::listed(input),
        1 => {
            let page: Result<Page<MailboxFolder>, _> = serde_json::from_slice(input);
            for folder in page.map(|page| page.value).unwrap_or_default() {
                assert!(!folder.folder(Some(FolderId("root".to_owned()))).class.is_empty());
            }
        }
        2 => item::fuzz::exported(input),
        3 => refusal(&Refusal::from_graph(&answer(input, 400), "x")),
        4 | 5 => {
            if let Err(super::failure::Trouble::Refused(refused)) =
                exchange_admin::read_page(&answer(input, if pick % 8 == 4 { 200 } else { 500 }))
            {
                refusal(&refused);
            }
        }
        _ => {
            sign_in::fuzz(&answer(input, 200));
            sign_in::fuzz(&answer(input, 400));
        }
    }
}

/// An answer whose body, for a refusal, follows the value of a header.
fn answer(input: &[u8], status: u16) -> Answer {
    let mut headers = HeaderMap::new();
    let mut body = input;
    if status >= 400
        && let Some(end) = input.iter().position(|byte| *byte == b'\n')
        && let Ok(value) = HeaderValue::from_bytes(&input[..end])
    {
        headers.insert("x-exceptiontype", value.clone());
        headers.insert("request-id", value.clone());
        headers.insert("retry-after", value);
        body = &input[end + 1..];
    }
    Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: Bytes::copy_from_slice(body) }
}

/// What is kept of a service's words is short, and on one line.
fn refusal(refusal: &Refusal) {
    let kept = |text: &str| text.chars().count() <= WORDS && !text.contains(char::is_control);
    assert!(kept(&refusal.text) && kept(&refusal.request), "{refusal:?}");
    assert!(refusal.retry_after.is_none_or(|pause| pause.as_secs() <= 10 * 366 * 86_400 * 1_000), "{refusal:?}");
    let problem = refusal.clone().problem(Kind::Item);
    let _ = (refusal.collision(), refusal.missing(), refusal.without_mailbox(), problem.to_string());
}

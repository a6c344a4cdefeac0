//! Numbers and sizes in every language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fluent_bundle::FluentValue;

use crate::i18n::FORMATS;
use crate::words::Words;

/// In each language, with no-break spaces shown as `_` and narrow ones as `~`.
fn in_all(write: impl Fn(&Words) -> String) -> [String; 6] {
    ["en-GB", "en-US", "de", "fr", "es", "ja"].map(|tag| shown(&write(&Words::written_as(tag))))
}

fn shown(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "~")
}

#[test]
fn numbers_are_grouped() {
    let all = in_all(|words| words.number(1_234_567));
    assert_eq!(all, ["1,234,567", "1,234,567", "1.234.567", "1~234~567", "1.234.567", "1,234,567"]);
    assert_eq!(in_all(|words| words.number(1234)), ["1,234", "1,234", "1.234", "1~234", "1234", "1,234"]);
    assert_eq!(in_all(|words| words.number(999)), ["999"; 6]);
    assert_eq!(Words::new("en-GB").number(u64::MAX), "18,446,744,073,709,551,615");
}

#[test]
fn decimals_have_one_digit() {
    let all = in_all(|words| words.decimal(1234.56));
    assert_eq!(all, ["1,234.6", "1,234.6", "1.234,6", "1~234,6", "1234,6", "1,234.6"]);
    let words = Words::new("en-GB");
    assert_eq!(words.decimal(-1234.0), "-1,234.0");
    assert_eq!(words.decimal(f64::NAN), "–");
}

#[test]
fn sizes_are_in_the_unit_that_reads_best() {
    let words = Words::new("en-GB");
    let size = |bytes| shown(&words.size(bytes));
    assert_eq!([size(0), size(1), size(1023)], ["0_bytes", "1_byte", "1,023_bytes"]);
    assert_eq!([size(1024), size(1536), size(100 << 10)], ["1_KB", "2_KB", "100_KB"]);
    assert_eq!([size((1 << 20) - 1), size(1 << 20), size(1 << 30)], ["1.0_MB", "1.0_MB", "1.0_GB"]);
    assert_eq!([size(102_340 << 10), size(102_400 << 10)], ["99.9_MB", "100_MB"]);
    assert_eq!([size(1023 << 20), size(5 << 40), size(2048 << 40)], ["1,023_MB", "5.0_TB", "2,048_TB"]);
    assert_eq!(in_all(|words| words.size(3 << 29)), ["1.5_GB", "1.5_GB", "1,5_GB", "1,5_Go", "1,5_GB", "1.5_GB"]);
    let bytes = in_all(|words| words.size(512));
    assert_eq!(bytes, ["512_bytes", "512_bytes", "512_Byte", "512_octets", "512_bytes", "512_バイト"]);
}

#[test]
fn all_is_only_said_when_it_is_all() {
    assert_eq!(in_all(|words| words.percent(0.455)), ["45%", "45%", "45_%", "45~%", "45_%", "45%"]);
    let words = Words::new("en-GB");
    let percent = [0.999_999, 1.0, 1.7, -0.1, f64::NAN, 0.29, 0.57].map(|share| words.percent(share));
    assert_eq!(percent, ["99%", "100%", "100%", "0%", "0%", "29%", "57%"]);
}

#[test]
fn numbers_in_messages_are_grouped_and_still_choose_the_plural() {
    let say = |tag, files: u64| {
        let blanks = [("files", FluentValue::from(files))];
        Words::written_as(tag).text("cli-more-files", &blanks)
    };
    assert!(say("en-GB", 1).starts_with("… and 1 more file,"), "{}", say("en-GB", 1));
    assert!(say("en-GB", 12_345).starts_with("… and 12,345 more files,"), "{}", say("en-GB", 12_345));
    let german = crate::i18n::Messages::formats("de");
    let ago = |minutes: f64| german.text("format-minutes-ago", &[("number", FluentValue::from(minutes))]);
    assert_eq!([ago(1.0), ago(2000.0), ago(2000.5)], ["vor 1 Minute", "vor 2.000 Minuten", "vor 2.000,5 Minuten"]);
}

#[test]
fn every_language_has_signs_of_its_own_file() {
    for (tag, _) in FORMATS {
        let formats = crate::i18n::Messages::formats(tag);
        let from: usize = formats.text("format-group-from", &[]).parse().unwrap();
        assert!((4..=5).contains(&from), "{tag}");
        for key in ["format-decimal-sign", "format-group-sign"] {
            assert_eq!(formats.text(key, &[]).chars().count(), 1, "{tag}: {key}");
        }
    }
}

//! Retry only these: whom a MigrationErrors.csv names that a further attempt may help.

use std::collections::HashSet;
use std::path::Path;

use super::sheet::{Sheet, unusable};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;

/// Bytes of such a report at most: far more than one of the largest migration has.
const LARGEST: u64 = 16 * 1024 * 1024;
/// What is needed of it.
const COLUMNS: [&str; 2] = ["EmailAddress", "Retryable"];
/// How spreadsheets of several languages write what we wrote as `true` and `false`.
const YES: [&str; 8] = ["true", "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro", "1"];
const NO: [&str; 8] = ["false", "falsch", "faux", "falso", "onwaar", "", "-", "0"];

/// The recipients whom a report of errors names and whom a further attempt may help, for
/// [`Plan::only`](crate::engine::plan::Plan::only). It may have been saved by a spreadsheet meanwhile, and lines may have
/// been taken out.
///
/// # Errors
/// `ReportUnusable`: it cannot be read, is something else, or names nobody such.
pub async fn to_retry(errors: &Path) -> Result<HashSet<Address>, Problem> {
    let path = errors.to_path_buf();
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    read.map_err(|error| {
        Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "reading a report").because(error)
    })?
}

fn read(path: &Path) -> Result<HashSet<Address>, Problem> {
    chosen(Sheet::open(path, &COLUMNS, LARGEST)?, path)
}

/// The same of what stands in that file, for the fuzzer.
#[cfg(any(test, fuzzing))]
pub(super) fn read_from(text: impl std::io::Read + 'static, path: &Path) -> Result<HashSet<Address>, Problem> {
    chosen(Sheet::read(text, path, &COLUMNS)?, path)
}

fn chosen(mut sheet: Sheet, path: &Path) -> Result<HashSet<Address>, Problem> {
    let mut chosen = HashSet::new();
    while let Some(line) = sheet.next()? {
        let [address, retryable] = line.cells.as_slice() else { return Err(sheet.wrong(line.number)) };
        let retryable = retryable.to_lowercase();
        match (YES.contains(&retryable.as_str()), NO.contains(&retryable.as_str())) {
            (true, _) if address.contains('@') => drop(chosen.insert(Address::new(address.as_str()))),
            (false, true) => {}
            _ => return Err(sheet.wrong(line.number)),
        }
    }
    if chosen.is_empty() {
        return Err(unusable(path, "nobody"));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LINES: [[&str; 4]; 5] = [
        ["Mailbox", "anna@contoso.com", "A, \"quoted\"; text\nof two lines", "true"],
        ["Mailbox", "ANNA@contoso.com", "", "TRUE"],
        ["Mailbox", "ben@contoso.com", "x", "false"],
        ["DistributionGroup", "'=all@contoso.com", "é", "Wahr"],
        ["File", "mail/a.png", "", "FALSCH"],
    ];

    fn sheet(delimiter: u8, ends: csv::Terminator, quotes: csv::QuoteStyle) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(ends)
            .quote_style(quotes)
            .from_writer(Vec::new());
        writer.write_record(["ObjectType", "EmailAddress", "ErrorMessage", "Retryable"]).unwrap();
        LINES.iter().for_each(|line| writer.write_record(line).unwrap());
        writer.into_inner().unwrap()
    }

    fn of(bytes: &[u8]) -> Result<Vec<String>, Problem> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("MigrationErrors.csv");
        std::fs::write(&path, bytes).unwrap();
        let mut chosen: Vec<String> = read(&path)?.into_iter().map(|address| address.key()).collect();
        chosen.sort();
        Ok(chosen)
    }

    fn reason(bytes: &[u8]) -> (String, String) {
        let problem = of(bytes).unwrap_err();
        assert_eq!(problem.guidance, Guidance::ReportUnusable);
        (problem.values["reason"].clone(), problem.values["line"].clone())
    }

    #[test]
    fn it_is_read_as_we_wrote_it_and_as_spreadsheets_save_it() {
        use csv::{QuoteStyle, Terminator};
        let expected = ["=all@contoso.com", "anna@contoso.com"];
        for (delimiter, ends, quotes) in [
            (b',', Terminator::CRLF, QuoteStyle::Necessary),
            (b';', Terminator::CRLF, QuoteStyle::Always),
            (b'\t', Terminator::Any(b'\n'), QuoteStyle::Necessary),
        ] {
            let plain = sheet(delimiter, ends, quotes);
            assert_eq!(of(&plain).unwrap(), expected);
            assert_eq!(of(&[b"\xef\xbb\xbf", plain.as_slice(), b"\r\n"].concat()).unwrap(), expected);
            let text = String::from_utf8(plain).unwrap();
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(of(&[b"\xff\xfe", units.as_slice()].concat()).unwrap(), expected);
            // As a system's old code page has it.
            let old: Vec<u8> = text.chars().map(|letter| u32::from(letter) as u8).collect();
            assert_eq!(of(&old).unwrap(), expected);
        }
        let other_order = b"Retryable,Batch,EmailAddress\ntrue,Batch 1,zoe@contoso.com\n";
        assert_eq!(of(other_order).unwrap(), ["zoe@contoso.com"]);
    }

    #[test]
    fn what_is_no_such_report_is_refused_with_the_reason() {
        let plain = |reason: &str| (reason.to_owned(), "0".to_owned());
        let line = |number: u64| ("line".to_owned(), number.to_string());
        for nothing in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04\0\0\0", b"EmailAddress\r\na@b.c\r\n"] {
            assert_eq!(reason(nothing), plain("not-a-report"), "{nothing:?}");
        }
        assert_eq!(reason(b"EmailAddress,Retryable\r\n"), plain("nobody"));
        assert_eq!(reason(b"EmailAddress,Retryable\r\na@b.c,false\r\n"), plain("nobody"));
        assert_eq!(reason(b"EmailAddress,Retryable\r\na@b.c,true\r\na@b.c\r\n"), line(3));
        assert_eq!(reason(b"EmailAddress,Retryable\r\na@b.c,perhaps\r\n"), line(2));
        assert_eq!(reason(b"EmailAddress,Retryable\r\nnobody,true\r\n"), line(2));
        let gone = read(Path::new("no-such-folder/a.csv")).unwrap_err();
        assert_eq!(gone.values["reason"], "unreadable");
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("a.csv");
        std::fs::File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(read(&large).unwrap_err().values["reason"], "too-large");
    }
}

//! Reading one of our reports back, also as a spreadsheet saved it: with or without byte order mark, `,` `;` or tabs,
//! any quoting and line ends, columns in any order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Bytes of the first line at most.
const LONGEST_HEADER: u64 = 64 * 1024;
/// What spreadsheets put between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// What disarms a cell, where one of these follows.
pub(super) const GUARDED: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Why a file that is none of our reports cannot be used.
pub(super) const NOT_A_REPORT: &str = "not-a-report";

/// A report that is being read.
pub(super) struct Sheet {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    /// Where the wanted columns are, in the order in which they were asked for.
    columns: Vec<usize>,
    record: csv::ByteRecord,
    /// Lines read so far, the header included.
    read: u64,
}

/// A line of it: the wanted cells.
pub(super) struct Line {
    /// Its number as a spreadsheet shows it: the header is line 1.
    pub(super) number: u64,
    pub(super) cells: Vec<String>,
}

/// A report that cannot be used, and why, as a key.
pub(super) fn unusable(path: &Path, reason: &str) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::ReportUnusable)
        .with("file", path.display())
        .with("reason", reason)
        .with("line", 0)
}

impl Sheet {
    /// Opens a report of at most so many bytes that has these columns.
    pub(super) fn open(path: &Path, columns: &[&str], most: u64) -> Result<Sheet, Problem> {
        let fail = |error: io::Error| unusable(path, "unreadable").because(error);
        let file = File::open(path).map_err(fail)?;
        if file.metadata().map_err(fail)?.len() > most {
            return Err(unusable(path, "too-large"));
        }
        // It may grow meanwhile.
        Sheet::read(file.take(most), path, columns)
    }

    /// Reads what stands in the file of this path.
    pub(super) fn read(file: impl Read + 'static, path: &Path, columns: &[&str]) -> Result<Sheet, Problem> {
        let fail = |error: io::Error| unusable(path, "unreadable").because(error);
        let mut text = text_of(file).map_err(fail)?;
        let mut header = Vec::new();
        text.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut header).map_err(fail)?;
        let found = |delimiter: u8| {
            let named = cells_of(&header, delimiter);
            columns.iter().map(|wanted| named.iter().position(|name| name.eq_ignore_ascii_case(wanted))).collect()
        };
        let found = DELIMITERS.into_iter().find_map(|delimiter| {
            let columns: Option<Vec<usize>> = found(delimiter);
            Some((delimiter, columns?))
        });
        let (delimiter, columns) = found.ok_or_else(|| unusable(path, NOT_A_REPORT))?;
        let text: Box<dyn Read> = text;
        let reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text);
        Ok(Sheet { path: path.to_path_buf(), reader, columns, record: csv::ByteRecord::new(), read: 1 })
    }

    /// The next line that has anything in it.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Problem> {
        loop {
            let more = self.reader.read_byte_record(&mut self.record);
            if !more.map_err(|error| unusable(&self.path, "unreadable").because(error))? {
                return Ok(None);
            }
            self.read += 1;
            if self.record.iter().all(<[u8]>::is_empty) {
                continue;
            }
            let number = self.read;
            let cell = |column: &usize| self.record.get(*column).map(plain);
            return match self.columns.iter().map(cell).collect() {
                Some(cells) => Ok(Some(Line { number, cells })),
                None => Err(self.wrong(number)),
            };
        }
    }

    /// A line that is not as it should be.
    pub(super) fn wrong(&self, number: u64) -> Problem {
        unusable(&self.path, "line").with("line", number)
    }

    /// A line whose figures are not what they should be.
    pub(super) fn open_books(&self, number: u64) -> Problem {
        unusable(&self.path, "books").with("line", number)
    }
}

/// The text without its byte order mark. What a spreadsheet calls Unicode text is UTF-16.
fn text_of(file: impl Read + 'static) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(file);
    let start = file.fill_buf()?;
    let little = start.starts_with(b"\xff\xfe");
    if little || start.starts_with(b"\xfe\xff") {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let unit = if little { u16::from_le_bytes } else { u16::from_be_bytes };
        let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect();
        return Ok(Box::new(Cursor::new(text)));
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        file.consume(3);
    }
    Ok(Box::new(file))
}

fn cells_of(line: &[u8], delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line);
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => record.iter().map(plain).collect(),
        _ => Vec::new(),
    }
}

/// A cell without what was put around it to be safe.
fn plain(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    let text = text.trim_matches([' ', '\u{a0}']);
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(GUARDED) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

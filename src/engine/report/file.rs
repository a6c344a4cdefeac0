//! Writing a table as a file that spreadsheets read safely.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::sheet::GUARDED;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Tells Excel that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines handed to the disk at a time that may wait for it at most.
const PIECES_AHEAD: usize = 4;

/// A table that is being written, beside its place. Dropped before its end, it leaves nothing behind.
pub(super) struct Writer {
    path: PathBuf,
    lines: mpsc::Sender<Vec<Vec<String>>>,
    written: JoinHandle<io::Result<Part>>,
}

impl Writer {
    /// Begins a table with its header.
    pub(super) fn begin(path: &Path, header: &'static [&'static str]) -> Writer {
        let (lines, pieces) = mpsc::channel(PIECES_AHEAD);
        let place = path.to_path_buf();
        let written = tokio::task::spawn_blocking(move || write(place, header, pieces));
        Writer { path: path.to_path_buf(), lines, written }
    }

    /// Adds lines. Should the disk refuse them, the end says so.
    pub(super) async fn add(&self, lines: Vec<Vec<String>>) {
        // A writer that gave up hears nothing more.
        let _ = self.lines.send(lines).await;
    }

    /// Waits until all of it is on the disk.
    pub(super) async fn end(self) -> Result<Part, Problem> {
        drop(self.lines);
        let written = self.written.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        written.map_err(|error| problem_of(&self.path, &error))
    }
}

/// A whole file beside its place. Dropped before it is put there, it is removed.
pub(super) struct Part {
    part: PathBuf,
    path: PathBuf,
    put: bool,
}

impl Part {
    /// Where it lies as yet.
    pub(super) fn lies(&self) -> &Path {
        &self.part
    }

    /// Puts it in its place, in one step.
    pub(super) fn put(mut self) -> Result<(), Problem> {
        fs::rename(&self.part, &self.path).map_err(|error| problem_of(&self.path, &error))?;
        self.put = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.put {
            // Nothing half-written stays behind; the failure that led here is what counts.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Why a file could not be written.
pub(super) fn problem_of(path: &Path, error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::StorageFull {
        return Problem::new(Kind::Run, Side::Here, Guidance::DiskFull).with("file", path.display());
    }
    unwritable(path).with("reason", error)
}

fn write(path: PathBuf, header: &[&str], mut pieces: mpsc::Receiver<Vec<Vec<String>>>) -> io::Result<Part> {
    let table = |file: &mut BufWriter<fs::File>| {
        file.write_all(BYTE_ORDER_MARK)?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        writer.write_record(header)?;
        while let Some(lines) = pieces.blocking_recv() {
            for line in lines {
                writer.write_record(line.iter().map(|cell| disarmed(cell)))?;
            }
        }
        writer.flush()
    };
    fill(path, table).map(|(part, ())| part)
}

/// A file beside its place, on the disk. `fill` writes what is in it, which nobody need hold.
pub(super) fn fill<T, E: From<io::Error>>(
    path: PathBuf,
    fill: impl FnOnce(&mut BufWriter<fs::File>) -> Result<T, E>,
) -> Result<(Part, T), E> {
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = Part { part: PathBuf::from(name), path, put: false };
    let mut file = BufWriter::new(private(&part.part)?);
    let value = fill(&mut file)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok((part, value))
}

/// Tries whether a file can be put there, and leaves nothing behind.
pub(super) async fn check(path: &Path) -> Result<(), Problem> {
    let place = path.to_path_buf();
    match tokio::task::spawn_blocking(move || probe(&place)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(unwritable(path).with("reason", error)),
        Err(error) => Err(unwritable(path).with("reason", error)),
    }
}

/// The folder may still have to be made: then what counts is the one in which it will be.
fn probe(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut folder = path.parent().unwrap_or(path);
    while let Err(error) = fs::metadata(folder) {
        folder = match folder.parent() {
            Some(parent) if error.kind() == io::ErrorKind::NotFound => parent,
            _ => return Err(error),
        };
        if folder == Path::new("") {
            folder = Path::new(".");
        }
    }
    let part = folder.join(format!(".cutover-{}.part", std::process::id()));
    drop(private(&part)?);
    fs::remove_file(&part)
}

fn unwritable(path: &Path) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::ReportUnwritable).with("file", path.display())
}

/// A cell that a spreadsheet could take for a formula becomes text; so does what it would take for the beginning of one,
/// where lists are separated by semicolons or tabs, or a line ends.
fn disarmed(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    let mut begins = true;
    for letter in cell.chars() {
        if begins && GUARDED.contains(&letter) {
            safe.push('\'');
        }
        begins = matches!(letter, ';' | '\t' | '\r' | '\n');
        safe.push(letter);
    }
    safe
}

/// A new file for its owner only.
fn private(path: &Path) -> io::Result<File> {
    // A part that an earlier process of the same number left behind could belong to others.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn whole(path: &Path, header: &'static [&'static str], lines: Vec<Vec<String>>) -> Result<(), Problem> {
        let writer = Writer::begin(path, header);
        writer.add(lines).await;
        writer.end().await?.put()
    }

    #[tokio::test]
    async fn tables_are_quoted_disarmed_and_marked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let cells =
            ["=1+1", "+4", "-5", "@x", "\ttab", "a,b", "say \"hi\"", "two\nlines", "plain", "", "a;=1-1", "b\n+2;c"];
        let lines = vec![cells.iter().map(|cell| cell.to_string()).collect()];
        whole(&path, &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"], lines).await.unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "\u{feff}a,b,c,d,e,f,g,h,i,j,k,l\r\n'=1+1,'+4,'-5,'@x,'\ttab,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain,,\
             a;'=1-1,\"b\n'+2;c\"\r\n"
        );
        whole(&path, &["x"], Vec::new()).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbfx\r\n", "the header is always there");
    }

    #[tokio::test]
    async fn files_are_private_replaced_whole_and_failures_leave_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reports").join("a.csv");
        whole(&path, &["x"], vec![vec!["1".to_string()]]).await.unwrap();
        whole(&path, &["x"], vec![]).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbfx\r\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let blocked = folder.path().join("reports").join("dir.csv");
        fs::create_dir_all(blocked.join("full")).unwrap();
        let problem = whole(&blocked, &["x"], vec![]).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::ReportUnwritable);
        let unused = Writer::begin(&path, &["y"]).end().await.unwrap();
        assert!(unused.lies().exists());
        drop(unused);
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbfx\r\n", "the old one stands");
        assert_eq!(fs::read_dir(folder.path().join("reports")).unwrap().count(), 2);
        for unusable in [blocked.clone(), path.join("below").join("b.csv")] {
            assert_eq!(check(&unusable).await.unwrap_err().guidance, Guidance::ReportUnwritable);
        }
        check(&folder.path().join("new").join("deep").join("b.csv")).await.unwrap();
        check(Path::new("no-such-folder/b.csv")).await.unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "trying leaves nothing behind");
    }
}

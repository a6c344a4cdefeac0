//! Writing a table as a file that spreadsheets read safely.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Tells Excel that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes the table beside its place and then puts it there in one step.
pub(super) async fn write(
    path: &Path,
    header: &'static [&'static str],
    lines: Vec<Vec<String>>,
) -> Result<(), Problem> {
    let place = path.to_path_buf();
    let written = tokio::task::spawn_blocking(move || put(&place, &table(header, &lines)?)).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(problem_of(path, &error)),
        Err(error) => Err(unwritable(path).with("reason", error)),
    }
}

/// Why a file could not be written.
pub(super) fn problem_of(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::StorageFull => {
            Problem::new(Kind::Run, Side::Here, Guidance::DiskFull).with("file", path.display())
        }
        _ => unwritable(path).with("reason", error),
    }
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
    write_private(&part, |_| io::Result::Ok(()))?;
    fs::remove_file(&part)
}

fn unwritable(path: &Path) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::ReportUnwritable).with("file", path.display())
}

fn table(header: &[&str], lines: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(header)?;
    for line in lines {
        writer.write_record(line.iter().map(|cell| disarmed(cell)))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A cell that a spreadsheet could take for a formula becomes text.
fn disarmed(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_string(),
    }
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put_by(path, |file| file.write_all(bytes))
}

/// Puts a file in its place whole or not at all. `fill` writes what is in it, which nobody need hold.
pub(super) fn put_by<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<T, E>,
) -> Result<T, E> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(name);
    let written = write_private(&part, fill).and_then(|value| {
        fs::rename(&part, path)?;
        Ok(value)
    });
    if written.is_err() {
        // Nothing half-written stays behind; the failure above is what counts.
        let _ = fs::remove_file(&part);
    }
    written
}

fn write_private<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<T, E>,
) -> Result<T, E> {
    // A part that an earlier process of the same number left behind could belong to others.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = BufWriter::new(options.open(path)?);
    let value = fill(&mut file)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tables_are_quoted_disarmed_and_marked() {
        let cells = ["=1+1", "+4", "-5", "@x", "\ttab", "a,b", "say \"hi\"", "two\nlines", "plain", ""];
        let lines = vec![cells.iter().map(|cell| cell.to_string()).collect()];
        let header = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        let bytes = table(&header, &lines).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}a,b,c,d,e,f,g,h,i,j\r\n'=1+1,'+4,'-5,'@x,'\ttab,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain,\r\n"
        );
        assert_eq!(table(&["x"], &[]).unwrap(), b"\xef\xbb\xbfx\r\n", "the header is always there");
    }

    #[tokio::test]
    async fn files_are_private_replaced_whole_and_failures_leave_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reports").join("a.csv");
        write(&path, &["x"], vec![vec!["1".to_string()]]).await.unwrap();
        write(&path, &["x"], vec![]).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbfx\r\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let blocked = folder.path().join("reports").join("dir.csv");
        fs::create_dir_all(blocked.join("full")).unwrap();
        let problem = write(&blocked, &["x"], vec![]).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::ReportUnwritable);
        assert_eq!(fs::read_dir(folder.path().join("reports")).unwrap().count(), 2);
        for unusable in [blocked.clone(), path.join("below").join("b.csv")] {
            assert_eq!(check(&unusable).await.unwrap_err().guidance, Guidance::ReportUnwritable);
        }
        check(&folder.path().join("new").join("deep").join("b.csv")).await.unwrap();
        check(Path::new("no-such-folder/b.csv")).await.unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "trying leaves nothing behind");
    }
}

//! `--mail`: real mail is carried whole, what is no mail is named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::{cutover, left_out, rehearse, reports};

const LETTER: &str = "From: Anna <anna@alder.example>\r\nTo: bob@birch.example\r\nSubject: Windows\r\n\
    Date: Mon, 2 Mar 2020 10:00:00 +0100\r\nMessage-ID: <windows@alder.example>\r\n\r\nTwelve, please.\r\n";

/// A folder as people have them: names lie, some of it is no mail.
fn own_mail(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    };
    put("letter.eml", LETTER.as_bytes());
    put("no message id.eml", LETTER.replace("Message-ID: <windows@alder.example>\r\n", "").as_bytes());
    put("unix ends.txt", LETTER.replace("\r\n", "\n").replace("windows@", "unix@").as_bytes());
    let mbox: String = (0..3)
        .map(|number| {
            let letter = LETTER.replace("windows@", &format!("box{number}@")).replace("\r\n", "\n");
            format!("From anna@alder.example Mon Mar  2 10:00:00 2020\n{letter}\n")
        })
        .collect();
    put("Archive/2020.mbox", mbox.as_bytes());
    put("Archive/Deeper still/picture.jpg", LETTER.replace("windows@", "no-picture@").as_bytes());
    put("picture.gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;");
    put("empty.eml", b"");
    put("Archive/notes.eml", b"just some words\nwithout any header\n");
}

#[test]
fn a_folder_of_ones_own_is_carried_and_what_is_no_mail_is_named() {
    let mail = tempfile::tempdir().unwrap();
    own_mail(mail.path());
    let (ran, folder) = rehearse(&["--mail", mail.path().to_str().unwrap(), "--mailboxes", "2", "--json"]);
    let ran = ran.ends(0);
    let ended = ran.ended();
    assert_eq!((ended.moved, ended.verified, ended.failed), (7, 7, 0));
    assert_eq!((ended.skipped, ended.found), (3, 10));
    let (_, errors) = reports(&folder.path().join("reports"));
    let named = |file: &str| {
        let line = errors.lines.iter().find(|line| line["EmailAddress"].ends_with(file));
        line.unwrap_or_else(|| panic!("{file} is not named")).clone()
    };
    assert_eq!(errors.troubles().len(), 3);
    assert!(named("picture.gif")["ErrorMessage"].contains("nothing in it looks like mail"));
    assert!(named("empty.eml")["ErrorMessage"].contains("it is empty"));
    assert_eq!(named("notes.eml")["ErrorCode"], "file-not-mail");
    assert_eq!(named("notes.eml")["ObjectType"], "File");
    assert_eq!(ran.events("file").len(), 3);
}

#[test]
fn files_that_are_no_mail_are_counted_in_the_verdict() {
    let mail = tempfile::tempdir().unwrap();
    own_mail(mail.path());
    (0..4).for_each(|n| fs::write(mail.path().join(format!("{n}.bin")), [n; 64]).unwrap());
    let (ran, _folder) = rehearse(&["--mail", mail.path().to_str().unwrap(), "--mailboxes", "1"]);
    let ran = ran.ends(0);
    assert!(ran.out.contains("7 items stay behind"), "{}", ran.out);
    assert!(ran.out.contains("… and 4 more files, named in MigrationErrors.csv."), "{}", ran.out);
    assert_eq!(ran.out.matches("was not taken").count(), 3, "{}", ran.out);
}

/// The messages of the Python standard library's own tests: the installed Python's, or Debian's libpython3-testsuite.
fn pythons_mail() -> Option<PathBuf> {
    let ask = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let python = Command::new("python3").args(["-c", ask]).output().ok().filter(|output| output.status.success());
    let library = python.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let debian = || fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders = library.into_iter().chain(debian()).map(|library| library.join("test/test_email/data"));
    folders.find(|folder| folder.join("msg_01.txt").is_file())
}

#[test]
fn the_python_librarys_messages_all_arrive() {
    let Some(mail) = pythons_mail() else {
        return left_out("the Python library's own messages (libpython3-testsuite)");
    };
    let (ran, folder) = rehearse(&["--mail", mail.to_str().unwrap(), "--mailboxes", "3", "--json"]);
    let ended = ran.ends(0).ended();
    assert_eq!(ended.verified, ended.moved);
    assert_eq!(ended.failed, 0);
    let files = fs::read_dir(&mail).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let (messages, others): (Vec<String>, Vec<String>) = files.partition(|name| name.starts_with("msg_"));
    let (_, errors) = reports(&folder.path().join("reports"));
    let refused: Vec<&str> =
        errors.troubles().iter().map(|line| line["EmailAddress"].rsplit('/').next().unwrap()).collect();
    assert_eq!(refused.len() as u64, ended.skipped);
    assert!(others.iter().all(|name| refused.contains(&name.as_str())), "no picture is mail: {refused:?}");
    let not_taken: Vec<_> = messages.iter().filter(|name| refused.contains(&name.as_str())).collect();
    assert_eq!(not_taken, ["msg_19.txt"], "only the message without any header is no message");
    // A message in the form of an mbox may stand for several.
    assert!(ended.moved >= (messages.len() - not_taken.len()) as u64, "{ended:?}");
}

#[test]
fn a_folder_that_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no such folder");
    rehearse(&["--mail", missing.to_str().unwrap()]).0.refused(&["no such folder", "cannot be read"]);
    let file = folder.path().join("letter.eml");
    fs::write(&file, LETTER).unwrap();
    rehearse(&["--mail", file.to_str().unwrap()]).0.refused(&["letter.eml", "cannot be read"]);
    let empty = folder.path().join("pictures");
    fs::create_dir(&empty).unwrap();
    fs::write(empty.join("a.gif"), b"GIF89a").unwrap();
    let (ran, reports) = rehearse(&["--mail", empty.to_str().unwrap()]);
    ran.refused(&["no mail", "pictures"]);
    assert!(!reports.path().join("reports").exists(), "nothing was written");
    let mut practice = cutover();
    let ran = super::support::Ran::of(practice.arg("practice").arg("--mail").arg(&empty).output().unwrap());
    assert_eq!(ran.refused(&["no mail"]).out, "");
}

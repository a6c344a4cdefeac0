//! The real window under a real X server without a screen, walked through as a person would: by mouse, by keyboard alone, in
//! every appearance. What is on screen is read by character recognition; see `tests/window/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// One desktop at a time: each needs the processor for itself.
static ONE: Mutex<()> = Mutex::new(());

/// What the walks need besides the program.
const TOOLS: [&str; 7] = ["Xvfb", "openbox", "xdotool", "xprop", "import", "tesseract", "python3"];

fn is_there(tool: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(tool).is_file())
}

fn walk(name: &str) {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let missing: Vec<_> = TOOLS.into_iter().filter(|tool| !is_there(tool)).collect();
    if !missing.is_empty() {
        assert!(std::env::var_os("CUTOVER_REQUIRE_PEERS").is_none(), "not installed: {missing:?}");
        println!("left out, because these are not installed: {missing:?}; tests/run installs them");
        return;
    }
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window").join(name);
    let walked = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/walk.py"))
        .args([env!("CARGO_BIN_EXE_cutover"), name])
        .arg(&pictures)
        .output()
        .unwrap();
    let (said, complained) = (String::from_utf8_lossy(&walked.stdout), String::from_utf8_lossy(&walked.stderr));
    assert!(walked.status.success(), "{said}{complained}\npictures are in {}", pictures.display());
}

#[test]
fn by_mouse_from_welcome_to_complete() {
    walk("mouse");
}

#[test]
fn by_keyboard_alone_from_welcome_to_complete() {
    walk("keyboard");
}

#[test]
fn in_every_appearance() {
    walk("appearances");
}

#[test]
fn closed_in_the_middle_of_a_run() {
    walk("closing");
}

#[test]
fn the_only_window_and_no_display() {
    walk("alone");
}

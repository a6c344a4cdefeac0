//! A program that a test waits for is killed when it hangs, so that the test fails instead of hanging too.

use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a program may take. None takes nearly so long: nothing is decided by it but that something hangs.
pub const LONGEST: Duration = Duration::from_secs(300);

/// Watches over one program.
pub struct Watchdog {
    over: Sender<()>,
    watch: JoinHandle<bool>,
}

impl Watchdog {
    pub fn over(process: u32) -> Watchdog {
        let (over, ended) = channel();
        let watch = std::thread::spawn(move || {
            let hangs = ended.recv_timeout(LONGEST) == Err(RecvTimeoutError::Timeout);
            if hangs {
                // It may have ended in this moment.
                let _gone = Command::new("kill").arg("-KILL").arg(process.to_string()).status();
            }
            hangs
        });
        Watchdog { over, watch }
    }

    /// Ends the watch; answers whether the program hung and was killed for it.
    pub fn struck(self) -> bool {
        drop(self.over);
        self.watch.join().unwrap()
    }
}

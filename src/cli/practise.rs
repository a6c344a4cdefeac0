//! `cutover practice`: a practice organisation that runs until it is told to stop.

use std::io::{IsTerminal, Read, Write};

use super::interruption::Interruption;
use super::options::{Content, Practice};
use super::show::Show;
use super::{FINE, REFUSED, STOPPED};
use crate::assembly::{self, PracticeOptions};
use crate::words::Words;

/// Runs a practice organisation until the end of the input or Ctrl-C.
pub async fn practice(options: Practice, words: &Words, interruption: &Interruption) -> u8 {
    let show = Show::new(words, false);
    let wanted = PracticeOptions { state: options.state, speed: options.speed, ..content(options.content) };
    let practice = tokio::select! {
        practice = assembly::practise(wanted) => practice,
        () = interruption.next() => return STOPPED,
    };
    let practice = match practice {
        Ok(practice) => practice,
        Err(problem) => {
            show.refusal(&problem);
            return REFUSED;
        }
    };
    // Standard output is for the one line; what was left out goes to standard error.
    for (_, problem) in assembly::left_out(&practice) {
        drop(writeln!(std::io::stderr(), "{}", words.message(&problem)));
    }
    if let Err(error) = announce(&practice.ready) {
        drop(writeln!(std::io::stderr(), "{error}"));
        return REFUSED;
    }
    until_told(interruption).await;
    match practice.shutdown().await {
        Ok(()) => FINE,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            REFUSED
        }
    }
}

/// The organisation that these options ask for.
pub fn content(content: Content) -> PracticeOptions {
    PracticeOptions {
        mailboxes: usize::from(content.mailboxes),
        messages: content.messages as usize,
        attachment: content.attachment as usize,
        mail: content.mail,
        seed: content.seed,
        profile: content.profile,
        faults: content.faults,
        ..PracticeOptions::default()
    }
}

/// One line, in one write.
fn announce(ready: &impl serde::Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(ready)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}

/// Waits for the end of the input (where it is not a terminal) or for a signal to stop.
pub async fn until_told(interruption: &Interruption) {
    let input = async {
        if std::io::stdin().is_terminal() {
            return std::future::pending().await;
        }
        let (told, heard) = tokio::sync::oneshot::channel::<()>();
        // A thread of its own: a blocked read must not hold up the program's end.
        std::thread::spawn(move || {
            let mut rest = [0; 1024];
            while matches!(std::io::stdin().read(&mut rest), Ok(read) if read > 0) {}
            drop(told);
        });
        // Nothing is ever sent: the end of the channel is the end of the input.
        drop(heard.await);
    };
    tokio::select! {
        () = input => {}
        () = interruption.next() => {}
    }
}

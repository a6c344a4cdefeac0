//! The practice organisation: an Exchange server and a Microsoft 365 service that run on this computer, over real
//! HTTPS, so that anyone can rehearse. It is the other end of the wire: written from the protocols' reference as a
//! stranger would, it never uses the engine or the connectors.

pub mod authority;
mod company;
mod deep;
mod entry_id;
pub mod exchange;
pub mod faults;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
pub mod generate;
pub mod https;
pub mod mail;
pub mod microsoft365;
pub mod organisation;
mod random;
mod ready;
mod start;
mod state;
pub mod store;
mod typed;

use std::path::PathBuf;

pub use mail::{Reason, Rejected};
pub use organisation::Profile;
pub use ready::{Ready, ReadyExchange, ReadyMailbox, ReadyMicrosoft365};
pub use start::{Practice, start};

/// What kind of practice organisation is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// Mailboxes that address lists show.
    pub mailboxes: usize,
    /// Items in each of them.
    pub messages: usize,
    /// Bytes of an attachment that one more message in each of them has; 0 for none.
    pub attachment: usize,
    /// Folders of real mail; when there are any, content comes only from them.
    pub mail: Vec<PathBuf>,
    /// Where all that looks random comes from, but for credentials.
    pub seed: u64,
    /// Which Exchange it plays.
    pub profile: Profile,
    /// Which requests fail.
    pub faults: Option<PathBuf>,
    /// Folder in which everything is kept from one run to the next; else in memory. What is kept there comes before the
    /// other options.
    pub state: Option<PathBuf>,
    /// How much faster than in reality time limits pass; 1 is the real service's pace.
    pub speed: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            mailboxes: 5,
            messages: 40,
            attachment: 0,
            mail: Vec::new(),
            seed: 1,
            profile: Profile::default(),
            faults: None,
            state: None,
            speed: 1.0,
        }
    }
}

/// Why a practice organisation cannot be started or kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A mail folder cannot be read or holds no mail.
    #[error(transparent)]
    Mail(#[from] mail::MailError),
    /// The faults file is not usable.
    #[error(transparent)]
    Faults(#[from] faults::FaultsError),
    /// The state folder cannot be used: damaged, not writable, or (`WouldBlock`) in use by another process.
    #[error("{folder}: {source}")]
    State {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The private authority could not be made.
    #[error(transparent)]
    Authority(#[from] authority::AuthorityError),
    /// No port could be listened on.
    #[error("no port on loopback: {0}")]
    Port(std::io::Error),
    /// The work was cut off, as when the program ends.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

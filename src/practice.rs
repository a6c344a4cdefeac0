//! The practice organisation: an Exchange server and a Microsoft 365 service that run on this computer, over real
//! HTTPS, so that anyone can rehearse. It is the other end of the wire: written from the protocols' reference as a
//! stranger would, it never uses the engine or the connectors.

pub mod authority;
mod company;
mod entry_id;
pub mod faults;
pub mod generate;
pub mod https;
pub mod mail;
pub mod organisation;
mod random;
mod state;
pub mod store;
mod typed;

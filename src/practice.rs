//! The practice organisation: an Exchange server and a Microsoft 365 service that run on this computer, over real
//! HTTPS, so that anyone can rehearse. It is the other end of the wire: written from the protocols' reference as a
//! stranger would, it never uses the engine or the connectors.

pub mod authority;
pub mod faults;
pub mod generate;
pub mod https;
pub mod organisation;
mod random;
pub mod store;
mod typed;

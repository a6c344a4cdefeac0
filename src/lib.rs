//! Cutover: every mailbox, distribution group and contact from an Exchange server of one's own to Microsoft 365.

pub mod engine;
pub mod fidelity;
pub mod http;
pub mod mapi;
pub mod microsoft365;
pub mod practice;

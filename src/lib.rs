//! Cutover: every mailbox, distribution group and contact from an Exchange server of one's own to Microsoft 365.

#[cfg(not(fuzzing))]
pub mod assembly;
pub mod check_proof;
#[cfg(not(fuzzing))]
pub mod cli;
pub mod engine;
pub mod exchange;
pub mod fidelity;
pub mod folders;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
#[cfg(not(fuzzing))]
pub mod gui;
pub mod http;
pub mod i18n;
pub mod instance;
pub mod launcher;
pub mod mapi;
pub mod microsoft365;
pub mod practice;
pub mod preferences;
pub mod secrets;
pub mod settings;
pub mod shelf;
pub mod small_file;
pub mod words;

//! Our own controls: everything a mouse can do, the keyboard can do, and whatever has the keyboard shows a ring.

pub mod badge;
pub mod card;
pub mod figures;
pub mod font;
pub mod icon;
pub mod meter;
pub mod notice;
pub mod page;
mod page_keys;
pub mod steps;
pub mod text;
pub mod tone;

#[cfg(test)]
mod tests;

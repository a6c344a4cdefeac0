//! Our own controls: everything a mouse can do, the keyboard can do, and whatever has the keyboard shows a ring.

pub mod badge;
pub mod button;
pub mod card;
pub mod check;
pub mod field;
pub mod figures;
pub mod focus;
pub mod font;
pub mod icon;
pub mod inert;
pub mod menu;
pub mod meter;
pub mod modal;
pub mod notice;
pub mod page;
mod page_keys;
pub mod press;
pub mod stepper;
pub mod steps;
pub mod table;
pub mod tabs;
pub mod text;
pub mod tone;

#[cfg(test)]
pub mod stage;
#[cfg(test)]
mod tests;

//! Our own controls: everything a mouse can do, the keyboard can do, and whatever has the keyboard shows a ring.

pub mod button;
pub mod check;
pub mod field;
pub mod focus;
pub mod inert;
pub mod modal;
mod plain;
pub mod press;

//! The window: five steps over the engine. The only place that imports iced, rfd and open.

pub mod app;
mod corner;
mod dialog;
mod frame;
pub mod gallery;
mod keyring;
pub mod keys;
pub mod look;
pub mod monitor;
pub mod page;
pub mod services;
pub mod session;
pub mod start;
pub mod theme;
pub mod widget;
pub mod wizard;

/// What the window is made of.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;

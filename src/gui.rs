//! The window: five steps over the engine. The only place that imports iced, rfd and open.

pub mod gallery;
pub mod look;
pub mod theme;
pub mod widget;

/// What the window is made of.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, iced::Renderer>;

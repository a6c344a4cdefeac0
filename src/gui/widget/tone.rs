//! What something means for the mail: as a colour, a soft ground and an icon, always together with words.

use iced::widget::container;
use iced::{Border, Color};

use super::icon::Icon;
use crate::gui::look::Look;
use crate::gui::theme::{Appearance, Colours, radius};

/// What something means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Neither good nor bad, and of little weight: waiting, skipped.
    Quiet,
    /// Good to know, or under way.
    Info,
    /// It is well.
    Good,
    /// It needs a look.
    Warn,
    /// It is wrong.
    Bad,
}

impl Tone {
    /// All of them.
    pub const ALL: &[Tone] = &[Tone::Quiet, Tone::Info, Tone::Good, Tone::Warn, Tone::Bad];

    /// For icons and words.
    pub fn colour(self, colours: &Colours) -> Color {
        match self {
            Tone::Quiet => colours.muted,
            Tone::Info => colours.accent_text,
            Tone::Good => colours.good,
            Tone::Warn => colours.warn,
            Tone::Bad => colours.bad,
        }
    }

    /// Behind them.
    pub fn soft(self, colours: &Colours) -> Color {
        match self {
            Tone::Quiet => colours.hover,
            Tone::Info => colours.accent_soft,
            Tone::Good => colours.good_soft,
            Tone::Warn => colours.warn_soft,
            Tone::Bad => colours.bad_soft,
        }
    }

    /// Its usual icon.
    pub fn icon(self) -> Icon {
        match self {
            Tone::Quiet => Icon::Skipped,
            Tone::Info => Icon::Info,
            Tone::Good => Icon::Good,
            Tone::Warn => Icon::Warning,
            Tone::Bad => Icon::Bad,
        }
    }
}

/// How thick an outline is drawn, in logical pixels.
pub(super) fn outline(look: &Look<'_>) -> f32 {
    if look.appearance == Appearance::HighContrast { 2.0 } else { 1.0 }
}

/// A soft ground of a tone. Where all grounds are black an outline takes its part.
pub(super) fn ground(look: &Look<'_>, tone: Tone, rounding: f32) -> container::Style {
    let colours = look.colours;
    let border = Border::default().rounded(rounding);
    let border = match look.appearance {
        Appearance::HighContrast => border.width(2.0).color(tone.colour(&colours)),
        _ => border,
    };
    container::Style { border, ..container::background(tone.soft(&colours)) }
}

/// A surface with a thin line around it.
pub(super) fn surface(look: &Look<'_>) -> container::Style {
    let border = Border::default().rounded(radius::M).width(outline(look)).color(look.colours.line);
    container::Style { border, ..container::background(look.colours.surface) }
}

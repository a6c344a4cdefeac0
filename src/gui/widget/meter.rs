//! How far something has come: a bar eight pixels tall. Nothing in it moves by itself, so an idle window is idle.

use iced::widget::progress_bar;
use iced::{Background, Border};

use super::tone::Tone;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::Appearance;

/// Height of the bar in logical pixels.
const GIRTH: f32 = 8.0;

/// A bar filled from 0 (empty) to 1 (full); whatever is no such number counts as the nearer end.
pub fn meter<'a, M: 'a>(look: &Look<'_>, fraction: f32, tone: Tone) -> Element<'a, M> {
    let colours = look.colours;
    let filled = if tone == Tone::Info { colours.accent } else { tone.colour(&colours) };
    let border = Border::default().rounded(GIRTH / 2.0);
    let (empty, border) = match look.appearance {
        Appearance::HighContrast => (colours.surface, border.width(1.0).color(colours.outline)),
        _ => (colours.line, border),
    };
    progress_bar(0.0..=1.0, within(fraction))
        .girth(GIRTH)
        .style(move |_| progress_bar::Style {
            background: Background::Color(empty),
            bar: Background::Color(filled),
            border,
        })
        .into()
}

/// A number from 0 to 1.
fn within(fraction: f32) -> f32 {
    if fraction.is_nan() { 0.0 } else { fraction.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_is_never_more_than_full_nor_less_than_empty() {
        for (given, shown) in [(0.4, 0.4), (-1.0, 0.0), (7.0, 1.0), (f32::INFINITY, 1.0), (f32::NAN, 0.0)] {
            assert_eq!(within(given), shown, "{given}");
        }
    }
}

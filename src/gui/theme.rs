//! The look's raw material: colours of each appearance, the type scale, the spacing scale.
//!
//! One accent. Meaning is never colour alone: whatever is good, doubtful or bad also has an icon and a word. The pairs in
//! [`Colours::pairs`] are read on each other; a test holds them to a contrast of 4.5:1 (WCAG 2.2 AA), 7:1 where contrast
//! is high.

use iced::Color;

/// Space between things, in logical pixels.
pub mod space {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Within a control.
    pub const M: f32 = 12.0;
    /// Between controls.
    pub const L: f32 = 16.0;
    /// Between groups.
    pub const XL: f32 = 24.0;
    /// Around a page.
    pub const XXL: f32 = 32.0;
}

/// Rounding of corners, in logical pixels.
pub mod radius {
    /// Controls.
    pub const S: f32 = 6.0;
    /// Cards and dialogs.
    pub const M: f32 = 10.0;
}

/// The narrowest window, in logical pixels, in which the rail stands beside the page.
pub const COMPACT_BELOW: f32 = 860.0;
/// The lowest window, in logical pixels, in which the commands stay in sight below the page.
pub const LOW_BELOW: f32 = 260.0;
/// The widest a column of reading or a form gets, in logical pixels.
pub const COLUMN: f32 = 720.0;

/// A step of the type scale. Line heights are whole numbers, so that nothing is drawn between pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Size in logical pixels.
    pub size: f32,
    /// Height of a line in logical pixels.
    pub line: f32,
    /// Semi-bold instead of regular.
    pub strong: bool,
}

impl Type {
    /// A page's title.
    pub const TITLE: Type = Type { size: 26.0, line: 34.0, strong: true };
    /// A section's heading.
    pub const HEADING: Type = Type { size: 18.0, line: 26.0, strong: true };
    /// A figure that is to be seen from afar.
    pub const FIGURE: Type = Type { size: 24.0, line: 32.0, strong: true };
    /// Running text.
    pub const BODY: Type = Type { size: 15.0, line: 22.0, strong: false };
    /// Emphasis within running text, labels of fields, buttons.
    pub const STRONG: Type = Type { size: 15.0, line: 22.0, strong: true };
    /// Hints, table cells' second lines, times.
    pub const SMALL: Type = Type { size: 13.0, line: 18.0, strong: false };
    /// Column headings and badges.
    pub const LABEL: Type = Type { size: 13.0, line: 18.0, strong: true };
}

/// What the window is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Appearance {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White and yellow on black, thick outlines.
    HighContrast,
}

/// The colours of an appearance, by use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colours {
    /// Behind everything.
    pub background: Color,
    /// Rail and footer.
    pub panel: Color,
    /// Cards, fields, dialogs.
    pub surface: Color,
    /// A surface under the mouse.
    pub hover: Color,
    /// Thin lines that only divide.
    pub line: Color,
    /// Outlines of controls (3:1 against what is behind them).
    pub outline: Color,
    /// Text.
    pub text: Color,
    /// Text of less weight.
    pub muted: Color,
    /// Primary button, selected control, meter.
    pub accent: Color,
    /// The accent under the mouse.
    pub accent_hover: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// Links and selected words on background and surface.
    pub accent_text: Color,
    /// Behind what is selected.
    pub accent_soft: Color,
    /// It is well.
    pub good: Color,
    /// Behind what is well.
    pub good_soft: Color,
    /// It needs a look.
    pub warn: Color,
    /// Behind what needs a look.
    pub warn_soft: Color,
    /// It is wrong.
    pub bad: Color,
    /// Behind what is wrong.
    pub bad_soft: Color,
    /// Text on a filled `bad`.
    pub on_bad: Color,
    /// The ring around what has the keyboard.
    pub ring: Color,
    /// Over the page while a dialog is open.
    pub scrim: Color,
}

/// A colour from its hexadecimal digits.
const fn hex(rgb: u32) -> Color {
    Color {
        r: ((rgb >> 16) & 0xff) as f32 / 255.0,
        g: ((rgb >> 8) & 0xff) as f32 / 255.0,
        b: (rgb & 0xff) as f32 / 255.0,
        a: 1.0,
    }
}

const LIGHT: Colours = Colours {
    background: hex(0xf7f8f9),
    panel: hex(0xeef1f3),
    surface: hex(0xffffff),
    hover: hex(0xf0f3f5),
    line: hex(0xdde2e6),
    outline: hex(0x76838f),
    text: hex(0x17212b),
    muted: hex(0x51606d),
    accent: hex(0x0b6670),
    accent_hover: hex(0x084f57),
    on_accent: hex(0xffffff),
    accent_text: hex(0x0b6670),
    accent_soft: hex(0xdff0f1),
    good: hex(0x1a6b3c),
    good_soft: hex(0xe2f3e8),
    warn: hex(0x7d5000),
    warn_soft: hex(0xfcf0d9),
    bad: hex(0xa8201a),
    bad_soft: hex(0xfce8e6),
    on_bad: hex(0xffffff),
    ring: hex(0x0b6670),
    scrim: Color { r: 0.05, g: 0.08, b: 0.1, a: 0.45 },
};

const DARK: Colours = Colours {
    background: hex(0x14191e),
    panel: hex(0x10151a),
    surface: hex(0x1c232a),
    hover: hex(0x252e36),
    line: hex(0x2f3942),
    outline: hex(0x71808d),
    text: hex(0xe8edf1),
    muted: hex(0xa5b1bc),
    accent: hex(0x57c3cc),
    accent_hover: hex(0x7dd5dc),
    on_accent: hex(0x06242a),
    accent_text: hex(0x6fd0d8),
    accent_soft: hex(0x17363b),
    good: hex(0x74cf95),
    good_soft: hex(0x16301f),
    warn: hex(0xf0bb5c),
    warn_soft: hex(0x35290f),
    bad: hex(0xff9a91),
    bad_soft: hex(0x3d1b19),
    on_bad: hex(0x3d0a07),
    ring: hex(0x7dd5dc),
    scrim: Color { r: 0.0, g: 0.0, b: 0.0, a: 0.6 },
};

const HIGH_CONTRAST: Colours = Colours {
    background: hex(0x000000),
    panel: hex(0x000000),
    surface: hex(0x000000),
    hover: hex(0x262626),
    line: hex(0xffffff),
    outline: hex(0xffffff),
    text: hex(0xffffff),
    muted: hex(0xe6e6e6),
    accent: hex(0xffe14d),
    accent_hover: hex(0xffffff),
    on_accent: hex(0x000000),
    accent_text: hex(0xffe14d),
    accent_soft: hex(0x262600),
    good: hex(0x7dffa8),
    good_soft: hex(0x000000),
    warn: hex(0xffd24d),
    warn_soft: hex(0x000000),
    bad: hex(0xffb3ab),
    bad_soft: hex(0x000000),
    on_bad: hex(0x000000),
    ring: hex(0x4de1ff),
    scrim: Color { r: 0.0, g: 0.0, b: 0.0, a: 0.8 },
};

impl Colours {
    /// The colours of an appearance.
    pub const fn of(appearance: Appearance) -> Colours {
        match appearance {
            Appearance::Light => LIGHT,
            Appearance::Dark => DARK,
            Appearance::HighContrast => HIGH_CONTRAST,
        }
    }

    /// Text and what it is read on.
    pub fn pairs(&self) -> Vec<(&'static str, Color, Color)> {
        let grounds = [
            ("background", self.background),
            ("panel", self.panel),
            ("surface", self.surface),
            ("hover", self.hover),
            ("accent soft", self.accent_soft),
        ];
        let mut pairs = Vec::new();
        for (ground, colour) in grounds {
            for (name, text) in [("text", self.text), ("muted", self.muted), ("accent text", self.accent_text)] {
                pairs.push((name, text, colour));
            }
            for (name, text) in [("good", self.good), ("warn", self.warn), ("bad", self.bad)] {
                if !ground.starts_with("accent") {
                    pairs.push((name, text, colour));
                }
            }
        }
        for (name, text) in [("text", self.text), ("muted", self.muted)] {
            pairs.extend([self.good_soft, self.warn_soft, self.bad_soft].map(|soft| (name, text, soft)));
        }
        pairs.extend([
            ("good on its soft", self.good, self.good_soft),
            ("warn on its soft", self.warn, self.warn_soft),
            ("bad on its soft", self.bad, self.bad_soft),
            ("on accent", self.on_accent, self.accent),
            ("on accent hover", self.on_accent, self.accent_hover),
            ("on bad", self.on_bad, self.bad),
        ]);
        pairs
    }
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2).
pub fn contrast(one: Color, other: Color) -> f32 {
    let (one, other) = (one.relative_luminance(), other.relative_luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_read_stands_out() {
        for appearance in [Appearance::Light, Appearance::Dark, Appearance::HighContrast] {
            let wanted = if appearance == Appearance::HighContrast { 7.0 } else { 4.5 };
            for (name, text, ground) in Colours::of(appearance).pairs() {
                let found = contrast(text, ground);
                assert!(found >= wanted, "{appearance:?}: {name} has {found:.2}:1 on {ground:?}");
            }
        }
    }

    #[test]
    fn outlines_and_the_ring_can_be_made_out() {
        for appearance in [Appearance::Light, Appearance::Dark, Appearance::HighContrast] {
            let colours = Colours::of(appearance);
            for ground in [colours.background, colours.panel, colours.surface] {
                for (name, line) in [("outline", colours.outline), ("ring", colours.ring)] {
                    let found = contrast(line, ground);
                    assert!(found >= 3.0, "{appearance:?}: {name} has {found:.2}:1 on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn contrast_is_the_published_one() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(hex(0x767676), Color::WHITE) - 4.54).abs() < 0.02);
    }
}

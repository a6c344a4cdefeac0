//! The icons: a cut of the Lucide icon font (resources/fonts/icons.ttf), drawn as text in the colour given.

use iced::widget::text::{LineHeight, Shaping};
use iced::{Color, Pixels, alignment};

use super::font;
use crate::gui::Element;
use crate::gui::look::Look;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $glyph:literal,)*) => {
        /// A picture for a meaning. Never alone: a word stands beside it or in its tooltip.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            /// All of them.
            pub const ALL: &[Icon] = &[$(Icon::$name,)*];

            /// Its letter in the icon font.
            pub const fn glyph(self) -> char {
                match self { $(Icon::$name => $glyph,)* }
            }
        }
    };
}

// The comment behind each is its name in Lucide. resources/fonts/cut.py reads the letters from here.
icons! {
    /// Done.
    Check = '\u{e06c}', // check
    /// Closed, or not so.
    Cross = '\u{e1b2}', // x
    /// Needs a look.
    Warning = '\u{e193}', // triangle-alert
    /// Good to know.
    Info = '\u{e0f9}', // info
    /// It is well.
    Good = '\u{e226}', // circle-check
    /// It is wrong.
    Bad = '\u{e084}', // circle-x
    /// Left out on purpose.
    Skipped = '\u{e07e}', // circle-minus
    /// Not begun.
    Waiting = '\u{e4b0}', // circle-dashed
    /// An empty ring.
    Ring = '\u{e076}', // circle
    /// Time, or waiting.
    Clock = '\u{e087}', // clock
    /// It takes a while.
    Hourglass = '\u{e296}', // hourglass
    /// At work.
    Spinner = '\u{e10a}', // loader-circle
    /// Mail.
    Mail = '\u{e10f}', // mail
    /// A mailbox.
    Inbox = '\u{e0f7}', // inbox
    /// A group.
    People = '\u{e1a4}', // users
    /// A person.
    Person = '\u{e19f}', // user
    /// A mail contact.
    Contact = '\u{e09c}', // contact
    /// The Exchange server.
    Server = '\u{e153}', // server
    /// Microsoft 365.
    Cloud = '\u{e088}', // cloud
    /// The organisation.
    Office = '\u{e290}', // building-2
    /// A domain.
    Globe = '\u{e0e8}', // globe
    /// A password.
    Key = '\u{e4a3}', // key-round
    /// A folder.
    Folder = '\u{e0d7}', // folder
    /// A file.
    File = '\u{e0cc}', // file-text
    /// Sizes.
    Disk = '\u{e0ed}', // hard-drive
    /// Look for.
    Search = '\u{e151}', // search
    /// Show only some.
    Filter = '\u{e0dc}', // funnel
    /// Back.
    ChevronLeft = '\u{e06e}', // chevron-left
    /// Go on, or open.
    ChevronRight = '\u{e06f}', // chevron-right
    /// Opened, or opens downwards.
    ChevronDown = '\u{e06d}', // chevron-down
    /// Opens upwards.
    ChevronUp = '\u{e070}', // chevron-up
    /// To the left.
    ArrowLeft = '\u{e048}', // arrow-left
    /// To the right.
    ArrowRight = '\u{e049}', // arrow-right
    /// Ascending.
    ArrowUp = '\u{e04a}', // arrow-up
    /// Descending.
    ArrowDown = '\u{e042}', // arrow-down
    /// Can be sorted.
    Sort = '\u{e37d}', // arrow-up-down
    /// A dot.
    Dot = '\u{e44f}', // dot
    /// Run.
    Play = '\u{e13c}', // play
    /// Stop.
    Stop = '\u{e167}', // square
    /// Pause.
    Pause = '\u{e12e}', // pause
    /// Once more.
    Refresh = '\u{e145}', // refresh-cw
    /// Checked.
    Shield = '\u{e1ff}', // shield-check
    /// Opens elsewhere.
    External = '\u{e0b9}', // external-link
    /// To the clipboard.
    Copy = '\u{e09e}', // copy
    /// Save.
    Save = '\u{e14d}', // save
    /// Fetch.
    Download = '\u{e0b2}', // download
    /// Send.
    Send = '\u{e152}', // send
    /// A notification.
    Bell = '\u{e059}', // bell
    /// Light.
    Sun = '\u{e178}', // sun
    /// Dark.
    Moon = '\u{e11e}', // moon
    /// High contrast.
    Contrast = '\u{e09d}', // contrast
    /// Size of the text.
    TextSize = '\u{e587}', // a-large-small
    /// Language.
    Language = '\u{e0fe}', // languages
    /// Keys.
    Keyboard = '\u{e284}', // keyboard
    /// Help.
    Help = '\u{e082}', // circle-question-mark
    /// Settings.
    Settings = '\u{e154}', // settings
    /// Practice.
    Practice = '\u{e0d5}', // flask-conical
    /// More.
    Plus = '\u{e13d}', // plus
    /// Less.
    Minus = '\u{e11c}', // minus
    /// Locked.
    Lock = '\u{e10b}', // lock
    /// Unlocked.
    Unlock = '\u{e10c}', // lock-open
    /// Show.
    Eye = '\u{e0ba}', // eye
    /// Hide.
    EyeOff = '\u{e0bb}', // eye-off
    /// A day.
    Calendar = '\u{e063}', // calendar
    /// A list.
    List = '\u{e106}', // list
    /// Things to do.
    Checklist = '\u{e1d0}', // list-checks
    /// A licence.
    Licence = '\u{e617}', // id-card
    /// Change.
    Pencil = '\u{e1f9}', // pencil
    /// Remove.
    Trash = '\u{e18e}', // trash-2
    /// Take back.
    Undo = '\u{e2a1}', // undo-2
    /// The goal.
    Flag = '\u{e0d1}', // flag
    /// Further things.
    More = '\u{e0b6}', // ellipsis
}

/// An icon in a square of `size` logical pixels.
pub fn icon<'a, M: 'a>(_look: &Look<'_>, icon: Icon, size: f32, colour: Color) -> Element<'a, M> {
    iced::widget::text(icon.glyph().to_string())
        .font(font::ICONS)
        .shaping(Shaping::Basic)
        .size(size)
        .line_height(LineHeight::Absolute(Pixels(size)))
        .width(size)
        .height(size)
        .align_x(alignment::Horizontal::Center)
        .color(colour)
        .into()
}

/// Width and height of the program's own icon, in pixels.
const OWN: u32 = 64;

/// The program's own icon, for the window's frame and the taskbar.
pub fn own() -> Option<iced::window::Icon> {
    let pixels = include_bytes!("../../../resources/icon-64.rgba");
    iced::window::icon::from_rgba(pixels.to_vec(), OWN, OWN).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_font() {
        let [.., icons] = font::FILES;
        assert_eq!(font::tests::lacking(icons, Icon::ALL.iter().map(|icon| icon.glyph())), Vec::<char>::new());
    }

    #[test]
    fn the_programs_own_icon_can_be_read() {
        assert!(own().is_some());
    }

    #[test]
    fn no_two_icons_look_alike() {
        let glyphs: std::collections::BTreeSet<char> = Icon::ALL.iter().map(|icon| icon.glyph()).collect();
        assert_eq!(glyphs.len(), Icon::ALL.len());
    }
}

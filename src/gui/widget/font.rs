//! The typeface the program carries. Other scripts (Japanese, Hebrew, Thai) come from the system's fonts by fallback.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

/// Running text. A family name of our own: an Inter on the computer may be another version.
pub const REGULAR: Font = Font::with_name("Cutover Inter");
/// Titles, labels, emphasis.
pub const STRONG: Font = Font { weight: Weight::Semibold, ..REGULAR };
/// The icons, as letters.
pub const ICONS: Font = Font::with_name("Cutover Icons");

pub(super) const FILES: [&[u8]; 3] = [
    include_bytes!("../../../resources/fonts/inter-regular.ttf"),
    include_bytes!("../../../resources/fonts/inter-semibold.ttf"),
    include_bytes!("../../../resources/fonts/icons.ttf"),
];

/// The font files, to be given to iced before the first frame.
pub fn bytes() -> Vec<Cow<'static, [u8]>> {
    FILES.iter().map(|file| Cow::Borrowed(*file)).collect()
}

#[cfg(test)]
pub(in crate::gui) mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use iced::advanced::graphics::text::cosmic_text::{FontSystem, fontdb};

    use super::*;
    use crate::i18n;

    /// Which of the letters a bundled file lacks.
    pub(in crate::gui) fn lacking(file: &'static [u8], letters: impl IntoIterator<Item = char>) -> Vec<char> {
        let source = fontdb::Source::Binary(Arc::new(file));
        let mut fonts = FontSystem::new_with_locale_and_db("en".into(), fontdb::Database::new());
        let id = fonts.db_mut().load_font_source(source)[0];
        let font = fonts.get_font(id, fontdb::Weight::NORMAL).unwrap();
        letters.into_iter().filter(|letter| font.as_swash().charmap().map(*letter) == 0).collect()
    }

    #[test]
    fn the_letters_of_our_words_are_in_the_typeface() {
        let latin = i18n::LANGUAGES.iter().filter(|(tag, _)| !tag.starts_with("ja"));
        let words = latin.flat_map(|(_, files)| files.iter());
        let mut letters: Vec<char> = words
            .flat_map(|words| words.lines())
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::chars)
            .filter(|c| !c.is_control())
            .collect();
        letters.extend(
            "ÄÖÜäöüßẞ ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ ÁÉÍÑÓÚÜáéíñóúü¿¡ªº «»‹›„“”‚‘’–—… €£$ →←↑↓ ×−≈≤≥".chars(),
        );
        letters.extend("ΑΩαωάώ АЯЁаяё ŁłŐőŘřŠšȘș\u{a0}\u{202f}".chars());
        letters.sort_unstable();
        letters.dedup();
        for file in &FILES[..2] {
            assert_eq!(lacking(file, letters.iter().copied()), Vec::<char>::new());
        }
    }

    #[test]
    fn a_letter_of_another_script_is_found_lacking() {
        assert_eq!(lacking(FILES[0], ['a', '山', 'ש']), ['山', 'ש']);
    }

    #[test]
    fn the_files_are_the_families_the_window_asks_for() {
        let mut fonts = fontdb::Database::new();
        for file in FILES {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
        }
        let found: Vec<_> = fonts.faces().map(|face| (face.families[0].0.clone(), face.weight.0)).collect();
        let wanted = [("Cutover Inter", 400), ("Cutover Inter", 600), ("Cutover Icons", 400)];
        assert_eq!(found, wanted.map(|(name, weight)| (name.to_owned(), weight)));
    }
}

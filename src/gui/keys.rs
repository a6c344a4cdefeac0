//! What keys mean wherever no control takes them: Tab, Enter, Escape, access keys, the size of the text.

use iced::keyboard::{Event, Key, Modifiers, key::Named};

use super::look::Platform;

/// What the keyboard asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To the next control.
    Next,
    /// To the previous control.
    Previous,
    /// The page's primary command.
    Primary,
    /// The harmless way out.
    Escape,
    /// The command with this access letter, in lower case.
    Access(char),
    /// Access letters are to be shown, or not any more.
    ShowAccess(bool),
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// Text at its usual size.
    UsualSize,
    /// Close the window (Command-W).
    Close,
}

impl Wish {
    fn repeats(&self) -> bool {
        matches!(self, Wish::Next | Wish::Previous | Wish::Larger | Wish::Smaller)
    }
}

/// What an event of the keyboard, which no control took, asks for.
pub fn wish(event: &Event, platform: Platform) -> Option<Wish> {
    match event {
        Event::KeyPressed { key, modifiers, repeat, .. } => {
            // A key that is held down asks once: it must not press its way through several pages.
            pressed(key.as_ref(), *modifiers, platform).filter(|wish| !repeat || wish.repeats())
        }
        // Whoever switches to another window with Alt and Tab lets go of Alt over there.
        Event::ModifiersChanged(modifiers) if !modifiers.alt() && platform != Platform::MacOs => {
            Some(Wish::ShowAccess(false))
        }
        Event::KeyReleased { key: Key::Named(Named::Alt), .. } if platform != Platform::MacOs => {
            Some(Wish::ShowAccess(false))
        }
        _ => None,
    }
}

fn pressed(key: Key<&str>, modifiers: Modifiers, platform: Platform) -> Option<Wish> {
    let plain = modifiers.is_empty();
    match key {
        Key::Named(Named::Tab) if plain => Some(Wish::Next),
        Key::Named(Named::Tab) if modifiers == Modifiers::SHIFT => Some(Wish::Previous),
        Key::Named(Named::Enter) if plain => Some(Wish::Primary),
        Key::Named(Named::Escape) if plain => Some(Wish::Escape),
        Key::Named(Named::Alt) if platform != Platform::MacOs => Some(Wish::ShowAccess(true)),
        Key::Character(text) => character(text, modifiers, platform),
        _ => None,
    }
}

fn character(text: &str, modifiers: Modifiers, platform: Platform) -> Option<Wish> {
    let letter = text.chars().next()?;
    if modifiers.command() {
        return match letter {
            '+' | '=' => Some(Wish::Larger),
            '-' => Some(Wish::Smaller),
            '0' => Some(Wish::UsualSize),
            'w' | 'W' if platform == Platform::MacOs => Some(Wish::Close),
            '.' if platform == Platform::MacOs => Some(Wish::Escape),
            '[' if platform == Platform::MacOs => Some(Wish::Access('b')),
            _ => None,
        };
    }
    let access = platform != Platform::MacOs && modifiers == Modifiers::ALT && letter.is_alphanumeric();
    access.then(|| Wish::Access(letter.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use iced::keyboard::Location;
    use iced::keyboard::key::{NativeCode, Physical};

    use super::*;

    fn press(key: Key<&str>, modifiers: Modifiers, platform: Platform) -> Option<Wish> {
        pressed(key, modifiers, platform)
    }

    #[test]
    fn plain_keys_mean_the_same_everywhere() {
        for platform in [Platform::Windows, Platform::MacOs, Platform::Linux] {
            let none = Modifiers::empty();
            assert_eq!(press(Key::Named(Named::Tab), none, platform), Some(Wish::Next));
            assert_eq!(press(Key::Named(Named::Tab), Modifiers::SHIFT, platform), Some(Wish::Previous));
            assert_eq!(press(Key::Named(Named::Enter), none, platform), Some(Wish::Primary));
            assert_eq!(press(Key::Named(Named::Escape), none, platform), Some(Wish::Escape));
            assert_eq!(press(Key::Character("n"), none, platform), None, "a letter alone is nothing");
        }
    }

    fn event(named: Named, repeat: bool) -> Event {
        let key = Key::Named(named);
        Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Unidentified(NativeCode::Unidentified),
            location: Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat,
        }
    }

    #[test]
    fn a_key_that_is_held_down_moves_on_but_presses_once() {
        for (key, once) in [(Named::Enter, true), (Named::Escape, true), (Named::Tab, false)] {
            assert!(wish(&event(key, false), Platform::Linux).is_some());
            assert_eq!(wish(&event(key, true), Platform::Linux).is_none(), once, "{key:?}");
        }
    }

    #[test]
    fn access_letters_go_when_alt_is_let_go_of_elsewhere() {
        let changed = |modifiers| wish(&Event::ModifiersChanged(modifiers), Platform::Windows);
        assert_eq!(changed(Modifiers::empty()), Some(Wish::ShowAccess(false)));
        assert_eq!(changed(Modifiers::ALT), None);
    }

    #[test]
    fn access_letters_belong_to_alt_and_not_to_the_mac() {
        assert_eq!(press(Key::Character("N"), Modifiers::ALT, Platform::Windows), Some(Wish::Access('n')));
        assert_eq!(press(Key::Character("n"), Modifiers::ALT, Platform::MacOs), None);
        assert_eq!(press(Key::Named(Named::Alt), Modifiers::ALT, Platform::Linux), Some(Wish::ShowAccess(true)));
    }

    #[test]
    fn the_size_of_text_follows_the_command_key() {
        assert_eq!(press(Key::Character("="), Modifiers::COMMAND, Platform::Windows), Some(Wish::Larger));
        assert_eq!(press(Key::Character("-"), Modifiers::COMMAND, Platform::Windows), Some(Wish::Smaller));
        assert_eq!(press(Key::Character("0"), Modifiers::COMMAND, Platform::Windows), Some(Wish::UsualSize));
        assert_eq!(press(Key::Character("w"), Modifiers::COMMAND, Platform::MacOs), Some(Wish::Close));
        assert_eq!(press(Key::Character("w"), Modifiers::COMMAND, Platform::Windows), None);
    }
}

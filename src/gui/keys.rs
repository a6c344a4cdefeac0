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

/// What an event of the keyboard, which no control took, asks for.
pub fn wish(event: &Event, platform: Platform) -> Option<Wish> {
    match event {
        Event::KeyPressed { key, modifiers, .. } => pressed(key.as_ref(), *modifiers, platform),
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

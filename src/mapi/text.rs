//! Text of 8-bit strings. Streams say a code page (84E4 is 1252) or none at all, and then mean the logon's.

/// What windows-1252 has at 0x80 to 0x9F. The five holes are read as the control characters of their number, as
/// Windows does.
const FROM_80: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads windows-1252, which never fails.
pub fn from_windows_1252(bytes: &[u8]) -> String {
    let char_of = |&byte: &u8| match byte {
        0x80..=0x9F => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    };
    bytes.iter().map(char_of).collect()
}

/// Reads UTF-16LE, with replacement characters for what is not. An odd byte at the end is one such.
pub fn from_utf16le_lossy(bytes: &[u8]) -> String {
    utf16le_lossy(bytes.iter().copied()).collect()
}

/// [`from_utf16le_lossy`], character by character.
pub fn utf16le_lossy(mut bytes: impl Iterator<Item = u8>) -> impl Iterator<Item = char> {
    let units = std::iter::from_fn(move || {
        let low = bytes.next()?;
        Some(bytes.next().map_or(0xFFFD, |high| u16::from_le_bytes([low, high])))
    });
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252() {
        assert_eq!(from_windows_1252(b"na\xefve \x80 \x93x\x94 \x9f \x81"), "naïve € “x” Ÿ \u{81}");
    }

    #[test]
    fn broken_utf16() {
        assert_eq!(from_utf16le_lossy(&[0x61, 0, 0x3d, 0xd8, 0x62, 0, 0x63]), "a\u{fffd}b\u{fffd}");
    }
}

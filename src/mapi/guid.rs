//! GUIDs as they stand in streams, and the property sets that matter (MS-OXPROPS 1.3.2).

/// The set whose third group is `0000`, last byte 0x46, that most property sets share.
const fn microsoft(first: u32) -> [u8; 16] {
    let [a, b, c, d] = first.to_le_bytes();
    [a, b, c, d, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46]
}

/// Properties that users see by name, `Keywords` (the categories) among them.
pub const PS_PUBLIC_STRINGS: [u8; 16] = microsoft(0x0002_0329);
/// Unnamed properties; a named one never has this set.
pub const PS_MAPI: [u8; 16] = microsoft(0x0002_0328);
/// Header fields of internet messages that have no property of their own.
pub const PS_INTERNET_HEADERS: [u8; 16] = microsoft(0x0002_0386);
/// Properties of every kind of item: reminder, private, companies.
pub const PSETID_COMMON: [u8; 16] = microsoft(0x0006_2008);
/// Properties of appointments and meetings.
pub const PSETID_APPOINTMENT: [u8; 16] = microsoft(0x0006_2002);
/// Properties of contacts.
pub const PSETID_ADDRESS: [u8; 16] = microsoft(0x0006_2004);
/// Properties of tasks.
pub const PSETID_TASK: [u8; 16] = microsoft(0x0006_2003);
/// Properties of sticky notes.
pub const PSETID_NOTE: [u8; 16] = microsoft(0x0006_200E);
/// Properties of journal entries.
pub const PSETID_LOG: [u8; 16] = microsoft(0x0006_200A);
/// Properties of feeds posted into a mailbox.
pub const PSETID_POST_RSS: [u8; 16] = microsoft(0x0006_2041);
/// Properties of sharing messages.
pub const PSETID_SHARING: [u8; 16] = microsoft(0x0006_2040);
/// Meeting properties: the global object ids above all. 6ED8DA90-450B-101B-98DA-00AA003F1305.
pub const PSETID_MEETING: [u8; 16] =
    [0x90, 0xda, 0xd8, 0x6e, 0x0b, 0x45, 0x1b, 0x10, 0x98, 0xda, 0x00, 0xaa, 0x00, 0x3f, 0x13, 0x05];
/// Calendar assistant: what clients last touched. 11000E07-B51B-40D6-AF21-CAA85EDAB1D0.
pub const PSETID_CALENDAR_ASSISTANT: [u8; 16] =
    [0x07, 0x0e, 0x00, 0x11, 0x1b, 0xb5, 0xd6, 0x40, 0xaf, 0x21, 0xca, 0xa8, 0x5e, 0xda, 0xb1, 0xd0];
/// Unified messaging: voice mail. 4442858E-A9E3-4E80-B900-317A210CC15B.
pub const PSETID_UNIFIED_MESSAGING: [u8; 16] =
    [0x8e, 0x85, 0x42, 0x44, 0xe3, 0xa9, 0x80, 0x4e, 0xb9, 0x00, 0x31, 0x7a, 0x21, 0x0c, 0xc1, 0x5b];

/// Where the bytes of the text form stand in the stream: the first three fields are little-endian.
const STREAM_ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/// Reads the `00062008-0000-0000-c000-000000000046` form, in any case, with or without braces.
pub fn parse(text: &str) -> Option<[u8; 16]> {
    let text = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let big_endian = uuid::Uuid::try_parse(text).ok().filter(|_| text.len() == 36)?;
    Some(STREAM_ORDER.map(|at| big_endian.as_bytes()[at]))
}

/// The `00062008-0000-0000-c000-000000000046` form, in lower case.
pub fn format(guid: &[u8; 16]) -> String {
    uuid::Uuid::from_bytes(STREAM_ORDER.map(|at| guid[at])).hyphenated().to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn text_form() {
        assert_eq!(format(&PSETID_COMMON), "00062008-0000-0000-c000-000000000046");
        assert_eq!(parse("{00062008-0000-0000-C000-000000000046}"), Some(PSETID_COMMON));
        assert_eq!(parse("6ed8da90-450b-101b-98da-00aa003f1305"), Some(PSETID_MEETING));
        assert_eq!(format(&PSETID_CALENDAR_ASSISTANT), "11000e07-b51b-40d6-af21-caa85edab1d0");
        assert_eq!(format(&PSETID_UNIFIED_MESSAGING), "4442858e-a9e3-4e80-b900-317a210cc15b");
        // fxstream-notes.md, section 2: 00112233-4455-… is 33 22 11 00 55 44 77 66 88 … in a stream.
        let guid = parse("00112233-4455-6677-8899-aabbccddeeff").unwrap();
        assert_eq!(guid[..9], [0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88]);
        assert_eq!(parse("00062008"), None);
        assert_eq!(parse("0006200800000000c000000000000046"), None);
    }
}

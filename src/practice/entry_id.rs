//! Entry ids of people who are in no directory (MS-OXCDATA 2.2.5.1).

/// A one-off entry id with name and SMTP address, in UTF-16.
pub(crate) fn one_off(name: &str, email: &str) -> Vec<u8> {
    let mut id = vec![0; 4];
    id.extend_from_slice(&[0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0, 0xDD, 1, 0x0F, 0x54, 2]);
    id.extend_from_slice(&[0, 0, 1, 0x80]);
    for text in [name, "SMTP", email] {
        for unit in text.encode_utf16().chain([0]) {
            id.extend_from_slice(&unit.to_le_bytes());
        }
    }
    id
}

/// Entry ids in one value (FlatEntryList, MS-OXCDATA 2.3.3): count, size, and each with its length, padded to four.
pub(crate) fn flat_list(ids: &[Vec<u8>]) -> Vec<u8> {
    let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
    let mut entries = Vec::new();
    for id in ids {
        entries.extend_from_slice(&length(id.len()));
        entries.extend_from_slice(id);
        entries.resize(entries.len().next_multiple_of(4), 0);
    }
    [length(ids.len()).as_slice(), &length(entries.len()), &entries].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_padded() {
        let list = flat_list(&[vec![1, 2, 3], vec![4; 4]]);
        assert_eq!(list, [2, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 0, 4, 0, 0, 0, 4, 4, 4, 4]);
        assert_eq!(one_off("", "a@b.example").len(), 24 + 2 + 10 + 24);
    }
}

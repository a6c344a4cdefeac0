//! The identity that is stamped into items which we put together ourselves, so that a copy can be known again on the target
//! whatever becomes of it. It is no content: no facet sees it.

use sha2::{Digest, Sha256};

use crate::mapi::{Item, Name, NamedId, Properties, Type, Value};

/// Our own property set: 8C1F2B6E-5D0A-4F0C-9B37-3E6A41D7C2F5.
const SET: [u8; 16] =
    [0x6e, 0x2b, 0x1f, 0x8c, 0x0a, 0x5d, 0x0c, 0x4f, 0x9b, 0x37, 0x3e, 0x6a, 0x41, 0xd7, 0xc2, 0xf5];
const NAME: &str = "CutoverItem";
/// The property as extended properties are named in Microsoft Graph.
pub const EXTENDED_ID: &str = "String {8c1f2b6e-5d0a-4f0c-9b37-3e6a41d7c2f5} Name CutoverItem";

/// The identity of an item: its mailbox and its id at the source, which tell nobody else anything.
pub fn identity(mailbox: &str, item: &str) -> String {
    let hash = Sha256::digest(format!("{}\n{item}", mailbox.to_lowercase()));
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Stamps an identity into an item.
pub fn set(item: &mut Item, identity: &str) {
    let name = Name { set: SET, id: NamedId::Text(NAME.to_owned()) };
    item.set_named(name, Type::UNICODE, Value::Unicode(identity.to_owned()));
}

/// Whether an extended property's id, however a service spells it, is that of the stamp.
pub fn is_extended_id(id: &str) -> bool {
    id.eq_ignore_ascii_case(EXTENDED_ID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fidelity::facets;
    use crate::mapi::guid;

    #[test]
    fn a_stamp_is_one_item_s_and_no_content() {
        let mut item = Item::default();
        let before = facets(&item);
        let anna = identity("anna@contoso.com", "AAMk1");
        assert_eq!(anna.len(), 32);
        assert_eq!(anna, identity("Anna@Contoso.com", "AAMk1"));
        assert_ne!(anna, identity("anna@contoso.com", "aamk1"), "ids are case-sensitive");
        set(&mut item, &anna);
        assert_eq!(facets(&item), before);
        assert_eq!(EXTENDED_ID, format!("String {{{}}} Name {NAME}", guid::format(&SET)));
        assert!(is_extended_id(&EXTENDED_ID.to_uppercase()) && !is_extended_id("String 0x37"));
    }
}

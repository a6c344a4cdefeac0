//! The fast transfer stream and the records around it.

use std::collections::HashSet;

use crate::fidelity;
use crate::mapi::container::{self, Version};
use crate::mapi::stream::{self, Decoder};
use crate::mapi::{Attachment, Item, Property};

/// Bytes that are pushed at once where a stream comes in pieces: odd, so that they end inside everything.
const PIECE: usize = 3;

/// A bare stream: what can be read is written back byte for byte, read alike in pieces, measured, and still says the
/// same after it was written anew.
pub fn stream(data: &[u8]) {
    let whole = stream::decode(data);
    let mut decoder = Decoder::new();
    let pieces = data.chunks(PIECE).try_for_each(|piece| decoder.push(piece)).and_then(|()| decoder.finish());
    assert_eq!(whole.is_ok(), pieces.is_ok(), "{:?} whole, {:?} in pieces", whole.err(), pieces.err());
    let Ok(item) = whole else { return };
    assert!(stream::encode(&item).is_ok_and(|again| again == data), "another stream came back");
    assert!(stream::encode(&pieces.unwrap()).is_ok_and(|again| again == data), "another stream came back of pieces");
    measured(&item);
    let wrapped = container::wrap(data, Version([0; 6]));
    assert_eq!(container::unwrap(&wrapped).unwrap().stream, data);
}

/// The facets of an item are those of the same item written for a strict importer; but where a property stands twice,
/// the one that counts may be another one then.
fn measured(item: &Item) {
    let facets = fidelity::facets(item);
    let Ok(fresh) = stream::encode_fresh(item) else { return };
    let again = stream::decode(&fresh).expect("what was written can be read");
    if !repeats(item) {
        assert_eq!(fidelity::facets(&again), facets, "the item says something else after it was written anew");
    }
}

/// Whether a property stands twice in one list.
fn repeats(item: &Item) -> bool {
    let twice = |properties: &[Property]| {
        let mut seen = HashSet::new();
        let key = |property: &Property| match &property.name {
            Some(name) => (0, Some(name.clone())),
            None => (property.tag.id(), None),
        };
        !properties.iter().all(|property| seen.insert(key(property)))
    };
    let inside = |attachment: &Attachment| {
        twice(&attachment.properties) || attachment.embedded.as_ref().is_some_and(|item| repeats(item))
    };
    twice(&item.properties)
        || item.recipients.iter().any(|recipient| twice(&recipient.properties))
        || item.attachments.iter().any(inside)
}

/// A message list: what can be read is written back byte for byte.
pub fn message_list(data: &[u8]) {
    let Ok(list) = stream::decode_list(data) else { return };
    assert!(stream::encode_list(&list).is_ok_and(|again| again == data), "another list came back");
    list.iter().for_each(|listed| measured(&listed.item));
}

/// An exported item in its records: no more than the slices hold comes out.
pub fn container(data: &[u8]) {
    let Ok(opened) = container::unwrap(data) else { return };
    assert!(opened.stream.len() < data.len());
    let again = container::wrap(&opened.stream, opened.version.unwrap_or(Version([0; 6])));
    assert_eq!(container::unwrap(&again).unwrap().stream, opened.stream);
    assert_eq!(container::decode_item(data).is_ok(), stream::decode(&opened.stream).is_ok());
    stream(&opened.stream);
}

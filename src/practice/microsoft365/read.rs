//! Items as the service shows them: JSON and MIME made from typed properties.

pub(super) mod attachment;
pub(super) mod contact;
pub(super) mod event;
pub(super) mod message;
pub(super) mod mime;
pub(super) mod people;
pub(super) mod prop;
pub(super) mod recurrence;

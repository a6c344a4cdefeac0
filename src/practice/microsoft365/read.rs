//! Items as the service shows them: JSON and MIME made from typed properties.

pub(super) mod prop;

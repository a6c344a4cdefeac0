//! Why a stream cannot be read, or an item cannot be written.

use thiserror::Error;

/// Why bytes are no item stream. `at` is the offset in bytes where the offending element begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The stream ends inside an element or before an end marker.
    #[error("the stream ends at {at} inside something that began before")]
    UnexpectedEnd {
        /// Offset.
        at: u64,
    },
    /// A length or count asks for more bytes than the stream has left.
    #[error("the length at {at} asks for more bytes than there are")]
    LengthBeyondEnd {
        /// Offset.
        at: u64,
    },
    /// A property type that does not occur in streams.
    #[error("property {tag:08X} at {at} has an unknown type")]
    UnknownType {
        /// Offset.
        at: u64,
        /// The whole tag.
        tag: u32,
    },
    /// The name of a named property is malformed, too long, or its id is the invalid 0xFFFF.
    #[error("the property at {at} has a malformed name")]
    MalformedName {
        /// Offset.
        at: u64,
    },
    /// A marker where the grammar has no place for it.
    #[error("marker {marker:08X} at {at} is out of place")]
    MisplacedMarker {
        /// Offset.
        at: u64,
        /// The marker.
        marker: u32,
    },
    /// The server marked the item as incomplete (FXErrorInfo).
    #[error("the server marked the item as incomplete at {at}")]
    Incomplete {
        /// Offset.
        at: u64,
    },
    /// A property outside of any message of a message list.
    #[error("a property at {at} belongs to no message")]
    StrayProperty {
        /// Offset.
        at: u64,
    },
    /// More levels of embedded items than [`super::MAX_NESTING`].
    #[error("items are nested too deeply at {at}")]
    TooDeep {
        /// Offset.
        at: u64,
    },
    /// More properties in one list than [`super::MAX_PROPERTIES`].
    #[error("too many properties in one list at {at}")]
    TooManyProperties {
        /// Offset.
        at: u64,
    },
    /// The record container is damaged: an unknown opcode, a record of the wrong size or one that is cut off.
    #[error("the record at {at} is damaged")]
    MalformedRecord {
        /// Offset.
        at: u64,
    },
    /// The container holds no slice of a stream.
    #[error("there is no item in the data")]
    Empty,
    /// The server cut the export off and said so: worth another try.
    #[error("the server cut the data off")]
    Truncated,
}

/// Why an item cannot be written as a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EncodeError {
    /// The value's variant does not belong to the tag's type, or the type does not occur in streams.
    #[error("the value of property {tag:08X} does not have the type that its tag says")]
    ValueType {
        /// The whole tag.
        tag: u32,
    },
    /// A name on an id below 0x8000, none on one from 0x8000 up, or a text that contains NUL or is too long.
    #[error("property {tag:08X} lacks its name, or has one that cannot be written")]
    Name {
        /// The whole tag.
        tag: u32,
    },
    /// The tag is that of a marker.
    #[error("{tag:08X} is a marker and cannot be a property")]
    Marker {
        /// The whole tag.
        tag: u32,
    },
    /// A value or count of more than 4 GiB.
    #[error("the value of property {tag:08X} is too long")]
    TooLong {
        /// The whole tag.
        tag: u32,
    },
    /// More levels of embedded items than [`super::MAX_NESTING`].
    #[error("items are nested too deeply")]
    TooDeep,
    /// More properties in one list than [`super::MAX_PROPERTIES`].
    #[error("too many properties in one list")]
    TooManyProperties,
}

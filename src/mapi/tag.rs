//! Property types, tags and names (MS-OXCDATA 2.11, MS-OXPROPS).

/// A MAPI property type, the low 16 bits of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Type(pub u16);

impl Type {
    /// 16-bit signed integer.
    pub const I16: Type = Type(0x0002);
    /// 32-bit signed integer.
    pub const I32: Type = Type(0x0003);
    /// 32-bit floating point.
    pub const F32: Type = Type(0x0004);
    /// 64-bit floating point.
    pub const F64: Type = Type(0x0005);
    /// 64-bit integer of ten-thousandths.
    pub const CURRENCY: Type = Type(0x0006);
    /// Days since 1899-12-30 as a double.
    pub const APP_TIME: Type = Type(0x0007);
    /// 32-bit error code.
    pub const ERROR: Type = Type(0x000A);
    /// Boolean: two bytes in the stream.
    pub const BOOL: Type = Type(0x000B);
    /// An object: in the stream only as OLE storage of an attachment.
    pub const OBJECT: Type = Type(0x000D);
    /// 64-bit signed integer.
    pub const I64: Type = Type(0x0014);
    /// 8-bit string whose code page is not stated.
    pub const STRING8: Type = Type(0x001E);
    /// UTF-16 string.
    pub const UNICODE: Type = Type(0x001F);
    /// 100-nanosecond intervals since 1601-01-01 UTC.
    pub const TIME: Type = Type(0x0040);
    /// A GUID.
    pub const GUID: Type = Type(0x0048);
    /// Bytes.
    pub const BINARY: Type = Type(0x0102);
    /// UTF-16LE string under its code-page spelling (0x8000 | 1200).
    pub const UNICODE_CODEPAGE: Type = Type(0x84B0);
    /// Set in the types of multi-valued properties.
    pub const MULTI: u16 = 0x1000;

    /// The code page of an `0x8000 | code page` string type.
    pub fn code_page(self) -> Option<u16> {
        (self.0 & 0x8000 != 0).then_some(self.0 & 0x7FFF)
    }
}

/// A property tag: id in the high half, type in the low half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u32);

impl Tag {
    /// The id of a named property that has no number yet: the encoder gives it one by its name. It is no valid
    /// property id, so no stream can hold it.
    pub const UNNUMBERED: u16 = 0xFFFF;
    /// Ids from here on belong to named properties.
    pub const FIRST_NAMED: u16 = 0x8000;

    /// The tag of an id and a type.
    pub const fn new(id: u16, kind: Type) -> Tag {
        Tag(((id as u32) << 16) | kind.0 as u32)
    }
    /// The property id.
    pub const fn id(self) -> u16 {
        (self.0 >> 16) as u16
    }
    /// The property type.
    pub const fn kind(self) -> Type {
        Type(self.0 as u16)
    }
}

/// The kind-dependent half of a property name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NamedId {
    /// A number (LID).
    Lid(u32),
    /// A string, case kept.
    Text(String),
}

/// The name of a named property (ids from 0x8000 up mean nothing outside one store; the name does).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The property set, as the 16 bytes of the stream (little-endian first three fields).
    pub set: [u8; 16],
    /// Number or text.
    pub id: NamedId,
}

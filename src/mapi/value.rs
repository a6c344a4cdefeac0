//! Property values.

use bytes::Bytes;

use super::tag::{Name, Tag};

/// A property with its tag, its name if it is a named one, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Id and type exactly as in the stream.
    pub tag: Tag,
    /// Present exactly when the id is 0x8000 or higher.
    pub name: Option<Name>,
    /// The value; its variant agrees with the tag's type.
    pub value: Value,
}

/// A property value (MS-OXCDATA 2.11.1). Strings keep their exact bytes so that encoding gives a stream back.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// 0002
    I16(i16),
    /// 0003
    I32(i32),
    /// 0004
    F32(f32),
    /// 0005
    F64(f64),
    /// 0006, ten-thousandths
    Currency(i64),
    /// 0007, days since 1899-12-30
    AppTime(f64),
    /// 000A
    Error(u32),
    /// 000B
    Bool(bool),
    /// 0014
    I64(i64),
    /// 0040, 100 ns since 1601-01-01 UTC
    Time(u64),
    /// 0048, stream order
    Guid([u8; 16]),
    /// 001F or 84B0, without its terminating NUL
    Unicode(String),
    /// 001E or another code page: the raw bytes without the terminating NUL
    Bytes8(Bytes),
    /// 0102
    Binary(Bytes),
    /// 000D: OLE storage of an attachment
    Object(Bytes),
    /// 1xxx: the values, each of the single-value type
    Multi(Vec<Value>),
    /// What its type's regular form cannot say: a string without its NUL or not UTF-16, a boolean neither 0 nor 1.
    /// The bytes exactly as in the stream, without their length.
    Raw(Bytes),
}

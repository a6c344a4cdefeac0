//! Property values.

use std::borrow::Cow;

use bytes::Bytes;

use super::long::Long;
use super::tag::{Name, Tag};
use super::text::from_windows_1252;

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
    /// A long string, binary or object that was left where the item lies (see
    /// [`container::read_item`](super::container::read_item)).
    Long(Long),
}

impl Value {
    /// The text of a string; an 8-bit one is read as windows-1252.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::Unicode(text) => Some(Cow::Borrowed(text)),
            Value::Bytes8(bytes) => Some(Cow::Owned(from_windows_1252(bytes))),
            Value::Long(long) => Some(Cow::Owned(long.to_value()?.text()?.into_owned())),
            _ => None,
        }
    }

    /// The number in an integer of any width; a boolean is 0 or 1.
    pub fn integer(&self) -> Option<i64> {
        match *self {
            Value::I16(n) => Some(n.into()),
            Value::I32(n) => Some(n.into()),
            Value::I64(n) => Some(n),
            Value::Bool(flag) => Some(flag.into()),
            _ => None,
        }
    }

    /// The bytes of a binary or object, unless they were left where they lie.
    pub fn binary(&self) -> Option<&Bytes> {
        match self {
            Value::Binary(bytes) | Value::Object(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The FILETIME of a time.
    pub fn time(&self) -> Option<u64> {
        match *self {
            Value::Time(filetime) => Some(filetime),
            _ => None,
        }
    }
}

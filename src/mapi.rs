//! MAPI's vocabulary: property tags, values and the fast transfer stream.
//!
//! Lexical only. Both ends of our wire share this module, and streams that a third-party server wrote judge it;
//! what a property *means* (and how MIME becomes properties) belongs to each side alone.

pub mod container;
pub mod guid;
pub mod item;
pub mod lid;
pub mod long;
pub mod order;
pub mod pid;
pub mod stream;
pub mod tag;
pub mod text;
pub mod time;
pub mod value;

pub use item::{Attachment, Item, Properties, Recipient};
pub use long::Long;
pub use stream::{DecodeError, EncodeError};
pub use tag::{Name, NamedId, Tag, Type};
pub use value::{Property, Value};

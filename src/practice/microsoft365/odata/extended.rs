//! Extended properties: their ids in Graph's grammar, and values as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::super::clock::Moment;
use super::super::read::prop;
use super::super::reply::Fault;
use crate::mapi::{Name, NamedId, Properties, Type, Value, guid};

/// A parsed extended property id.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct ExtendedId {
    kind: &'static str,
    array: bool,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum Place {
    Tag(u16),
    Named(Name),
}

/// Type words and their MAPI types.
const KINDS: [(&str, Type); 12] = [
    ("String", Type::UNICODE),
    ("Integer", Type::I32),
    ("Boolean", Type::BOOL),
    ("SystemTime", Type::TIME),
    ("Binary", Type::BINARY),
    ("Double", Type::F64),
    ("Long", Type::I64),
    ("Short", Type::I16),
    ("Float", Type::F32),
    ("Currency", Type::CURRENCY),
    ("ApplicationTime", Type::APP_TIME),
    ("Guid", Type::GUID),
];

impl ExtendedId {
    /// Reads an id such as `String {guid} Name x`, `Integer {guid} Id 0x8102` or `Binary 0x300B`.
    pub fn parse(text: &str) -> Result<ExtendedId, Fault> {
        let bad =
            || Fault::new(400, "ErrorInvalidProperty", format!("The extended property id '{text}' is not valid."));
        let (word, rest) = text.trim().split_once(' ').ok_or_else(bad)?;
        let (single, array) = match word.to_lowercase().strip_suffix("array") {
            Some(single) => (single.to_owned(), true),
            None => (word.to_lowercase(), false),
        };
        let kind = KINDS.iter().find(|(name, _)| name.to_lowercase() == single).ok_or_else(bad)?.0;
        let rest = rest.trim();
        let place = match rest.strip_prefix('{') {
            None => Place::Tag(u16::try_from(hex(rest).ok_or_else(bad)?).map_err(|_| bad())?),
            Some(named) => {
                let (set, id) = named.split_once('}').ok_or_else(bad)?;
                let set = guid::parse(set.trim()).ok_or_else(bad)?;
                let (how, which) = id.trim().split_once(' ').ok_or_else(bad)?;
                let id = match how.to_lowercase().as_str() {
                    "name" => NamedId::Text(which.to_owned()),
                    "id" => NamedId::Lid(hex(which.trim()).ok_or_else(bad)?),
                    _ => return Err(bad()),
                };
                Place::Named(Name { set, id })
            }
        };
        if matches!(place, Place::Tag(0x8000..)) {
            return Err(bad());
        }
        Ok(ExtendedId { kind, array, place })
    }

    /// The id as the service spells it: without leading zeros.
    pub fn text(&self) -> String {
        let array = if self.array { "Array" } else { "" };
        match &self.place {
            Place::Tag(id) => format!("{}{array} 0x{id:x}", self.kind),
            Place::Named(Name { set, id }) => {
                let id = match id {
                    NamedId::Lid(lid) => format!("Id 0x{lid:x}"),
                    NamedId::Text(text) => format!("Name {text}"),
                };
                format!("{}{array} {{{}}} {id}", self.kind, guid::format(set))
            }
        }
    }

    pub fn is_array(&self) -> bool {
        self.array
    }

    /// The value as Graph shows it: text, or an array of texts.
    pub fn read(&self, from: &impl Properties) -> Option<Json> {
        let property = from.list().iter().find(|p| match (&self.place, &p.name) {
            (Place::Tag(id), None) => p.tag.id() == *id,
            (Place::Named(wanted), Some(name)) => wanted == name,
            _ => false,
        })?;
        match (&property.value, self.array) {
            (Value::Multi(values), true) => values
                .iter()
                .map(|value| show(self.kind, value, property.tag))
                .collect::<Option<Vec<_>>>()
                .map(|v| json!(v)),
            (value, false) => show(self.kind, value, property.tag).map(Json::from),
            _ => None,
        }
    }

    /// Sets the property from Graph's text.
    pub fn write(&self, to: &mut impl Properties, value: &Json) -> Result<(), Fault> {
        let bad =
            || Fault::new(400, "ErrorInvalidPropertySet", format!("The value of '{}' is not valid.", self.text()));
        let kind = KINDS.iter().find(|(name, _)| *name == self.kind).ok_or_else(bad)?.1;
        let (kind, value) = match value {
            Json::Array(values) if self.array => {
                let values =
                    values.iter().map(|one| understand(self.kind, one.as_str()?)).collect::<Option<Vec<_>>>();
                (Type(kind.0 | Type::MULTI), Value::Multi(values.ok_or_else(bad)?))
            }
            Json::String(text) if !self.array => (kind, understand(self.kind, text).ok_or_else(bad)?),
            _ => return Err(bad()),
        };
        match &self.place {
            Place::Tag(id) => to.set(*id, kind, value),
            Place::Named(name) => to.set_named(name.clone(), kind, value),
        }
        Ok(())
    }
}

fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    u32::from_str_radix(digits, 16).ok()
}

fn show(kind: &str, value: &Value, tag: crate::mapi::Tag) -> Option<String> {
    match (kind, value) {
        ("String", value) => prop::text_of(value, tag),
        ("Integer" | "Long" | "Short", value) => prop::number(value).map(|number| number.to_string()),
        ("Boolean", Value::Bool(truth)) => Some(truth.to_string()),
        ("SystemTime", value) => prop::moment(value).map(Moment::text),
        ("Binary", Value::Binary(bytes)) => Some(STANDARD.encode(bytes)),
        ("Double", Value::F64(number)) => Some(number.to_string()),
        ("Float", Value::F32(number)) => Some(number.to_string()),
        ("Currency", Value::Currency(number)) => Some((*number as f64 / 10_000.0).to_string()),
        ("ApplicationTime", Value::AppTime(number)) => Some(number.to_string()),
        ("Guid", Value::Guid(bytes)) => Some(guid::format(bytes)),
        _ => None,
    }
}

fn understand(kind: &str, text: &str) -> Option<Value> {
    Some(match kind {
        "String" => Value::Unicode(text.to_owned()),
        "Integer" => Value::I32(text.trim().parse().ok()?),
        "Long" => Value::I64(text.trim().parse().ok()?),
        "Short" => Value::I16(text.trim().parse().ok()?),
        "Boolean" => Value::Bool(text.trim().to_lowercase().parse().ok()?),
        "SystemTime" => Value::Time(Moment::parse(text)?.filetime()),
        "Binary" => Value::Binary(STANDARD.decode(text.trim()).ok()?.into()),
        "Double" => Value::F64(text.trim().parse().ok()?),
        "Float" => Value::F32(text.trim().parse().ok()?),
        "Currency" => Value::Currency((text.trim().parse::<f64>().ok()? * 10_000.0) as i64),
        "ApplicationTime" => Value::AppTime(text.trim().parse().ok()?),
        "Guid" => Value::Guid(guid::parse(text.trim())?),
        _ => return None,
    })
}

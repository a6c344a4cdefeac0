//! Paths to properties, as requests name them: field, entry of a dictionary, or extended property.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::element::Element;
use super::fields::{Field, find_field};
use super::trouble::Trouble;
use super::view::{Slot, View, date_time, parse_date_time, text};
use super::xml::Xml;
use crate::mapi::{Type, Value, guid};

/// A path.
#[derive(Clone)]
pub(super) enum Path {
    /// `FieldURI` of an item.
    Field(&'static Field),
    /// `FieldURI` of something that this server leaves out of every answer, or of a folder.
    Uri(String),
    /// `IndexedFieldURI`: an entry of a dictionary.
    Indexed(String, String),
    /// `ExtendedFieldURI`.
    Extended(Extended),
}

/// An extended property.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Extended {
    /// How the request named it, for the answer.
    pub(super) named: Vec<(&'static str, String)>,
    /// Where it lies.
    pub(super) slot: Slot,
    /// Its type.
    pub(super) kind: Type,
}

/// Names of the property types; an array's name ends in `Array`.
const TYPES: [(&str, Type); 13] = [
    ("ApplicationTime", Type::APP_TIME),
    ("Binary", Type::BINARY),
    ("Boolean", Type::BOOL),
    ("CLSID", Type::GUID),
    ("Currency", Type::CURRENCY),
    ("Double", Type::F64),
    ("Float", Type::F32),
    ("Integer", Type::I32),
    ("Long", Type::I64),
    ("Short", Type::I16),
    ("SystemTime", Type::TIME),
    ("String", Type::UNICODE),
    ("Error", Type::ERROR),
];

impl Path {
    /// Reads a path element.
    pub(super) fn parse(element: &Element) -> Result<Path, Trouble> {
        let attribute = |name: &str| element.attribute(name).ok_or_else(|| Trouble::missing(element, name));
        match element.name.as_str() {
            "t:FieldURI" => {
                let uri = attribute("FieldURI")?;
                Ok(find_field(uri).map_or_else(|| Path::Uri(uri.to_owned()), Path::Field))
            }
            "t:IndexedFieldURI" => Ok(Path::Indexed(attribute("FieldURI")?.into(), attribute("FieldIndex")?.into())),
            "t:ExtendedFieldURI" => Extended::parse(element).map(Path::Extended),
            _ => Err(Trouble::unexpected(element)),
        }
    }

    /// The path among an element's children.
    pub(super) fn first_in(element: &Element) -> Result<Path, Trouble> {
        let paths = ["t:FieldURI", "t:IndexedFieldURI", "t:ExtendedFieldURI"];
        let path = element.children.iter().find(|child| paths.contains(&child.name.as_str()));
        Path::parse(path.ok_or_else(|| Trouble::missing(element, "Path"))?)
    }
}

impl Extended {
    /// Reads `ExtendedFieldURI`.
    pub(super) fn parse(element: &Element) -> Result<Extended, Trouble> {
        let refused = |text: &str| Trouble::new("ErrorInvalidExtendedProperty", text);
        let named = element.attribute("PropertyType").ok_or_else(|| Trouble::missing(element, "PropertyType"))?;
        let single = named.strip_suffix("Array").unwrap_or(named);
        let kind = TYPES.iter().find(|(name, _)| *name == single).map(|(_, kind)| *kind);
        let kind = kind.filter(|kind| *kind != Type::ERROR).ok_or_else(|| {
            Trouble::new("ErrorUnsupportedMapiPropertyType", "The MAPI property type is not supported.")
        })?;
        let kind = if single == named { kind } else { Type(kind.0 | Type::MULTI) };
        let mut echo = Vec::new();
        let mut take = |name: &'static str| {
            let value = element.attribute(name)?;
            echo.push((name, value.to_owned()));
            Some(value)
        };
        let tag = take("PropertyTag");
        let distinguished = take("DistinguishedPropertySetId");
        let set = take("PropertySetId");
        let (word, lid) = (take("PropertyName"), take("PropertyId"));
        let slot = match (tag, distinguished, set, word, lid) {
            (Some(tag), None, None, None, None) => {
                let tag = property_tag(tag).ok_or_else(|| Trouble::schema(element, "Bad PropertyTag."))?;
                if tag >= 0x8000 {
                    let text = "Custom properties (0x8000 and above) cannot be named by tag.";
                    return Err(Trouble::new("ErrorNoPropertyTagForCustomProperties", text));
                }
                echo = vec![("PropertyTag", format!("0x{tag:x}"))];
                Slot::Id(tag)
            }
            (None, Some(_), None, ..) | (None, None, Some(_), ..) => {
                let set = match set {
                    Some(text) => guid::parse(text),
                    None => distinguished.and_then(distinguished_set),
                };
                let set = set.ok_or_else(|| Trouble::schema(element, "Unknown property set."))?;
                match (word, lid) {
                    (Some(word), None) => Slot::Word(set, Cow::Owned(word.to_owned())),
                    (None, Some(lid)) => {
                        let lid = lid.parse::<i32>().map_err(|_| Trouble::schema(element, "Bad PropertyId."))?;
                        Slot::Lid(set, lid.cast_unsigned())
                    }
                    _ => return Err(refused("A named property has either a name or a number.")),
                }
            }
            _ => return Err(refused("The combination of attributes of the extended property is not valid.")),
        };
        echo.push(("PropertyType", named.to_owned()));
        Ok(Extended { named: echo, slot, kind })
    }

    /// The item's value, computed where the store computes it.
    pub(super) fn value(&self, view: &View) -> Option<Value> {
        let computed = match self.slot {
            Slot::Id(0x0E08) => Some(match self.kind {
                Type::I64 => Value::I64(view.size()),
                _ => Value::I32(i32::try_from(view.size()).unwrap_or(i32::MAX)),
            }),
            Slot::Id(0x0E1B) => Some(Value::Bool(view.visible_attachments().next().is_some())),
            _ => None,
        };
        computed.or_else(|| self.slot.get(view.item).cloned()).filter(|value| self.fits(value))
    }

    /// Whether a value is of the asked type; a property of another type counts as absent.
    pub(super) fn fits(&self, value: &Value) -> bool {
        if self.kind.0 & Type::MULTI != 0 {
            let single = Extended { kind: Type(self.kind.0 & !Type::MULTI), ..self.clone() };
            return matches!(value, Value::Multi(values) if !values.is_empty() && values.iter().all(|v| single.fits(v)));
        }
        matches!(
            (self.kind, value),
            (Type::APP_TIME, Value::AppTime(_))
                | (Type::BINARY, Value::Binary(_) | Value::Object(_))
                | (Type::BOOL, Value::Bool(_))
                | (Type::GUID, Value::Guid(_))
                | (Type::CURRENCY, Value::Currency(_))
                | (Type::F64, Value::F64(_))
                | (Type::F32, Value::F32(_))
                | (Type::I32, Value::I32(_))
                | (Type::I64, Value::I64(_))
                | (Type::I16, Value::I16(_))
                | (Type::TIME, Value::Time(_))
                | (Type::UNICODE, Value::Unicode(_) | Value::Bytes8(_))
        )
    }

    /// Writes `ExtendedProperty`.
    pub(super) fn write(&self, value: &Value, xml: &mut Xml) {
        xml.open("t:ExtendedProperty").open("t:ExtendedFieldURI");
        for (name, value) in &self.named {
            xml.attr(name, value);
        }
        xml.close();
        match value {
            Value::Multi(values) => {
                xml.open("t:Values");
                for value in values {
                    xml.leaf("t:Value", &wire(value));
                }
                xml.close();
            }
            value => {
                xml.leaf("t:Value", &wire(value));
            }
        }
        xml.close();
    }

    /// Reads the value of an `ExtendedProperty` element.
    pub(super) fn read(&self, property: &Element) -> Result<Value, Trouble> {
        let wrong =
            || Trouble::new("ErrorInvalidExtendedPropertyValue", "The value does not fit the property's type.");
        let single = Type(self.kind.0 & !Type::MULTI);
        if self.kind == single {
            let value = property.text_of("t:Value").ok_or_else(|| Trouble::missing(property, "Value"))?;
            return unwire(value, single).ok_or_else(wrong);
        }
        let values = property.child("t:Values").ok_or_else(|| Trouble::missing(property, "Values"))?;
        let values: Option<Vec<_>> = values.children.iter().map(|value| unwire(&value.text, single)).collect();
        values.map(Value::Multi).ok_or_else(wrong)
    }
}

fn property_tag(text: &str) -> Option<u16> {
    match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

fn distinguished_set(name: &str) -> Option<[u8; 16]> {
    Some(match name {
        "Meeting" => guid::PSETID_MEETING,
        "Appointment" => guid::PSETID_APPOINTMENT,
        "Common" => guid::PSETID_COMMON,
        "PublicStrings" => guid::PS_PUBLIC_STRINGS,
        "Address" => guid::PSETID_ADDRESS,
        "InternetHeaders" => guid::PS_INTERNET_HEADERS,
        "CalendarAssistant" => guid::PSETID_CALENDAR_ASSISTANT,
        "UnifiedMessaging" => guid::PSETID_UNIFIED_MESSAGING,
        "Task" => guid::PSETID_TASK,
        "Sharing" => guid::PSETID_SHARING,
        _ => return None,
    })
}

fn wire(value: &Value) -> String {
    match value {
        Value::I16(value) => value.to_string(),
        Value::I32(value) => value.to_string(),
        Value::I64(value) | Value::Currency(value) => value.to_string(),
        Value::F32(value) => value.to_string(),
        Value::F64(value) | Value::AppTime(value) => value.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Error(value) => value.to_string(),
        Value::Time(value) => date_time(*value).unwrap_or_default(),
        Value::Guid(value) => guid::format(value),
        Value::Binary(bytes) | Value::Object(bytes) => STANDARD.encode(bytes),
        value => text(value).unwrap_or_default(),
    }
}

fn unwire(value: &str, kind: Type) -> Option<Value> {
    let number = value.trim();
    Some(match kind {
        Type::I16 => Value::I16(number.parse().ok()?),
        Type::I32 => Value::I32(number.parse().ok()?),
        Type::I64 => Value::I64(number.parse().ok()?),
        Type::CURRENCY => Value::Currency(number.parse().ok()?),
        Type::F32 => Value::F32(number.parse().ok()?),
        Type::F64 => Value::F64(number.parse().ok()?),
        Type::APP_TIME => Value::AppTime(number.parse().ok()?),
        Type::BOOL => Value::Bool(matches!(number, "true" | "1")),
        Type::TIME => Value::Time(parse_date_time(number)?),
        Type::GUID => Value::Guid(guid::parse(number)?),
        Type::BINARY => Value::Binary(STANDARD.decode(number).ok()?.into()),
        _ => Value::Unicode(value.to_owned()),
    })
}

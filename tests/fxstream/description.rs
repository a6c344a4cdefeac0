//! Compares a decoded item with what an independent route (property by property) said about it.

use cutover::mapi::{Item, NamedId, Properties, Property, Tag, Type, Value, guid, pid, time};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// What the property route computes and streams rightly do not have.
const NOT_IN_STREAMS: [u16; 20] = [
    0x0C06, 0x0E02, 0x0E03, 0x0E04, 0x0E08, 0x0E1B, 0x0FF4, 0x0FF7, 0x3FF1, 0x3FF8, 0x3FF9, 0x3FFA, 0x3FFB, 0x3FFD,
    0x65E0, 0x65E1, 0x66A1, 0x66C3, 0x6709, 0x6748,
];
/// What streams have and the property route does not always show.
const NOT_DESCRIBED: [u16; 3] = [pid::CHANGE_NUMBER, pid::MID, pid::ASSOCIATED];

/// The same of attachments.
const NOT_IN_ATTACHMENTS: [u16; 2] = [0x0E20, 0x0FF7];
/// The forms of a body. The property route makes each of them from the one that is stored.
const BODIES: [u16; 3] = [pid::BODY, pid::RTF_COMPRESSED, pid::HTML];

/// The differences found, each with its place.
struct Differences {
    found: Vec<String>,
    path: String,
}

/// Compares an item with its description, nested items included.
pub fn compare(name: &str, item: &Item, description: &Json) -> Vec<String> {
    let mut differences = Differences { found: Vec::new(), path: name.to_owned() };
    differences.item(item, description);
    differences.found
}

impl Differences {
    fn check(&mut self, what: &str, agrees: bool) {
        if !agrees {
            self.found.push(format!("{}: {what}", self.path));
        }
    }

    fn item(&mut self, item: &Item, json: &Json) {
        let unnamed = [
            ("message_class", pid::MESSAGE_CLASS),
            ("subject", pid::SUBJECT),
            ("subject_prefix", pid::SUBJECT_PREFIX),
            ("normalized_subject", pid::NORMALIZED_SUBJECT),
            ("internet_message_id", pid::INTERNET_MESSAGE_ID),
            ("message_flags", pid::MESSAGE_FLAGS),
            ("flag_status", pid::FLAG_STATUS),
            ("flag_complete_time", pid::FLAG_COMPLETE_TIME),
            ("importance", pid::IMPORTANCE),
            ("sensitivity", pid::SENSITIVITY),
            ("icon_index", pid::ICON_INDEX),
            ("internet_codepage", pid::INTERNET_CODEPAGE),
            ("transport_headers", pid::TRANSPORT_MESSAGE_HEADERS),
        ];
        for (key, id) in unnamed {
            self.check(key, agree(item.value(id), &json[key]));
        }
        for (key, id) in ["body_text", "body_rtf_compressed", "body_html"].into_iter().zip(BODIES) {
            self.check(key, agree(item.value(id), &json[key]) || derived(item, id));
        }
        let read = item.value(pid::MESSAGE_FLAGS).and_then(Value::integer).unwrap_or(0) & 1 == 1;
        self.check("read", json["read"] == read);
        let dates = [
            ("client_submit_time", pid::CLIENT_SUBMIT_TIME),
            ("message_delivery_time", pid::MESSAGE_DELIVERY_TIME),
            ("creation_time", pid::CREATION_TIME),
            ("last_modification_time", pid::LAST_MODIFICATION_TIME),
        ];
        for (key, id) in dates {
            self.check(key, agree(item.value(id), &json["dates"][key]));
        }
        self.person(item, &json["sender"], "sender", [pid::SENDER_NAME, 0x0C1E, 0x0C1F, 0x5D01]);
        self.person(item, &json["sent_representing"], "represented", [0x0042, 0x0064, 0x0065, 0x5D02]);
        let keywords = item.named(&guid::PS_PUBLIC_STRINGS, &NamedId::Text("Keywords".to_owned()));
        self.check("categories", agree(keywords, &json["categories"]));
        self.properties(item, json);
        self.recipients(item, json);
        self.attachments(item, json);
    }

    fn person(&mut self, of: &impl Properties, json: &Json, what: &str, ids: [u16; 4]) {
        for (key, id) in ["name", "addrtype", "email", "smtp"].into_iter().zip(ids) {
            // The property route writes address types in capitals.
            let same_type = |value: &Value| key == "addrtype" && json[key] == as_text(value).to_uppercase();
            let agrees = agree(of.value(id), &json[key]) || of.value(id).is_some_and(same_type);
            self.check(&format!("{what} {key}"), agrees);
        }
    }

    /// Every described property is there with its value, and every property is described.
    fn properties(&mut self, item: &Item, json: &Json) {
        let described = json["properties"].as_array().unwrap();
        let id_of = |entry: &Json| tag_of(&entry["tag"]).id();
        for entry in described {
            let id = id_of(entry);
            if item.value(id).is_none() && NOT_IN_STREAMS.contains(&id) {
                continue;
            }
            self.check(&format!("property {id:04X}"), agree(item.value(id), &entry["value"]) || derived(item, id));
        }
        let named = json["named_properties"].as_array().unwrap();
        for entry in named {
            let set = guid::parse(entry["guid"].as_str().unwrap()).unwrap();
            let name = entry["name"].as_str().unwrap();
            let lid = || u32::from_str_radix(name.strip_prefix("0x").unwrap(), 16).unwrap();
            let id = if entry["kind"] == "id" { NamedId::Lid(lid()) } else { NamedId::Text(name.to_owned()) };
            let value = item.named(&set, &id);
            self.check(
                &format!("{entry}"),
                agree(value, &entry["value"]) && value.map(kind) == entry["type"].as_str(),
            );
        }
        let names = item.properties.iter().filter(|property| property.name.is_some()).count();
        self.check("number of named properties", names == named.len());
        for property in item.properties.iter().filter(|property| property.name.is_none()) {
            let id = property.tag.id();
            let is_described = described.iter().any(|entry| id_of(entry) == id);
            self.check(&format!("undescribed {id:04X}"), is_described || NOT_DESCRIBED.contains(&id));
        }
    }

    fn recipients(&mut self, item: &Item, json: &Json) {
        let described = json["recipients"].as_array().unwrap();
        self.check("number of recipients", described.len() == item.recipients.len());
        for (recipient, json) in item.recipients.iter().zip(described) {
            let what = format!("recipient {}", json["row"]);
            self.check(&what, agree(recipient.value(pid::ROW_ID), &json["row"]));
            self.check(&what, agree(recipient.value(pid::RECIPIENT_TYPE), &json["type_raw"]));
            let ids = [pid::DISPLAY_NAME, pid::ADDRESS_TYPE, pid::EMAIL_ADDRESS, pid::SMTP_ADDRESS];
            self.person(recipient, json, &what, ids);
        }
    }

    /// The attachment's tags are the described ones; streams spell string types by code page.
    fn tags(&mut self, properties: &[Property], mut described: Vec<Tag>) {
        described.retain(|tag| !NOT_IN_ATTACHMENTS.contains(&tag.id()));
        let spelled = |tag: Tag| match tag.kind() {
            Type::UNICODE_CODEPAGE => Tag::new(tag.id(), Type::UNICODE),
            kind if kind.code_page().is_some() => Tag::new(tag.id(), Type::STRING8),
            _ => tag,
        };
        let mut found: Vec<Tag> = properties.iter().map(|property| spelled(property.tag)).collect();
        // OLE storage is an object that the property list does not show.
        found.retain(|tag| *tag != Tag::new(pid::ATTACH_DATA, Type::OBJECT));
        found.sort();
        described.sort();
        self.check(&format!("attachment's tags: {found:08X?}, described {described:08X?}"), found == described);
    }

    fn attachments(&mut self, item: &Item, json: &Json) {
        let described = json["attachments"].as_array().unwrap();
        self.check("number of attachments", described.len() == item.attachments.len());
        for (attachment, json) in item.attachments.iter().zip(described) {
            let json_number = &json["num"];
            let keys = [
                ("num", pid::ATTACH_NUMBER),
                ("method", pid::ATTACH_METHOD),
                ("long_filename", pid::ATTACH_LONG_FILENAME),
                ("filename", pid::ATTACH_FILENAME),
                ("display_name", pid::DISPLAY_NAME),
                ("mime_tag", pid::ATTACH_MIME_TAG),
                ("content_id", pid::ATTACH_CONTENT_ID),
                ("content_location", pid::ATTACH_CONTENT_LOCATION),
                ("rendering_position", pid::RENDERING_POSITION),
                ("attach_flags", pid::ATTACH_FLAGS),
                ("hidden", pid::ATTACHMENT_HIDDEN),
            ];
            let tags: Vec<Tag> = json["properties"].as_array().unwrap().iter().map(tag_of).collect();
            for (key, id) in keys {
                // The description has no value for stored 8-bit strings.
                let string8 = tags.contains(&Tag::new(id, Type::STRING8)) && json[key].is_null();
                let agrees = agree(attachment.value(id), &json[key]);
                self.check(&format!("attachment {} {key}", json_number), agrees || string8);
            }
            self.tags(&attachment.properties, tags);
            // OLE storage is not described.
            let data = attachment.value(pid::ATTACH_DATA).filter(|data| !matches!(data, Value::Object(_)));
            self.check(&format!("attachment {} data", json_number), agree(data, &json["data"]));
            match (&attachment.embedded, json.get("embedded").filter(|json| !json.is_null())) {
                (Some(item), Some(json)) => {
                    let outer = self.path.clone();
                    self.path = format!("{outer}, attachment {}", json_number);
                    self.item(item, json);
                    self.path = outer;
                }
                (embedded, json) => self.check("an embedded item", embedded.is_none() && json.is_none()),
            }
        }
    }
}

/// The tag that a description spells 0xIIIITTTT.
fn tag_of(json: &Json) -> Tag {
    let digits = json.as_str().unwrap().strip_prefix("0x").unwrap();
    Tag(u32::from_str_radix(digits, 16).unwrap())
}

/// Whether the property route made this body from another one.
fn derived(item: &Item, id: u16) -> bool {
    BODIES.contains(&id) && item.value(id).is_none() && BODIES.iter().any(|id| item.value(*id).is_some())
}

/// Whether a value is the described one; nothing is described as null.
fn agree(value: Option<&Value>, json: &Json) -> bool {
    match (value, json) {
        (None, Json::Null) => true,
        (None, _) | (_, Json::Null) => false,
        (Some(Value::Multi(values)), Json::Array(all)) => {
            values.len() == all.len() && values.iter().zip(all).all(|(value, json)| agree(Some(value), json))
        }
        (Some(value), Json::Object(digest)) => agrees_with_digest(value, digest),
        (Some(value), Json::String(text)) => as_text(value) == *text,
        (Some(Value::Bool(flag)), Json::Bool(expected)) => flag == expected,
        (Some(Value::F32(n)), json) => json.as_f64() == Some(f64::from(*n)),
        (Some(Value::F64(n) | Value::AppTime(n)), json) => json.as_f64() == Some(*n),
        (Some(Value::Currency(n)), json) => json.as_i64() == Some(*n),
        (Some(value), json) => json.as_i64().is_some() && json.as_i64() == value.integer(),
    }
}

fn agrees_with_digest(value: &Value, digest: &serde_json::Map<String, Json>) -> bool {
    let (bytes, sum, length) = match value.text() {
        Some(text) => (text.as_bytes().to_vec(), &digest["sha256_utf8"], &digest["utf8_bytes"]),
        None => (value.binary().unwrap().to_vec(), &digest["sha256"], &digest["bytes"]),
    };
    *length == bytes.len() && *sum == hex(&Sha256::digest(&bytes))
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Time(filetime) => {
            let (seconds, nanos) = time::unix_from_filetime(*filetime);
            let fraction = if nanos == 0 { String::new() } else { format!(".{:07}", nanos / 100) };
            let second = jiff::Timestamp::from_second(seconds).unwrap();
            format!("{}{fraction}Z", second.strftime("%Y-%m-%dT%H:%M:%S"))
        }
        Value::Guid(id) => guid::format(id),
        Value::Binary(bytes) | Value::Object(bytes) => hex(bytes),
        other => other.text().map(|text| text.into_owned()).unwrap_or_default(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The description's word for a value's type.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::I16(_) => "i16",
        Value::I32(_) => "i32",
        Value::F32(_) => "f32",
        Value::F64(_) => "f64",
        Value::Currency(_) => "currency",
        Value::AppTime(_) => "apptime",
        Value::Error(_) => "error",
        Value::Bool(_) => "bool",
        Value::I64(_) => "i64",
        Value::Time(_) => "time",
        Value::Guid(_) => "guid",
        Value::Unicode(_) => "unicode",
        Value::Bytes8(_) => "string8",
        Value::Binary(_) => "binary",
        Value::Object(_) => "object",
        Value::Raw(_) => "raw",
        Value::Long(_) => "long",
        Value::Multi(values) => match values.first().map(kind) {
            Some("i16") => "mv_i16",
            Some("i32") => "mv_i32",
            Some("i64") => "mv_i64",
            Some("f32") => "mv_f32",
            Some("f64") => "mv_f64",
            Some("currency") => "mv_currency",
            Some("apptime") => "mv_apptime",
            Some("time") => "mv_time",
            Some("guid") => "mv_guid",
            Some("binary") => "mv_binary",
            _ => "mv_unicode",
        },
    }
}

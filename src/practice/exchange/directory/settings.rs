//! Small operations about users and servers: automatic replies, time zones, configuration items, ids of other forms.

use std::fmt::Write as _;

use crate::practice::exchange::call::Call;
use crate::practice::exchange::element::Element;
use crate::practice::exchange::ids::Id;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::xml::{INSTANCE, MESSAGES, TYPES, Xml};

/// Zones that this server lists: Windows name, display name, minutes east of UTC, and months and weeks in which summer
/// time begins and ends, where it does.
const ZONES: [(&str, &str, i32, Option<Summer>); 6] = [
    ("UTC", "(UTC) Coordinated Universal Time", 0, None),
    ("GMT Standard Time", "(UTC) Dublin, Edinburgh, Lisbon, London", 0, Some(Summer { hours: [1, 2], ..EUROPE })),
    ("W. Europe Standard Time", "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 60, Some(EUROPE)),
    ("Eastern Standard Time", "(UTC-05:00) Eastern Time (US & Canada)", -300, Some(AMERICA)),
    ("Pacific Standard Time", "(UTC-08:00) Pacific Time (US & Canada)", -480, Some(AMERICA)),
    ("Tokyo Standard Time", "(UTC+09:00) Osaka, Sapporo, Tokyo", 540, None),
];
const EUROPE: Summer = Summer { months: [3, 10], weeks: [-1, -1], hours: [2, 3] };
const AMERICA: Summer = Summer { months: [3, 11], weeks: [2, 1], hours: [2, 2] };

/// Beginning and end of summer time: on a Sunday of a month, at a local hour.
struct Summer {
    months: [i8; 2],
    weeks: [i8; 2],
    hours: [i8; 2],
}

/// GetUserOofSettings: the practice company's people are all at work.
pub(super) fn get_oof(call: &Call) -> Result<String, Trouble> {
    let mailbox = call.request.child("t:Mailbox").ok_or_else(|| Trouble::missing(call.request, "Mailbox"))?;
    let address = mailbox.text_of("t:Address").unwrap_or_default().trim();
    let known = call.exchange.entry(address).map(|entry| entry.address.to_lowercase());
    let known = known.filter(|address| call.exchange.organisation.mailboxes.contains_key(address));
    let mut xml = Xml::new();
    xml.open("m:GetUserOofSettingsResponse").attr("xmlns:m", MESSAGES).attr("xmlns:t", TYPES);
    if known.is_none() {
        let trouble = Trouble::new("ErrorMailRecipientNotFound", "The mailbox was not found.");
        xml.open("m:ResponseMessage").attr("ResponseClass", "Error");
        trouble.message(&mut xml);
        return Ok(xml.finish());
    }
    xml.open("m:ResponseMessage").attr("ResponseClass", "Success").leaf("m:ResponseCode", "NoError").close();
    xml.open("t:OofSettings").leaf("t:OofState", "Disabled").leaf("t:ExternalAudience", "None");
    xml.open("t:Duration")
        .leaf("t:StartTime", "2020-01-01T00:00:00")
        .leaf("t:EndTime", "2020-01-02T00:00:00")
        .close();
    for reply in ["t:InternalReply", "t:ExternalReply"] {
        xml.open(reply).leaf("t:Message", "").close();
    }
    xml.close().leaf("m:AllowExternalOof", "All");
    Ok(xml.finish())
}

/// GetUserConfiguration: nobody here ever opened Outlook on the web.
pub(super) fn get_user_configuration(call: &Call) -> Result<String, Trouble> {
    let name = call.request.child("m:UserConfigurationName");
    let name = name.ok_or_else(|| Trouble::missing(call.request, "UserConfigurationName"))?;
    let mut answers = Answers::new("m:GetUserConfigurationResponse", "m:GetUserConfigurationResponseMessage", "");
    answers.put(call.target_folder(name).and(Err(Trouble::item_not_found())));
    Ok(answers.finish())
}

/// GetServerTimeZones.
pub(super) fn get_time_zones(call: &Call) -> Result<String, Trouble> {
    let full = call.request.attribute("ReturnFullTimeZoneData") != Some("false");
    let asked: Option<Vec<_>> =
        call.request.child("m:Ids").map(|ids| ids.all("t:Id").map(|id| id.text.trim()).collect());
    let mut xml = Xml::new();
    xml.open("m:TimeZoneDefinitions");
    for (id, name, east, summer) in &ZONES {
        if asked.as_ref().is_none_or(|asked| asked.contains(id)) {
            xml.open("t:TimeZoneDefinition").attr("Id", id).attr("Name", name);
            if full {
                write_rules(id, *east, summer.as_ref(), &mut xml);
            }
            xml.close();
        }
    }
    xml.close();
    let mut answers = Answers::new("m:GetServerTimeZonesResponse", "m:GetServerTimeZonesResponseMessage", "");
    answers.put(Ok(xml));
    Ok(answers.finish())
}

/// A duration such as `-PT60M`.
fn bias(minutes: i32) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    format!("{sign}PT{}M", minutes.abs())
}

fn write_rules(id: &str, east: i32, summer: Option<&Summer>, xml: &mut Xml) {
    let period = |name: &str| format!("trule:Microsoft/Registry/{id}/2007-{name}");
    xml.open("t:Periods");
    let periods: &[(&str, i32)] =
        if summer.is_some() { &[("Standard", 0), ("Daylight", 60)] } else { &[("Standard", 0)] };
    for (name, more) in periods {
        xml.open("t:Period").attr("Bias", &bias(-east - more)).attr("Name", name).attr("Id", &period(name)).close();
    }
    xml.close().open("t:TransitionsGroups").open("t:TransitionsGroup").attr("Id", "0");
    match summer {
        None => {
            xml.open("t:Transition").open("t:To").attr("Kind", "Period").text(&period("Standard")).close().close();
        }
        Some(summer) => {
            for (at, name) in ["Daylight", "Standard"].into_iter().enumerate() {
                xml.open("t:RecurringDayTransition").open("t:To").attr("Kind", "Period").text(&period(name)).close();
                xml.leaf("t:TimeOffset", &format!("PT{}H", summer.hours[at]));
                xml.leaf("t:Month", &summer.months[at].to_string()).leaf("t:DayOfWeek", "Sunday");
                xml.leaf("t:Occurrence", &summer.weeks[at].to_string()).close();
            }
        }
    }
    xml.close().close().open("t:Transitions").open("t:Transition");
    xml.open("t:To").attr("Kind", "Group").text("0").close().close().close();
}

/// ConvertId: every form of an id here is the EWS id itself, or its bytes in hexadecimal.
pub(super) fn convert_id(call: &Call) -> Result<String, Trouble> {
    let format = call.request.attribute("DestinationFormat").unwrap_or_default();
    let sources = call.list("m:SourceIds")?;
    let mut answers = Answers::new("m:ConvertIdResponse", "m:ConvertIdResponseMessage", "");
    for source in sources {
        answers.put(convert(source, format));
    }
    Ok(answers.finish())
}

fn convert(source: &Element, format: &str) -> Result<Xml, Trouble> {
    let text = source.attribute("Id").unwrap_or_default();
    let hexadecimal = source.attribute("Format") == Some("HexEntryId");
    let text = if hexadecimal { from_hexadecimal(text).unwrap_or_default() } else { text.to_owned() };
    let id = Id::parse(&text)?.text();
    let converted = if format == "HexEntryId" {
        id.bytes().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02X}");
            hex
        })
    } else {
        id
    };
    let mut xml = Xml::new();
    xml.open("m:AlternateId").attr("xmlns:xsi", INSTANCE).attr("xsi:type", "t:AlternateIdType");
    xml.attr("Format", format)
        .attr("Id", &converted)
        .attr("Mailbox", source.attribute("Mailbox").unwrap_or_default());
    xml.close();
    Ok(xml)
}

fn from_hexadecimal(text: &str) -> Option<String> {
    let bytes = (0..text.len() / 2).map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok());
    String::from_utf8(bytes.collect::<Option<Vec<_>>>()?).ok()
}

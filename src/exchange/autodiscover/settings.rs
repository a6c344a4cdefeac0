//! Autodiscover's newer tongue (2010 and later): `GetUserSettings` over SOAP.

use url::Url;

use super::{Found, Said};
use crate::engine::recipient::Address;
use crate::exchange::xml::{self, Element, XmlError, escape};

/// Addresses in one request, at most.
pub const BATCH: usize = 90;

const SETTINGS: [&str; 4] = ["UserDN", "ExternalEwsUrl", "InternalEwsUrl", "CasVersion"];

/// The request for addresses; the answer has one part for each, in order.
pub fn request(to: &Url, addresses: &[Address]) -> String {
    let user = |address: &Address| format!("<a:User><a:Mailbox>{}</a:Mailbox></a:User>", escape(address.as_str()));
    let users: String = addresses.iter().map(user).collect();
    let settings: String = SETTINGS.iter().map(|name| format!("<a:Setting>{name}</a:Setting>")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:w=\"http://www.w3.org/2005/08/addressing\" \
         xmlns:a=\"http://schemas.microsoft.com/exchange/2010/Autodiscover\"><s:Header>\
         <a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion><w:Action>\
         http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</w:Action>\
         <w:To>{}</w:To></s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users>{users}</a:Users>\
         <a:RequestedSettings>{settings}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage>\
         </s:Body></s:Envelope>",
        escape(to.as_str())
    )
}

/// What the answer says to each of the addresses asked for.
pub fn read(body: &[u8], asked: usize) -> Result<Vec<Said>, XmlError> {
    let root = xml::parse(body)?;
    let response = root.find("GetUserSettingsResponseMessage").and_then(|message| message.child("Response"));
    let Some(response) = response else {
        let refused = root.find("faultstring").map_or("not an Autodiscover answer", |words| words.text.trim());
        return Ok(vec![Said::Refused(refused.to_owned()); asked]);
    };
    let refused = |element: &Element, code: &str| {
        Said::Refused(format!("{code} {}", element.text_of("ErrorMessage").unwrap_or_default()))
    };
    if let Some(code) = response.text_of("ErrorCode").filter(|code| *code != "NoError") {
        return Ok(vec![refused(response, code); asked]);
    }
    let users = response.child("UserResponses").map(|users| users.children.as_slice()).unwrap_or_default();
    let said = |index: usize| match users.get(index) {
        None => Said::Refused("no answer for this address".to_owned()),
        Some(user) => match (user.text_of("ErrorCode"), user.text_of("RedirectTarget")) {
            (None | Some("NoError"), _) => Said::Settings(settings(user)),
            (Some("RedirectAddress"), Some(to)) => Said::Address(Address::new(to)),
            (Some("RedirectUrl"), Some(to)) => {
                Url::parse(to).map_or_else(|_| Said::Refused(format!("redirect to {to}")), Said::Url)
            }
            (Some(code), _) => refused(user, code),
        },
    };
    Ok((0..asked).map(said).collect())
}

fn settings(user: &Element) -> Found {
    let value = |name: &str| {
        let mut settings = user.child("UserSettings")?.all("UserSetting");
        settings.find(|setting| setting.text_of("Name") == Some(name))?.text_of("Value")
    };
    let url = |name: &str| value(name).and_then(|text| Url::parse(text).ok());
    Found {
        external: url("ExternalEwsUrl"),
        internal: url("InternalEwsUrl"),
        legacy_name: value("UserDN").map(str::to_owned),
    }
}

//! Autodiscover's older tongue (2007 SP1 and later): plain XML, errors inside a 200.

use url::Url;

use super::{Found, Said};
use crate::engine::recipient::Address;
use crate::exchange::xml::{self, Element, XmlError, escape};

/// The request for an address.
pub fn request(address: &Address) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\">\
         <Request><EMailAddress>{}</EMailAddress><AcceptableResponseSchema>\
         http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\
         </AcceptableResponseSchema></Request></Autodiscover>",
        escape(address.as_str())
    )
}

/// What the answer says.
pub fn read(body: &[u8]) -> Result<Said, XmlError> {
    let root = xml::parse(body)?;
    let Some(response) = root.child("Response").filter(|_| root.name == "Autodiscover") else {
        return Ok(Said::Refused("not an Autodiscover answer".to_owned()));
    };
    if let Some(error) = response.child("Error") {
        let code = error.text_of("ErrorCode").unwrap_or("without code");
        return Ok(Said::Refused(format!("error {code} {}", error.text_of("Message").unwrap_or_default())));
    }
    let Some(account) = response.child("Account") else { return Ok(Said::Refused("no account".to_owned())) };
    Ok(match account.text_of("Action").unwrap_or("settings") {
        "redirectAddr" => said(account.text_of("RedirectAddr").map(|to| Said::Address(Address::new(to)))),
        "redirectUrl" => said(account.text_of("RedirectUrl").and_then(|to| Url::parse(to).ok()).map(Said::Url)),
        _ => Said::Settings(settings(response, account)),
    })
}

fn said(target: Option<Said>) -> Said {
    target.unwrap_or_else(|| Said::Refused("a redirect without its target".to_owned()))
}

fn settings(response: &Element, account: &Element) -> Found {
    let of = |kind: &str| {
        let mut protocols = account.all("Protocol").filter(|protocol| protocol.text_of("Type") == Some(kind));
        protocols.find_map(ews)
    };
    Found {
        external: of("EXPR").or_else(|| of("EXHTTP")),
        internal: of("EXCH"),
        legacy_name: response.child("User").and_then(|user| user.text_of("LegacyDN")).map(str::to_owned),
    }
}

/// `ASUrl` is the same address under its older name.
fn ews(protocol: &Element) -> Option<Url> {
    protocol.text_of("EwsUrl").or_else(|| protocol.text_of("ASUrl")).and_then(|text| Url::parse(text).ok())
}

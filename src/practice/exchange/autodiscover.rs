//! Autodiscover, as plain XML (POX) and as SOAP (exchange-source.md 1.3 and 1.4).

use super::call::is_mailbox;
use super::element::{self, Element};
use super::version::Server;
use super::xml::{ADDRESSING, AUTODISCOVER, INSTANCE, SOAP, Xml};
use super::{Exchange, reply};
use crate::practice::https::{Request, Response};
use crate::practice::organisation::{Entry, Profile};

/// Namespace around POX answers, and of errors.
const OUTER: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
/// Namespace of POX answers, which requests name as the one they accept.
const INNER: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
/// Most users of one GetUserSettings.
const MOST_USERS: usize = 90;

impl Exchange {
    /// Whether the profile has SOAP Autodiscover.
    pub(super) fn speaks_soap_autodiscover(&self) -> bool {
        self.organisation.profile != Profile::E2007Sp3
    }

    /// Answers a POX request; errors stand inside HTTP 200. SOAP is understood here too where there is SOAP at all: a
    /// practice organisation hands out one Autodiscover address, and some clients speak nothing but SOAP.
    pub(super) fn answer_autodiscover_pox(&self, request: &Request) -> Response {
        let is_soap = element::parse(request.body()).is_ok_and(|root| root.name == "s:Envelope");
        if is_soap && self.speaks_soap_autodiscover() {
            return self.answer_autodiscover_soap(request);
        }
        let answer = match self.pox_user(request.body()) {
            Ok(entry) => self.pox_settings(entry),
            Err((code, text)) => pox_error(code, text),
        };
        reply::xml(200, format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{}", answer.finish()))
    }

    fn pox_user(&self, body: &[u8]) -> Result<&Entry, (u16, &'static str)> {
        let invalid = (600, "Invalid Request");
        let root = element::parse(body).map_err(|_| invalid)?;
        let request = root.child("p:Request").filter(|_| root.name == "p:Autodiscover").ok_or(invalid)?;
        match request.text_of("p:AcceptableResponseSchema") {
            Some(INNER) => {}
            Some(_) => return Err((601, "Provider is not available")),
            None => return Err(invalid),
        }
        let entry = match (request.text_of("p:EMailAddress"), request.text_of("p:LegacyDN")) {
            (Some(address), _) => self.entry(address.trim()),
            (None, Some(dn)) => {
                let mut entries = self.organisation.entries.iter();
                entries.find(|entry| entry.legacy_dn.eq_ignore_ascii_case(dn.trim()))
            }
            (None, None) => return Err(invalid),
        };
        let mailboxes = &self.organisation.mailboxes;
        let entry = entry.filter(|entry| is_mailbox(entry) && mailboxes.contains_key(&entry.address.to_lowercase()));
        entry.ok_or((500, "The email address can't be found."))
    }

    fn pox_settings(&self, entry: &Entry) -> Xml {
        let mut xml = Xml::new();
        xml.open("Autodiscover").attr("xmlns", OUTER).open("Response").attr("xmlns", INNER).open("User");
        xml.leaf("DisplayName", &entry.display_name).leaf("LegacyDN", &entry.legacy_dn);
        if self.speaks_soap_autodiscover() {
            xml.leaf("AutoDiscoverSMTPAddress", &entry.address);
        }
        xml.leaf("DeploymentId", "5e2b7f70-6f5c-4c43-9f5e-3f1a6a1d2c11").close();
        xml.open("Account").leaf("AccountType", "email").leaf("Action", "settings");
        for kind in ["EXCH", "EXPR"] {
            self.pox_protocol(kind, entry, &mut xml);
        }
        xml
    }

    fn pox_protocol(&self, kind: &str, entry: &Entry, xml: &mut Xml) {
        let host = self.host();
        let server = self.server();
        xml.open("Protocol").leaf("Type", kind);
        if kind == "EXCH" {
            let modern = server.number[0] >= 15;
            let mailbox = super::ids::mailbox_id(&entry.address);
            let guid = crate::mapi::guid::format(&mailbox);
            let name = if modern { format!("{guid}@{}", self.organisation.domain) } else { host.clone() };
            xml.leaf("Server", &name).leaf("ServerVersion", &server.hexadecimal());
        } else {
            xml.leaf("Server", &host).leaf("SSL", "On").leaf("AuthPackage", "Basic");
        }
        // 2007 gives ASUrl, the availability service's, which is the same address.
        xml.leaf("ASUrl", &self.urls.ews);
        if self.speaks_soap_autodiscover() {
            xml.leaf("EwsUrl", &self.urls.ews);
        }
        xml.leaf("OOFUrl", &self.urls.ews).close();
    }

    fn host(&self) -> String {
        let url = url::Url::parse(&self.urls.ews).ok();
        url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned())
    }

    /// Answers a SOAP request.
    pub(super) fn answer_autodiscover_soap(&self, request: &Request) -> Response {
        let envelope = match element::parse(request.body()) {
            Ok(envelope) => envelope,
            Err(malformed) => {
                let trouble = super::trouble::Trouble::malformed(malformed);
                return reply::xml(500, trouble.fault(request.body(), &Xml::new()));
            }
        };
        let body = envelope.child("s:Body").and_then(|body| body.children.first());
        let message = body.filter(|message| message.name == "a:GetUserSettingsRequestMessage");
        let (mut xml, version) = (Xml::new(), self.server());
        xml.open("s:Envelope").attr("xmlns:s", SOAP).attr("xmlns:a", ADDRESSING).open("s:Header");
        xml.leaf("a:Action", &format!("{AUTODISCOVER}/Autodiscover/GetUserSettingsResponse"));
        write_version(&version, &mut xml);
        xml.close().open("s:Body").open("GetUserSettingsResponseMessage").attr("xmlns", AUTODISCOVER);
        xml.open("Response").attr("xmlns:i", INSTANCE);
        match message.and_then(|message| message.child("a:Request")) {
            Some(request) => self.user_settings(request, &mut xml),
            None => {
                xml.leaf("ErrorCode", "InvalidRequest").leaf("ErrorMessage", "The request is invalid.");
            }
        }
        reply::xml(200, format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{}", xml.finish()))
    }

    fn user_settings(&self, request: &Element, xml: &mut Xml) {
        let texts = |list: &str, of: fn(&Element) -> Option<&str>| -> Vec<String> {
            let children = request.child(list).into_iter().flat_map(|list| &list.children);
            children.map(|child| of(child).unwrap_or_default().trim().to_owned()).collect()
        };
        let users = texts("a:Users", |user| user.text_of("a:Mailbox"));
        let settings = texts("a:RequestedSettings", |setting| Some(setting.text.as_str()));
        if users.is_empty() || settings.is_empty() || users.len() > MOST_USERS {
            xml.leaf("ErrorCode", "InvalidRequest")
                .leaf("ErrorMessage", "The number of users or settings is invalid.");
            return;
        }
        xml.leaf("ErrorCode", "NoError").leaf("ErrorMessage", "").open("UserResponses");
        for user in users {
            xml.open("UserResponse");
            let entry = self.entry(&user).filter(|entry| is_mailbox(entry));
            match entry.filter(|entry| self.organisation.mailboxes.contains_key(&entry.address.to_lowercase())) {
                Some(entry) => self.write_settings(entry, &settings, xml),
                None => {
                    xml.leaf("ErrorCode", "InvalidUser").leaf("ErrorMessage", &format!("Invalid user: '{user}'"));
                    xml.open("RedirectTarget").attr("i:nil", "true").close();
                    xml.open("UserSettingErrors").close().open("UserSettings").close();
                }
            }
            xml.close();
        }
        xml.close();
    }

    fn write_settings(&self, entry: &Entry, settings: &[String], xml: &mut Xml) {
        xml.leaf("ErrorCode", "NoError").leaf("ErrorMessage", "No error.");
        xml.open("RedirectTarget").attr("i:nil", "true").close().open("UserSettingErrors");
        let known: Vec<_> = settings.iter().map(|name| (name, self.setting(entry, name))).collect();
        for (name, _) in known.iter().filter(|(_, value)| value.is_none()) {
            xml.open("UserSettingError").leaf("ErrorCode", "SettingIsNotAvailable");
            xml.leaf("ErrorMessage", "The setting is not available.").leaf("SettingName", name).close();
        }
        xml.close().open("UserSettings");
        for (name, value) in &known {
            if let Some(value) = value {
                xml.open("UserSetting")
                    .attr("i:type", "StringSetting")
                    .leaf("Name", name)
                    .leaf("Value", value)
                    .close();
            }
        }
        xml.close();
    }

    fn setting(&self, entry: &Entry, name: &str) -> Option<String> {
        let server = self.server();
        Some(match name {
            "UserDisplayName" => entry.display_name.clone(),
            "UserDN" => entry.legacy_dn.clone(),
            "UserDeploymentId" => "5e2b7f70-6f5c-4c43-9f5e-3f1a6a1d2c11".to_owned(),
            "AutoDiscoverSMTPAddress" => entry.address.clone(),
            "ExternalEwsUrl" | "InternalEwsUrl" => self.urls.ews.clone(),
            "EwsSupportedSchemas" => server.schemas(),
            "CasVersion" | "ExternalEwsVersion" => server.dotted(),
            "InternalMailboxServer" | "InternalRpcClientServer" | "ExternalMailboxServer" => self.host(),
            "ExternalMailboxServerRequiresSSL" => "True".to_owned(),
            "ExternalMailboxServerAuthenticationMethods" => "Basic".to_owned(),
            "MapiHttpEnabled" | "UserMSOnline" => "False".to_owned(),
            _ => return None,
        })
    }
}

/// Here the version is told in child elements; in EWS it is told in attributes.
fn write_version(server: &Server, xml: &mut Xml) {
    let [major, minor, build, revision] = server.number.map(|number| number.to_string());
    xml.open("h:ServerVersionInfo").attr("xmlns:h", AUTODISCOVER);
    xml.leaf("h:MajorVersion", &major).leaf("h:MinorVersion", &minor).leaf("h:MajorBuildNumber", &build);
    xml.leaf("h:MinorBuildNumber", &revision).leaf("h:Version", server.label.unwrap_or("Exchange2010")).close();
}

fn pox_error(code: u16, text: &str) -> Xml {
    let now = jiff::Timestamp::now().strftime("%H:%M:%S.%6f").to_string();
    let mut xml = Xml::new();
    xml.open("Autodiscover").attr("xmlns", OUTER).open("Response").open("Error").attr("Time", &now);
    xml.attr("Id", "2477272013").leaf("ErrorCode", &code.to_string()).leaf("Message", text).open("DebugData").close();
    xml
}

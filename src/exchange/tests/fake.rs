//! A server made of a function, which remembers what it was asked.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use url::Url;

use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::exchange::transport::{Call, Transport};
use crate::exchange::{Access, Connection, Endpoint, Impatience, Secret, Settings, connect_over};
use crate::http::{Answer, Failure, Incoming};

type Handler = Box<dyn Fn(&Call) -> Result<Answer, Failure> + Send + Sync>;

/// The server.
pub struct Fake {
    handler: Handler,
    calls: Mutex<Vec<Call>>,
}

#[async_trait]
impl Transport for Fake {
    async fn open(&self, call: Call) -> Result<Incoming, Failure> {
        self.calls.lock().unwrap().push(call.clone());
        (self.handler)(&call).map(Incoming::from)
    }
}

impl Fake {
    /// A server that answers by a function.
    pub fn new(handler: impl Fn(&Call) -> Result<Answer, Failure> + Send + Sync + 'static) -> Arc<Fake> {
        Arc::new(Fake { handler: Box::new(handler), calls: Mutex::default() })
    }
    /// An Exchange server that wants Basic and answers operations by a function from their body to an answer body.
    pub fn exchange(version: &'static str, answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Arc<Fake> {
        Fake::new(move |call| {
            if call.credentials.is_none() {
                return Ok(reply(401, &[("www-authenticate", "Basic realm=\"x\"")], ""));
            }
            Ok(reply(200, &[], &envelope(version, &answer(call.body.as_deref().unwrap_or_default()))))
        })
    }
    /// What it was asked so far.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
    /// The bodies it was sent with credentials.
    pub fn bodies(&self) -> Vec<String> {
        self.calls().into_iter().filter(|call| call.credentials.is_some()).filter_map(|call| call.body).collect()
    }
    /// The addresses to which the password went.
    pub fn given_away(&self) -> Vec<String> {
        self.calls().iter().filter(|call| call.credentials.is_some()).map(|call| call.url.to_string()).collect()
    }
    /// Connects to it by its typed address.
    pub async fn connect(self: &Arc<Fake>) -> Result<Connection, Problem> {
        connect_over(self.clone(), settings(), &|_| {}, &mut Impatience).await
    }
}

/// An HTTP answer.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    Answer { status: StatusCode::from_u16(status).unwrap(), headers: map, body: Bytes::from(body.to_owned()) }
}

/// An EWS answer; the version is `major.minor.build`.
pub fn envelope(version: &str, body: &str) -> String {
    let mut parts = version.split('.');
    let mut next = || parts.next().unwrap();
    let (major, minor, build) = (next(), next(), next());
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
        xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
        <s:Header><h:ServerVersionInfo xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"
        MajorVersion="{major}" MinorVersion="{minor}" MajorBuildNumber="{build}" MinorBuildNumber="7"/></s:Header>
        <s:Body>{body}</s:Body></s:Envelope>"#
    )
}

/// A response with its messages.
pub fn response(operation: &str, messages: &str) -> String {
    format!("<m:{operation}Response><m:ResponseMessages>{messages}</m:ResponseMessages></m:{operation}Response>")
}

/// A successful message.
pub fn success(operation: &str, content: &str) -> String {
    format!(
        "<m:{operation}ResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode>{content}\
         </m:{operation}ResponseMessage>"
    )
}

/// A message that failed.
pub fn error(operation: &str, code: &str) -> String {
    format!(
        "<m:{operation}ResponseMessage ResponseClass=\"Error\"><m:MessageText>words</m:MessageText>\
         <m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>\
         </m:{operation}ResponseMessage>"
    )
}

/// A SOAP fault.
pub fn fault(code: &str, values: &str) -> String {
    format!(
        "<s:Fault><faultcode xmlns:a=\"http://schemas.microsoft.com/exchange/services/2006/types\">a:{code}</faultcode>\
         <faultstring>words</faultstring><detail>\
         <e:ResponseCode xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">{code}</e:ResponseCode>\
         <e:Message xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">words</e:Message>\
         <t:MessageXml>{values}</t:MessageXml></detail></s:Fault>"
    )
}

/// The answer that connecting wants, for handlers that only care for what comes later.
pub fn inbox() -> String {
    response(
        "GetFolder",
        &success("GetFolder", &format!("<m:Folders>{}</m:Folders>", folder("Folder", "in", "r", "Inbox", ""))),
    )
}

/// A folder element.
pub fn folder(element: &str, id: &str, parent: &str, name: &str, rest: &str) -> String {
    format!(
        "<t:{element}><t:FolderId Id=\"{id}\" ChangeKey=\"c\"/><t:ParentFolderId Id=\"{parent}\"/>\
         <t:DisplayName>{name}</t:DisplayName><t:TotalCount>3</t:TotalCount>{rest}</t:{element}>"
    )
}

/// An extended property.
pub fn property(tag: &str, kind: &str, value: &str) -> String {
    format!(
        "<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag=\"{tag}\" PropertyType=\"{kind}\"/>\
         <t:Value>{value}</t:Value></t:ExtendedProperty>"
    )
}

/// The settings of these tests: a typed EWS address.
pub fn settings() -> Settings {
    Settings {
        email: Address::new("mig@fabrikam.test"),
        user_name: "FABRIKAM\\mig".into(),
        password: Secret::new("hunter2"),
        endpoint: Endpoint::Ews(Url::parse("https://mail.fabrikam.test/EWS/Exchange.asmx").unwrap()),
        private_authority: None,
        access: Access::Delegate,
        also: vec![],
        shared: vec![],
        rooms: vec![],
        equipment: vec![],
        security_groups: vec![],
        dynamic_groups: vec![],
    }
}

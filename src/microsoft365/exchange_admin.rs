//! The Exchange admin service: cmdlets over HTTP (`InvokeCommand`, what the official PowerShell module sends).

use std::sync::Arc;

use bytes::Bytes;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use super::Connection;
use super::failure::{Refusal, Trouble, malformed, shorten};
use super::graph::same_host;
use super::sign_in::Resource;
use super::wire::{ANSWER_LIMIT, Call, PAGE_LIMIT, Wire};
use crate::engine::problem::Kind;
use crate::http::Answer;

/// Cmdlets in flight at a time: the service counts per tenant, and others use it too.
const IN_FLIGHT: usize = 2;

/// How often JSON in a string in JSON is opened: two levels were seen.
const NESTED: usize = 8;

/// What the application needs for any of it.
const NEEDS: &str = "Exchange.ManageAsApp, Exchange Administrator";

/// The mailbox of every organisation by which requests of an application are routed.
const SYSTEM_MAILBOX: &str = "SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";

/// A cmdlet to be run.
#[derive(Debug, Clone)]
pub(super) struct Cmdlet {
    name: &'static str,
    parameters: Map<String, Value>,
    mailbox: Option<String>,
    select: Option<&'static str>,
}

impl Cmdlet {
    /// Without parameters.
    pub fn new(name: &'static str) -> Cmdlet {
        Cmdlet { name, parameters: Map::new(), mailbox: None, select: None }
    }
    /// Adds a parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Cmdlet {
        self.parameters.insert(name.to_owned(), value.into());
        self
    }
    /// Adds a parameter if it is known.
    pub fn with_some(self, name: &str, value: Option<&str>) -> Cmdlet {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
    /// Adds values to a list instead of replacing it.
    pub fn adding(self, name: &str, values: &[String]) -> Cmdlet {
        self.with(name, json!({"@odata.type": "#Exchange.GenericHashTable", "Add": values}))
    }
    /// Routes the request to a mailbox.
    pub fn on(mut self, mailbox: &str) -> Cmdlet {
        self.mailbox = Some(mailbox.to_owned());
        self
    }
    /// Asks for these properties only.
    pub fn select(mut self, properties: &'static str) -> Cmdlet {
        self.select = Some(properties);
        self
    }
}

/// The service.
pub(super) struct ExchangeAdmin {
    wire: Arc<Wire>,
    base: Url,
    tenant: OnceCell<String>,
    permits: Semaphore,
}

impl ExchangeAdmin {
    /// At this address. A tenant that is not given by its id is looked up before the first cmdlet.
    pub fn new(wire: Arc<Wire>, base: Url, tenant: &str) -> ExchangeAdmin {
        let known = uuid::Uuid::parse_str(tenant).is_ok().then(|| tenant.to_owned());
        ExchangeAdmin { wire, base, tenant: OnceCell::new_with(known), permits: Semaphore::new(IN_FLIGHT) }
    }

    async fn run(&self, tenant: &str, cmdlet: &Cmdlet) -> Result<Vec<Map<String, Value>>, Trouble> {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["adminapi", "beta", tenant, "InvokeCommand"]);
        }
        if let Some(select) = cmdlet.select {
            url.set_query(Some(&format!("$select={select}")));
        }
        let anchor = match &cmdlet.mailbox {
            Some(mailbox) => format!("UPN:{mailbox}"),
            None => format!("APP:{SYSTEM_MAILBOX}@{tenant}"),
        };
        let input = json!({"CmdletInput": {"CmdletName": cmdlet.name, "Parameters": cmdlet.parameters}});
        let mut call = Call {
            method: Method::POST,
            url,
            resource: Resource::Exchange,
            headers: vec![
                ("accept", "application/json".to_owned()),
                ("x-anchormailbox", anchor),
                ("x-cmdletname", cmdlet.name.to_owned()),
                ("x-responseformat", "json".to_owned()),
                ("x-serializationlevel", "Partial".to_owned()),
                ("x-clientapplication", concat!("cutover/", env!("CARGO_PKG_VERSION")).to_owned()),
                ("prefer", "odata.maxpagesize=1000".to_owned()),
            ],
            body: Some(Bytes::from(input.to_string())),
            limit: ANSWER_LIMIT,
            reads: cmdlet.name.starts_with("Get-"),
            permits: Some(&self.permits),
        };
        let mut all = Vec::new();
        for _ in 0..PAGE_LIMIT {
            let page = read_page(&self.wire.send(&call).await?)?;
            all.extend(page.value);
            match page.next {
                // The next page is asked for with the same body.
                Some(next) => call.url = same_host(&self.base, &next)?,
                None => return Ok(all),
            }
        }
        Err(malformed("more pages than allowed").into())
    }
}

impl Connection {
    /// Runs a cmdlet and answers the objects it gives.
    pub(super) async fn run(&self, cmdlet: Cmdlet) -> Result<Vec<Map<String, Value>>, Trouble> {
        let tenant = self.exchange.tenant.get_or_try_init(|| async {
            let organisation = self.organisation().await.map_err(|trouble| trouble.problem(Kind::Run))?;
            Ok::<_, Trouble>(organisation.id)
        });
        self.exchange.run(tenant.await?, &cmdlet).await
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    value: Vec<Map<String, Value>>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

pub(super) fn read_page(answer: &Answer) -> Result<Page, Trouble> {
    let refused = !answer.status.is_success();
    if !refused && answer.body.trim_ascii().is_empty() {
        return Ok(Page::default());
    }
    if !refused && let Ok(page) = serde_json::from_slice(&answer.body) {
        return Ok(page);
    }
    let refusal = read_refusal(answer);
    // The refusal of too many requests at once may come as plain text, whatever the status.
    if refused || refusal.busy() {
        return Err(Trouble::Refused(Box::new(refusal)));
    }
    Err(malformed("InvokeCommand").into())
}

/// Reads a refusal in any of its known shapes: the last part of the exception type is its code.
fn read_refusal(answer: &Answer) -> Refusal {
    let mut refusal = Refusal::from_graph(answer, NEEDS);
    let message = match serde_json::from_slice::<Value>(&answer.body) {
        Ok(body) => innermost_message(&body, NESTED).unwrap_or_default(),
        Err(_) => String::from_utf8_lossy(&answer.body).into_owned(),
    };
    let parts: Vec<&str> = message.splitn(3, '|').collect();
    let (exception, text) = match parts[..] {
        [_, exception, text] => (exception, text),
        _ => ("", message.as_str()),
    };
    let header = answer.headers.get("x-exceptiontype").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let exception = if exception.is_empty() { header } else { exception };
    if let Some(name) = exception.rsplit('.').next().map(str::trim).filter(|name| !name.is_empty()) {
        refusal.code = shorten(name);
    }
    if !text.is_empty() {
        refusal.text = shorten(text.trim());
    }
    refusal
}

/// The message that says most: of the error's details, of the inner exception, of the error records, or the outer
/// one. A detail may hold all that once more as JSON in a string, so many times.
fn innermost_message(body: &Value, times: usize) -> Option<String> {
    let error = body.get("error").or_else(|| body.get("Error")).unwrap_or(body);
    let candidates = [
        error.pointer("/details/0/message"),
        body.pointer("/ErrorRecords/0/Message"),
        body.pointer("/ErrorRecords/0/Exception/Message"),
        error.pointer("/innererror/internalexception/message"),
        error.get("message").or_else(|| error.get("Message")),
    ];
    let message = candidates.into_iter().flatten().filter_map(Value::as_str).find(|text| !text.is_empty())?;
    let nested = Some(message).filter(|text| times > 0 && text.trim_start().starts_with('{'));
    let nested = nested.and_then(|text| serde_json::from_str::<Value>(text).ok());
    Some(
        nested.as_ref().and_then(|nested| innermost_message(nested, times - 1)).unwrap_or_else(|| message.to_owned()),
    )
}

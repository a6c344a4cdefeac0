//! A cmdlet's name and parameters as they come.

use serde_json::{Map, Value};

use super::super::call::{Call, Site, member};
use super::super::recipient::Recipient;
use super::answer::Failed;

/// A cmdlet call.
pub(super) struct Input {
    pub name: String,
    pub parameters: Map<String, Value>,
}

impl Input {
    /// Reads the body.
    pub fn read(call: &Call) -> Result<Input, Failed> {
        let bad = |text: &str| Failed::new(400, "BadRequest", "System.ArgumentException", text);
        let body = call.json().map_err(|_| bad("The request body is not JSON."))?;
        let input = member(&body, "CmdletInput").ok_or_else(|| bad("CmdletInput is missing."))?;
        let name =
            member(input, "CmdletName").and_then(Value::as_str).ok_or_else(|| bad("CmdletName is missing."))?;
        let parameters = match member(input, "Parameters") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(parameters)) => parameters.clone(),
            Some(_) => return Err(bad("Parameters must be an object.")),
        };
        Ok(Input { name: name.to_owned(), parameters })
    }

    /// A parameter; letter case does not matter.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut found =
            self.parameters.iter().filter(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null());
        found.next().map(|(_, value)| value)
    }

    /// A text parameter that is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    }

    /// A switch.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.trim_start_matches('$').to_lowercase().parse().ok(),
            _ => None,
        }
    }

    /// A parameter of one or several texts.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        match self.get(name)? {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(values) => {
                Some(values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
            }
            _ => None,
        }
    }

    /// The GUID of the recipient that a parameter names.
    pub fn recipient(&self, site: &Site, parameter: &str) -> Result<String, Failed> {
        let identity = self.text(parameter).unwrap_or_default();
        self.resolve(site, identity, |_| true)
    }

    /// The GUID of the recipient of some kind that `Identity` names.
    pub fn identity(&self, site: &Site, kind: impl Fn(&Recipient) -> bool) -> Result<String, Failed> {
        self.resolve(site, self.text("Identity").unwrap_or_default(), kind)
    }

    /// The GUID behind an identity.
    pub fn resolve(&self, site: &Site, identity: &str, kind: impl Fn(&Recipient) -> bool) -> Result<String, Failed> {
        let now = site.now();
        let fits = |r: &&Recipient| r.visible <= now && kind(r) && is_called(site, r, identity);
        let found = site.state.recipients.values().find(fits);
        found.map(|recipient| recipient.guid.clone()).ok_or_else(|| Failed::missing(identity))
    }
}

/// Whether an identity means a recipient: by what it is called itself, or by its user principal name.
pub(super) fn is_called(site: &Site, recipient: &Recipient, identity: &str) -> bool {
    let user = site.state.users.get(&recipient.object);
    let principal = user.and_then(|user| user.fields.get("userPrincipalName")).and_then(Value::as_str);
    recipient.is_called(identity) || principal.is_some_and(|own| own.eq_ignore_ascii_case(identity.trim()))
}

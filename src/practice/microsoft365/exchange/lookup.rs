//! The Get- cmdlets.

use serde_json::{Map, Value, json};

use super::super::call::Site;
use super::super::recipient::{Kind, Recipient};
use super::answer::{Failed, Output};
use super::input::{Input, is_called};
use super::{Outcome, show};

/// Get-AcceptedDomain
pub(super) fn domains(site: &mut Site, input: &Input) -> Outcome {
    let domain = |name: &str, initial: bool| -> Map<String, Value> {
        let value = json!({
            "Identity": name, "Name": name, "DomainName": name, "DomainType": "Authoritative", "Default": !initial,
            "InitialDomain": initial, "MatchSubDomains": false, "WhenCreatedUTC": site.state.tenant.created.text(),
        });
        value.as_object().cloned().unwrap_or_default()
    };
    let mut all = vec![domain(&site.options.domain, false), domain(&site.options.initial_domain(), true)];
    if let Some(identity) = input.text("Identity") {
        all.retain(|domain| domain["Identity"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(identity)));
        if all.is_empty() {
            return Err(Failed::missing(identity));
        }
    }
    Ok(Output::of(all))
}

/// Get-OrganizationConfig
pub(super) fn organisation(site: &mut Site, _: &Input) -> Outcome {
    let value = json!({
        "Name": site.options.initial_domain(), "Identity": site.options.initial_domain(), "Guid": site.state.tenant.id,
        "DisplayName": site.options.organisation_name, "IsDehydrated": false, "EwsEnabled": null,
    });
    Ok(Output::of(value.as_object().cloned().into_iter().collect()))
}

/// Get-Recipient
pub(super) fn recipients(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |_| true)
}

/// Get-Mailbox
pub(super) fn mailboxes(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |recipient| recipient.kind.is_mailbox())
}

/// Get-MailContact
pub(super) fn mail_contacts(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |recipient| recipient.kind == Kind::MailContact)
}

/// Get-Contact
pub(super) fn contacts(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |recipient| recipient.kind == Kind::MailContact)
}

/// Get-MailUser
pub(super) fn mail_users(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |recipient| recipient.kind == Kind::MailUser)
}

/// Get-DistributionGroup
pub(super) fn groups(site: &mut Site, input: &Input) -> Outcome {
    found(site, input, |recipient| recipient.kind.is_group())
}

/// The recipients of some kinds that identity, ANR, filter and type let through. An empty identity means all.
fn found(site: &Site, input: &Input, kind: fn(&Recipient) -> bool) -> Outcome {
    let now = site.now();
    let filter = input.text("Filter").map(Filter::parse).transpose()?;
    let details = input.texts("RecipientTypeDetails").or_else(|| input.texts("RecipientType"));
    let wanted = |recipient: &&Recipient| {
        recipient.visible <= now
            && kind(recipient)
            && input.text("Identity").is_none_or(|identity| is_called(site, recipient, identity))
            && input.text("Anr").is_none_or(|text| resembles(recipient, text))
            && filter.as_ref().is_none_or(|filter| filter.allows(recipient))
            && details.as_ref().is_none_or(|all| {
                all.iter().flat_map(|list| list.split(',')).any(|name| {
                    [recipient.kind.details(), recipient.kind.broad()]
                        .iter()
                        .any(|own| name.trim().eq_ignore_ascii_case(own))
                })
            })
    };
    let mut found: Vec<&Recipient> = site.state.recipients.values().filter(wanted).collect();
    if let (Some(identity), true) = (input.text("Identity"), found.is_empty()) {
        return Err(Failed::missing(identity));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let size = match input.get("ResultSize") {
        Some(Value::Number(number)) => number.as_u64().and_then(|n| usize::try_from(n).ok()),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let unlimited = input.text("ResultSize").is_some_and(|text| text.eq_ignore_ascii_case("unlimited"));
    let size = size.unwrap_or(if unlimited { usize::MAX } else { 1000 });
    let mut output = Output::of(found.iter().take(size).map(|recipient| show::recipient(site, recipient)).collect());
    if found.len() > size {
        output.warnings.push("There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.".to_owned());
    }
    Ok(output)
}

/// Ambiguous name resolution: some name or address begins with the text.
fn resembles(recipient: &Recipient, text: &str) -> bool {
    let text = text.to_lowercase();
    let names = [&recipient.name, &recipient.alias, &recipient.display_name];
    let addresses = recipient.addresses.iter().filter_map(|address| address.split_once(':').map(|(_, rest)| rest));
    let starts = |own: &str| {
        own.to_lowercase().starts_with(&text) || own.to_lowercase().split(' ').any(|word| word.starts_with(&text))
    };
    names.iter().any(|name| starts(name)) || addresses.into_iter().any(starts)
}

/// An OPATH filter of `Property -eq 'value'` and `-like 'value*'`, joined by `-or` or by `-and`.
struct Filter {
    any: bool,
    tests: Vec<(String, bool, String)>,
}

impl Filter {
    fn parse(text: &str) -> Result<Filter, Failed> {
        let bad =
            || Failed::task("Microsoft.Exchange.Data.ParsingException", &format!("Invalid filter syntax: {text}"));
        let any = text.to_ascii_lowercase().contains("' -or ");
        let joint = if any { " -or " } else { " -and " };
        let mut tests = Vec::new();
        let lower = text.to_ascii_lowercase();
        let mut rest = 0;
        while rest <= text.len() {
            let end = lower[rest..].find(joint).map_or(text.len(), |at| rest + at);
            let part = text[rest..end].trim().trim_matches(['(', ')']);
            let mut words = part.splitn(3, ' ');
            let (name, operator, value) =
                (words.next().ok_or_else(bad)?, words.next().ok_or_else(bad)?, words.next().ok_or_else(bad)?.trim());
            let inner = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
            let inner = inner
                .or_else(|| value.strip_prefix('"').and_then(|value| value.strip_suffix('"')))
                .ok_or_else(bad)?;
            let like = match operator.to_lowercase().as_str() {
                "-eq" => false,
                "-like" => true,
                _ => return Err(bad()),
            };
            tests.push((name.to_lowercase(), like, inner.replace("''", "'").to_lowercase()));
            rest = end + joint.len();
        }
        Ok(Filter { any, tests })
    }

    fn allows(&self, recipient: &Recipient) -> bool {
        let holds = |(name, like, wanted): &(String, bool, String)| {
            let own: Vec<String> = match name.as_str() {
                "emailaddresses" | "proxyaddresses" => recipient.addresses.clone(),
                "primarysmtpaddress" => vec![recipient.primary().to_owned()],
                "alias" => vec![recipient.alias.clone()],
                "name" => vec![recipient.name.clone()],
                "displayname" => vec![recipient.display_name.clone()],
                "externalemailaddress" => recipient.external.clone().into_iter().collect(),
                "legacyexchangedn" => vec![recipient.legacy_dn()],
                "recipienttypedetails" => vec![recipient.kind.details().to_owned()],
                _ => Vec::new(),
            };
            own.iter().map(|own| own.to_lowercase()).any(|own| {
                let plain = own.split_once(':').map(|(_, rest)| rest.to_owned());
                if *like {
                    matches(&own, wanted)
                } else {
                    own == *wanted || plain.is_some_and(|plain| plain == *wanted)
                }
            })
        };
        if self.any { self.tests.iter().any(holds) } else { self.tests.iter().all(holds) }
    }
}

/// A text against a pattern with `*` at its ends.
fn matches(text: &str, pattern: &str) -> bool {
    let core = pattern.trim_matches('*');
    match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, true) => text.contains(core),
        (true, false) => text.ends_with(core),
        (false, true) => text.starts_with(core),
        (false, false) => text == core,
    }
}

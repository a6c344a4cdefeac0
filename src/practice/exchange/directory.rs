//! The directory through EWS: ResolveNames and ExpandDL (exchange-source.md 3.7), and the settings of a user.

mod settings;

use super::call::{Call, is_mailbox};
use super::fields::truth;
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::xml::{MESSAGES, TYPES, Xml};
use crate::practice::organisation::{Entry, EntryKind};

/// What every SID of the practice company begins with; the entry's position in the directory follows, from
/// [`FIRST_SID`] on.
pub(super) const SID_PREFIX: &str = "S-1-5-21-2154378250-1029384756-3141592653-";
/// The first relative id that a domain gives to its own.
pub(super) const FIRST_SID: usize = 1000;
/// Most candidates of ResolveNames.
const MOST_CANDIDATES: usize = 100;

/// The operations on the directory.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new("m:ResolveNames", Schema::E2007, &["m:ParentFolderIds", "m:UnresolvedEntry"], resolve_names),
    Operation::new("m:ExpandDL", Schema::E2007, &["m:Mailbox"], expand_list),
    Operation::new("m:GetUserOofSettingsRequest", Schema::E2007, &["t:Mailbox"], settings::get_oof),
    Operation::new("m:GetServerTimeZones", Schema::E2010, &["m:Ids"], settings::get_time_zones),
    Operation::new(
        "m:GetUserConfiguration",
        Schema::E2010,
        &["m:UserConfigurationName", "m:UserConfigurationProperties"],
        settings::get_user_configuration,
    ),
    Operation::new("m:ConvertId", Schema::E2007Sp1, &["m:SourceIds"], settings::convert_id),
];

/// `MailboxType` of an entry.
pub(super) fn mailbox_type(entry: &Entry) -> &'static str {
    match entry.kind {
        EntryKind::DistributionGroup { .. } | EntryKind::SecurityGroup { .. } | EntryKind::DynamicGroup { .. } => {
            "PublicDL"
        }
        EntryKind::MailContact { .. } => "Contact",
        // A mail user has an account here and no mailbox; Exchange calls it a mailbox all the same.
        _ => "Mailbox",
    }
}

fn resolve_names(call: &Call) -> Result<String, Trouble> {
    let entry = call.required("m:UnresolvedEntry")?;
    let full = match call.request.attribute("ReturnFullContactData") {
        Some(text) => truth(text),
        None => return Err(Trouble::missing(call.request, "ReturnFullContactData")),
    };
    if call.me.is_none() {
        return Err(Trouble::new("ErrorNameResolutionNoMailbox", "Name resolution needs a caller with a mailbox."));
    }
    let directory = call.request.attribute("SearchScope") != Some("Contacts");
    let found = candidates(call, &entry.text);
    Ok(match found {
        Err(trouble) => failed(trouble),
        Ok(found) if found.is_empty() || !directory => {
            failed(Trouble::new("ErrorNameResolutionNoResults", "No results were found."))
        }
        Ok(found) => resolved(call, &found, full),
    })
}

fn failed(trouble: Trouble) -> String {
    let mut answers = Answers::new("m:ResolveNamesResponse", "m:ResolveNamesResponseMessage", "");
    answers.put(Err(trouble));
    answers.finish()
}

fn resolved(call: &Call, found: &[&Entry], full: bool) -> String {
    let mut xml = Xml::new();
    xml.open("m:ResolveNamesResponse").attr("xmlns:m", MESSAGES).attr("xmlns:t", TYPES);
    xml.open("m:ResponseMessages").open("m:ResolveNamesResponseMessage");
    if found.len() == 1 {
        xml.attr("ResponseClass", "Success").leaf("m:ResponseCode", "NoError");
    } else {
        xml.attr("ResponseClass", "Warning").leaf("m:MessageText", "Multiple results were found.");
        xml.leaf("m:ResponseCode", "ErrorNameResolutionMultipleResults").leaf("m:DescriptiveLinkKey", "0");
    }
    let all = found.len() <= MOST_CANDIDATES;
    xml.open("m:ResolutionSet").attr("TotalItemsInView", &found.len().min(MOST_CANDIDATES).to_string());
    xml.attr("IncludesLastItemInRange", if all { "true" } else { "false" });
    for entry in found.iter().take(MOST_CANDIDATES) {
        xml.open("t:Resolution");
        write_mailbox(entry, &mut xml);
        if full {
            write_contact(call, entry, &mut xml);
        }
        xml.close();
    }
    xml.finish()
}

/// Whom a search text means. With a prefix the whole proxy list is searched, without it names and primary address.
/// Hidden entries are found by nothing but their exact address.
fn candidates<'a>(call: &'a Call, text: &str) -> Result<Vec<&'a Entry>, Trouble> {
    let text = text.trim().to_lowercase();
    if matches!(text.as_str(), "" | "," | "-") {
        return Err(Trouble::new("ErrorInvalidNameForNameResolution", "The name cannot be resolved."));
    }
    let starts = |whole: &str, part: &str| whole.to_lowercase().starts_with(part);
    let word_starts = |whole: &str| starts(whole, &text) || whole.split_whitespace().any(|word| starts(word, &text));
    let matches = |entry: &&Entry| match text.strip_prefix("smtp:") {
        Some("") => false,
        Some(address) => {
            let mut all = std::iter::once(&entry.address).chain(&entry.proxies);
            if entry.hidden {
                all.any(|known| known.to_lowercase() == address)
            } else {
                all.any(|known| starts(known, address))
            }
        }
        None if entry.hidden => entry.address.to_lowercase() == text,
        None if text.contains(':') => entry.legacy_dn.to_lowercase() == text.trim_start_matches("ex:"),
        None => {
            let names = [&entry.display_name, &entry.given_name, &entry.surname, &entry.alias, &entry.office];
            names.iter().any(|name| word_starts(name))
                || starts(&entry.address, &text)
                || entry.legacy_dn.eq_ignore_ascii_case(&text)
        }
    };
    Ok(call.exchange.organisation.entries.iter().filter(matches).collect())
}

fn write_mailbox(entry: &Entry, xml: &mut Xml) {
    xml.open("t:Mailbox").leaf("t:Name", &entry.display_name).leaf("t:EmailAddress", &entry.address);
    xml.leaf("t:RoutingType", "SMTP").leaf("t:MailboxType", mailbox_type(entry)).close();
}

/// The contact card. Its three address fields hold the proxy list, primary first, as Exchange fills them.
fn write_contact(call: &Call, entry: &Entry, xml: &mut Xml) {
    xml.open("t:Contact");
    if call.knows(Schema::E2007Sp1) {
        xml.leaf("t:Culture", "en-US");
    }
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    xml.leaf("t:DisplayName", &entry.display_name).maybe("t:GivenName", filled(&entry.given_name).as_deref());
    xml.maybe("t:CompanyName", filled(&call.exchange.organisation.name).as_deref()).open("t:EmailAddresses");
    let target = match &entry.kind {
        EntryKind::MailContact { target } | EntryKind::MailUser { target } if *target != entry.address => {
            Some(target)
        }
        _ => None,
    };
    let further = entry.proxies.iter().map(|proxy| format!("smtp:{proxy}"));
    let target = target.filter(|target| !entry.proxies.contains(target)).map(|target| format!("smtp:{target}"));
    let all = std::iter::once(format!("SMTP:{}", entry.address)).chain(further).chain(target);
    for (address, key) in all.zip(["EmailAddress1", "EmailAddress2", "EmailAddress3"]) {
        xml.open("t:Entry").attr("Key", key).text(&address).close();
    }
    xml.close();
    if let Some(phone) = filled(&entry.phone) {
        xml.open("t:PhoneNumbers").open("t:Entry").attr("Key", "BusinessPhone").text(&phone).close().close();
    }
    xml.leaf("t:ContactSource", "ActiveDirectory").maybe("t:Department", filled(&entry.department).as_deref());
    xml.maybe("t:JobTitle", filled(&entry.title).as_deref());
    xml.maybe("t:OfficeLocation", filled(&entry.office).as_deref());
    xml.maybe("t:Surname", filled(&entry.surname).as_deref());
    if call.knows(Schema::E2010Sp2) && is_mailbox(entry) {
        xml.maybe("t:Alias", filled(&entry.alias).as_deref());
    }
    xml.close();
}

fn expand_list(call: &Call) -> Result<String, Trouble> {
    let mailbox = call.required("m:Mailbox")?;
    if call.me.is_none() {
        return Err(Trouble::new("ErrorNameResolutionNoMailbox", "Expansion needs a caller with a mailbox."));
    }
    let address = mailbox.text_of("t:EmailAddress").unwrap_or_default().trim();
    let mut answers = Answers::new("m:ExpandDLResponse", "m:ExpandDLResponseMessage", "");
    // Unknown, hidden, dynamic and empty lists look alike: success with nothing (R:expanddl-operation).
    let members: &[String] = match call.exchange.entry(address) {
        Some(Entry {
            kind: EntryKind::DistributionGroup { members } | EntryKind::SecurityGroup { members },
            hidden: false,
            ..
        }) => members,
        _ => &[],
    };
    let known: Vec<_> = members.iter().filter_map(|member| call.exchange.entry(member)).collect();
    let mut xml = Xml::new();
    xml.open("m:DLExpansion").attr("TotalItemsInView", &known.len().to_string());
    xml.attr("IncludesLastItemInRange", "true");
    for member in known {
        write_mailbox(member, &mut xml);
    }
    xml.close();
    answers.put(Ok(xml));
    Ok(answers.finish())
}

//! What a running practice organisation tells: the line for other programs, and settings for a migration.

use std::path::Path;

use serde::Serialize;

use super::organisation::{Entry, EntryKind, Organisation};

/// Everything that is needed to use a practice organisation. As JSON it is the line that `cutover practice` prints. The
/// credentials in it are invented; it has no `Debug` all the same.
#[derive(Clone, Serialize)]
pub struct Ready {
    /// PEM file of the authority that signed both servers' certificate, absolute.
    pub ca_certificate: String,
    /// TOML settings of a migration, absolute.
    pub settings: String,
    /// The Exchange side.
    pub exchange: ReadyExchange,
    /// The Microsoft 365 side.
    pub microsoft365: ReadyMicrosoft365,
    /// The mailboxes that a default run moves.
    pub mailboxes: Vec<ReadyMailbox>,
}

/// How to reach the practice Exchange.
#[derive(Clone, Serialize)]
pub struct ReadyExchange {
    /// The migration administrator's mail address.
    pub email: String,
    /// The migration administrator's account, `DOMAIN\user`.
    pub user_name: String,
    /// Its password.
    pub password: String,
    /// Autodiscover (POX), complete.
    pub autodiscover_url: String,
    /// EWS, complete.
    pub ews_url: String,
}

/// How to reach the practice Microsoft 365.
#[derive(Clone, Serialize)]
pub struct ReadyMicrosoft365 {
    /// Where tokens come from, without the tenant.
    pub authority: String,
    /// Graph with its version.
    pub graph_url: String,
    /// Exchange admin, without path.
    pub exchange_admin_url: String,
    /// Tenant GUID.
    pub tenant_id: String,
    /// Application GUID.
    pub client_id: String,
    /// Application secret.
    pub client_secret: String,
    /// The verified mail domain; it is the source's.
    pub domain: String,
}

/// A mailbox that a default run moves.
#[derive(Clone, Serialize)]
pub struct ReadyMailbox {
    /// Its primary address.
    pub email: String,
}

/// The settings of a migration of this organisation, as TOML. They name no password and no secret.
pub(super) fn settings(ready: &Ready, organisation: &Organisation, ledger: &Path) -> String {
    let (exchange, cloud) = (&ready.exchange, &ready.microsoft365);
    let kind = |wanted: fn(&EntryKind) -> bool| addresses(organisation, |entry| !entry.hidden && wanted(&entry.kind));
    let own = &organisation.administrator.email;
    let hidden = addresses(organisation, |entry| entry.hidden && entry.address != *own);
    format!(
        r#"# Settings of a migration from the practice Exchange to the practice Microsoft 365.
# The passwords come from CUTOVER_SOURCE_PASSWORD and CUTOVER_TARGET_SECRET, or are asked for.

[source]
email = {email}
user_name = {user_name}
autodiscover_url = {autodiscover}
# Hosts that may be sent the password.
confirmed_hosts = ["localhost"]
certificate_authority = {authority_file}
# "delegate" or "impersonation"
access = "delegate"
# What a walk through the address lists cannot tell: which mailboxes and groups are of a special kind.
shared = {shared}
rooms = {rooms}
equipment = {equipment}
security_groups = {security_groups}
dynamic_groups = {dynamic_groups}
# Hidden from address lists: moved only when listed here.
# also = {hidden}

[target]
authority = {authority}
graph_url = {graph}
exchange_admin_url = {admin}
tenant = {tenant}
client_id = {client}
certificate_authority = {authority_file}
usage_location = "GB"

[run]
mailboxes_at_a_time = 3
# Beside these settings, so that a rehearsal leaves nothing in the user's data folder.
ledger = {ledger}
"#,
        email = quoted(&exchange.email),
        user_name = quoted(&exchange.user_name),
        autodiscover = quoted(&exchange.autodiscover_url),
        authority_file = quoted(&ready.ca_certificate),
        shared = kind(|kind| *kind == EntryKind::SharedMailbox),
        rooms = kind(|kind| *kind == EntryKind::RoomMailbox),
        equipment = kind(|kind| *kind == EntryKind::EquipmentMailbox),
        security_groups = kind(|kind| matches!(kind, EntryKind::SecurityGroup { .. })),
        dynamic_groups = dynamic_groups(organisation),
        authority = quoted(&cloud.authority),
        graph = quoted(&cloud.graph_url),
        admin = quoted(&cloud.exchange_admin_url),
        tenant = quoted(&cloud.tenant_id),
        client = quoted(&cloud.client_id),
        ledger = quoted(&ledger.to_string_lossy()),
    )
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn addresses(organisation: &Organisation, wanted: impl Fn(&Entry) -> bool) -> String {
    let entries = organisation.entries.iter().filter(|entry| wanted(entry));
    format!("[{}]", entries.map(|entry| quoted(&entry.address)).collect::<Vec<_>>().join(", "))
}

fn dynamic_groups(organisation: &Organisation) -> String {
    let groups = organisation.entries.iter().filter_map(|entry| match &entry.kind {
        EntryKind::DynamicGroup { filter } => {
            Some(format!("{{ address = {}, filter = {} }}", quoted(&entry.address), quoted(filter)))
        }
        _ => None,
    });
    format!("[{}]", groups.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::practice::company;
    use crate::practice::organisation::Profile;

    fn ready(organisation: &Organisation) -> Ready {
        let text = |text: &str| text.to_owned();
        let administrator = organisation.administrator.clone();
        Ready {
            ca_certificate: text("/tmp/a \"b\"/ca.pem"),
            settings: text("/tmp/settings.toml"),
            exchange: ReadyExchange {
                email: administrator.email,
                user_name: administrator.user_name,
                password: administrator.password,
                autodiscover_url: text("https://localhost:1/autodiscover/autodiscover.xml"),
                ews_url: text("https://localhost:1/EWS/Exchange.asmx"),
            },
            microsoft365: ReadyMicrosoft365 {
                authority: text("https://localhost:2"),
                graph_url: text("https://localhost:2/v1.0"),
                exchange_admin_url: text("https://localhost:2"),
                tenant_id: text("t"),
                client_id: text("c"),
                client_secret: text("very secret"),
                domain: organisation.domain.clone(),
            },
            mailboxes: vec![ReadyMailbox { email: text("a@b.example") }],
        }
    }

    #[test]
    fn the_line_has_its_keys_in_order() {
        let (organisation, _) = company::generated(1, 0, 1, Profile::E2016);
        let line = serde_json::to_string(&ready(&organisation)).unwrap();
        assert!(!line.contains('\n'));
        let mut at = 0;
        for key in [
            "ca_certificate",
            "settings",
            "exchange",
            "email",
            "user_name",
            "password",
            "autodiscover_url",
            "ews_url",
            "microsoft365",
            "authority",
            "graph_url",
            "exchange_admin_url",
            "tenant_id",
            "client_id",
            "client_secret",
            "domain",
            "mailboxes",
            "email",
        ] {
            at += line[at..].find(&format!("\"{key}\":")).unwrap() + 1;
        }
    }

    #[test]
    fn settings_are_toml_without_secrets() {
        let (organisation, _) = company::generated(6, 0, 1, Profile::E2016);
        let ready = ready(&organisation);
        let text = settings(&ready, &organisation, Path::new("/tmp/ledger"));
        assert!(!text.contains(&ready.exchange.password) && !text.contains("very secret"));
        let settings: toml::Table = text.parse().unwrap();
        let source = &settings["source"];
        assert_eq!(source["user_name"].as_str(), Some("ALDERNOOK\\migration.admin"));
        assert_eq!(source["certificate_authority"].as_str(), Some("/tmp/a \"b\"/ca.pem"));
        for (key, address) in [("shared", "office"), ("rooms", "room.oak"), ("equipment", "van")] {
            assert_eq!(source[key][0].as_str(), Some(format!("{address}@aldernook.example").as_str()));
            assert_eq!(source[key].as_array().unwrap().len(), 1);
        }
        assert_eq!(source["dynamic_groups"][0]["address"].as_str(), Some("sales.dynamic@aldernook.example"));
        assert!(source.get("also").is_none());
        let also = text.lines().find_map(|line| line.strip_prefix("# also = ")).unwrap();
        assert_eq!(also, "[\"ingrid.falk@aldernook.example\"]");
        assert_eq!(settings["run"]["ledger"].as_str(), Some("/tmp/ledger"));
        assert_eq!(settings["target"]["usage_location"].as_str(), Some("GB"));
    }
}

//! The organisation itself: its name, its domains, its licences.

use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::{Trouble, malformed};
use super::folder::HEARD_FOR;
use crate::engine::port::{Tenant, UnknownLicence};
use crate::engine::problem::{Kind, Problem};

/// How the service plans of Exchange begin.
const EXCHANGE_PLAN: &str = "EXCHANGE_S_";
/// Those of them that bring no mailbox: what other products use of Exchange (free ones, with thousands of seats, have
/// it too), and archives for mailboxes that are elsewhere.
const WITHOUT_MAILBOX: [&str; 2] = ["EXCHANGE_S_FOUNDATION", "EXCHANGE_S_ARCHIVE"];

/// The organisation object.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organisation {
    pub id: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    on_premises_sync_enabled: Option<bool>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Domain {
    id: String,
    #[serde(default)]
    is_verified: bool,
    #[serde(default)]
    supported_services: Vec<String>,
}

/// A kind of licence that the organisation has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sku {
    /// Its id.
    pub sku_id: String,
    #[serde(default)]
    sku_part_number: String,
    #[serde(default)]
    applies_to: Option<String>,
    #[serde(default)]
    capability_status: Option<String>,
    #[serde(default)]
    consumed_units: i64,
    #[serde(default)]
    prepaid_units: Units,
    #[serde(default)]
    service_plans: Vec<Plan>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Units {
    enabled: i64,
    warning: i64,
}

/// A service within a licence.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Plan {
    #[serde(default)]
    service_plan_name: String,
    #[serde(default)]
    provisioning_status: Option<String>,
    #[serde(default)]
    applies_to: Option<String>,
}

impl Plan {
    /// It brings a mailbox.
    pub fn has_mailbox(&self) -> bool {
        let name = self.service_plan_name.as_str();
        name.starts_with(EXCHANGE_PLAN)
            && !WITHOUT_MAILBOX.iter().any(|other| name.starts_with(other))
            && self.provisioning_status.as_deref() != Some("Disabled")
            && for_people(self.applies_to.as_deref())
    }
}

impl Sku {
    /// It brings people a mailbox, and it is the chosen one if one is chosen.
    pub fn suits(&self, chosen: Option<&str>) -> bool {
        let usable = self.capability_status.as_deref().is_none_or(|status| ["Enabled", "Warning"].contains(&status));
        let wanted = chosen.is_none_or(|name| {
            name.eq_ignore_ascii_case(&self.sku_part_number) || name.eq_ignore_ascii_case(&self.sku_id)
        });
        usable && for_people(self.applies_to.as_deref()) && wanted && self.service_plans.iter().any(Plan::has_mailbox)
    }

    /// Seats nobody has.
    pub fn free(&self) -> u64 {
        let units = self.prepaid_units.enabled.saturating_add(self.prepaid_units.warning);
        u64::try_from(units.saturating_sub(self.consumed_units)).unwrap_or(0)
    }
}

/// Whether something is for users, not for the company as a whole.
fn for_people(applies_to: Option<&str>) -> bool {
    applies_to.is_none_or(|to| to == "User")
}

/// What was heard of the organisation before a lost answer or a busy service cut it short: the next attempt goes on from
/// there, for a short time.
pub(super) struct Heard {
    since: Instant,
    organisation: Option<Organisation>,
    domains: Option<Vec<Domain>>,
    accepted: Option<Vec<String>>,
}

impl Default for Heard {
    fn default() -> Heard {
        Heard { since: Instant::now(), organisation: None, domains: None, accepted: None }
    }
}

/// What was heard before, or what is heard now.
async fn once<T: Clone>(heard: &mut Option<T>, ask: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    match heard {
        Some(known) => Ok(known.clone()),
        None => Ok(heard.insert(ask.await?).clone()),
    }
}

impl Connection {
    /// What must be known first. Signs in to both services on the way.
    pub(super) async fn read_tenant(&self) -> Result<Tenant, Problem> {
        let mut heard = self.heard.lock().await;
        if heard.since.elapsed() > HEARD_FOR {
            *heard = Heard::default();
        }
        let tenant = self.hear_tenant(&mut heard).await;
        if !tenant.as_ref().is_err_and(Problem::is_passing) {
            *heard = Heard::default();
        }
        tenant
    }

    async fn hear_tenant(&self, heard: &mut Heard) -> Result<Tenant, Problem> {
        let run = |trouble: Trouble| trouble.problem(Kind::Run);
        let organisation = once(&mut heard.organisation, async { self.organisation().await.map_err(run) }).await?;
        let domains = self.graph.at(&["domains"], "Domain.Read.All");
        let domains = once(&mut heard.domains, async { domains.list().await.map_err(run) }).await?;
        let accepted = once(&mut heard.accepted, self.accepted_domains()).await?;
        let mut usable: Vec<String> = domains
            .into_iter()
            .filter(|domain| domain.is_verified && domain.supported_services.iter().any(|name| name == "Email"))
            .map(|domain| domain.id.to_lowercase())
            .filter(|domain| accepted.contains(domain))
            .collect();
        usable.sort();
        let skus = self.skus().await.map_err(run)?;
        let suitable = skus.iter().filter(|sku| sku.suits(self.sku.as_deref()));
        Ok(Tenant {
            id: organisation.id,
            name: organisation.display_name.unwrap_or_default(),
            domains: usable,
            directory_sync: organisation.on_premises_sync_enabled == Some(true),
            free_licences: suitable.map(Sku::free).fold(0, u64::saturating_add),
            unknown_licence: self.unknown_licence(&skus),
        })
    }

    /// The organisation object.
    pub(super) async fn organisation(&self) -> Result<Organisation, Trouble> {
        let at = self.graph.at(&["organization"], "Organization.Read.All");
        let all: Vec<Organisation> = at.query("$select", "id,displayName,onPremisesSyncEnabled").list().await?;
        all.into_iter().next().ok_or_else(|| malformed("organization").into())
    }

    /// The chosen kind of licence, if it is not among those with a mailbox.
    pub(super) fn unknown_licence(&self, skus: &[Sku]) -> Option<UnknownLicence> {
        let chosen = self.sku.as_deref()?;
        if skus.iter().any(|sku| sku.suits(Some(chosen))) {
            return None;
        }
        let known = skus.iter().filter(|sku| sku.suits(None)).map(|sku| sku.sku_part_number.clone());
        Some(UnknownLicence { chosen: chosen.to_owned(), known: known.collect() })
    }

    /// Every kind of licence.
    pub(super) async fn skus(&self) -> Result<Vec<Sku>, Trouble> {
        self.graph.at(&["subscribedSkus"], "LicenseAssignment.Read.All").list().await
    }

    /// Whether Exchange accepts mail for a domain. A domain that is not known yet is asked for again, since it may
    /// have been added meanwhile.
    pub(super) async fn accepts(&self, domain: &str) -> Result<bool, Problem> {
        if self.accepted.lock().await.iter().any(|accepted| accepted == domain) {
            return Ok(true);
        }
        Ok(self.accepted_domains().await?.iter().any(|accepted| accepted == domain))
    }

    async fn accepted_domains(&self) -> Result<Vec<String>, Problem> {
        let objects =
            self.run(Cmdlet::new("Get-AcceptedDomain")).await.map_err(|trouble| trouble.problem(Kind::Run))?;
        let name = |object: Map<String, Value>| object.get("DomainName")?.as_str().map(str::to_lowercase);
        let domains: Vec<String> = objects.into_iter().filter_map(name).collect();
        self.accepted.lock().await.clone_from(&domains);
        Ok(domains)
    }
}

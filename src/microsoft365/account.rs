//! People: the account, its first password, its licence.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Connection;
use super::failure::{Refusal, Trouble, not_yet, on_target};
use super::names;
use super::recipient::already_there;
use super::tenant::{Plan, Sku};
use crate::engine::port::{InitialPassword, Made};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::{Address, Mailbox};

const USERS: &str = "User.ReadWrite.All";
const LICENCES: &str = "LicenseAssignment.ReadWrite.All";

/// Kinds of recipient that an account of a person can be, before and after it has its mailbox.
const PERSON: [&str; 2] = ["UserMailbox", "User"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    #[serde(default)]
    usage_location: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Licence {
    #[serde(default)]
    service_plans: Vec<Plan>,
}

impl Connection {
    /// The account with its licence. One that is there keeps its password and its facts.
    pub(super) async fn create_account(
        &self,
        mailbox: &Mailbox,
        password: &InitialPassword,
    ) -> Result<Made, Problem> {
        let address = &mailbox.identity.address;
        names::check_principal_name(address)?;
        if let Some(found) = self.recipient(address).await? {
            already_there(&found, address, &PERSON)?;
        }
        if let Some(user) = self.user(address).await? {
            return self.adopt(user, address).await;
        }
        let created = self.graph.at(&["users"], USERS).post::<User>(&self.new_user(mailbox, password)).await;
        match created {
            Ok(user) => {
                self.license(&user.id, address).await?;
                Ok(Made::Created)
            }
            Err(Trouble::Refused(refusal)) if conflict(&refusal) => match self.user(address).await? {
                Some(user) => self.adopt(user, address).await,
                None => Err(taken(address, &refusal)),
            },
            Err(trouble) => Err(password_or(trouble, address, password)),
        }
    }

    /// Sets a new first password.
    pub(super) async fn set_password(&self, address: &Address, password: &InitialPassword) -> Result<(), Problem> {
        let change = json!({"passwordProfile": profile(password)});
        match self.graph.at(&["users", address.as_str()], USERS).patch(&change).await {
            Ok(()) => Ok(()),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Err(not_yet(address, &refusal)),
            Err(trouble) => Err(password_or(trouble, address, password)),
        }
    }

    async fn user(&self, address: &Address) -> Result<Option<User>, Problem> {
        let at = self.graph.at(&["users", address.as_str()], USERS).query("$select", "id,usageLocation");
        match at.get().await {
            Ok(user) => Ok(Some(user)),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Ok(None),
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }

    /// Gives an account that was there a licence, unless it has one with a mailbox.
    async fn adopt(&self, user: User, address: &Address) -> Result<Made, Problem> {
        let lagging = |trouble| on_account(trouble, address);
        let details = self.graph.at(&["users", &user.id, "licenseDetails"], "LicenseAssignment.Read.All");
        let held: Vec<Licence> = details.list().await.map_err(lagging)?;
        if held.iter().any(|licence| licence.service_plans.iter().any(Plan::has_mailbox)) {
            return Ok(Made::AlreadyThere);
        }
        if user.usage_location.is_none_or(|country| country.is_empty()) {
            let change = json!({"usageLocation": self.usage_location});
            self.graph.at(&["users", &user.id], USERS).patch(&change).await.map_err(lagging)?;
        }
        self.license(&user.id, address).await?;
        Ok(Made::AlreadyThere)
    }

    async fn license(&self, user: &str, address: &Address) -> Result<(), Problem> {
        let skus = self.skus().await.map_err(|trouble| trouble.problem(Kind::Run))?;
        let Some(sku) = skus.iter().find(|sku| sku.suits(self.sku.as_deref()) && sku.free() > 0) else {
            return Err(self.short(&skus));
        };
        let body = json!({"addLicenses": [{"skuId": sku.sku_id, "disabledPlans": []}], "removeLicenses": []});
        match self.graph.at(&["users", user, "assignLicense"], LICENCES).post_raw(&body).await {
            Ok(_) => Ok(()),
            Err(Trouble::Refused(refusal)) if says(&refusal, "CountViolation") => {
                Err(self.short(&skus).because(refusal.cause()))
            }
            Err(trouble) => Err(on_account(trouble, address)),
        }
    }

    fn short(&self, skus: &[Sku]) -> Problem {
        if let Some(unknown) = self.unknown_licence(skus) {
            return unknown.problem(Kind::Mailbox);
        }
        let free: u64 =
            skus.iter().filter(|sku| sku.suits(self.sku.as_deref())).map(Sku::free).fold(0, u64::saturating_add);
        let problem = on_target(Kind::Mailbox, Guidance::TargetLicencesShort).with("needed", 1).with("free", free);
        match &self.sku {
            Some(sku) => problem.because(sku),
            None => problem,
        }
    }

    fn new_user(&self, mailbox: &Mailbox, password: &InitialPassword) -> Value {
        let (identity, card) = (&mailbox.identity, &mailbox.card);
        let mut user = json!({
            "accountEnabled": true,
            "displayName": names::display(identity),
            "mailNickname": names::alias(identity.address.local()),
            "userPrincipalName": identity.address.as_str(),
            "usageLocation": self.usage_location,
            "passwordProfile": profile(password),
        });
        let facts = [
            ("givenName", &card.given_name),
            ("surname", &card.surname),
            ("jobTitle", &card.job_title),
            ("department", &card.department),
            ("companyName", &card.company),
            ("officeLocation", &card.office),
            ("mobilePhone", &card.mobile),
        ];
        for (name, value) in facts {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                user[name] = json!(value);
            }
        }
        if let Some(phone) = card.phone.as_deref().filter(|phone| !phone.is_empty()) {
            user["businessPhones"] = json!([phone]);
        }
        user
    }
}

fn profile(password: &InitialPassword) -> Value {
    json!({"password": password.0, "forceChangePasswordNextSignIn": true})
}

/// A refusal about an account that was there a moment ago: not found means not everywhere yet.
fn on_account(trouble: Trouble, address: &Address) -> Problem {
    match trouble {
        Trouble::Refused(refusal) if refusal.missing() => not_yet(address, &refusal),
        trouble => trouble.problem(Kind::Mailbox),
    }
}

fn conflict(refusal: &Refusal) -> bool {
    refusal.details.iter().any(|detail| detail.code.as_deref() == Some("ObjectConflict"))
}

/// The name is in use but the account cannot be read: either it is the same one and not everywhere yet, or the
/// address belongs to something else.
fn taken(address: &Address, refusal: &Refusal) -> Problem {
    let same = refusal.details.iter().any(|detail| detail.target.as_deref() == Some("userPrincipalName"));
    match same {
        true => not_yet(address, refusal),
        false => {
            on_target(Kind::Mailbox, Guidance::TargetAddressTaken).with("address", address).because(refusal.cause())
        }
    }
}

fn says(refusal: &Refusal, word: &str) -> bool {
    let codes = refusal.details.iter().filter_map(|detail| detail.code.as_deref());
    refusal.text.contains(word) || refusal.code.contains(word) || codes.into_iter().any(|code| code.contains(word))
}

/// A refusal of a request that carried a password. Which code says that it is too weak is not documented, so the
/// words are read; they are not passed on, since they might quote it.
fn password_or(trouble: Trouble, address: &Address, password: &InitialPassword) -> Problem {
    match trouble {
        Trouble::Refused(mut refusal) => {
            let details = refusal.details.iter();
            let about = details.flat_map(|detail| [&detail.code, &detail.target, &detail.message]).flatten();
            let about_password = about.chain([&refusal.text]).any(|text| text.to_lowercase().contains("password"));
            refusal.text = refusal.text.replace(&password.0, "…");
            match refusal.status.as_u16() == 400 && about_password {
                true => on_target(Kind::Mailbox, Guidance::TargetPasswordRefused)
                    .with("address", address)
                    .because(format!("{} {}", refusal.status.as_u16(), refusal.code)),
                false => refusal.problem(Kind::Mailbox),
            }
        }
        trouble => trouble.problem(Kind::Mailbox),
    }
}

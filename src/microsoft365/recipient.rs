//! Looking an address up among everything that receives mail, and making a recipient under a free name.

use serde_json::{Map, Value};

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::{not_yet, on_target};
use super::names;
use crate::engine::port::Made;
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::{Address, Identity};

/// What is asked of a recipient.
const PROPERTIES: &str = "Guid,PrimarySmtpAddress,ExternalEmailAddress,RecipientTypeDetails";

/// A recipient of the organisation.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    /// By which cmdlets find it.
    pub identity: String,
    /// Its exact kind, such as `SharedMailbox`.
    pub kind: String,
    /// Its address; of a contact or mail user the outside one.
    pub address: Option<Address>,
}

impl Recipient {
    /// From an object that a cmdlet gave; `kind` is empty if it does not say.
    pub fn read(object: &Map<String, Value>) -> Recipient {
        let text = |name: &str| object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let address = text("ExternalEmailAddress").or(text("PrimarySmtpAddress")).or(text("WindowsEmailAddress"));
        let address = address.map(without_prefix);
        let identity = text("Guid").or(address).or(text("Identity")).unwrap_or_default().to_owned();
        let kind = text("RecipientTypeDetails").or(text("RecipientType")).unwrap_or_default().to_owned();
        Recipient { identity, kind, address: address.map(Address::new) }
    }
}

/// An address without its `SMTP:` or `smtp:`.
fn without_prefix(address: &str) -> &str {
    match address.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("smtp:") => &address[5..],
        _ => address,
    }
}

impl Connection {
    /// Whoever has an address among its addresses. The outside address of a contact is one of them.
    pub(super) async fn recipient(&self, address: &Address) -> Result<Option<Recipient>, Problem> {
        let filter = format!("EmailAddresses -eq 'smtp:{}'", address.as_str().replace('\'', "''"));
        let found = self.run(Cmdlet::new("Get-Recipient").with("Filter", filter).select(PROPERTIES)).await;
        match found {
            Ok(objects) => Ok(objects.first().map(Recipient::read)),
            Err(trouble) => match trouble.refused(|refusal| refusal.missing()) {
                Ok(_) => Ok(None),
                Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
            },
        }
    }

    /// Makes a recipient unless its address is there already: then it must be of one of these kinds.
    /// `cmdlet` gets a `Name` and an `Alias` that are still free.
    pub(super) async fn make(&self, cmdlet: Cmdlet, identity: &Identity, kinds: &[&str]) -> Result<Made, Problem> {
        self.make_or_find(cmdlet, identity, kinds).await.map(|(made, _)| made)
    }

    /// Likewise, and answers the recipient as it was found, if it was there.
    pub(super) async fn make_or_find(
        &self,
        cmdlet: Cmdlet,
        identity: &Identity,
        kinds: &[&str],
    ) -> Result<(Made, Option<Recipient>), Problem> {
        if let Some(found) = self.recipient(&identity.address).await? {
            return Ok((the_same(&found, &identity.address, kinds)?, Some(found)));
        }
        let mut last = None;
        for (name, alias) in names::candidates(identity) {
            let trouble = match self.run(cmdlet.clone().with("Name", name).with("Alias", alias)).await {
                Ok(_) => return Ok((Made::Created, None)),
                Err(trouble) => trouble,
            };
            let refusal = match trouble.refused(|refusal| refusal.collision()) {
                Ok(refusal) => refusal,
                Err(trouble) => return Err(trouble.problem(Kind::Mailbox)),
            };
            // Either the address has come into being meanwhile, or only the name is taken.
            if let Some(found) = self.recipient(&identity.address).await? {
                return Ok((the_same(&found, &identity.address, kinds)?, Some(found)));
            }
            // Whoever has the address is not everywhere yet: perhaps the one that was made when the answer got lost. Further
            // names would be refused likewise, and a later attempt finds it.
            if refusal.address_taken() {
                return Err(not_yet(&identity.address, &refusal));
            }
            last = Some(refusal);
        }
        let taken = on_target(Kind::Mailbox, Guidance::TargetAddressTaken).with("address", &identity.address);
        Err(last.into_iter().fold(taken, |problem, refusal| problem.because(refusal.cause())))
    }
}

/// An address that is in use: fine if it is the main address of the right kind of recipient. As an alias it belongs to
/// another one, and mail for the old recipient must not end up there.
fn the_same(found: &Recipient, address: &Address, kinds: &[&str]) -> Result<Made, Problem> {
    let made = already_there(found, address, kinds)?;
    match &found.address {
        Some(main) if main == address => Ok(made),
        main => {
            let owner = main.as_ref().map_or(found.identity.as_str(), Address::as_str);
            let taken = on_target(Kind::Mailbox, Guidance::TargetAddressTaken).with("address", address);
            Err(taken.because(format!("{} {owner}", found.kind)))
        }
    }
}

/// An address that is in use: fine if by the right kind of recipient.
pub(super) fn already_there(found: &Recipient, address: &Address, kinds: &[&str]) -> Result<Made, Problem> {
    match kinds.contains(&found.kind.as_str()) {
        true => Ok(Made::AlreadyThere),
        false => {
            Err(on_target(Kind::Mailbox, Guidance::TargetAddressTaken).with("address", address).because(&found.kind))
        }
    }
}

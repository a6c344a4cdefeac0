//! Further addresses of a recipient: aliases, and the old legacyExchangeDN as X500 so that replies to old mail arrive.

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::{Trouble, not_yet, on_target};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::{Address, Identity};

impl Connection {
    /// Adds the addresses of `of` to a recipient. What belongs to a domain that the organisation does not accept is
    /// left out and named once the others are set; an address less does not end the recipient. `cmdlet` is the `Set-` cmdlet of the recipient's kind.
    pub(super) async fn add_addresses(
        &self,
        cmdlet: &'static str,
        identity: &str,
        of: &Identity,
    ) -> Result<(), Problem> {
        let (mut add, mut foreign) = (Vec::new(), Vec::<String>::new());
        for alias in of.aliases.iter().filter(|alias| **alias != of.address) {
            let domain = alias.domain();
            if self.accepts(&domain).await? {
                add.push(format!("smtp:{alias}"));
            } else if !foreign.contains(&domain) {
                foreign.push(domain);
            }
        }
        add.extend(of.legacy_dn.iter().filter(|dn| !dn.is_empty()).map(|dn| format!("X500:{dn}")));
        if !add.is_empty() {
            self.set_addresses(cmdlet, identity, of, &add).await?;
        }
        match foreign.is_empty() {
            true => Ok(()),
            false => Err(on_target(Kind::Item, Guidance::TargetDomainNotAccepted)
                .with("domain", foreign.join(", "))
                .because(&of.address)),
        }
    }

    /// All at once; where one of them is taken, one by one, so that the others are set and the taken one is named.
    async fn set_addresses(
        &self,
        cmdlet: &'static str,
        identity: &str,
        of: &Identity,
        add: &[String],
    ) -> Result<(), Problem> {
        let Some(collision) = self.try_addresses(cmdlet, identity, of, add).await? else { return Ok(()) };
        let mut taken = None;
        for address in add {
            let refused = match add.len() {
                1 => Some(collision.clone()),
                _ => self.try_addresses(cmdlet, identity, of, std::slice::from_ref(address)).await?,
            };
            if let Some(cause) = refused
                && !self.has_address(of, address).await?
            {
                let problem = on_target(Kind::Item, Guidance::TargetAddressTaken);
                let plain = address.strip_prefix("smtp:").unwrap_or(address);
                taken.get_or_insert(problem.with("address", plain).because(cause));
            }
        }
        taken.map_or(Ok(()), Err)
    }

    /// Answers the cause if an address is taken.
    async fn try_addresses(
        &self,
        cmdlet: &'static str,
        identity: &str,
        of: &Identity,
        add: &[String],
    ) -> Result<Option<String>, Problem> {
        let mut call =
            Cmdlet::new(cmdlet).with("Identity", identity).adding("EmailAddresses", add).with("Confirm", false);
        match cmdlet {
            "Set-Mailbox" => call = call.on(of.address.as_str()),
            // The application does not manage the group.
            "Set-DistributionGroup" => call = call.with("BypassSecurityGroupManagerCheck", true),
            _ => {}
        }
        match self.run(call).await {
            Ok(_) => Ok(None),
            Err(Trouble::Refused(refusal)) if refusal.collision() => Ok(Some(refusal.cause())),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Err(not_yet(&of.address, &refusal)),
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }

    /// Whether an address that is taken is taken by the recipient itself.
    async fn has_address(&self, of: &Identity, address: &str) -> Result<bool, Problem> {
        let Some(smtp) = address.strip_prefix("smtp:") else { return Ok(false) };
        let owner = self.recipient(&Address::new(smtp)).await?;
        Ok(owner.and_then(|owner| owner.address).is_some_and(|address| address == of.address))
    }
}

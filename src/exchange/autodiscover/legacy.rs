//! The legacyExchangeDN of mailboxes: of all that EWS offers, only Autodiscover tells it.

use std::collections::HashMap;

use reqwest::StatusCode;
use url::Url;

use super::{Autodiscover, Said, Stop, pox, settings};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::exchange::{Facts, FoundBy, fault};
use crate::http::Answer;

impl Autodiscover {
    /// The legacyExchangeDN of mailboxes, as far as the server that was found tells them: asked of the address that
    /// Autodiscover was found at, else of the EWS server itself. Where it will not tell, the map stays short.
    pub async fn legacy_names(
        &self,
        facts: &Facts,
        addresses: &[Address],
    ) -> Result<HashMap<Address, String>, Problem> {
        let at = match &facts.found_by {
            FoundBy::Autodiscover(url) => url,
            FoundBy::Typed => &facts.ews_url,
        };
        let url = beside(at, "/autodiscover/autodiscover.svc");
        let mut names = HashMap::new();
        for batch in addresses.chunks(settings::BATCH) {
            let Some(answer) = self.once_found(&url, settings::request(&url, batch)).await? else {
                return self.legacy_names_one_by_one(&beside(at, "/autodiscover/autodiscover.xml"), addresses).await;
            };
            let said = settings::read(&answer.body, batch.len()).map_err(fault::not_xml)?;
            let named = batch.iter().zip(said).filter_map(|(address, said)| Some((address.clone(), legacy(said)?)));
            names.extend(named);
        }
        Ok(names)
    }

    /// For servers without the newer tongue.
    async fn legacy_names_one_by_one(
        &self,
        url: &Url,
        addresses: &[Address],
    ) -> Result<HashMap<Address, String>, Problem> {
        let mut names = HashMap::new();
        for address in addresses {
            let Some(answer) = self.once_found(url, pox::request(address)).await? else { break };
            if let Some(name) = legacy(pox::read(&answer.body).map_err(fault::not_xml)?) {
                names.insert(address.clone(), name);
            }
        }
        Ok(names)
    }

    /// An answer with settings; none where this server has no Autodiscover for us.
    async fn once_found(&self, url: &Url, body: String) -> Result<Option<Answer>, Problem> {
        match self.post(url, body).await {
            Ok((answer, _)) => Ok((answer.status == StatusCode::OK).then_some(answer)),
            Err(Stop::Failure(failure)) => Err(fault::failure(&failure, url.host_str().unwrap_or_default())),
            Err(Stop::Problem(_)) => Ok(None),
        }
    }
}

fn legacy(said: Said) -> Option<String> {
    match said {
        Said::Settings(found) => found.legacy_name,
        _ => None,
    }
}

/// Another path on the same server.
fn beside(url: &Url, path: &str) -> Url {
    let mut url = url.clone();
    url.set_path(path);
    url.set_query(None);
    url
}

//! The legacyExchangeDN of mailboxes: of all that EWS offers, only Autodiscover tells it.

use reqwest::StatusCode;
use url::Url;

use super::{Autodiscover, Said, Stop, pox, settings};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::exchange::xml::XmlError;
use crate::exchange::{Facts, FoundBy, fault};
use crate::http::Answer;

/// What hears of a mailbox's name.
type Tell<'a> = &'a (dyn Fn(&Address, Option<String>) + Send + Sync);

impl Autodiscover {
    /// The legacyExchangeDN of mailboxes, as far as the server that was found tells them: asked of the address that
    /// Autodiscover was found at, else of the EWS server itself. `tell` hears of each mailbox that was asked about; where
    /// the server will not tell, of none.
    pub async fn legacy_names(&self, facts: &Facts, addresses: &[Address], tell: Tell<'_>) -> Result<(), Problem> {
        let at = match &facts.found_by {
            FoundBy::Autodiscover(url) => url,
            FoundBy::Typed => &facts.ews_url,
        };
        let url = beside(at, "/autodiscover/autodiscover.svc");
        for batch in addresses.chunks(settings::BATCH) {
            let answer = self.once_found(&url, settings::request(&url, batch)).await?;
            let Some(said) = told(answer, |body| settings::read(body, batch.len()))? else {
                return self
                    .legacy_names_one_by_one(&beside(at, "/autodiscover/autodiscover.xml"), addresses, tell)
                    .await;
            };
            batch.iter().zip(said).for_each(|(address, said)| tell(address, legacy(said)));
        }
        Ok(())
    }

    /// For servers without the newer tongue.
    async fn legacy_names_one_by_one(&self, url: &Url, addresses: &[Address], tell: Tell<'_>) -> Result<(), Problem> {
        for address in addresses {
            let answer = self.once_found(url, pox::request(address)).await?;
            let Some(said) = told(answer, pox::read)? else { break };
            tell(address, legacy(said));
        }
        Ok(())
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

/// What an answer says. The page of a gateway that publishes no Autodiscover (its sign-in form, say) says nothing; an
/// answer that is cut off is worth another try.
fn told<T>(answer: Option<Answer>, read: impl Fn(&[u8]) -> Result<T, XmlError>) -> Result<Option<T>, Problem> {
    match answer.map(|answer| read(&answer.body)).transpose() {
        Err(XmlError::CutOff) => Err(fault::not_xml(XmlError::CutOff)),
        Err(_) => Ok(None),
        Ok(said) => Ok(said),
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

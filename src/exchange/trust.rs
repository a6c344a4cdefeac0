//! Who may be sent the password: the guards against servers that only pretend to be ours.
//!
//! Basic hands the password over in clear, so it goes only to hosts that a person confirmed, or that a confirmed
//! host named within the mail domain after the sign-in; only over TLS that was validated; only after the server
//! asked for it; and never to a host that offered something stronger before.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use url::Url;

use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// The service's own domains: the password of the old server is never sent there.
const CLOUD: [&str; 3] = ["outlook.com", "office365.com", "onmicrosoft.com"];

/// What is known of hosts during one connection.
#[derive(Debug)]
pub struct Trust {
    domain: String,
    confirmed: Mutex<HashSet<String>>,
    stronger: Mutex<HashSet<String>>,
}

impl Trust {
    /// Trust for a mail domain, with the hosts that a person confirmed.
    pub fn new(domain: &str, confirmed: &[String]) -> Trust {
        let confirmed = confirmed.iter().map(|host| bare(host)).filter(|host| !host.is_empty()).collect();
        Trust { domain: bare(domain), confirmed: Mutex::new(confirmed), stronger: Mutex::default() }
    }

    /// Whether a redirect may lead here without asking anybody: confirmed, or within the mail domain.
    pub fn may_visit(&self, host: &str) -> bool {
        self.is_confirmed(host) || within(&bare(host), &self.domain)
    }

    /// Whether a person (or a signed-in answer, see [`Trust::vouch`]) confirmed this host.
    pub fn is_confirmed(&self, host: &str) -> bool {
        lock(&self.confirmed).contains(&bare(host))
    }

    /// Takes over a host that a confirmed server named after the sign-in, if it is within the mail domain.
    pub fn vouch(&self, host: &str) {
        if within(&bare(host), &self.domain) {
            lock(&self.confirmed).insert(bare(host));
        }
    }

    /// Checks an EWS address before anything is sent to it.
    pub fn endpoint(&self, url: &Url) -> Result<(), Problem> {
        let host = url.host_str().unwrap_or_default();
        if url.scheme() != "https" || host.is_empty() {
            return Err(problem(Guidance::SourceEwsNotFound).with("url", url).because("not an https address"));
        }
        if is_cloud(host) {
            return Err(problem(Guidance::SourceAutodiscoverInCloud).with("host", host));
        }
        if self.is_confirmed(host) { Ok(()) } else { Err(self.not_confirmed(host)) }
    }

    /// Decides, from a 401 that came over validated TLS, whether Basic may be sent to this host.
    pub fn basic(&self, url: &Url, headers: &HeaderMap) -> Result<(), Problem> {
        self.endpoint(url)?;
        let host = url.host_str().unwrap_or_default();
        let offered = schemes(headers);
        let stronger = offered.iter().any(|scheme| scheme == "ntlm" || scheme == "negotiate");
        let before = lock(&self.stronger).contains(&bare(host));
        if stronger {
            lock(&self.stronger).insert(bare(host));
        }
        let list = offered.join(", ");
        if !offered.iter().any(|scheme| scheme == "basic") {
            Err(problem(Guidance::SourceBasicNotOffered).with("host", host).with("offered", list))
        } else if before && !stronger {
            Err(problem(Guidance::SourceSignInWeakened).with("host", host).with("offered", list))
        } else {
            Ok(())
        }
    }

    /// The question that a person has to answer first.
    pub fn not_confirmed(&self, host: &str) -> Problem {
        problem(Guidance::SourceHostNotConfirmed).with("host", host).with("domain", &self.domain)
    }
}

fn problem(guidance: Guidance) -> Problem {
    Problem::new(Kind::Run, Side::Source, guidance)
}

/// Whether the host belongs to the service that we move to.
pub fn is_cloud(host: &str) -> bool {
    CLOUD.iter().any(|cloud| within(&bare(host), cloud))
}

/// The schemes that a 401 offers, in lower case.
fn schemes(headers: &HeaderMap) -> Vec<String> {
    let mut found = Vec::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        for part in value.to_str().unwrap_or_default().split(',') {
            let word = part.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            if !word.is_empty() && !word.contains('=') && !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

/// A host name as compared: lower case, without port and final dot.
fn bare(host: &str) -> String {
    let host = host.trim().to_lowercase();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.bytes().all(|b| b.is_ascii_digit()) => name.to_owned(),
        _ => host,
    };
    host.trim_end_matches('.').to_owned()
}

/// Whether a host is the domain itself or inside it.
fn within(host: &str, domain: &str) -> bool {
    !domain.is_empty() && (host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}

fn lock(set: &Mutex<HashSet<String>>) -> std::sync::MutexGuard<'_, HashSet<String>> {
    set.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn offer(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, value.parse().unwrap());
        }
        headers
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn guidance(result: Result<(), Problem>) -> Option<Guidance> {
        result.err().map(|problem| problem.guidance)
    }

    #[test]
    fn only_confirmed_hosts_over_https_get_basic() {
        let trust = Trust::new("fabrikam.test", &["Mail.Fabrikam.test:443".into(), " ".into()]);
        let basic = offer(&["Basic realm=\"x, NTLM\""]);
        assert_eq!(guidance(trust.basic(&url("https://mail.fabrikam.test/e"), &basic)), None);
        for host in ["autodiscover.fabrikam.test", "fabrikam.test", "evilmail.fabrikam.test", "other.test"] {
            let result = trust.basic(&url(&format!("https://{host}/e")), &basic);
            assert_eq!(guidance(result), Some(Guidance::SourceHostNotConfirmed), "{host}");
        }
        let plain = trust.basic(&url("http://mail.fabrikam.test/e"), &basic);
        assert_eq!(guidance(plain), Some(Guidance::SourceEwsNotFound));
    }

    #[test]
    fn never_to_the_cloud_even_if_confirmed() {
        let trust = Trust::new("fabrikam.test", &["outlook.office365.com".into()]);
        let result = trust.basic(&url("https://outlook.office365.com/EWS/Exchange.asmx"), &offer(&["Basic"]));
        assert_eq!(guidance(result), Some(Guidance::SourceAutodiscoverInCloud));
        assert!(is_cloud("autodiscover-s.outlook.com") && !is_cloud("notoutlook.com"));
    }

    #[test]
    fn a_host_that_falls_back_to_basic_stops() {
        let trust = Trust::new("fabrikam.test", &["mail.fabrikam.test".into()]);
        let mail = url("https://mail.fabrikam.test/EWS/Exchange.asmx");
        assert_eq!(guidance(trust.basic(&mail, &offer(&["Negotiate", "NTLM", "Basic realm=x"]))), None);
        assert_eq!(guidance(trust.basic(&mail, &offer(&["Basic"]))), Some(Guidance::SourceSignInWeakened));
        assert_eq!(guidance(trust.basic(&mail, &offer(&["NTLM"]))), Some(Guidance::SourceBasicNotOffered));
    }

    #[test]
    fn within_the_mail_domain_means_whole_labels() {
        let trust = Trust::new("b.com", &[]);
        assert!(trust.may_visit("mail.b.com") && trust.may_visit("B.COM."));
        assert!(!trust.may_visit("evilb.com") && !trust.may_visit("com") && !trust.may_visit("b.com.evil.test"));
        trust.vouch("mail.b.com");
        trust.vouch("mail.evil.test");
        assert!(trust.is_confirmed("mail.b.com") && !trust.is_confirmed("mail.evil.test"));
        assert!(!Trust::new("", &[]).may_visit("anything"));
    }
}

//! Which settings have a value that cannot be.

use super::Settings;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// A setting with a value that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which one, such as `source.email`.
    pub setting: &'static str,
    /// The rule that it breaks; `i18n/` words each rule.
    pub rule: &'static str,
    /// The value; empty where there is none.
    pub given: String,
}

impl Settings {
    /// Every setting whose value cannot be, in the order of the file.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = self.source_faults();
        faults.extend(self.target_faults());
        let run = &self.run;
        if !(1..=10).contains(&run.mailboxes_at_a_time) {
            faults.push(fault("run.mailboxes_at_a_time", "simultaneous", run.mailboxes_at_a_time));
        }
        if !(8..=64).contains(&run.initial_password_length) {
            faults.push(fault("run.initial_password_length", "length", run.initial_password_length));
        }
        faults
    }

    fn source_faults(&self) -> Vec<Fault> {
        let source = &self.source;
        let mut faults = Vec::new();
        if source.email.local().is_empty() || source.email.domain().is_empty() {
            faults.push(fault("source.email", "email", &source.email));
        }
        if source.user_name.trim().is_empty() {
            faults.push(fault("source.user_name", "user", ""));
        }
        faults.extend(source.ews_url.as_deref().and_then(|url| no_https("source.ews_url", url)));
        faults.extend(source.autodiscover_url.as_deref().and_then(|url| no_https("source.autodiscover_url", url)));
        faults
    }

    fn target_faults(&self) -> Vec<Fault> {
        let target = &self.target;
        let mut faults = Vec::new();
        faults.extend(no_https("target.authority", &target.authority));
        faults.extend(no_https("target.graph_url", &target.graph_url));
        faults.extend(no_https("target.exchange_admin_url", &target.exchange_admin_url));
        if target.tenant.trim().is_empty() {
            faults.push(fault("target.tenant", "tenant", ""));
        }
        if target.client_id.trim().is_empty() {
            faults.push(fault("target.client_id", "client", ""));
        }
        if target.client_certificate.is_some() != target.client_key.is_some() {
            faults.push(fault("target.client_key", "certificate", ""));
        }
        let location = &target.usage_location;
        if location.len() != 2 || !location.bytes().all(|letter| letter.is_ascii_uppercase()) {
            faults.push(fault("target.usage_location", "country", location));
        }
        faults
    }

    /// Refuses settings with a value that cannot be, naming the first.
    pub(super) fn check(&self, file: &std::path::Path) -> Result<(), Problem> {
        match self.faults().into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(Problem::new(Kind::Run, Side::Here, Guidance::SettingsInvalid)
                .with("file", file.display())
                .with("setting", fault.setting)
                .with("rule", fault.rule)
                .with("given", fault.given)),
        }
    }
}

fn fault(setting: &'static str, rule: &'static str, given: impl ToString) -> Fault {
    Fault { setting, rule, given: given.to_string() }
}

fn no_https(setting: &'static str, text: &str) -> Option<Fault> {
    let usable = url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some());
    (!usable).then(|| fault(setting, "https", text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::recipient::Address;

    #[test]
    fn every_fault_is_named_and_each_alone() {
        let good: Settings = toml::from_str(
            "[source]\nemail = \"anna@alder.example\"\nuser_name = \"anna\"\n\
             [target]\ntenant = \"t\"\nclient_id = \"c\"\nusage_location = \"GB\"\n",
        )
        .unwrap();
        assert_eq!(good.faults(), []);
        type Spoil = fn(&mut Settings);
        let cases: [(Spoil, &str); 14] = [
            (|s| s.source.email = Address::new("@alder.example"), "source.email email @alder.example"),
            (|s| s.source.user_name = " ".into(), "source.user_name user "),
            (|s| s.source.ews_url = Some("http://x/".into()), "source.ews_url https http://x/"),
            (|s| s.source.autodiscover_url = Some("x".into()), "source.autodiscover_url https x"),
            (|s| s.target.authority = "https://".into(), "target.authority https https://"),
            (|s| s.target.graph_url = String::new(), "target.graph_url https "),
            (|s| s.target.exchange_admin_url = "file:///x".into(), "target.exchange_admin_url https file:///x"),
            (|s| s.target.tenant = String::new(), "target.tenant tenant "),
            (|s| s.target.client_id = "\t".into(), "target.client_id client "),
            (|s| s.target.client_key = Some("k".into()), "target.client_key certificate "),
            (|s| s.target.usage_location = "gb".into(), "target.usage_location country gb"),
            (|s| s.run.mailboxes_at_a_time = 0, "run.mailboxes_at_a_time simultaneous 0"),
            (|s| s.run.initial_password_length = 65, "run.initial_password_length length 65"),
            (|s| s.source.email = Address::new("anna"), "source.email email anna"),
        ];
        let told = |settings: &Settings| -> Vec<String> {
            let text = |fault: Fault| format!("{} {} {}", fault.setting, fault.rule, fault.given);
            settings.faults().into_iter().map(text).collect()
        };
        let mut all = good.clone();
        for (spoil, expected) in cases {
            let mut one = good.clone();
            spoil(&mut one);
            assert_eq!(told(&one), [expected]);
            spoil(&mut all);
        }
        assert_eq!(told(&all).len(), cases.len() - 1, "both wrong addresses are the same setting's");
    }
}

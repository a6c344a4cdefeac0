//! Which settings have a value that cannot be.

use std::path::Path;

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
        faults.extend(special_path("run.ledger", run.ledger.as_deref()));
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
        faults.extend(special("source.user_name", &source.user_name));
        faults.extend(source.ews_url.as_deref().and_then(|url| web("source.ews_url", url)));
        faults.extend(source.rpc_proxy.as_deref().and_then(|host| signs_in("source.rpc_proxy", host)));
        faults.extend(source.autodiscover_url.as_deref().and_then(|url| web("source.autodiscover_url", url)));
        faults.extend(source.confirmed_hosts.iter().find_map(|host| signs_in("source.confirmed_hosts", host)));
        faults.extend(special_path("source.certificate_authority", source.certificate_authority.as_deref()));
        faults
    }

    fn target_faults(&self) -> Vec<Fault> {
        let target = &self.target;
        let mut faults = Vec::new();
        faults.extend(web("target.authority", &target.authority));
        faults.extend(web("target.graph_url", &target.graph_url));
        faults.extend(web("target.exchange_admin_url", &target.exchange_admin_url));
        if target.tenant.trim().is_empty() {
            faults.push(fault("target.tenant", "tenant", ""));
        }
        if target.client_id.trim().is_empty() {
            faults.push(fault("target.client_id", "client", ""));
        }
        if target.client_certificate.is_some() != target.client_key.is_some() {
            faults.push(fault("target.client_key", "certificate", ""));
        }
        for (setting, path) in [
            ("target.client_certificate", &target.client_certificate),
            ("target.client_key", &target.client_key),
            ("target.certificate_authority", &target.certificate_authority),
        ] {
            faults.extend(special_path(setting, path.as_deref()));
        }
        let location = &target.usage_location;
        if location.len() != 2 || !location.bytes().all(|letter| letter.is_ascii_uppercase()) {
            faults.push(fault("target.usage_location", "country", location));
        }
        faults
    }

    /// Refuses settings with a value that cannot be, naming the first.
    pub(super) fn check(&self, file: &Path) -> Result<(), Problem> {
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

/// An address must be whole, and must not sign in by itself.
fn web(setting: &'static str, text: &str) -> Option<Fault> {
    let usable = url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some());
    signs_in(setting, text).or_else(|| (!usable).then(|| fault(setting, "https", text)))
}

/// A user name and a password before a host's name end with `@`, which has no other place in such an address. What stands
/// there is repeated nowhere, however wrong the rest is.
fn signs_in(setting: &'static str, text: &str) -> Option<Fault> {
    text.contains('@').then(|| fault(setting, "sign-in", ""))
}

/// In TOML's double quotes `\n`, `\t` and the like are other characters: `"EXAMPLE\nora"` is not whom it looks like.
fn special(setting: &'static str, text: &str) -> Option<Fault> {
    text.contains(char::is_control).then(|| fault(setting, "backslash", text.escape_debug()))
}

fn special_path(setting: &'static str, path: Option<&Path>) -> Option<Fault> {
    special(setting, &path?.to_string_lossy())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::recipient::Address;

    const GOOD: &str = "[source]\nemail = \"anna@alder.example\"\nuser_name = \"anna\"\n\
                        [target]\ntenant = \"t\"\nclient_id = \"c\"\nusage_location = \"GB\"\n";

    fn good() -> Settings {
        toml::from_str(GOOD).unwrap()
    }

    #[test]
    fn every_fault_is_named_and_each_alone() {
        let good = good();
        assert_eq!(good.faults(), []);
        type Spoil = fn(&mut Settings);
        let cases: [(Spoil, &str); 16] = [
            (|s| s.source.email = Address::new("@alder.example"), "source.email email @alder.example"),
            (|s| s.source.user_name = " ".into(), "source.user_name user "),
            (|s| s.source.ews_url = Some("http://x/".into()), "source.ews_url https http://x/"),
            (|s| s.source.autodiscover_url = Some("x".into()), "source.autodiscover_url https x"),
            (|s| s.source.rpc_proxy = Some("nora:hunter2@x".into()), "source.rpc_proxy sign-in "),
            (|s| s.source.confirmed_hosts = vec!["x".into(), "a@x".into()], "source.confirmed_hosts sign-in "),
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

    #[test]
    fn an_address_that_signs_in_is_refused_and_not_repeated() {
        let good = good();
        type Set = fn(&mut Settings, String);
        let keys: [(&str, Set); 5] = [
            ("source.ews_url", |s, url| s.source.ews_url = Some(url)),
            ("source.autodiscover_url", |s, url| s.source.autodiscover_url = Some(url)),
            ("target.authority", |s, url| s.target.authority = url),
            ("target.graph_url", |s, url| s.target.graph_url = url),
            ("target.exchange_admin_url", |s, url| s.target.exchange_admin_url = url),
        ];
        for (setting, set) in keys {
            for url in [
                "https://nora:hunter2@mail.example/EWS/Exchange.asmx",
                "https://hunter2@mail.example/",
                "http://nora:hunter2@mail.example/",
                "nora:hunter2@mail.example",
                "https://nora:hunt/er2@mail.example/",
                "https:\\\\nora:hunter2@mail.example:port",
            ] {
                let mut settings = good.clone();
                set(&mut settings, url.to_owned());
                let fault = Fault { setting, rule: "sign-in", given: String::new() };
                assert_eq!(settings.faults(), [fault], "{url}");
                let problem = settings.check(Path::new("settings.toml")).unwrap_err();
                assert!(!problem.to_string().contains("hunt"), "{problem}");
            }
        }
    }

    #[test]
    fn a_backslash_that_made_another_character_is_noticed() {
        let text =
            GOOD.replace("\"anna\"", "\"ALDER\\nora\"").replace("[target]", "[run]\nledger = \"C:\\tmp\"\n[target]");
        let faults = toml::from_str::<Settings>(&text).unwrap().faults();
        let told: Vec<_> = faults.iter().map(|fault| (fault.setting, fault.rule, fault.given.as_str())).collect();
        assert_eq!(told, [("source.user_name", "backslash", "ALDER\\nora"), ("run.ledger", "backslash", "C:\\tmp")]);
    }
}

//! Settings into a file: what is written can be read again.

use std::path::Path;

use super::{MAX_BYTES, Settings};
use crate::engine::problem::Problem;
use crate::small_file;

impl Settings {
    /// Writes them, for their owner only and all or nothing. Paths are written as they stand; there is no secret among
    /// settings.
    ///
    /// # Errors
    /// `SettingsInvalid` if a value cannot be, since such a file could not be read again; `FileUnwritable`; `DiskFull`.
    pub fn write(&self, file: &Path) -> Result<(), Problem> {
        self.check(file)?;
        let text = toml::to_string(self).map_err(|error| small_file::unwritable(file, error))?;
        if text.len() as u64 > MAX_BYTES {
            return Err(small_file::unwritable(file, format!("{} bytes > {MAX_BYTES}", text.len())));
        }
        small_file::save(file, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::PathBuf;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::engine::plan::Deletions;
    use crate::engine::problem::Guidance;
    use crate::engine::recipient::Address;
    use crate::settings::{Access, DynamicGroup, Run, Source, Target};

    /// Whatever people may type: quotes, backslashes, line ends and letters of every script.
    fn text() -> impl Strategy<Value = String> {
        "[a-zé漢😀\"'\\\\ #=\\[\\]\n\t\u{1}]{0,8}x"
    }

    fn address() -> impl Strategy<Value = Address> {
        text().prop_map(|text| Address::new(format!("{text}@alder.example")))
    }

    fn path(folder: &Path) -> impl Strategy<Value = Option<PathBuf>> + use<> {
        let folder = folder.to_owned();
        option::of("[a-z é\"'\\\\]{1,8}".prop_map(move |name| folder.join(format!("{name}.pem"))))
    }

    fn source(folder: &Path) -> impl Strategy<Value = Source> + use<> {
        let group = (address(), text()).prop_map(|(address, filter)| DynamicGroup { address, filter });
        let access = prop_oneof![Just(Access::Delegate), Just(Access::Impersonation)];
        let lists = (vec(address(), 0..3), vec(address(), 0..3), vec(group, 0..3), vec(text(), 0..3));
        let url = || option::of(Just("https://mail.alder.example/EWS/Exchange.asmx".to_owned()));
        // A user name that one reads has no characters that one does not see.
        let user = text().prop_map(|text| text.replace(char::is_control, ""));
        (address(), user, url(), url(), path(folder), access, lists).prop_map(
            |(email, user_name, ews_url, autodiscover_url, authority, access, (one, two, groups, hosts))| Source {
                email,
                user_name,
                rpc_proxy: ews_url.as_ref().map(|_| "mail.alder.example".to_owned()),
                ews_url,
                autodiscover_url,
                confirmed_hosts: hosts,
                certificate_authority: authority,
                access,
                also: one.clone(),
                shared: two.clone(),
                rooms: one,
                equipment: Vec::new(),
                security_groups: two,
                dynamic_groups: groups,
            },
        )
    }

    fn target(folder: &Path) -> impl Strategy<Value = Target> + use<> {
        let pair = option::of((path(folder), path(folder)));
        (text(), text(), pair, path(folder), option::of(text())).prop_map(
            |(tenant, client_id, pair, authority, sku)| {
                let (client_certificate, client_key) = match pair {
                    Some((Some(certificate), Some(key))) => (Some(certificate), Some(key)),
                    _ => (None, None),
                };
                Target {
                    authority: "https://login.microsoftonline.us".to_owned(),
                    graph_url: "https://graph.microsoft.us/v1.0".to_owned(),
                    exchange_admin_url: "https://outlook.office365.us".to_owned(),
                    tenant,
                    client_id,
                    client_certificate,
                    client_key,
                    certificate_authority: authority,
                    usage_location: "DE".to_owned(),
                    sku,
                }
            },
        )
    }

    fn settings(folder: &Path) -> impl Strategy<Value = Settings> + use<> {
        let deletions = prop_oneof![Just(Deletions::Follow), Just(Deletions::FollowAll), Just(Deletions::Keep)];
        let run = (1..=10usize, 8..=64usize, deletions, path(folder)).prop_map(
            |(mailboxes_at_a_time, initial_password_length, deletions, ledger)| Run {
                mailboxes_at_a_time,
                initial_password_length,
                deletions,
                ledger,
            },
        );
        let file = folder.join("settings.toml");
        (source(folder), target(folder), run).prop_map(move |(source, target, run)| Settings {
            file: file.clone(),
            source,
            target,
            run,
        })
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        proptest!(ProptestConfig::with_cases(128), |(settings in settings(folder.path()))| {
            settings.write(&file).unwrap();
            let read = Settings::read(&file).unwrap();
            // Addresses are equal whatever their case, so the letters are compared as well.
            prop_assert_eq!(format!("{read:?}"), format!("{settings:?}"));
        });
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written_and_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let small = "[source]\nemail = \"anna@alder.example\"\nuser_name = \"anna\"\ncertificate_authority = \"ca.pem\"\n\
                     [target]\ntenant = \"t\"\nclient_id = \"c\"\nusage_location = \"GB\"\n";
        let good: Settings = toml::from_str(small).unwrap();
        good.write(&file).unwrap();
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written.contains("certificate_authority = \"ca.pem\""), "relative paths stay relative");
        let mut wrong = good.clone();
        wrong.target.usage_location = "England".to_owned();
        let problem = wrong.write(&file).unwrap_err();
        assert_eq!(
            (problem.guidance, problem.values["setting"].as_str()),
            (Guidance::SettingsInvalid, "target.usage_location")
        );
        let mut huge = good.clone();
        huge.source.user_name = "x".repeat(MAX_BYTES as usize);
        assert_eq!(huge.write(&file).unwrap_err().guidance, Guidance::FileUnwritable);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
        let unwritable = good.write(&file.join("below.toml")).unwrap_err();
        assert_eq!(unwritable.guidance, Guidance::FileUnwritable);
    }
}

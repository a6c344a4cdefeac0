//! Bad input: each ends in one clear sentence with a remedy, and makes nothing.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use cutover::practice::authority::Authority;
use cutover::practice::faults::{Faults, Side};
use cutover::practice::https::Listener;
use cutover::practice::microsoft365::{Cloud, CloudOptions};

use super::support::{Ran, World, cutover};
use crate::small_disk::SmallDisk;

fn small() -> World {
    World::sized(1, 2, "")
}

impl World {
    /// Migrates with other settings, which is refused with these words; nothing was made.
    fn refuses(&self, settings: &Path, words: &[&str]) -> Ran {
        let ran = Ran::of(self.migration(settings, &[]).output().unwrap()).refused(words);
        self.untouched();
        ran
    }

    fn untouched(&self) {
        assert_eq!(self.arrived().iter().sum::<usize>(), 0, "nothing arrived");
        assert!(!self.reports().exists(), "no reports of a migration that did not begin");
    }
}

#[test]
fn wrong_secrets_are_refused_by_the_side_that_does_not_know_them() {
    let world = small();
    let with = |variable: &str| {
        let mut command = world.migration(&world.settings(), &[]);
        Ran::of(command.env(variable, "wrong horse").output().unwrap())
    };
    let source = with("CUTOVER_SOURCE_PASSWORD").refused(&["Exchange server", "migration.admin", "password"]);
    let target = with("CUTOVER_TARGET_SECRET").refused(&["Microsoft 365", "secret"]);
    for ran in [source, target] {
        assert!(!format!("{}{}", ran.out, ran.err).contains("wrong horse"));
    }
    world.untouched();
    assert!(world.migrate(&[]).code == 0, "nothing stays in the way of a run with the right ones");
}

#[test]
fn a_refusal_is_a_json_line_too() {
    let world = small();
    let mut command = world.migration(&world.settings(), &["--json"]);
    let ran = Ran::of(command.env("CUTOVER_TARGET_SECRET", "wrong").output().unwrap()).refused(&["secret"]);
    let last = ran.lines().pop().unwrap();
    assert_eq!((last["event"].as_str(), last["code"].as_str()), (Some("refused"), Some("target-secret-wrong")));
    assert!(ran.err.contains(last["message"].as_str().unwrap()));
}

#[test]
fn without_a_password_and_nobody_to_ask_it_says_which_variable() {
    let world = small();
    for variable in ["CUTOVER_SOURCE_PASSWORD", "CUTOVER_TARGET_SECRET"] {
        let mut command = world.migration(&world.settings(), &[]);
        Ran::of(command.env_remove(variable).output().unwrap()).refused(&[variable]);
    }
    world.untouched();
}

/// A port on which nobody listens.
fn silent_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn hosts_that_cannot_be_reached_are_named() {
    let world = small();
    let ready = &world.practice().ready;
    let nobody = format!("https://localhost:{}", silent_port());
    let source = |url: &str| {
        let autodiscover = format!("autodiscover_url = \"{}\"", ready.exchange.autodiscover_url);
        world.settings_with(&[(&autodiscover, &format!("ews_url = \"{url}\""))])
    };
    world.refuses(&source("https://no-such-host.invalid/EWS/Exchange.asmx"), &["no-such-host.invalid", "not found"]);
    let silent = world.refuses(&source(&format!("{nobody}/EWS/Exchange.asmx")), &["localhost", "cannot be reached"]);
    assert!(!silent.err.contains("443"), "that is not the port: {}", silent.err);
    let target = |url: &str| {
        let authority = format!("authority = \"{}\"", ready.microsoft365.authority);
        world.settings_with(&[(&authority, &format!("authority = \"{url}\""))])
    };
    world.refuses(&target("https://no-such-host.invalid"), &["no-such-host.invalid"]);
    world.refuses(&target(&nobody), &["Microsoft 365", "localhost", "cannot be reached"]);
}

#[test]
fn certificates_of_nobody_known_are_not_trusted() {
    let world = small();
    let line = format!("certificate_authority = \"{}\"", world.practice().ready.ca_certificate);
    // The first such line is the source's, the second the target's.
    world.refuses(&world.settings_with(&[(&line, "")]), &["Exchange server", "not trusted", "no password was sent"]);
    let target = world.settings_with(&[(&line, "# source"), (&line, ""), ("# source", &line)]);
    world.refuses(&target, &["not trusted"]);
    let missing = world.settings_with(&[(&line, "certificate_authority = \"no-such-file.pem\"")]);
    world.refuses(&missing, &["no-such-file.pem"]);
    let no_certificate = world.settings_with(&[(&line, "certificate_authority = \"settings.toml\"")]);
    world.refuses(&no_certificate, &["settings.toml"]);
}

#[test]
fn a_host_that_nobody_confirmed_gets_no_password() {
    let world = small();
    let settings = world.settings_with(&[("confirmed_hosts = [\"localhost\"]", "confirmed_hosts = []")]);
    let ran = Ran::of(world.migration(&settings, &[]).output().unwrap());
    assert_ne!(ran.code, 0, "{}", ran.out);
    ran.refused(&["localhost"]);
    world.untouched();
}

#[test]
fn a_tenant_with_directory_synchronisation_is_refused() {
    let world = small();
    world.practice().cloud.set_directory_sync(true);
    world.refuses(&world.settings(), &["Directory synchronisation is on"]);
}

#[test]
fn a_domain_that_the_tenant_has_not_accepted_is_refused() {
    let world = small();
    let (settings, secret, ended) = world.run(async {
        let listener = Listener::bind(None).await.unwrap();
        let base = format!("https://localhost:{}", listener.port());
        let cloud = Arc::new(Cloud::new(CloudOptions {
            domain: "elsewhere.example".to_owned(),
            organisation_name: "Elsewhere".to_owned(),
            base_url: base.clone(),
            speed: 1000.0,
            seed: 1,
            mailbox_hint: 1,
        }));
        // The source's domain was added there, but nobody has proved that it is theirs.
        cloud.add_unverified_domain(&world.practice().organisation.domain);
        let authority = Authority::new().unwrap();
        let certificate = world.folder.path().join("elsewhere.pem");
        fs::write(&certificate, authority.certificate()).unwrap();
        let faults = Arc::new(Faults::default());
        let server = listener.serve(authority.server().unwrap(), cloud.clone(), Side::Microsoft365, faults);
        let credentials = cloud.credentials();
        let ready = &world.practice().ready;
        let line = format!("certificate_authority = \"{}\"", ready.ca_certificate);
        let (old, cloud) = (&ready.microsoft365, &credentials);
        let settings = world.settings_with(&[
            (&old.authority, &base),
            (&old.graph_url, &format!("{base}/v1.0")),
            (
                &format!("exchange_admin_url = \"{}\"", old.exchange_admin_url),
                &format!("exchange_admin_url = \"{base}\""),
            ),
            (&old.tenant_id, &cloud.tenant_id),
            (&old.client_id, &cloud.client_id),
            (&line, "# source"),
            (&line, "certificate_authority = \"elsewhere.pem\""),
            ("# source", &line),
        ]);
        (settings, credentials.client_secret, server)
    });
    let mut command = world.migration(&settings, &[]);
    let ran = Ran::of(command.env("CUTOVER_TARGET_SECRET", secret).output().unwrap());
    ran.refused(&["The domain aldernook.example is not an accepted domain"]);
    world.untouched();
    world.run(ended.stop());
}

#[test]
fn settings_that_cannot_be_are_refused_and_a_password_in_them_is_not_repeated() {
    let world = small();
    world.refuses(Path::new("no such settings.toml"), &["no such settings.toml", "cannot be read"]);
    world.refuses(world.folder.path(), &["cannot be read"]);
    let file = world.settings_with(&[("[target]", "password = \"hunter2\"\n[target]")]);
    let ran = world.refuses(&file, &["settings.toml", "password"]);
    assert!(!format!("{}{}", ran.out, ran.err).contains("hunter2"));
    for (from, to, word) in [
        ("access = \"delegate\"", "access = hunter2", "line"),
        ("mailboxes_at_a_time = 3", "mailboxes_at_a_time = 11", "run.mailboxes_at_a_time"),
        ("usage_location = \"GB\"", "usage_location = \"England\"", "target.usage_location"),
        ("[source]", "[sauce]", "sauce"),
    ] {
        world.refuses(&world.settings_with(&[(from, to)]), &[word]);
    }
}

#[test]
fn an_address_with_a_password_in_it_is_refused_and_not_repeated() {
    let world = small();
    for url in ["https://nora:hunter2@localhost/EWS/Exchange.asmx", "http://nora:hunter2@localhost/"] {
        let file = world.settings_with(&[("[target]", &format!("ews_url = \"{url}\"\n[target]"))]);
        let ran = world.refuses(&file, &["settings.toml", "source.ews_url", "password"]);
        assert!(!format!("{}{}", ran.out, ran.err).contains("hunter2"), "{}", ran.err);
    }
}

#[test]
fn a_backslash_in_double_quotes_gets_its_own_remedy() {
    let world = small();
    let user = fs::read_to_string(world.settings()).unwrap();
    let user = user.lines().find(|line| line.starts_with("user_name")).unwrap().to_owned();
    for wrong in ["ALDERNOOK\\migration", "ALDERNOOK\\nora"] {
        let file = world.settings_with(&[(&user, &format!("user_name = \"{wrong}\""))]);
        let ran = world.refuses(&file, &["settings.toml"]);
        assert!(ran.err.contains("single quotes"), "{}", ran.err);
    }
}

#[test]
fn a_licence_that_the_tenant_does_not_have_is_named() {
    let world = small();
    let file = world.settings_with(&[("usage_location = \"GB\"", "usage_location = \"GB\"\nsku = \"NOPE\"")]);
    world.refuses(&file, &["no licence with a mailbox that is called “NOPE”"]);
}

#[test]
fn an_address_that_autodiscover_does_not_know_may_be_misspelt() {
    let world = small();
    let email = &world.practice().ready.exchange.email;
    let file = world.settings_with(&[(&format!("email = \"{email}\""), &format!("email = \"x{email}\""))]);
    let ran = world.refuses(&file, &["Autodiscover"]);
    assert!(ran.err.contains("→ First check email under [source]"), "{}", ran.err);
}

#[test]
fn a_fault_that_cannot_be_says_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.toml");
    let rehearse = |rest: &str| {
        fs::write(&file, format!("[[fault]]\nside = \"exchange\"\n{rest}\n")).unwrap();
        let output = cutover().args(["rehearse", "--mailboxes", "1", "--faults"]).arg(&file).output().unwrap();
        Ran::of(output)
    };
    let fault = |rest: &str| rehearse(&format!("operation = \"*\"\nkind = {rest}"));
    fault("\"throttle\"\nevery = 0").refused(&["faults.toml", "fault 1", "every must be 1 or more"]);
    fault("\"throttle\"\nevery = 2\nat = [1]").refused(&["only one of every, at and share"]);
    fault("\"reject\"\ncode = \"X\"").refused(&["fault 1 needs status"]);
    fault("\"throttle\"\nevry = 2").refused(&["line 5"]);
    rehearse("operation = \"ExportItem\"\nkind = \"throttle\"").refused(&["an operation that there is not"]);
}

#[test]
fn a_reports_folder_that_cannot_be_is_refused_before_anything_moves() {
    let world = small();
    fs::write(world.reports(), "a file in the way").unwrap();
    world.migrate(&[]).refused(&["MigrationStatistics.csv", "cannot be written"]);
    assert_eq!(world.arrived(), [0]);
    let below = world.reports().join("below");
    let output = cutover().args(["rehearse", "--mailboxes", "1", "--reports"]).arg(&below).output().unwrap();
    Ran::of(output).refused(&["cannot be written"]);
}

#[test]
fn a_full_disk_under_the_ledger_stops_cleanly_and_the_next_run_goes_on() {
    let world = World::sized(2, 40, "");
    let Some(disk) = SmallDisk::new(world.folder.path().join("disk"), 240) else { return };
    let line = format!("ledger = \"{}\"", world.settings().with_file_name("ledger").display());
    let settings = world.settings_with(&[(&line, "ledger = \"disk/ledger\"")]);
    let run = || Ran::of(world.migration(&settings, &["--json"]).output().unwrap());
    disk.take(96 * 1024);
    run().refused(&["no room left", "disk"]);
    disk.clear();
    disk.grow(16 * 1024);
    let ended = run().ends(0).ended();
    assert_eq!((ended.found, ended.verified), (80, 80), "{ended:?}");
    assert_eq!(world.arrived(), [40, 40]);
}

#[test]
fn a_full_disk_under_the_reports_is_said_and_the_verdict_still_told() {
    let world = small();
    let Some(disk) = SmallDisk::new(world.reports(), 8) else { return };
    disk.take(8 * 1024);
    let ran = world.migrate(&[]).refused(&["no room left", "MigrationStatistics.csv"]);
    assert!(ran.out.contains("Read back and equal: 2 items"), "{}", ran.out);
    let left: Vec<_> = fs::read_dir(disk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["filling"], "nothing half-written");
}

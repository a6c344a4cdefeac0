//! The connection settings: what is wrong is said beside it, both sides are tested in order, a failure stays in the form
//! that it belongs to, and nothing secret is kept without being asked.

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::gui::wizard::Step;
use cutover::launcher::{Keeping, SourceStep};
use cutover::settings::Settings;
use iced_test::core::keyboard::key::Named;

use crate::memory::{Fault, busy};
use crate::support::{Bench, Call, Turn, Window};

fn problem(side: Side, guidance: Guidance) -> Problem {
    Problem::new(Kind::Run, side, guidance)
}

fn no_autodiscover() -> Problem {
    let failed = problem(Side::Source, Guidance::SourceAutodiscoverFailed);
    failed.with("domain", "contoso.com").with("tried", "https://contoso.com/")
}

fn unconfirmed() -> Problem {
    let unconfirmed = problem(Side::Source, Guidance::SourceHostNotConfirmed);
    unconfirmed.with("host", "mail.hoster.example").with("domain", "contoso.com")
}

/// The Autodiscover form with everything filled in.
async fn filled(bench: &Bench) -> Window {
    let mut window = bench.window().await;
    window.click("Detect the settings with Autodiscover").await;
    window.click_id("footer-primary").await;
    for (field, text) in [
        ("source-email", "mig@contoso.com"),
        ("source-user", "CONTOSO\\mig"),
        ("source-password", "source password"),
        ("target-tenant", "contoso.com"),
        ("target-client", "1234"),
        ("target-secret", "target secret"),
        ("target-location", "gb"),
    ] {
        window.fill(field, text).await;
    }
    window
}

/// What happened is shown, and something to do about it that can be done here.
fn shows_problem(window: &mut Window, problem: &Problem) -> bool {
    let message = window.app().look().words.message(problem);
    let to_do = window.says("window-what-to-do");
    let elsewhere =
        window.texts().into_iter().find(|text| text.contains("in the settings") || text.contains("README"));
    assert_eq!(elsewhere, None, "{problem} sends people to a file");
    window.shows(&message) && to_do
}

#[tokio::test(start_paused = true)]
async fn every_wrong_field_is_told_at_once_and_the_first_gets_the_keyboard() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.fill("source-user", "").await;
    window.fill("target-location", "England").await;
    window.click_id("footer-primary").await;
    assert_eq!(bench.launcher.count(Call::TrySource), 0, "nobody is asked");
    assert!(window.says("connect-fault-empty") && window.shows("England"));
    assert!(window.focuses("source-user"), "{:?}", window.focused());
    window.write("x").await;
    assert!(!window.says("connect-fault-empty"), "an error goes as its field is edited");
    assert!(window.shows("England"), "the other one stays");
}

#[tokio::test(start_paused = true)]
async fn both_sides_that_work_lead_to_the_review_and_are_kept() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    let (source, password) = bench.launcher.sources()[0].clone();
    assert_eq!((source.user_name.as_str(), password.as_str()), ("CONTOSO\\mig", "source password"));
    assert_eq!(source.ews_url, None);
    let (target, secret) = bench.launcher.targets()[0].clone();
    assert_eq!((target.usage_location.as_str(), secret.as_deref()), ("GB", Some("target secret")));
    assert_eq!(bench.launcher.opened()[0].1, Keeping::Sealed);
    let file = bench.shelf.path().join("contoso.com--contoso.com.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(!written.contains("source password") && !written.contains("target secret"), "{written}");
    assert_eq!(Settings::read(&file).unwrap().run.mailboxes_at_a_time, 3);
    let kept: Vec<_> = bench.vault.kept().into_values().collect();
    assert_eq!(kept, ["source password", "target secret"]);
}

#[tokio::test(start_paused = true)]
async fn without_a_keyring_nothing_is_promised_and_without_a_tick_nothing_is_kept() {
    let bench = Bench::contoso();
    bench.vault.lose();
    let mut window = filled(&bench).await;
    assert!(window.says("connect-no-keyring") && !window.has("keep-passwords"));
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert!(bench.vault.kept().is_empty());

    let bench = Bench::contoso();
    bench.vault.put("exchange contoso.com contoso\\mig", "an older one");
    let mut window = filled(&bench).await;
    window.click_id("keep-passwords").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert!(bench.vault.kept().is_empty(), "what was kept earlier is taken away");
}

#[tokio::test(start_paused = true)]
async fn a_test_can_be_given_up_at_any_moment_and_late_answers_are_dropped() {
    for call in [Call::TrySource, Call::TryTarget, Call::Open] {
        let bench = Bench::contoso();
        bench.launcher.plan(call, Turn::Hang);
        let mut window = filled(&bench).await;
        window.click_id("footer-primary").await;
        assert!(window.says("connect-testing-title"), "{call:?}: {:#?}", window.texts());
        assert!(!window.has("footer-back"));
        window.key(Named::Escape).await;
        assert_eq!(bench.launcher.given_up(call), 1, "{call:?}");
        bench.launcher.release();
        window.settle().await;
        assert_eq!(window.step(), Step::Connect);
        window.click_id("footer-primary").await;
        window.until("the review", |window| window.step() == Step::Review).await;
        let (_, password) = bench.launcher.sources().pop().unwrap();
        assert_eq!(password, "source password", "nothing typed is lost");
    }
}

#[tokio::test(start_paused = true)]
async fn a_survey_can_be_given_up_and_lets_go_of_the_migration() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    bench.launcher.world.misbehave(|request| match (request.operation, request.nth) {
        ("source.survey", 0) => Fault::Hang,
        _ => Fault::None,
    });
    window.click_id("footer-primary").await;
    assert!(window.says("connect-step-survey"));
    assert!(bench.launcher.migration().is_err(), "it is open");
    window.click("Cancel").await;
    drop(bench.launcher.migration().unwrap());
    assert_eq!(window.step(), Step::Connect);
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
}

#[tokio::test(start_paused = true)]
async fn what_reading_the_address_lists_waits_for_is_said() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    let busy = busy(Side::Source, 300);
    bench.launcher.world.misbehave(move |request| match (request.operation, request.nth) {
        ("source.survey", 0) => Fault::Fail(busy.clone()),
        _ => Fault::None,
    });
    window.click_id("footer-primary").await;
    window.until("the waiting", |window| window.shows("Waiting for the Exchange server until")).await;
    window.until("the review", |window| window.step() == Step::Review).await;
}

#[tokio::test(start_paused = true)]
async fn next_pressed_twice_tests_once() {
    let bench = Bench::contoso();
    bench.launcher.plan(Call::TrySource, Turn::Hang);
    let mut window = filled(&bench).await;
    window.double_click_id("footer-primary").await;
    assert_eq!(bench.launcher.count(Call::TrySource), 1);
}

#[tokio::test(start_paused = true)]
async fn a_failure_stays_in_its_form_with_its_remedy_and_the_field_to_mend() {
    for (call, side, guidance, field) in [
        (Call::TrySource, Side::Source, Guidance::SourcePasswordWrong, "source-password"),
        (Call::TryTarget, Side::Target, Guidance::TargetSecretWrong, "target-secret"),
        (Call::TryTarget, Side::Target, Guidance::TargetTenantUnknown, "target-tenant"),
    ] {
        let bench = Bench::contoso();
        let failed = problem(side, guidance).with("user", "u").with("client", "c").with("tenant", "t");
        bench.launcher.plan(call, Turn::Fail(failed.clone()));
        let mut window = filled(&bench).await;
        window.click_id("footer-primary").await;
        assert_eq!(window.step(), Step::Connect);
        assert!(shows_problem(&mut window, &failed), "{guidance:?}: {:#?}", window.texts());
        assert_eq!(window.focused(), Some(field.into()));
        window.click_id("footer-primary").await;
        window.until("the review", |window| window.step() == Step::Review).await;
        assert_eq!(bench.launcher.count(Call::TrySource), 2, "both are tested again");
    }
}

#[tokio::test(start_paused = true)]
async fn what_fails_on_this_computer_is_told_above_both_forms() {
    let bench = Bench::contoso();
    let busy = problem(Side::Here, Guidance::LedgerBusy).with("holder", "another window");
    bench.launcher.plan(Call::Open, Turn::Fail(busy.clone()));
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    assert!(shows_problem(&mut window, &busy));
    assert_eq!(window.step(), Step::Connect);
}

#[tokio::test(start_paused = true)]
async fn where_autodiscover_fails_the_typed_form_opens_with_what_was_found() {
    let bench = Bench::contoso();
    let asked = "https://autodiscover.contoso.com/autodiscover/autodiscover.xml".to_owned();
    *bench.launcher.steps.lock().unwrap() = vec![
        SourceStep::Asking(asked.clone()),
        SourceStep::NotThere { url: asked.clone(), why: "certificate" },
        SourceStep::Found("https://mail.contoso.com/EWS/Exchange.asmx".to_owned()),
    ];
    bench.launcher.plan(Call::TrySource, Turn::Fail(no_autodiscover()));
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    assert!(shows_problem(&mut window, &no_autodiscover()));
    assert!(window.says("connect-remedy-autodiscover"), "the address may be misspelt");
    let found = window.value("source-server");
    assert_eq!(found.as_deref(), Some("https://mail.contoso.com/EWS/Exchange.asmx"));
    assert!(window.focuses("source-server"), "{:?}", window.focused());
    window.click_id("source-asked").await;
    assert!(window.shows(&asked) && window.shows("not trusted by this computer, so no password was sent"));
    assert_eq!(window.value("source-user").as_deref(), Some("CONTOSO\\mig"), "what was typed stays");
    window.fill("source-server", "mail.contoso.com").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    let (source, _) = bench.launcher.sources().pop().unwrap();
    assert_eq!(source.ews_url.as_deref(), Some("https://mail.contoso.com/EWS/Exchange.asmx"));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_host_gets_the_password_only_after_yes() {
    let bench = Bench::contoso();
    bench.launcher.plan(Call::TrySource, Turn::Fail(unconfirmed()));
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    assert!(window.shows("Is mail.hoster.example your Exchange server?"));
    assert_eq!(bench.launcher.count(Call::TrySource), 1);
    window.key(Named::Escape).await;
    assert!(!window.shows("Is mail.hoster.example your Exchange server?"));
    assert!(shows_problem(&mut window, &unconfirmed()));
    bench.launcher.plan(Call::TrySource, Turn::Fail(unconfirmed()));
    window.click_id("footer-primary").await;
    window.click_id("host-confirm").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    let hosts: Vec<_> = bench.launcher.sources().into_iter().map(|(source, _)| source.confirmed_hosts).collect();
    assert_eq!(hosts, [vec![], vec![], vec!["mail.hoster.example".to_owned()]]);
}

#[tokio::test(start_paused = true)]
async fn the_outside_name_is_tried_where_the_server_itself_cannot_be_reached() {
    let bench = Bench::contoso();
    let gone = problem(Side::Source, Guidance::SourceUnreachable).with("host", "exch.contoso.local");
    bench.launcher.plan(Call::TrySource, Turn::Fail(gone.clone()));
    let mut window = filled(&bench).await;
    window.click_id("source-method").await;
    window.fill("source-server", "exch.contoso.local").await;
    window.click_id("source-more").await;
    window.fill("source-proxy", "mail.contoso.com").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    let urls: Vec<_> = bench.launcher.sources().into_iter().filter_map(|(source, _)| source.ews_url).collect();
    let expected = ["https://exch.contoso.local/EWS/Exchange.asmx", "https://mail.contoso.com/EWS/Exchange.asmx"];
    assert_eq!(urls, expected);
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_goes_the_whole_way_and_leaves_nothing_behind() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.click_id("begin-practise").await;
    assert!(!window.has("keep-passwords"));
    assert!(window.value("source-password").is_none(), "a password cannot be read out of the window");
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.sources()[0].1, "practice password");
    assert_eq!(bench.launcher.opened()[0].1, Keeping::InMemory);
    assert!(bench.vault.kept().is_empty());
    assert_eq!(std::fs::read_dir(bench.shelf.path()).unwrap().count(), 0);
    assert_eq!(bench.launcher.rehearsals(), 1, "it runs on");
}

#[tokio::test(start_paused = true)]
async fn back_from_the_review_the_answers_stand_and_what_is_changed_is_tested_anew() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    window.click_id("footer-back").await;
    assert_eq!(window.step(), Step::Connect);
    assert_eq!(window.value("source-user").as_deref(), Some("CONTOSO\\mig"));
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.count(Call::TrySource), 1, "nothing was changed: nothing is tested");
    window.click_id("footer-back").await;
    window.fill("source-user", "CONTOSO\\other").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!((bench.launcher.count(Call::TrySource), bench.launcher.count(Call::Open)), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn files_are_browsed_for_and_a_cancelled_dialog_changes_nothing() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.click_id("source-more").await;
    window.click_id("source-authority-browse").await;
    assert_eq!(window.value("source-authority").as_deref(), Some(""));
    bench.desktop.will_pick("/etc/our-ca.pem");
    window.click_id("source-authority-browse").await;
    assert_eq!(window.value("source-authority").as_deref(), Some("/etc/our-ca.pem"));
    assert_eq!(bench.desktop.asked(), ["Private certificate authority"; 2]);
}

#[tokio::test(start_paused = true)]
async fn a_password_recalled_for_another_page_is_not_filled_in() {
    use cutover::gui::app::Message;
    use cutover::gui::page::connect::{Field, Message as Here};
    use cutover::gui::services::Secret;
    use cutover::gui::wizard;
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.fill("source-password", "").await;
    let name = "exchange contoso.com contoso\\mig".to_owned();
    let late = Here::Recalled(u64::MAX, Field::Password, name, Some(Secret("another's".to_owned())));
    window.tell(Message::Wizard(wizard::Message::Connect(late))).await;
    window.click_id("footer-primary").await;
    assert_eq!(bench.launcher.count(Call::TrySource), 0, "the password is still missing");
    assert!(window.focuses("source-password"), "{:?}", window.focused());
}

/// A migration on the shelf, as the window leaves it.
fn shelve(bench: &Bench, domain: &str) {
    let text = format!(
        "[source]\nemail = \"mig@{domain}\"\nuser_name = 'CONTOSO\\mig'\nrpc_proxy = \"out.{domain}\"\n\
         ews_url = \"https://in.{domain}/EWS/Exchange.asmx\"\nrooms = [\"room@{domain}\"]\n\
         [target]\ntenant = \"{domain}\"\nclient_id = \"1234\"\nusage_location = \"DE\"\n"
    );
    let settings: Settings = toml::from_str(&text).unwrap();
    settings.write(&cutover::shelf::place(bench.shelf.path(), &settings)).unwrap();
}

#[tokio::test(start_paused = true)]
async fn whoever_goes_on_types_the_password_where_it_belongs() {
    let bench = Bench::contoso();
    shelve(&bench, "contoso.com");
    let mut window = bench.window().await;
    window.settle().await;
    window.click_id("kept-0").await;
    window.until("the settings", |window| window.value("source-email").as_deref() == Some("mig@contoso.com")).await;
    window.settle().await;
    assert!(window.focuses("source-password"), "{:?}", window.focused());
}

#[tokio::test(start_paused = true)]
async fn a_new_migration_begins_with_the_last_settings_and_with_passwords_only_for_the_same_account() {
    let bench = Bench::contoso();
    shelve(&bench, "contoso.com");
    bench.vault.put("exchange contoso.com contoso\\mig", "its password");
    bench.vault.put("microsoft365 contoso.com 1234", "its secret");
    let mut window = bench.window().await;
    window.click("Give the settings by hand").await;
    window.click_id("footer-primary").await;
    window.until("the settings", |window| window.value("source-server").as_deref() == Some("in.contoso.com")).await;
    assert_eq!(window.value("target-location").as_deref(), Some("DE"));
    assert!(window.has("source-rooms"), "another company's rooms would be seen");
    window.click_id("source-more").await;
    assert_eq!(window.value("source-proxy").as_deref(), Some("out.contoso.com"), "the hint is there again");
    // Another account's server must not get this one's password; the other side is the same.
    window.fill("source-email", "mig@fabrikam.com").await;
    window.click_id("footer-primary").await;
    assert_eq!(bench.launcher.count(Call::TrySource), 0);
    assert!(window.focuses("source-password"), "{:?}", window.focused());
    window.fill("source-email", "mig@contoso.com").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.sources()[0].1, "its password");
    assert_eq!(bench.launcher.targets()[0].1.as_deref(), Some("its secret"));
    // What was typed is not the keyring's to take away.
    window.click_id("footer-back").await;
    window.fill("source-password", "typed").await;
    window.fill("source-user", "CONTOSO\\other").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.sources()[1].1, "typed");
}

#[tokio::test(start_paused = true)]
async fn the_outside_name_is_kept_with_the_settings() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.click_id("source-method").await;
    window.fill("source-server", "in.contoso.com").await;
    window.click_id("source-more").await;
    window.fill("source-proxy", "out.contoso.com").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    let file = bench.shelf.path().join("contoso.com--contoso.com.toml");
    assert_eq!(Settings::read(&file).unwrap().source.rpc_proxy.as_deref(), Some("out.contoso.com"));
}

#[tokio::test(start_paused = true)]
async fn going_back_and_forth_keeps_the_answers_of_the_review_also_after_another_test() {
    let bench = Bench::contoso();
    let mut window = filled(&bench).await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    window.fill("review-reports", "/srv/reports").await;
    window.click_id("footer-back").await;
    window.click_id("footer-primary").await;
    assert_eq!((window.step(), bench.launcher.count(Call::TrySource)), (Step::Review, 1), "nothing is tested twice");
    assert_eq!(window.value("review-reports").as_deref(), Some("/srv/reports"));
    window.click_id("footer-back").await;
    window.fill("source-password", "another password").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.count(Call::TrySource), 2);
    assert_eq!(window.value("review-reports").as_deref(), Some("/srv/reports"));
}

#[tokio::test(start_paused = true)]
async fn the_keyboard_begins_at_the_first_field_of_either_form() {
    let mut window = Bench::contoso().window().await;
    window.click("Give the settings by hand").await;
    window.click_id("footer-primary").await;
    assert!(window.focuses("source-server"), "{:?}", window.focused());
}

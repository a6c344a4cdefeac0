//! The welcome page: a choice is needed, a rehearsal can be had and given up, and unfinished migrations are found again.

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::gui::wizard::Step;
use cutover::settings::Settings;
use cutover::shelf;
use iced_test::core::keyboard::Key;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;

use crate::support::{Bench, Call, Turn};

fn unavailable() -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::PracticeUnavailable).with("reason", "no port is free")
}

fn keep(bench: &Bench, domain: &str) -> std::path::PathBuf {
    let text = format!(
        "[source]\nemail = \"mig@{domain}\"\nuser_name = 'CONTOSO\\mig'\n\
         [target]\ntenant = \"{domain}.onmicrosoft.test\"\nclient_id = \"c\"\nusage_location = \"GB\"\n"
    );
    let settings: Settings = toml::from_str(&text).unwrap();
    let file = shelf::place(bench.shelf.path(), &settings);
    settings.write(&file).unwrap();
    file
}

#[tokio::test(start_paused = true)]
async fn next_without_a_choice_says_what_is_missing_and_goes_there() {
    let mut window = Bench::contoso().window().await;
    assert!(window.focuses("begin-method"), "{:?}", window.focused());
    assert!(!window.says("welcome-choose-first"));
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Welcome);
    assert!(window.says("welcome-choose-first"));
    assert!(window.focuses("begin-method"), "{:?}", window.focused());
    window.click("Give the settings by hand").await;
    assert!(!window.says("welcome-choose-first"));
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Connect);
    assert!(window.has("source-server"), "the typed form opens");
}

#[tokio::test(start_paused = true)]
async fn the_first_page_begins_at_its_top_also_if_what_has_the_keyboard_is_further_down() {
    let mut window = Bench::contoso().window_of(700.0, 500.0).await;
    assert!(window.focuses("begin-method"), "{:?}", window.focused());
    let title = window.say("welcome-title");
    let seen = window.written().into_iter().find(|written| written.words == title).and_then(|title| title.seen);
    assert!(seen.is_some_and(|seen| seen.height > 20.0), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn the_keyboard_alone_chooses_and_goes_on() {
    let mut window = Bench::contoso().window().await;
    window.key(Named::ArrowDown).await;
    window.chord(Key::Character("n".into()), Modifiers::ALT).await;
    assert_eq!(window.step(), Step::Connect);
    assert!(window.focuses("source-email"), "{:?}", window.focused());
}

#[tokio::test(start_paused = true)]
async fn the_way_back_keeps_the_choice_and_the_answers() {
    let mut window = Bench::contoso().window().await;
    window.click("Detect the settings with Autodiscover").await;
    window.click_id("footer-primary").await;
    window.fill("source-user", "CONTOSO\\mig").await;
    window.click_id("footer-back").await;
    assert_eq!(window.step(), Step::Welcome);
    window.click("Give the settings by hand").await;
    window.click_id("footer-primary").await;
    assert_eq!(window.value("source-user").as_deref(), Some("CONTOSO\\mig"));
    assert!(window.has("source-server"), "the other way has its own fields");
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_begins_once_however_often_it_is_asked_for_and_says_that_it_is_one() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.double_click_id("begin-practise").await;
    assert_eq!((bench.launcher.count(Call::Practise), bench.launcher.rehearsals()), (1, 1));
    assert_eq!(window.step(), Step::Connect);
    assert!(window.says("window-practice"));
    assert_eq!(window.value("source-email").as_deref(), Some("migration@alder.example"));
    window.click_id("footer-back").await;
    assert!(!window.says("window-practice"));
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_that_takes_long_can_be_given_up_and_its_late_answer_changes_nothing() {
    let bench = Bench::contoso();
    bench.launcher.plan(Call::Practise, Turn::Hang);
    let mut window = bench.window().await;
    window.click_id("begin-practise").await;
    assert!(window.says("welcome-practice-starting"));
    window.click("Give the settings by hand").await;
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Welcome, "nothing else begins meanwhile");
    window.key(Named::Escape).await;
    assert!(!window.says("welcome-practice-starting"));
    assert_eq!(bench.launcher.given_up(Call::Practise), 1);
    bench.launcher.release();
    window.settle().await;
    assert_eq!((window.step(), bench.launcher.rehearsals()), (Step::Welcome, 0));
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_that_cannot_begin_says_why_and_what_to_do() {
    let bench = Bench::contoso();
    bench.launcher.plan(Call::Practise, Turn::Fail(unavailable()));
    let mut window = bench.window().await;
    window.click_id("begin-practise").await;
    assert_eq!(window.step(), Step::Welcome);
    let (message, remedy) = {
        let words = window.app().look().words;
        (words.message(&unavailable()), words.remedy(&unavailable()))
    };
    assert!(window.shows(&message) && window.shows(&remedy));
    window.click_id("begin-practise").await;
    assert_eq!(window.step(), Step::Connect, "the second try works");
}

#[tokio::test(start_paused = true)]
async fn what_is_needed_opens_with_commands_and_pages_to_take_along() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    assert!(!window.shows("Receive-As"));
    window.click_id("need-account").await;
    assert!(window.shows("Receive-As"));
    let command = "New-ManagementRoleAssignment -Name Cutover -Role ApplicationImpersonation -User migration";
    assert!(window.shows(command));
    window.click_id("need-account").await;
    assert!(!window.shows("Receive-As"));
    window.click_id("need-domains").await;
    window.click("Open Domains in the admin centre").await;
    assert_eq!(bench.desktop.opened(), ["https://admin.microsoft.com/#/Domains"]);
    bench.desktop.refuse("no browser");
    window.click("Open Domains in the admin centre").await;
    assert!(window.says("welcome-not-opened"));
    assert!(window.shows("https://admin.microsoft.com/#/Domains"), "the address can be read all the same");
}

#[tokio::test(start_paused = true)]
async fn an_unfinished_migration_goes_on_with_its_settings_and_passwords() {
    let bench = Bench::contoso();
    keep(&bench, "contoso.com");
    bench.vault.put("exchange contoso.com contoso\\mig", "kept password");
    let mut window = bench.window().await;
    assert!(window.shows("contoso.com → contoso.com.onmicrosoft.test"));
    window.click("contoso.com → contoso.com.onmicrosoft.test").await;
    assert_eq!(window.step(), Step::Connect);
    assert_eq!(window.value("source-email").as_deref(), Some("mig@contoso.com"));
    assert_eq!(window.value("target-tenant").as_deref(), Some("contoso.com.onmicrosoft.test"));
    window.fill("target-secret", "s").await;
    window.click_id("footer-primary").await;
    let (source, password) = bench.launcher.sources().pop().unwrap();
    assert_eq!((source.user_name.as_str(), password.as_str()), ("CONTOSO\\mig", "kept password"));
}

#[tokio::test(start_paused = true)]
async fn a_migration_that_cannot_be_read_is_listed_with_its_problem() {
    let bench = Bench::contoso();
    let file = keep(&bench, "contoso.com");
    std::fs::write(&file, "[source").unwrap();
    let mut window = bench.window().await;
    assert!(window.shows("contoso.com → contoso.com.onmicrosoft.test"));
    assert!(window.shows("cannot be read"));
    window.click("contoso.com → contoso.com.onmicrosoft.test").await;
    assert_eq!(window.step(), Step::Welcome);
}

#[tokio::test(start_paused = true)]
async fn the_list_is_read_again_whenever_the_page_is_opened() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.click("Detect the settings with Autodiscover").await;
    window.click_id("footer-primary").await;
    keep(&bench, "fabrikam.com");
    window.click_id("footer-back").await;
    window.until("the list", |window| window.shows("fabrikam.com → fabrikam.com.onmicrosoft.test")).await;
    window.click("fabrikam.com → fabrikam.com.onmicrosoft.test").await;
    assert_eq!(window.value("source-email").as_deref(), Some("mig@fabrikam.com"));
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_begun_at_the_foot_of_the_page_is_in_sight_in_a_small_window() {
    let bench = Bench::contoso();
    bench.launcher.plan(Call::Practise, Turn::Hang);
    let mut window = bench.window_of(512.0, 350.0).await;
    window.click_id("footer-other").await;
    assert!(window.focuses("begin-practise-cancel"), "{:?}", window.focused());
    window.key(Named::Escape).await;
    bench.launcher.plan(Call::Practise, Turn::Fail(unavailable()));
    window.click_id("footer-other").await;
    assert!(window.focuses("begin-practise"), "{:?}", window.focused());
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_waits_while_somebody_practises() {
    let mut window = Bench::contoso().window().await;
    window.click("Detect the settings with Autodiscover").await;
    window.click_id("footer-primary").await;
    window.fill("source-user", "CONTOSO\\mig").await;
    window.click_id("footer-back").await;
    window.click_id("begin-practise").await;
    assert_eq!(window.value("source-email").as_deref(), Some("migration@alder.example"));
    window.click_id("footer-back").await;
    window.click_id("footer-primary").await;
    assert_eq!(window.value("source-user").as_deref(), Some("CONTOSO\\mig"));
    assert_ne!(window.value("source-email").as_deref(), Some("migration@alder.example"), "nothing of the rehearsal");
    assert!(!window.says("window-practice"));
}

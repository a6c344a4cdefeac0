//! From page to page: what is kept, what is over, and whose answers count.

use std::time::Duration;

use cutover::gui::app::Message;
use cutover::gui::page::live::Stopping;
use cutover::gui::page::{complete, review, run};
use cutover::gui::wizard::{self, Step};
use tokio::time::Instant;

use crate::resting::resting;
use crate::run::DAY;
use crate::support::{Bench, Call, Window};

/// Stops the batch at once.
pub fn stop_now() -> Message {
    Message::Wizard(wizard::Message::Run(run::Message::StopAs(Stopping::Now)))
}

async fn at_rest(window: &mut Window) {
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    window.settle().await;
}

/// A window whose first batch is done, on the last page.
async fn before_completing(bench: &Bench) -> Window {
    let mut window = bench.window().await;
    window.walk_to_run(bench.shelf.path().join("Reports").to_str().unwrap()).await;
    at_rest(&mut window).await;
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Complete);
    window
}

fn reachable(window: &Window) -> Vec<Step> {
    let wizard = window.app().wizard();
    Step::ALL.into_iter().filter(|step| wizard.may_go_to(*step)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_completed_migration_leads_to_no_earlier_page() {
    let bench = Bench::contoso();
    let mut window = before_completing(&bench).await;
    assert_eq!(reachable(&window), [Step::Run]);
    window.click_id("footer-primary").await;
    window.click_id("live-confirm").await;
    at_rest(&mut window).await;
    assert!(window.says("complete-title-done"));
    assert_eq!(reachable(&window), []);
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Welcome);
}

#[tokio::test(start_paused = true)]
async fn a_completion_begins_when_the_synchronisation_behind_the_page_has_ended() {
    let bench = Bench::contoso();
    let mut window = before_completing(&bench).await;
    bench.launcher.world.state().latency = Duration::from_secs(3);
    tokio::time::sleep(DAY).await;
    window.until("the synchronisation", |window| window.app().wizard().is_busy()).await;
    assert!(window.says("complete-behind"));
    window.click_id("footer-primary").await;
    assert!(window.says("complete-ask-behind"));
    window.click_id("live-confirm").await;
    assert!(window.says("complete-queued"));
    assert_eq!(reachable(&window), [], "the page stays while it waits");
    let notified = bench.desktop.notified().len();
    window.until("its turn", |window| window.says("complete-lead-busy")).await;
    assert_eq!(bench.desktop.notified().len(), notified, "only what was waited for is worth a word");
    at_rest(&mut window).await;
    assert!(window.says("complete-title-done"));
    assert_eq!(bench.desktop.notified().last().unwrap().1, "The migration is completed.");
}

#[tokio::test(start_paused = true)]
async fn a_synchronisation_that_falls_due_waits_while_a_completion_goes_on() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    tokio::time::sleep(DAY + Duration::from_secs(60)).await;
    sheet.page.hold_off(true);
    sheet.tell(cutover::gui::page::run::Message::Due);
    sheet.settle().await;
    assert!(!sheet.page.is_busy());
    sheet.page.hold_off(false);
    sheet.tell(cutover::gui::page::run::Message::Due);
    sheet.until("its turn", |sheet| sheet.page.is_busy()).await;
}

#[tokio::test(start_paused = true)]
async fn what_falls_due_behind_a_completion_begins_when_that_has_ended_without_completing() {
    let bench = Bench::contoso();
    let mut window = before_completing(&bench).await;
    tokio::time::sleep(DAY - Duration::from_secs(600)).await;
    window.settle().await;
    let world = bench.launcher.world.clone();
    let before = world.count("source.survey");
    world.state().latency = Duration::from_secs(60);
    window.click_id("footer-primary").await;
    window.click_id("live-confirm").await;
    let confirmed = Instant::now();
    window.until("the moment when it is due", |_| confirmed.elapsed() > Duration::from_secs(900)).await;
    assert!(window.says("complete-lead-busy"));
    assert_eq!(world.count("source.survey"), before + 1, "only the completion asks who is there");
    window.tell(Message::Wizard(wizard::Message::Complete(complete::Message::StopAs(Stopping::Now)))).await;
    window.until("its turn", |window| window.says("complete-behind")).await;
    window.until("its survey", |_| world.count("source.survey") == before + 2).await;
}

#[tokio::test(start_paused = true)]
async fn a_look_at_the_connection_settings_keeps_what_was_chosen_for_the_batch() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.walk_to_review().await;
    window.fill("review-reports", "/somewhere/else").await;
    window.click_id("footer-back").await;
    assert_eq!(window.step(), Step::Connect);
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Review);
    assert_eq!(window.value("review-reports").as_deref(), Some("/somewhere/else"));
    assert_eq!(bench.launcher.count(Call::Open), 1);
}

#[tokio::test(start_paused = true)]
async fn answers_for_a_page_that_was_replaced_do_not_reach_the_one_in_its_place() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.walk_to_review().await;
    window.click_id("footer-back").await;
    window.fill("source-password", "another password").await;
    window.click_id("footer-primary").await;
    window.until("the review", |window| window.step() == Step::Review).await;
    assert_eq!(bench.launcher.count(Call::Open), 2);
    let back = || Box::new(wizard::Message::Review(review::Message::Back));
    // Welcome, connection, the first review; this is the fourth page.
    window.tell(Message::Wizard(wizard::Message::Answer(3, back()))).await;
    assert_eq!(window.step(), Step::Review);
    window.tell(Message::Wizard(wizard::Message::Answer(4, back()))).await;
    assert_eq!(window.step(), Step::Connect);
}

//! The window itself: closing it, its size, and which of the things on screen hears the keyboard.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use cutover::gui::app::Message;
use cutover::gui::page::{live, run};
use cutover::gui::start::application;
use cutover::gui::wizard::{self, Step};
use cutover::preferences::Preferences;
use iced::Size;
use iced::keyboard::key::Named;
use iced_test::program::Program;
use jiff::SignedDuration;

use crate::memory::Fault;
use crate::support::{Bench, Window, now};

/// A window in which a batch runs that comes to its end only when the world behaves again.
async fn running(bench: &Bench) -> Window {
    let mut window = bench.window().await;
    bench.launcher.world.misbehave(|request| match request.operation {
        "target.create_mailbox" => Fault::Hang,
        _ => Fault::None,
    });
    window.walk_to_run(bench.shelf.path().join("Reports").to_str().unwrap()).await;
    window.until("the batch", |window| window.says("run-active")).await;
    window
}

#[tokio::test(start_paused = true)]
async fn a_window_with_nothing_going_on_closes_at_once() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.tell(Message::CloseAsked).await;
    assert!(window.is_closed());
}

#[tokio::test(start_paused = true)]
async fn closing_in_the_middle_of_a_batch_asks_and_enter_is_the_safe_way_out() {
    let bench = Bench::contoso();
    let mut window = running(&bench).await;
    window.tell(Message::CloseAsked).await;
    assert!(window.says("window-close-title") && window.focuses("close-stay"));
    window.key(Named::Enter).await;
    assert!(!window.says("window-close-title") && !window.is_closed());
    assert!(window.app().wizard().is_busy());
}

#[tokio::test(start_paused = true)]
async fn a_question_too_tall_for_the_window_is_read_from_its_title_on() {
    let bench = Bench::contoso();
    let mut window = running(&bench).await;
    window.resize(240.0, 180.0).await;
    for (message, title, stay) in [
        (Message::CloseAsked, "window-close-title", "close-stay"),
        (Message::Wizard(wizard::Message::Run(run::Message::Stop)), "run-stop-title", live::KEEP_GOING),
    ] {
        window.tell(message).await;
        let title = window.say(title);
        let seen = window.written().into_iter().find(|written| written.words == title).and_then(|title| title.seen);
        assert!(seen.is_some() && window.focuses(stay), "{title}: {:?}", window.focused());
        window.key(Named::Enter).await;
        assert!(!window.shows(&title) && window.app().wizard().is_busy(), "{title}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_stays_finds_the_page_and_the_keyboard_where_they_were() {
    let bench = Bench::contoso();
    let mut window = running(&bench).await;
    window.click_id("run-refresh").await;
    let before = (window.focused(), window.controls());
    assert!(window.focuses("run-refresh"), "{:?}", window.focused());
    for key in [Named::Escape, Named::Enter] {
        window.tell(Message::CloseAsked).await;
        assert!(window.focuses("close-stay"));
        window.key(key).await;
        assert_eq!((window.focused(), window.controls()), before);
    }
}

#[tokio::test(start_paused = true)]
async fn how_long_ago_something_was_is_told_anew_as_time_passes() {
    static LATER: AtomicI64 = AtomicI64::new(0);
    let bench = Bench::contoso();
    let mut start = bench.start();
    start.clock = || now() + SignedDuration::from_secs(LATER.load(Relaxed));
    let mut window = Window::open(start, Size::new(1_180.0, 860.0)).await;
    window.walk_to_run(bench.shelf.path().join("Reports").to_str().unwrap()).await;
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    window.settle().await;
    assert!(window.shows("59 minutes ago"), "{:#?}", window.texts());
    LATER.store(3 * 60 * 60, Relaxed);
    window.until("the time", |window| !window.shows("59 minutes ago") && window.shows("today")).await;
}

#[tokio::test(start_paused = true)]
async fn asking_again_does_not_call_off_a_window_that_is_closing() {
    let bench = Bench::contoso();
    let mut window = running(&bench).await;
    window.put(Message::CloseAsked);
    window.put(Message::CloseAnyway);
    assert!(window.says("window-close-stopping-title"));
    window.put(Message::CloseAsked);
    assert!(window.says("window-close-stopping-title") && !window.says("window-close-title"));
    window.until("the end", |window| window.is_closed()).await;
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_meanwhile_is_not_asked_about() {
    let bench = Bench::contoso();
    let mut window = running(&bench).await;
    window.put(Message::CloseAsked);
    assert!(window.says("window-close-title"));
    bench.launcher.world.behave();
    window.put(crate::wizard::stop_now());
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    assert!(!window.says("window-close-title") && !window.is_closed());
}

#[tokio::test(start_paused = true)]
async fn size_and_place_are_kept_and_a_maximised_window_keeps_the_size_it_had() {
    let bench = Bench::contoso();
    let file = bench.shelf.path().join("preferences.toml");
    let mut start = bench.start();
    start.preferences = Some(file.clone());
    let mut window = Window::open(start, Size::new(1_180.0, 860.0)).await;
    window.tell(Message::Stands(Size::new(900.0, 700.0), false)).await;
    window.tell(Message::Stands(Size::new(1_920.0, 1_080.0), true)).await;
    let kept = Preferences::load(&file);
    assert_eq!((kept.window_width, kept.window_height, kept.maximised), (900, 700, true));
    window.tell(Message::Stands(Size::new(900.0, 700.0), false)).await;
    assert!(!Preferences::load(&file).maximised);
}

#[test]
fn larger_text_makes_no_larger_window() {
    for (percent, size) in [(100, Size::new(1_000.0, 720.0)), (200, Size::new(500.0, 360.0))] {
        let mut bench = Bench::contoso();
        bench.preferences.text_percent = percent;
        let window = Program::window(&application(bench.start(), None)).unwrap();
        // Iced makes the window larger by the scale of the text.
        assert_eq!(window.size, size);
    }
}

#[tokio::test(start_paused = true)]
async fn escape_shuts_the_question_over_the_page_before_the_menu_under_it() {
    let bench = Bench::contoso();
    let mut window = bench.window().await;
    window.walk_to_review().await;
    window.fill("review-reports", bench.shelf.path().join("Reports").to_str().unwrap()).await;
    window.click_id("language").await;
    assert!(window.says("window-language-system"));
    window.tell(Message::Key(cutover::gui::keys::Wish::Primary)).await;
    assert!(window.says("review-run-title"), "{:#?}", window.texts());
    window.key(Named::Escape).await;
    assert!(!window.says("review-run-title") && window.step() == Step::Review);
}

#[tokio::test(start_paused = true)]
async fn the_reports_folder_is_proposed_for_the_next_migration() {
    let bench = Bench::contoso();
    let file = bench.shelf.path().join("preferences.toml");
    let mut start = bench.start();
    start.preferences = Some(file.clone());
    let mut window = Window::open(start, Size::new(1280.0, 900.0)).await;
    let reports = bench.shelf.path().join("Reports");
    window.walk_to_run(reports.to_str().unwrap()).await;
    window.until("the folder", |_| Preferences::load(&file).reports.as_ref() == Some(&reports)).await;
}

//! What came last to the last two pages, by keyboard alone.

use std::time::Duration;

use cutover::gui::app::Message;
use cutover::gui::page::run;
use cutover::gui::page::run::brake;
use cutover::gui::wizard::{self, Step};
use iced_test::core::keyboard::key::Named;

use crate::support::{Bench, Window};

/// The most tab stops that a page has.
const MOST_STOPS: usize = 80;

async fn at_rest(window: &mut Window) {
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    window.settle().await;
}

/// Goes on to a control and presses a key there.
async fn press(window: &mut Window, id: &'static str, key: Named) {
    for _ in 0..MOST_STOPS {
        if window.focuses(id) {
            return window.key(key).await;
        }
        window.key(Named::Tab).await;
    }
    panic!("{id} cannot be reached; {:?} has the keyboard", window.focused());
}

#[tokio::test(start_paused = true)]
async fn a_decision_folders_and_a_waiting_completion_need_no_mouse() {
    let bench = Bench::contoso();
    let world = bench.launcher.world.clone();
    let more = ["anna@contoso.com", "ben@contoso.com"]
        .into_iter()
        .flat_map(|address| (0..60).map(move |n| (address, n)))
        .map(|(address, n)| (address, world.add_item(address, "s-Sent", &format!("{n}"))))
        .collect::<Vec<_>>();
    let mut window = bench.window().await;
    window.walk_to_run(bench.shelf.path().join("Reports").to_str().unwrap()).await;
    at_rest(&mut window).await;
    press(&mut window, "run-mailboxes", Named::Enter).await;
    window.settle().await;
    assert!(window.says("run-folders-arrived"));
    press(&mut window, "run-folders", Named::End).await;
    press(&mut window, "run-details-shut", Named::Enter).await;
    assert!(!window.says("run-folders-arrived"));

    more.iter().for_each(|(address, id)| drop(world.delete(address, id)));
    window.tell(Message::Wizard(wizard::Message::Run(run::Message::Synchronise))).await;
    at_rest(&mut window).await;
    press(&mut window, "live-brake-0", Named::Space).await;
    press(&mut window, brake::DELETE, Named::Enter).await;
    assert!(window.focuses(brake::LATER), "{:?}", window.focused());
    window.key(Named::Escape).await;
    assert!(window.focuses(brake::DELETE) && !window.says("run-brake-delete-sure"));
    press(&mut window, brake::DELETE, Named::Enter).await;
    press(&mut window, "live-brake-decide", Named::Enter).await;
    at_rest(&mut window).await;
    assert_eq!(world.state().target["anna@contoso.com"].deleted.len(), 60);
    assert_eq!(world.state().target["ben@contoso.com"].deleted.len(), 0);

    press(&mut window, "footer-primary", Named::Enter).await;
    assert_eq!(window.step(), Step::Complete);
    world.state().latency = Duration::from_secs(3);
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    window.until("the synchronisation", |window| window.app().wizard().is_busy()).await;
    press(&mut window, "footer-primary", Named::Enter).await;
    press(&mut window, "live-confirm", Named::Enter).await;
    assert!(window.says("complete-queued"));
    press(&mut window, "footer-other", Named::Enter).await;
    assert!(!window.says("complete-queued") && window.focuses("footer-primary"), "{:?}", window.focused());
    at_rest(&mut window).await;
    assert!(!window.says("complete-licences"), "it was called off");
}

/// The smallest window with text of twice its size.
#[tokio::test(start_paused = true)]
async fn where_the_window_is_low_the_page_has_the_room_and_the_keyboard_reaches_its_commands() {
    let bench = Bench::contoso();
    let (width, height) = (240.0, 180.0);
    let mut window = bench.window_of(width, height).await;
    let page = window.scrollers()[0].0;
    assert!(page.height > height * 0.6, "{page:?}");
    for _ in 0..MOST_STOPS {
        if window.focuses("footer-primary") {
            break;
        }
        window.key(Named::Tab).await;
    }
    let controls = window.controls();
    let (_, bounds, seen) = controls.iter().find(|(id, ..)| id == "footer-primary").unwrap();
    assert_eq!((seen.width, seen.height), (bounds.width, bounds.height));
}

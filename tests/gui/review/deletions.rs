//! What the review page offers to do with deletions: what the settings say, what somebody chooses, and how long it holds.

use cutover::engine::plan::Deletions;
use cutover::gui::page::review::Message;
use cutover::gui::session::Session;
use cutover::settings::Settings;
use cutover::shelf;

use super::run;
use super::sheet::Sheet;
use crate::support::Bench;

/// What the settings say of deletions.
fn set(session: &mut Session, deletions: Deletions) {
    let mut settings = Settings::clone(&session.settings);
    settings.run.deletions = deletions;
    session.settings = settings.into();
}

#[tokio::test(start_paused = true)]
async fn what_becomes_of_deletions_is_chosen_and_kept_for_another_day() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    assert!(sheet.says("review-deletions-follow") && sheet.says("review-deletions-keep"));
    sheet.tell(Message::Deletions(Deletions::Keep)).await;
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    let session = run(&mut sheet);
    assert_eq!((session.plan.options.deletions, session.options().deletions), (Deletions::Keep, Deletions::Keep));
    let kept = shelf::list(sheet.bench.shelf.path());
    assert_eq!(Settings::read(&kept[0].settings).unwrap().run, session.settings.run);
}

#[tokio::test(start_paused = true)]
async fn what_the_settings_file_says_of_many_deletions_is_shown_and_stays_unless_somebody_changes_it() {
    for (choice, wanted) in [(None, Deletions::FollowAll), (Some(Deletions::Follow), Deletions::Follow)] {
        let mut sheet = Sheet::with(Bench::contoso(), |session| set(session, Deletions::FollowAll)).await;
        assert!(sheet.says("review-deletions-all") && sheet.says("review-deletions-all-detail"));
        if let Some(choice) = choice {
            sheet.tell(Message::Deletions(choice)).await;
        }
        sheet.tell(Message::Run).await;
        sheet.tell(Message::RunNow).await;
        let session = run(&mut sheet);
        assert_eq!((session.plan.options.deletions, session.options().deletions), (wanted, wanted));
    }
    let mut sheet = Sheet::over(Bench::contoso()).await;
    assert!(!sheet.says("review-deletions-all"), "nobody is led to it");
}

#[tokio::test(start_paused = true)]
async fn what_becomes_of_deletions_outlives_new_tests_of_both_sides_and_new_settings_win() {
    for (changed, wanted) in [(false, Deletions::Keep), (true, Deletions::Follow)] {
        let mut first = Sheet::with(Bench::contoso(), move |session| {
            if changed {
                set(session, Deletions::Keep)
            }
        })
        .await;
        first.tell(Message::Deletions(Deletions::Keep)).await;
        let Sheet { sheet, bench: _bench } = first;
        let choices = sheet.page.leave();
        let mut again = Sheet::over(Bench::contoso()).await;
        let _task = again.page.take_up(choices);
        again.tell(Message::Run).await;
        again.tell(Message::RunNow).await;
        assert_eq!(run(&mut again).plan.options.deletions, wanted, "changed: {changed}");
    }
}

//! Checking again on the review page: what a new survey finds, and what one that fails or is given up leaves as it was.

use cutover::engine::port::SurveyProgress;
use cutover::engine::problem::{Guidance, Kind as Weight, Problem, Side};
use cutover::engine::recipient::MailboxKind;
use cutover::gui::page::Page;
use cutover::gui::page::review::again::Answer;
use cutover::gui::page::review::{Message, Outcome, Refusal, Review, Tab};
use cutover::gui::widget::table::Event;

use super::sheet::Sheet;
use super::{chosen, run};
use crate::memory::{Fault, busy};
use crate::support::Bench;

#[tokio::test(start_paused = true)]
async fn checking_again_finds_who_is_new_and_keeps_the_choice() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::Search("ben".to_owned())).await;
    sheet.tell(Message::Table(Event::Toggle(0))).await;
    sheet.bench.launcher.world.add_mailbox("new@contoso.com", MailboxKind::User);
    sheet.begin(Message::Check);
    assert!(sheet.page.is_busy() && sheet.says("review-checking"));
    // A second press, and Run, wait for it.
    sheet.begin(Message::Check);
    sheet.begin(Message::Run);
    assert_eq!(sheet.page.refusal(), Some(&Refusal::Checking));
    sheet.settle().await;
    assert!(!sheet.page.is_busy());
    assert_eq!(sheet.bench.launcher.world.count("source.survey"), 2);
    sheet.tell(Message::ShowAll).await;
    assert_eq!((sheet.page.recipients().all().len(), chosen(&sheet)), (8, 6));
    sheet.tell(Message::ChooseAll).await;
    sheet.bench.launcher.world.add_mailbox("newer@contoso.com", MailboxKind::User);
    sheet.tell(Message::Check).await;
    assert_eq!((sheet.page.recipients().all().len(), chosen(&sheet)), (9, 9));
}

#[tokio::test(start_paused = true)]
async fn a_check_that_was_cancelled_says_nothing_any_more() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.bench.launcher.world.misbehave(|request| match request.operation {
        "source.survey" => Fault::Hang,
        _ => Fault::None,
    });
    sheet.begin(Message::Check);
    sheet.settle().await;
    assert!(sheet.page.is_busy());
    assert!(matches!(sheet.page.escape(), Some(Message::CancelCheck)));
    sheet.tell(Message::CancelCheck).await;
    assert!(!sheet.page.is_busy());
    // The answer of the first check comes late.
    sheet.bench.launcher.world.behave();
    let problem = Problem::new(Weight::Run, Side::Source, Guidance::SourceUnreachable).with("host", "mail");
    sheet.tell(Message::Checked(1, Answer::Done(Err(problem.clone())))).await;
    sheet.tell(Message::Checked(1, Answer::Progress(SurveyProgress::default()))).await;
    assert!(!sheet.shows("cannot be reached") && !sheet.page.is_busy());
    sheet.begin(Message::Check);
    sheet.begin(Message::Checked(1, Answer::Done(Err(problem))));
    assert!(sheet.page.is_busy());
    sheet.settle().await;
    assert!(!sheet.shows("cannot be reached") && !sheet.page.is_busy());
}

#[tokio::test(start_paused = true)]
async fn a_check_that_fails_says_why_and_leaves_all_as_it_was() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.bench.launcher.world.misbehave(|request| match request.operation {
        "source.survey" => {
            Fault::Fail(Problem::new(Weight::Run, Side::Source, Guidance::SourceUnreachable).with("host", "mail"))
        }
        _ => Fault::None,
    });
    sheet.tell(Message::Check).await;
    assert!(sheet.shows("The Exchange server “mail” cannot be reached"));
    assert!(sheet.focuses("review-check"));
    assert_eq!(sheet.page.recipients().all().len(), 7);
    sheet.bench.launcher.world.behave();
    sheet.tell(Message::Check).await;
    assert!(!sheet.shows("cannot be reached"));
}

#[tokio::test(start_paused = true)]
async fn a_check_says_what_it_waits_for() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    let busy = busy(Side::Target, 20);
    sheet.bench.launcher.world.misbehave(move |request| match (request.operation, request.nth) {
        ("target.tenant", 1) => Fault::Fail(busy.clone()),
        _ => Fault::None,
    });
    sheet.begin(Message::Check);
    sheet.until("the waiting", |sheet| sheet.shows("Waiting for Microsoft 365 until")).await;
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    assert!(!sheet.shows("Waiting for Microsoft 365"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn back_gives_up_a_check_and_keeps_the_answers() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::Table(Event::Toggle(0))).await;
    sheet.begin(Message::Check);
    sheet.tell(Message::Back).await;
    assert!(matches!(sheet.outcomes[..], [Outcome::Back]) && !sheet.page.is_busy());
    let mut again = Sheet::over(Bench::contoso()).await;
    again.tell(Message::Run).await;
    again.tell(Message::RunNow).await;
    let fresh = Review::new(run(&mut again), &Bench::contoso().services());
    let left = std::mem::replace(&mut sheet.page, fresh).leave();
    assert_eq!(chosen(&sheet), 7);
    drop(sheet.page.take_up(left));
    assert_eq!(chosen(&sheet), 6);
}

#[tokio::test(start_paused = true)]
async fn a_check_that_ends_does_not_take_the_keyboard_from_who_works_elsewhere() {
    for (elsewhere, focused) in [(false, "review-check"), (true, "review tabs")] {
        let mut sheet = Sheet::over(Bench::contoso()).await;
        sheet.tell(Message::Show(Tab::Findings)).await;
        sheet.bench.launcher.world.misbehave(|request| match request.operation {
            "source.survey" => Fault::Hang,
            _ => Fault::None,
        });
        sheet.tell(Message::Check).await;
        assert!(sheet.focuses("review-check-cancel"));
        if elsewhere {
            sheet.tell(Message::Dismiss).await;
        }
        let problem = Problem::new(Weight::Run, Side::Source, Guidance::SourceUnreachable).with("host", "mail");
        sheet.tell(Message::Checked(1, Answer::Done(Err(problem)))).await;
        assert!(sheet.focuses(focused), "{elsewhere}");
    }
}

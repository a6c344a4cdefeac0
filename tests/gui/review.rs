//! The review page: what it shows, what it refuses and why, what it keeps, and that it starts once.

use std::time::Duration;

use cutover::engine::finding::Grade;
use cutover::engine::plan::Plan;
use cutover::engine::problem::Guidance;
use cutover::engine::recipient::{Address, Size};
use cutover::gui::page::Page;
use cutover::gui::page::review::picker;
use cutover::gui::page::review::recipients::Kind;
use cutover::gui::page::review::{Message, Outcome, Refusal, Tab, Wrong};
use cutover::gui::widget::table::Event;
use cutover::settings::Settings;
use cutover::shelf;

use crate::memory::group;
use crate::support::Bench;

#[path = "review/again.rs"]
mod again;
#[path = "review/deletions.rs"]
mod deletions;
#[path = "review/sheet.rs"]
mod sheet;

use sheet::{Sheet, crowd, fill};

/// The bytes of a gibibyte.
const GIB: u64 = 1 << 30;

fn names(sheet: &Sheet) -> Vec<String> {
    let recipients = sheet.page.recipients();
    (0..recipients.shown()).filter_map(|row| recipients.at(row)).map(|one| one.address.to_string()).collect()
}

fn chosen(sheet: &Sheet) -> usize {
    sheet.page.recipients().totals().chosen
}

fn run(sheet: &mut Sheet) -> cutover::gui::session::Session {
    let mut outcomes = std::mem::take(&mut sheet.outcomes).into_iter();
    let (Some(Outcome::Run(session)), None) = (outcomes.next(), outcomes.next()) else { panic!("not one run") };
    *session
}

#[tokio::test(start_paused = true)]
async fn it_tells_what_moves_and_what_is_in_the_way() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    assert_eq!(chosen(&sheet), 7);
    let totals = sheet.page.recipients().totals();
    assert_eq!((totals.mailboxes, totals.groups, totals.contacts, totals.arrived), (3, 2, 2, 0));
    assert_eq!(totals.items, 30);
    assert!(sheet.says("review-clear"));
    assert!(sheet.shows("At most 2 are needed, 1,000 are free."));
    assert!(sheet.shows("I do (migration@contoso.com)"));
}

#[tokio::test(start_paused = true)]
async fn the_longest_mailbox_is_named_as_the_reason_for_the_bound() {
    let mut sheet = Sheet::with(Bench::contoso(), |session| {
        fill(session, "anna@contoso.com", Size { items: 1_000, bytes: 12 * GIB });
    })
    .await;
    let bound = sheet.texts().into_iter().find(|text| text.contains("150 MB")).unwrap().replace('\u{a0}', " ");
    assert!(bound.contains("anna") && bound.contains("12.0 GB") && bound.contains("about 9 hours"), "{bound}");
    let many = |session: &mut cutover::gui::session::Session| {
        for address in ["anna@contoso.com", "ben@contoso.com", "info@contoso.com"] {
            fill(session, address, Size { items: 1_000, bytes: 12 * GIB });
        }
        let mut settings = Settings::clone(&session.settings);
        settings.run.mailboxes_at_a_time = 1;
        session.settings = settings.into();
    };
    let mut sheet = Sheet::with(Bench::contoso(), many).await;
    assert!(sheet.shows("move one mailbox at a time"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn thousands_are_searched_sorted_and_chosen() {
    let bench = Bench::contoso();
    crowd(&bench.launcher.world, 2_000);
    bench.launcher.world.state().tenant.free_licences = 5_000;
    let mut sheet = Sheet::over(bench).await;
    assert_eq!(sheet.page.recipients().shown(), 2_007);
    sheet.tell(Message::Search("佐藤".to_owned())).await;
    assert_eq!(sheet.page.recipients().shown(), 400);
    sheet.tell(Message::Search("  ÜNAL ".to_owned())).await;
    assert_eq!(sheet.page.recipients().shown(), 400);
    sheet.tell(Message::Search("PERSON01999@".to_owned())).await;
    assert_eq!(names(&sheet), ["person01999@contoso.com"]);
    sheet.tell(Message::Show(Tab::Recipients)).await;
    sheet.tell(Message::ToTable).await;
    assert!(sheet.focuses("review table"));
    sheet.tell(Message::Narrow(Kind::Contact)).await;
    assert_eq!(names(&sheet), Vec::<String>::new());
    sheet.tell(Message::Show(Tab::Recipients)).await;
    assert!(sheet.says("review-none-fits"));
    sheet.tell(Message::Search(String::new())).await;
    assert_eq!(names(&sheet), ["guest@fabrikam.com", "partner@fabrikam.com"].map(str::to_owned)[1..]);
    sheet.tell(Message::ShowAll).await;
    // The second column is the address: up, then down.
    sheet.tell(Message::Table(Event::Sort(1))).await;
    assert_eq!(names(&sheet)[0], "all@contoso.com");
    sheet.tell(Message::Table(Event::Sort(1))).await;
    assert_eq!(names(&sheet)[0], "team@contoso.com");
    // Only rows in sight are built.
    assert!(sheet.texts().len() < 400, "{}", sheet.texts().len());
    sheet.tell(Message::Search("person".to_owned())).await;
    sheet.tell(Message::Table(Event::ToggleAll)).await;
    assert_eq!(chosen(&sheet), 7);
    assert!(sheet.shows("2,000 of 2,007 shown, 7 chosen") && sheet.says("review-pilot-rest"));
    sheet.tell(Message::ChooseAll).await;
    assert!(sheet.page.recipients().all_chosen());
}

#[tokio::test(start_paused = true)]
async fn a_pilot_runs_with_those_who_are_chosen_and_no_others() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::ChooseShown(false)).await;
    sheet.tell(Message::Search("anna".to_owned())).await;
    sheet.tell(Message::Table(Event::Toggle(0))).await;
    sheet.tell(Message::AtATime(5)).await;
    assert!(sheet.shows("only 1 of 7"));
    assert!(sheet.shows("At most 1 is needed"));
    sheet.tell(Message::Run).await;
    assert!(sheet.says("review-run-safe") && sheet.focuses("review stay"));
    sheet.tell(Message::RunNow).await;
    let session = run(&mut sheet);
    let addresses: Vec<&str> = session.plan.mailboxes.iter().map(|m| m.identity.address.as_str()).collect();
    assert_eq!(
        (addresses, session.plan.groups.len(), session.plan.left_out().len()),
        (vec!["anna@contoso.com"], 0, 6)
    );
    assert_eq!((session.plan.options.at_a_time, session.options().at_a_time), (5, 5));
    assert!(session.reports.ends_with("Reports"));
    assert_eq!(session.status_to, [Address::new("migration@contoso.com")]);
}

#[tokio::test(start_paused = true)]
async fn what_must_be_fixed_keeps_it_from_running_and_is_shown() {
    let bench = Bench::contoso();
    bench.launcher.world.state().tenant.free_licences = 1;
    let mut sheet = Sheet::over(bench).await;
    assert!(sheet.shows("2 are needed, but 1 are free: 1 too few."));
    sheet.tell(Message::Run).await;
    assert_eq!(sheet.page.refusal(), Some(&Refusal::Obstacles));
    assert_eq!(sheet.page.tab(), Tab::Findings);
    assert!(sheet.shows("The migration cannot start yet: 1 thing must be fixed first."));
    assert!(sheet.shows("2 licences with a mailbox are needed, but 1 are free"));
    assert!(sheet.focuses("review-check"));
    // A pilot needs fewer.
    sheet.tell(Message::Search("ben".to_owned())).await;
    sheet.tell(Message::Table(Event::Toggle(0))).await;
    assert_eq!(sheet.page.refusal(), None);
    assert!(sheet.page.causes().iter().all(|cause| cause.grade != Grade::MustFix));
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).plan.mailboxes.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn nobody_chosen_is_said_and_everybody_is_offered() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::ChooseShown(false)).await;
    sheet.tell(Message::Run).await;
    assert_eq!((sheet.page.refusal(), sheet.page.tab()), (Some(&Refusal::Nobody), Tab::Recipients));
    assert!(sheet.says("review-nobody") && sheet.focuses("review-choose-all"));
    sheet.tell(Message::ChooseAll).await;
    assert!(!sheet.says("review-nobody"));
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).plan.left_out().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn reports_must_go_somewhere() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    let file = sheet.bench.shelf.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    for (typed, wrong) in [("  ", Wrong::Missing), ("Reports", Wrong::NotWhole)] {
        sheet.tell(Message::Reports(typed.to_owned())).await;
        sheet.tell(Message::Run).await;
        assert_eq!(sheet.page.wrong(), Some(&wrong));
    }
    sheet.tell(Message::Show(Tab::Recipients)).await;
    sheet.tell(Message::Reports(file.join("below").display().to_string())).await;
    sheet.tell(Message::Run).await;
    assert!(matches!(sheet.page.wrong(), Some(Wrong::Unwritable(_))));
    assert_eq!(sheet.page.tab(), Tab::Summary);
    assert!(sheet.shows("Reports cannot be written here") && sheet.focuses("review-reports"));
    let folder = sheet.bench.shelf.path().join("elsewhere");
    sheet.bench.desktop.will_pick(&folder);
    sheet.tell(Message::BrowseReports("Where?".to_owned())).await;
    assert_eq!((sheet.page.wrong(), sheet.bench.desktop.asked()), (None, vec!["Where?".to_owned()]));
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).reports, folder);
}

#[tokio::test(start_paused = true)]
async fn pressed_twice_it_starts_once() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.begin(Message::Run);
    sheet.begin(Message::Run);
    sheet.settle().await;
    sheet.begin(Message::RunNow);
    sheet.begin(Message::RunNow);
    sheet.begin(Message::Run);
    sheet.settle().await;
    assert!(!sheet.says("review-run-title"));
    run(&mut sheet);
}

#[tokio::test(start_paused = true)]
async fn a_choice_made_while_it_prepares_is_not_overlooked() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.begin(Message::Run);
    sheet.begin(Message::Table(Event::Toggle(0)));
    sheet.settle().await;
    // The answer was about another choice.
    sheet.tell(Message::RunNow).await;
    assert!(sheet.outcomes.is_empty());
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).plan.left_out().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn starting_over_asks_first() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::StartOverNow).await;
    assert!(sheet.outcomes.is_empty());
    sheet.tell(Message::StartOver).await;
    assert!(sheet.says("review-start-over-body") && sheet.focuses("review stay"));
    assert!(matches!(sheet.page.escape(), Some(Message::Closed)));
    sheet.tell(Message::Closed).await;
    assert!(!sheet.says("review-start-over-body") && sheet.outcomes.is_empty());
    sheet.tell(Message::StartOver).await;
    sheet.begin(Message::StartOverNow);
    sheet.begin(Message::StartOverNow);
    assert!(matches!(sheet.outcomes[..], [Outcome::StartOver]));
}

#[tokio::test(start_paused = true)]
async fn many_findings_of_one_cause_are_one_with_all_names() {
    let bench = Bench::contoso();
    for n in 0..300 {
        let group = group(&format!("g{n:03}@contoso.com"), &["gone@contoso.com"]);
        bench.launcher.world.state().groups.push(group);
    }
    let mut sheet = Sheet::over(bench).await;
    sheet.tell(Message::Show(Tab::Findings)).await;
    let cause = sheet.page.causes().iter().find(|cause| cause.count() == 300).unwrap();
    let (grade, key) = cause.id();
    assert_eq!((grade, key), (Grade::LookAt, Guidance::TargetMemberMissing.key()));
    assert!(sheet.shows("300 memberships of groups") && !sheet.shows("gone@contoso.com (in g000@contoso.com)"));
    sheet.tell(Message::Unfold(grade, key)).await;
    assert!(sheet.shows("gone@contoso.com (in g000@contoso.com)") && sheet.shows("… and 100 more"));
    sheet.tell(Message::Unfold(grade, key)).await;
    assert!(!sheet.shows("gone@contoso.com (in g000@contoso.com)"));
}

#[tokio::test(start_paused = true)]
async fn a_recipient_tells_what_moves_and_what_is_left_behind() {
    let bench = Bench::contoso();
    {
        let mut state = bench.launcher.world.state();
        state.groups.push(group("board@contoso.com", &["anna@contoso.com", "gone@contoso.com"]));
        let anna = state.source.get_mut("anna@contoso.com").unwrap();
        anna.mailbox.identity.aliases.push(Address::new("anna@contoso.local"));
    }
    let mut sheet = Sheet::over(bench).await;
    sheet.tell(Message::Search("anna@".to_owned())).await;
    sheet.begin(Message::Table(Event::Activate(0)));
    sheet.begin(Message::Table(Event::Activate(0)));
    sheet.settle().await;
    for key in ["mail", "calendar", "contacts", "tasks", "notes"] {
        assert!(sheet.says(&format!("review-moves-{key}")));
    }
    for key in ["rules", "replies", "permissions", "archive", "public-folders"] {
        assert!(sheet.says(&format!("review-stays-{key}")));
    }
    assert!(sheet.shows("anna.alias@contoso.com") && sheet.shows("anna@contoso.local is left out"));
    assert!(sheet.focuses("review detail close"));
    sheet.tell(Message::Closed).await;
    assert!(!sheet.says("review-detail-stays"));
    sheet.tell(Message::Search("board".to_owned())).await;
    sheet.tell(Message::Table(Event::Activate(0))).await;
    assert!(sheet.says("review-detail-missing") && sheet.shows("gone@contoso.com") && sheet.shows("1 member"));
}

#[tokio::test(start_paused = true)]
async fn others_can_get_the_status_message() {
    let mut sheet = Sheet::over(Bench::contoso()).await;
    sheet.tell(Message::BrowsePeople).await;
    assert!(sheet.focuses(picker::SEARCH) && sheet.shows("anna@contoso.com"));
    // Only people: neither shared mailboxes nor groups.
    assert!(!sheet.shows("info@contoso.com") && !sheet.shows("team@contoso.com"));
    sheet.tell(Message::People(picker::Message::Search("BEN".to_owned()))).await;
    sheet.tell(Message::People(picker::Message::Table(Event::Toggle(0)))).await;
    sheet.tell(Message::Closed).await;
    assert!(!sheet.shows("ben@contoso.com"));
    sheet.tell(Message::BrowsePeople).await;
    sheet.tell(Message::People(picker::Message::Table(Event::ToggleAll))).await;
    sheet.tell(Message::People(picker::Message::Take)).await;
    // Looking once more changes nothing.
    sheet.tell(Message::BrowsePeople).await;
    sheet.tell(Message::People(picker::Message::Take)).await;
    sheet.tell(Message::Forget(Address::new("anna@contoso.com"))).await;
    sheet.tell(Message::Me(false)).await;
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).status_to, [Address::new("ben@contoso.com")]);
}

#[tokio::test(start_paused = true)]
async fn a_later_batch_counts_only_what_is_new() {
    let bench = Bench::contoso();
    let migration = bench.launcher.migration().unwrap();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan: Plan = migration.plan(survey, Default::default()).await.unwrap();
    let pilot = plan.only(&[Address::new("anna@contoso.com")].into());
    let pass = cutover::engine::run::Pass::Initial;
    tokio::time::timeout(Duration::from_secs(86_400), migration.run(pilot, pass).await.unwrap().outcome())
        .await
        .unwrap();
    drop(migration);
    let mut sheet = Sheet::over(bench).await;
    let totals = sheet.page.recipients().totals();
    assert_eq!((totals.mailboxes, totals.arrived, totals.chosen), (2, 1, 7));
    assert!(sheet.shows("Already migrated by an earlier batch: 1."));
    sheet.tell(Message::Run).await;
    assert!(sheet.shows("2 mailboxes") && sheet.shows("1 that an earlier batch made is brought up to date."));
}

#[tokio::test(start_paused = true)]
async fn somebody_who_is_not_among_the_recipients_gets_the_message_once() {
    let boss = Address::new("boss@elsewhere.example");
    let mut sheet = Sheet::with(Bench::contoso(), |session| session.status_to = vec![boss.clone()]).await;
    sheet.tell(Message::BrowsePeople).await;
    sheet.tell(Message::People(picker::Message::Take)).await;
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert_eq!(run(&mut sheet).status_to, [boss]);
}

#[tokio::test(start_paused = true)]
async fn a_rehearsal_keeps_no_settings_and_nothing_starts_whose_settings_cannot_be_kept() {
    let mut sheet = Sheet::with(Bench::contoso(), |session| session.practice = true).await;
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert!(run(&mut sheet).practice && shelf::list(sheet.bench.shelf.path()).is_empty());
    let mut sheet = Sheet::over(Bench::contoso()).await;
    let file = sheet.bench.shelf.path().join("file");
    std::fs::write(&file, "").unwrap();
    sheet.services.shelf = Some(file.join("migrations"));
    sheet.tell(Message::Run).await;
    sheet.tell(Message::RunNow).await;
    assert!(matches!(sheet.page.refusal(), Some(Refusal::Failed(_))) && sheet.outcomes.is_empty());
}

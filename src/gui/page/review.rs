//! Review: what will move, what will not, what to know beforehand, how long it takes.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::Id;

use super::{Action, Command, Footer, Page};
use crate::engine::finding::Grade;
use crate::engine::plan::{Deletions, Plan};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::table;

pub mod again;
mod ask;
pub mod causes;
mod choices;
mod detail;
mod findings;
mod form;
pub mod outlook;
pub mod picker;
pub mod recipients;
mod summary;
mod update;
mod view;
mod who;

use again::Again;
use causes::Cause;
pub use choices::Choices;
use detail::Detail;
use outlook::Outlook;
use picker::Picker;
use recipients::{Kind, Recipients};

/// What stands between title and footer at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Figures, what must be fixed, licences, time, choices.
    Summary,
    /// Everything that was found.
    Findings,
    /// The table of all recipients.
    Recipients,
}

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {
    /// Another part of the page is to be seen.
    Show(Tab),
    /// Survey and plan anew.
    Check,
    /// Do not go on checking.
    CancelCheck,
    /// A check, by its number, has something to say.
    Checked(u64, again::Answer),
    /// What the check failed of was read.
    Dismiss,
    /// A cause shows its names, or no longer.
    Unfold(Grade, &'static str),
    /// Show those with this in name or address.
    Search(String),
    /// Show a kind, or no longer.
    Narrow(Kind),
    /// Show everybody.
    ShowAll,
    /// Choose all that are shown, or none of them.
    ChooseShown(bool),
    /// Choose everybody.
    ChooseAll,
    /// On to the table.
    ToTable,
    /// In the table.
    Table(table::Event),
    /// The plan for the choice of this number.
    Planned(u64, Result<Arc<Plan>, Problem>),
    /// So many mailboxes at a time.
    AtATime(u32),
    /// What becomes of copies whose items are deleted at the source.
    Deletions(Deletions),
    /// The reports folder is being typed.
    Reports(String),
    /// Choose the reports folder in a dialog of this title.
    BrowseReports(String),
    /// The folder that was chosen, if one was.
    ReportsChosen(Option<PathBuf>),
    /// The administrator gets the status message, or not.
    Me(bool),
    /// Choose who else gets it.
    BrowsePeople,
    /// This one does not get it.
    Forget(Address),
    /// In the dialog that chooses people.
    People(picker::Message),
    /// To the beginning, if that is really wanted.
    StartOver,
    /// It is.
    StartOverNow,
    /// To the connection settings.
    Back,
    /// Start the batch, if nothing stands in the way and it is really wanted.
    Run,
    /// What was to be known before it starts, for the attempt of this number.
    Ready(u64, Result<Arc<Plan>, Problem>, Result<(), Problem>),
    /// It is wanted.
    RunNow,
    /// A dialog was left as it was.
    Closed,
}

/// What leads on.
pub enum Outcome {
    /// The plan was approved (it may have been narrowed); the batch is to start.
    Run(Box<Session>),
    /// Everything from the beginning.
    StartOver,
    /// To the connection settings.
    Back,
}

/// A question over the page.
enum Dialog {
    StartOver,
    Run(Arc<Plan>),
    People(Picker),
    Detail(Box<Detail>),
}

/// Why the batch did not start.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Findings must be fixed first.
    Obstacles,
    /// Nobody is chosen.
    Nobody,
    /// A check is going on.
    Checking,
    /// It could not be prepared.
    Failed(Problem),
}

/// What is wrong with the reports folder.
#[derive(Debug, Clone, PartialEq)]
pub enum Wrong {
    /// None is given.
    Missing,
    /// It is not a whole path.
    NotWhole,
    /// Nothing can be written there.
    Unwritable(Problem),
}

/// The page's state.
pub struct Review {
    session: Session,
    tab: Tab,
    recipients: Recipients,
    table: table::State,
    /// What the batch would do with those who are chosen.
    plan: Arc<Plan>,
    causes: Vec<Cause>,
    outlook: Outlook,
    unfolded: HashSet<(Grade, &'static str)>,
    at_a_time: usize,
    deletions: Deletions,
    reports: String,
    wrong: Option<Wrong>,
    again: Option<Again>,
    failed: Option<Problem>,
    refusal: Option<Refusal>,
    dialog: Option<Dialog>,
    /// Counts choices, checks and attempts, to tell late answers.
    number: u64,
    /// The choice that is being planned.
    planning: Option<u64>,
    /// The choice has changed since.
    stale: bool,
    /// The attempt that is being prepared.
    preparing: Option<u64>,
    /// The batch was handed on.
    gone: bool,
}

impl Review {
    /// The page for what was surveyed.
    pub fn new(mut session: Session, _services: &Services) -> Review {
        // Somebody has to know how it went: whoever does it, unless they chose otherwise before.
        if session.status_to.is_empty() && session.overview.last_batch.is_none() {
            session.status_to.push(session.settings.source.email.clone());
        }
        let plan = session.plan.clone();
        let recipients = Recipients::new(&plan);
        let at_a_time = session.settings.run.mailboxes_at_a_time;
        Review {
            tab: Tab::Summary,
            table: table::State::new(who::TABLE),
            causes: causes::fold(&plan.findings),
            outlook: Outlook::of(&recipients, at_a_time),
            unfolded: HashSet::new(),
            at_a_time,
            deletions: session.settings.run.deletions,
            reports: Services::shown(&session.reports),
            recipients,
            plan,
            session,
            wrong: None,
            again: None,
            failed: None,
            refusal: None,
            dialog: None,
            number: 0,
            planning: None,
            stale: false,
            preparing: None,
            gone: false,
        }
    }

    /// A check is going on.
    pub fn is_busy(&self) -> bool {
        self.again.is_some()
    }

    /// The part of the page that is seen.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Everybody, and who is chosen.
    pub fn recipients(&self) -> &Recipients {
        &self.recipients
    }

    /// The findings as they are told.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Why the batch did not start when it was last to.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// What is wrong with the reports folder.
    pub fn wrong(&self) -> Option<&Wrong> {
        self.wrong.as_ref()
    }

    fn must_fix(&self) -> usize {
        self.causes.iter().filter(|cause| cause.grade == Grade::MustFix).count()
    }
}

/// A message about a number of things: `count` chooses its form, `number` is how it is written.
fn counted(look: &Look<'_>, key: &str, count: usize) -> String {
    look.tell(key, &[("count", count.into()), ("number", look.words.number(count as u64).into())])
}

impl Page for Review {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("review-title")
    }

    fn lead(&self, look: &Look<'_>) -> Option<String> {
        Some(look.say("review-lead"))
    }

    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        self.view(look)
    }

    fn fills(&self) -> bool {
        true
    }

    fn dialog<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        Some(match self.dialog.as_ref()? {
            Dialog::StartOver => ask::start_over(look),
            Dialog::Run(plan) => ask::run(look, plan),
            Dialog::People(picker) => picker.view(look, Message::People, Message::Closed),
            Dialog::Detail(detail) => detail.view(look),
        })
    }

    fn footer(&self) -> Footer<Message> {
        Footer {
            back: Some(Message::Back),
            others: vec![Command::normal("review-start-over", Message::StartOver)],
            primary: Some(Command::primary("review-run", Message::Run).icon(Icon::Play)),
        }
    }

    fn escape(&self) -> Option<Message> {
        match (&self.dialog, &self.again) {
            (Some(_), _) => Some(Message::Closed),
            (None, Some(_)) => Some(Message::CancelCheck),
            (None, None) => None,
        }
    }

    fn first_focus(&self) -> Option<Id> {
        Some(view::TABS.into())
    }

    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        self.take_in(message, services)
    }
}

//! What happens on the review page.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use tokio::task::spawn_blocking;

use super::again::{self, Answer};
use super::causes;
use super::detail::{self, Detail};
use super::outlook::Outlook;
use super::picker::{self, Picker};
use super::recipients::Column;
use super::{Dialog, Message, Outcome, Refusal, Review, Tab, Wrong};
use super::{ask, form, view, who};
use crate::engine::plan::{MOST_AT_A_TIME, Plan};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::report;
use crate::gui::page::Action;
use crate::gui::page::connect::kept;
use crate::gui::services::Services;
use crate::gui::widget::{focus, table};
use crate::settings::Settings;
use crate::shelf;

impl Review {
    pub(super) fn take_in(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        if let Some(again) = self.again.as_mut().filter(|_| is_from_a_person(&message)) {
            again.elsewhere = true;
        }
        match message {
            Message::Back => {
                // Whoever comes back finds the choices, and no question that was asked before.
                (self.again, self.preparing, self.dialog) = (None, None, None);
                Action::done(Outcome::Back)
            }
            // A double click: nothing is asked any more.
            Message::StartOverNow if matches!(self.dialog, Some(Dialog::StartOver)) => {
                (self.dialog, self.again) = (None, None);
                Action::done(Outcome::StartOver)
            }
            Message::RunNow => self.run_now(),
            message => Action::run(self.happened(message, services)),
        }
    }

    fn happened(&mut self, message: Message, services: &Services) -> Task<Message> {
        match message {
            Message::Show(tab) => {
                self.tab = tab;
                Task::none()
            }
            Message::Check => self.check(),
            Message::CancelCheck => self.cancel_check(),
            Message::Checked(number, answer) => self.checked(number, answer),
            Message::Dismiss => {
                (self.failed, self.refusal) = (None, None);
                focus::to(view::TABS)
            }
            Message::Unfold(grade, key) => {
                if !self.unfolded.remove(&(grade, key)) {
                    self.unfolded.insert((grade, key));
                }
                Task::none()
            }
            Message::Search(search) => {
                self.recipients.look_for(search);
                self.table.show(0, self.recipients.shown())
            }
            Message::Narrow(kind) => {
                self.recipients.toggle_kind(kind);
                self.table.show(0, self.recipients.shown())
            }
            Message::ShowAll => {
                self.recipients.show_all();
                self.table.show(0, self.recipients.shown())
            }
            Message::ChooseShown(chosen) => {
                self.recipients.choose_shown(chosen);
                self.choice_changed()
            }
            Message::ChooseAll => {
                self.recipients.choose_all();
                self.choice_changed()
            }
            Message::ToTable => focus::to(who::TABLE),
            Message::Table(event) => self.table_event(event),
            Message::Planned(number, plan) => self.planned(number, plan),
            Message::Run => self.run(services),
            Message::Ready(number, plan, reports) => self.ready(number, plan, reports),
            Message::StartOver => {
                self.dialog = Some(Dialog::StartOver);
                focus::to_answer(ask::STAY)
            }
            Message::Closed => self.closed(),
            message => self.choices(message, services),
        }
    }

    /// Choices of the batch: how many at a time, what becomes of deletions, where reports go, who gets the message.
    fn choices(&mut self, message: Message, services: &Services) -> Task<Message> {
        match message {
            Message::AtATime(number) => {
                self.at_a_time = (number as usize).clamp(1, MOST_AT_A_TIME);
                self.outlook = Outlook::of(&self.recipients, self.at_a_time);
            }
            // It is kept when Run is pressed: whoever changes it afterwards presses again.
            Message::Deletions(deletions) => (self.deletions, self.preparing) = (deletions, None),
            Message::Reports(reports) => (self.reports, self.wrong, self.preparing) = (reports, None, None),
            Message::BrowseReports(title) => {
                let from = Some(PathBuf::from(self.reports.trim())).filter(|folder| folder.is_absolute());
                return Task::perform(services.desktop.pick_folder(title, from), Message::ReportsChosen);
            }
            Message::ReportsChosen(Some(folder)) => {
                (self.reports, self.wrong, self.preparing) = (Services::shown(&folder), None, None);
                return focus::to(form::REPORTS);
            }
            Message::Me(on) => {
                let me = self.session.settings.source.email.clone();
                self.session.status_to.retain(|address| *address != me);
                if on {
                    self.session.status_to.insert(0, me);
                }
            }
            Message::Forget(address) => {
                self.session.status_to.retain(|other| *other != address);
                return focus::to(form::PEOPLE);
            }
            Message::BrowsePeople => {
                let me = &self.session.settings.source.email;
                self.dialog = Some(Dialog::People(Picker::new(self.recipients.all(), &self.session.status_to, me)));
                return focus::to(picker::SEARCH);
            }
            Message::People(message) => return self.people(message),
            _ => {}
        }
        Task::none()
    }

    fn people(&mut self, message: picker::Message) -> Task<Message> {
        let Some(Dialog::People(picker)) = &mut self.dialog else { return Task::none() };
        if !matches!(message, picker::Message::Take) {
            return picker.update(message);
        }
        let (others, me) = (picker.chosen(), &self.session.settings.source.email);
        self.session.status_to.retain(|address| address == me);
        self.session.status_to.extend(others);
        self.dialog = None;
        focus::to(form::PEOPLE)
    }

    fn table_event(&mut self, event: table::Event) -> Task<Message> {
        match event {
            table::Event::Internal(message) => self.table.update(message, self.recipients.shown()),
            table::Event::Sort(column) => {
                if let Some(column) = Column::ALL.get(column) {
                    self.recipients.sort_by(*column);
                }
                self.table.show(0, self.recipients.shown())
            }
            table::Event::Toggle(row) => {
                self.recipients.toggle(row);
                self.choice_changed()
            }
            table::Event::ToggleAll => {
                self.recipients.choose_shown(self.recipients.shown_chosen() != Some(true));
                self.choice_changed()
            }
            table::Event::Activate(row) => match self.recipients.at(row) {
                Some(recipient) if self.dialog.is_none() => {
                    let detail = Detail::of(recipient, &self.session.plan, self.mail_only());
                    self.dialog = Some(Dialog::Detail(Box::new(detail)));
                    focus::to_answer(detail::CLOSE)
                }
                _ => Task::none(),
            },
        }
    }

    /// Exchange 2007 hands out mail only.
    fn mail_only(&self) -> bool {
        self.session.source.version.starts_with("Exchange 2007")
    }

    fn closed(&mut self) -> Task<Message> {
        self.preparing = None;
        match self.dialog.take() {
            Some(Dialog::StartOver) => focus::to("footer-other"),
            Some(Dialog::Run(_)) => focus::to("footer-primary"),
            Some(Dialog::People(_)) => focus::to(form::PEOPLE),
            Some(Dialog::Detail(_)) => focus::to(who::TABLE),
            None => Task::none(),
        }
    }

    fn check(&mut self) -> Task<Message> {
        if self.again.is_some() {
            return Task::none();
        }
        self.number += 1;
        (self.failed, self.refusal, self.preparing) = (None, None, None);
        let (again, task) = again::start(&self.session, self.number);
        self.again = Some(again);
        Task::batch([task, focus::to(view::CANCEL_CHECK)])
    }

    fn cancel_check(&mut self) -> Task<Message> {
        match self.again.take() {
            Some(_) => focus::to(view::CHECK),
            None => Task::none(),
        }
    }

    fn checked(&mut self, number: u64, answer: Answer) -> Task<Message> {
        let Some(again) = self.again.as_mut().filter(|again| again.number == number) else { return Task::none() };
        match answer {
            Answer::Progress(progress) => {
                again.progress = progress;
                Task::none()
            }
            Answer::Waits(waits) => {
                again.waits = waits;
                Task::none()
            }
            Answer::Done(result) => {
                // Whoever types somewhere else by now keeps the keyboard there.
                let focused = if again.elsewhere { Task::none() } else { focus::to(view::CHECK) };
                self.again = None;
                match result {
                    Ok(plan) => Task::batch([self.take(plan), focused]),
                    Err(problem) => {
                        self.failed = Some(problem);
                        focused
                    }
                }
            }
        }
    }

    /// Takes up a new plan of everything. Choices stay.
    pub(super) fn take(&mut self, plan: Arc<Plan>) -> Task<Message> {
        self.recipients.renew(&plan);
        self.session.plan = plan;
        self.choice_changed()
    }

    /// Plans anew for those who are chosen. One plan is drawn up at a time; what changes meanwhile is planned afterwards.
    fn choice_changed(&mut self) -> Task<Message> {
        self.outlook = Outlook::of(&self.recipients, self.at_a_time);
        (self.refusal, self.preparing) = (None, None);
        if self.recipients.all_chosen() || self.recipients.totals().chosen == 0 {
            // Nobody is no plan; what was found about everybody stands.
            (self.planning, self.stale) = (None, false);
            self.found(self.session.plan.clone());
            return Task::none();
        }
        if self.planning.is_some() {
            self.stale = true;
            return Task::none();
        }
        self.number += 1;
        let number = self.number;
        (self.planning, self.stale) = (Some(number), false);
        Task::perform(self.narrowed(), move |plan| Message::Planned(number, plan))
    }

    fn planned(&mut self, number: u64, plan: Result<Arc<Plan>, Problem>) -> Task<Message> {
        if self.planning != Some(number) {
            return Task::none();
        }
        self.planning = None;
        if self.stale {
            return self.choice_changed();
        }
        match plan {
            Ok(plan) => self.found(plan),
            Err(problem) => self.failed = Some(problem),
        }
        Task::none()
    }

    fn found(&mut self, plan: Arc<Plan>) {
        self.causes = causes::fold(&plan.findings);
        self.plan = plan;
    }

    /// The plan for those who are chosen, drawn up elsewhere: thousands of recipients take a moment.
    fn narrowed(&self) -> impl Future<Output = Result<Arc<Plan>, Problem>> + Send + 'static {
        let (plan, at_a_time, deletions) = (self.session.plan.clone(), self.at_a_time, self.deletions);
        let chosen = (!self.recipients.all_chosen()).then(|| self.recipients.chosen());
        async move {
            let narrow = move || {
                let plan = Plan::clone(&plan);
                let mut plan = match chosen {
                    Some(chosen) => plan.only(&chosen),
                    None => plan,
                };
                (plan.options.at_a_time, plan.options.deletions) = (at_a_time, deletions);
                Arc::new(plan)
            };
            let internal = |error| Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", error);
            spawn_blocking(narrow).await.map_err(internal)
        }
    }

    fn run(&mut self, services: &Services) -> Task<Message> {
        if self.dialog.is_some() || self.preparing.is_some() || self.gone {
            return Task::none();
        }
        if self.again.is_some() {
            return self.refuse(Refusal::Checking);
        }
        if self.recipients.totals().chosen == 0 {
            return self.refuse(Refusal::Nobody);
        }
        let folder = match form::folder(&self.reports) {
            Ok(folder) => folder,
            Err(wrong) => return self.wrong_reports(wrong),
        };
        self.number += 1;
        let number = self.number;
        (self.refusal, self.wrong, self.preparing) = (None, None, Some(number));
        let (narrowed, kept) = (self.narrowed(), self.keep(services));
        let prepared = async move {
            // Whoever goes on with this migration another day goes on as it was chosen.
            let plan = match kept.await {
                Ok(()) => narrowed.await,
                Err(problem) => Err(problem),
            };
            (plan, report::check(&folder).await)
        };
        Task::perform(prepared, move |(plan, reports)| Message::Ready(number, plan, reports))
    }

    fn ready(
        &mut self,
        number: u64,
        plan: Result<Arc<Plan>, Problem>,
        reports: Result<(), Problem>,
    ) -> Task<Message> {
        if self.preparing.take_if(|preparing| *preparing == number).is_none() || self.dialog.is_some() {
            return Task::none();
        }
        match (plan, reports) {
            (Err(problem), _) => self.refuse(Refusal::Failed(problem)),
            (Ok(plan), _) if plan.obstacle().is_some() => {
                self.found(plan);
                self.refuse(Refusal::Obstacles)
            }
            (_, Err(problem)) => self.wrong_reports(Wrong::Unwritable(problem)),
            (Ok(mut plan), Ok(())) => {
                // It may have been changed since Run was pressed.
                Arc::make_mut(&mut plan).options.at_a_time = self.at_a_time;
                self.dialog = Some(Dialog::Run(plan));
                focus::to_answer(ask::STAY)
            }
        }
    }

    fn refuse(&mut self, refusal: Refusal) -> Task<Message> {
        let to = match refusal {
            Refusal::Obstacles => {
                self.tab = Tab::Findings;
                view::CHECK
            }
            Refusal::Nobody => {
                self.tab = Tab::Recipients;
                view::CHOOSE_ALL
            }
            Refusal::Checking => view::CANCEL_CHECK,
            Refusal::Failed(_) => view::DISMISS,
        };
        self.refusal = Some(refusal);
        focus::to(to)
    }

    fn wrong_reports(&mut self, wrong: Wrong) -> Task<Message> {
        self.wrong = Some(wrong);
        self.tab = Tab::Summary;
        focus::to(form::REPORTS)
    }

    fn run_now(&mut self) -> Action<Message, Outcome> {
        // Pressed twice, or after the dialog was left.
        let (Some(Dialog::Run(plan)), Ok(reports)) = (&self.dialog, form::folder(&self.reports)) else {
            return Action::none();
        };
        let plan = plan.clone();
        (self.dialog, self.gone) = (None, true);
        let settings = Arc::new(self.settings());
        let session = super::Session { plan, reports, settings, ..self.session.clone() };
        Action::done(Outcome::Run(Box::new(session)))
    }

    /// The settings with what was chosen here.
    fn settings(&self) -> Settings {
        let mut settings = Settings::clone(&self.session.settings);
        (settings.run.mailboxes_at_a_time, settings.run.deletions) = (self.at_a_time, self.deletions);
        settings
    }

    /// Keeps them where the connection page kept them; a rehearsal leaves nothing behind.
    fn keep(&self, services: &Services) -> impl Future<Output = Result<(), Problem>> + Send + 'static {
        let settings = self.settings();
        let folder = services.shelf.clone().filter(|_| !self.session.practice);
        async move {
            match folder {
                Some(folder) => {
                    let file = shelf::place(&folder, &settings);
                    kept::write(settings, file).await
                }
                None => Ok(()),
            }
        }
    }
}

/// Somebody did something on the page; the rest are answers.
fn is_from_a_person(message: &Message) -> bool {
    !matches!(message, Message::Checked(..) | Message::Planned(..) | Message::Ready(..) | Message::Run)
}

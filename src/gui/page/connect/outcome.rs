//! What comes of a test: on to the next part of it, on to the review, or back to the form that the problem belongs to.

use iced::Task;

use super::trial::{Event, Stage, Trial};
use super::{Action, Connect, Failure, Field, Message, Outcome, Success};
use crate::engine::problem::{Guidance, Problem, Side};
use crate::gui::frame::to_the_top;
use crate::gui::page::welcome::Method;
use crate::gui::services::Services;
use crate::gui::widget::focus;

impl Connect {
    /// Takes in what the test has come to. A test that goes on is put back.
    pub(super) fn heard(&mut self, mut trial: Trial, event: Event, services: &Services) -> Action<Message, Outcome> {
        let task = match event {
            Event::Step(step) => {
                trial.step(step);
                Task::none()
            }
            Event::Source(Ok(facts)) => trial.try_target(facts, services),
            Event::Source(Err(problem)) => match trial.try_outside(&problem, services) {
                Some(task) => task,
                None => return Action::run(self.source_failed(trial, problem)),
            },
            Event::Target(Ok(tenant)) => trial.open(tenant, services),
            Event::Opened => {
                trial.stage = Stage::Survey;
                Task::none()
            }
            Event::Counted(counted) => {
                trial.counted = counted;
                Task::none()
            }
            Event::Waits(waits) => {
                trial.waits = waits;
                Task::none()
            }
            Event::Target(Err(problem)) | Event::Ready(Err(problem)) => {
                return Action::run(self.failed(trial, problem));
            }
            Event::Ready(Ok(session)) => {
                // The next test is about what was typed, also where only the outside name could be reached.
                if let Ok(checked) = self.form.check() {
                    self.success = Some(Success { checked, keep: trial.keep, session: session.clone() });
                }
                return Action::done(Outcome::Connected(session));
            }
        };
        self.trial = Some(trial);
        Action::run(task)
    }

    fn source_failed(&mut self, trial: Trial, problem: Problem) -> Task<Message> {
        let host = problem.values.get("host");
        let asked_already = host.is_some_and(|host| self.form.confirmed.contains(host));
        if problem.guidance == Guidance::SourceHostNotConfirmed && host.is_some() && !asked_already {
            self.unconfirmed = Some(problem);
            return focus::to_answer(super::view::DENY);
        }
        // Autodiscover leads nowhere: the form for typing opens, with whatever was found.
        if self.form.method == Method::Autodiscover && opens_the_typed_form(problem.guidance) {
            self.form.method = Method::Typed;
            if let Some(found) = trial.found.as_deref().or(problem.values.get("url").map(String::as_str)) {
                self.form.set(Field::Server, found);
            }
        }
        self.failed(trial, problem)
    }

    /// The test ends here; the form shows why, and the keyboard goes where it can be mended.
    fn failed(&mut self, trial: Trial, problem: Problem) -> Task<Message> {
        let field = self.to_mend(&problem);
        self.open.extend(field.part());
        let problem = completed(problem, &trial);
        self.failure = Some(Failure { problem, asked: trial.asked, found: trial.found.is_some(), details: false });
        // From the top down, so that the reason above the field is in sight with it.
        Task::batch([to_the_top(), focus::to(field.id())])
    }

    /// A problem without a test.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.failure = Some(Failure { problem, asked: Vec::new(), found: false, details: false });
    }

    /// The host is the administrator's: it may have the password, and everything is tried again.
    pub(super) fn confirm(&mut self, services: &Services) -> Task<Message> {
        let Some(problem) = self.unconfirmed.take() else { return Task::none() };
        if let Some(host) = problem.values.get("host") {
            self.form.confirmed.push(host.clone());
        }
        match self.form.check() {
            Ok(checked) => self.test(checked, self.form.keep && self.vault != Some(false), services),
            Err(faults) => self.show_faults(faults),
        }
    }

    /// The field in which a problem is most likely to be mended.
    fn to_mend(&self, problem: &Problem) -> Field {
        match problem.guidance {
            Guidance::SourcePasswordWrong => Field::Password,
            Guidance::SourceCertificateNotTrusted => Field::Authority,
            Guidance::CertificateUnreadable if problem.side == Side::Here => self.unreadable(problem),
            Guidance::SourceAddressInvalid => Field::Email,
            Guidance::TargetTenantUnknown => Field::Tenant,
            Guidance::TargetApplicationUnknown => Field::Client,
            Guidance::TargetSecretWrong | Guidance::TargetSecretExpired if self.form.by_certificate => {
                Field::Certificate
            }
            Guidance::TargetSecretWrong | Guidance::TargetSecretExpired => Field::Secret,
            _ if problem.side == Side::Target => Field::Tenant,
            _ => self.first(),
        }
    }

    /// Which of the certificate files it was.
    fn unreadable(&self, problem: &Problem) -> Field {
        let named = |field: &Field| {
            let file = problem.values.get("file").map_or("", String::as_str);
            !file.is_empty() && file.ends_with(self.form.get(*field).trim()) && !self.form.get(*field).is_empty()
        };
        let files = [Field::Authority, Field::Certificate, Field::Key];
        files.into_iter().find(named).unwrap_or(Field::Authority)
    }

    /// In which form a failure is shown; neither if it is about this computer.
    pub(super) fn failure_at(&self, side: Side) -> Option<&Failure> {
        let failure = self.failure.as_ref()?;
        let shown = match self.to_mend(&failure.problem) {
            Field::Authority if failure.problem.guidance == Guidance::CertificateUnreadable => Side::Source,
            Field::Certificate | Field::Key => Side::Target,
            _ => failure.problem.side,
        };
        (shown == side).then_some(failure)
    }
}

/// Whether typing the server's name may help where Autodiscover did not.
fn opens_the_typed_form(guidance: Guidance) -> bool {
    matches!(
        guidance,
        Guidance::SourceAutodiscoverFailed
            | Guidance::SourceAutodiscoverInCloud
            | Guidance::SourceUnknownHost
            | Guidance::SourceUnreachable
            | Guidance::SourceEwsNotFound
            | Guidance::SourceAnswerMalformed
    )
}

/// Fills the blanks that the sentence about a problem has and the connectors do not know.
fn completed(mut problem: Problem, trial: &Trial) -> Problem {
    let settings = &trial.checked.settings;
    let authority = settings.source.certificate_authority.as_ref().or(settings.target.client_certificate.as_ref());
    let file = match problem.guidance {
        Guidance::CertificateUnreadable => authority.map(|path| path.display().to_string()),
        Guidance::SettingsInvalid => Some(settings.file.display().to_string()),
        _ => None,
    };
    if let Some(file) = file {
        problem.values.entry("file").or_insert(file);
    }
    problem
}

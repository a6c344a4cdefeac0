//! Checking again: a new survey and a new plan, with progress, until it is cancelled or overtaken.

use std::sync::Arc;

use iced::Task;
use iced::futures::SinkExt;
use iced::task::Handle;
use tokio::sync::watch;

use super::Message;
use crate::engine::plan::Plan;
use crate::engine::port::SurveyProgress;
use crate::engine::problem::Problem;
use crate::engine::waiting::Waiting;
use crate::gui::monitor::{offer_changed, paced};
use crate::gui::session::Session;

/// Answers that may wait for the window at a time; progress in between is left out.
const ANSWERS: usize = 4;

/// A check that is going on. Dropping it ends it.
pub struct Again {
    /// Tells its answers from those of others.
    pub number: u64,
    /// How far it is.
    pub progress: SurveyProgress,
    /// What it waits for.
    pub waits: Option<Waiting>,
    /// Somebody has turned to something else since it began.
    pub elsewhere: bool,
    _work: Handle,
}

/// Something that a check has to say.
#[derive(Clone)]
pub enum Answer {
    /// How far it is.
    Progress(SurveyProgress),
    /// What it waits for now.
    Waits(Option<Waiting>),
    /// It is done.
    Done(Result<Arc<Plan>, Problem>),
}

/// Starts a check.
pub fn start(session: &Session, number: u64) -> (Again, Task<Message>) {
    let session = session.clone();
    let answers = iced::stream::channel(ANSWERS, async move |mut out| {
        let (tell, mut told) = watch::channel(SurveyProgress::default());
        let tell = |progress| {
            tell.send_replace(progress);
        };
        let mut waiting = session.migration.waiting();
        let done = paced(session.survey(&tell), || {
            offer_changed(&mut told, |now| out.try_send(Answer::Progress(now)).is_ok());
            offer_changed(&mut waiting, |now| out.try_send(Answer::Waits(now)).is_ok());
        })
        .await;
        // Nobody listens any more: then nobody wants to know.
        let _sent = out.send(Answer::Done(done)).await;
    });
    let (task, work) = Task::stream(answers).map(move |answer| Message::Checked(number, answer)).abortable();
    (
        Again {
            number,
            progress: SurveyProgress::default(),
            waits: None,
            elsewhere: false,
            _work: work.abort_on_drop(),
        },
        task,
    )
}

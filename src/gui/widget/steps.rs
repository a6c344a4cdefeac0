//! Lines that are ticked off one after another while something is under way.

use iced::Fill;
use iced::widget::{Column, column, container, row};

use super::icon::{Icon, icon};
use super::text;
use super::tone::Tone;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;

/// How far a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Its turn comes later.
    Waiting,
    /// Under way.
    Doing,
    /// Done.
    Done,
    /// It went wrong.
    Failed,
    /// Not needed.
    Skipped,
}

impl StepState {
    fn shown(self) -> (Icon, Tone) {
        match self {
            StepState::Waiting => (Icon::Waiting, Tone::Quiet),
            StepState::Doing => (Icon::Spinner, Tone::Info),
            StepState::Done => (Icon::Good, Tone::Good),
            StepState::Failed => (Icon::Bad, Tone::Bad),
            StepState::Skipped => (Icon::Skipped, Tone::Quiet),
        }
    }
}

/// The lines: state, what is done, and what came of it.
pub fn steps<'a, M: 'a>(look: &Look<'_>, steps: Vec<(StepState, String, Option<String>)>) -> Element<'a, M> {
    let lines = steps.into_iter().map(|(state, name, detail)| {
        let (shown, tone) = state.shown();
        let name = match state {
            StepState::Waiting | StepState::Skipped => text::muted(look, name),
            StepState::Doing => text::strong(look, name),
            StepState::Done | StepState::Failed => text::body(look, name),
        };
        let detail = detail.map(|detail| text::small_muted(look, detail));
        let mark = container(icon(look, shown, 18.0, tone.colour(&look.colours))).padding([2.0, 0.0]);
        row![mark, column![name, detail].width(Fill)].spacing(space::M).into()
    });
    Column::from_iter(lines).spacing(space::M).width(Fill).into()
}

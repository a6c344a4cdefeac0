//! Something the user should know: what it is, what it means for the mail, what to do now.

use iced::Fill;
use iced::widget::{Row, column, container, row};

use super::card::disclosure;
use super::icon::icon;
use super::text;
use super::tone;
pub use super::tone::Tone;
use crate::engine::problem::{Kind, Problem};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{radius, space};

/// A notice in the making; it turns into an element.
pub struct Notice<'a, M> {
    look: Look<'a>,
    tone: Tone,
    title: String,
    body: Option<String>,
    remedy: Option<String>,
    actions: Vec<Element<'a, M>>,
    details: Option<(bool, M, String)>,
}

/// A notice with its title, or its only sentence.
pub fn notice<'a, M: Clone + 'a>(look: &Look<'a>, tone: Tone, title: impl Into<String>) -> Notice<'a, M> {
    Notice { look: *look, tone, title: title.into(), body: None, remedy: None, actions: Vec::new(), details: None }
}

/// What a problem of the engine means and what to do about it.
pub fn problem<'a, M: Clone + 'a>(look: &Look<'a>, problem: &Problem) -> Notice<'a, M> {
    notice(look, tone_of(problem), look.words.message(problem)).remedy(look.words.remedy(problem))
}

/// How much a problem weighs.
pub fn tone_of(problem: &Problem) -> Tone {
    match problem.kind {
        _ if problem.is_of_users() => Tone::Info,
        Kind::Retry | Kind::Wait => Tone::Info,
        Kind::Item => Tone::Warn,
        Kind::Mailbox | Kind::Run => Tone::Bad,
    }
}

impl<'a, M: Clone + 'a> Notice<'a, M> {
    /// What it means.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// What to do now.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// A button or link; several stand in a row.
    pub fn action(mut self, action: impl Into<Element<'a, M>>) -> Self {
        self.actions.push(action.into());
        self
    }

    /// What helps those who help: shown when asked for.
    pub fn details(mut self, open: bool, toggle: M, text: impl Into<String>) -> Self {
        self.details = Some((open, toggle, text.into()));
        self
    }
}

impl<'a, M: Clone + 'a> From<Notice<'a, M>> for Element<'a, M> {
    fn from(notice: Notice<'a, M>) -> Element<'a, M> {
        let look = &notice.look;
        let id = format!("details of {}", notice.title);
        let told = notice.body.is_some() || notice.remedy.is_some();
        let title = if notice.body.is_some() || !told {
            text::strong(look, notice.title)
        } else {
            text::body(look, notice.title)
        };
        let remedy = notice.remedy.map(|remedy| {
            let name = text::label(look, look.say("window-what-to-do")).color(notice.tone.colour(&look.colours));
            column![name, text::body(look, remedy)].spacing(2.0)
        });
        let actions = (!notice.actions.is_empty())
            .then(|| Row::from_vec(notice.actions).spacing(space::S).wrap().vertical_spacing(space::S));
        let details = notice.details.map(|(open, toggle, details)| {
            let details = text::small(look, details).color(look.colours.muted);
            disclosure(look, id, look.say("window-details"), open, toggle, details)
        });
        let words = column![
            column![title, notice.body.map(|body| text::body(look, body))].spacing(space::XS),
            remedy,
            actions.map(|actions| container(actions).padding([space::XS, 0.0])),
            details,
        ]
        .spacing(space::M)
        .width(Fill);
        let mark =
            container(icon(look, notice.tone.icon(), 20.0, notice.tone.colour(&look.colours))).padding([1.0, 0.0]);
        let style = tone::ground(look, notice.tone, radius::M);
        container(row![mark, words].spacing(space::M)).padding(space::L).width(Fill).style(move |_| style).into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use iced_test::simulator;

    use super::*;
    use crate::engine::problem::{Guidance, Side};
    use crate::gui::widget::tests::with_look;

    #[test]
    fn a_problem_shows_what_happened_and_what_to_do() {
        with_look(|look| {
            let given =
                Problem::new(Kind::Run, Side::Source, Guidance::SourceUnreachable).with("host", "mail.example.com");
            let shown: Element<'_, ()> = problem(look, &given).into();
            let mut screen = simulator(shown);
            screen.find(look.words.message(&given).as_str()).unwrap();
            screen.find(look.words.remedy(&given).as_str()).unwrap();
            screen.find(look.say("window-what-to-do").as_str()).unwrap();
        });
    }

    #[test]
    fn a_notice_without_a_remedy_does_not_promise_one() {
        with_look(|look| {
            let shown: Element<'_, ()> = notice(look, Tone::Good, "Saved").body("All of it.").into();
            let mut screen = simulator(shown);
            screen.find("Saved").unwrap();
            screen.find("All of it.").unwrap();
            assert!(screen.find(look.say("window-what-to-do").as_str()).is_err());
        });
    }

    #[test]
    fn what_stops_the_run_weighs_more_than_a_pause() {
        let tone = |kind, guidance| tone_of(&Problem::new(kind, Side::Target, guidance));
        assert_eq!(tone(Kind::Run, Guidance::TargetBusy), Tone::Bad);
        assert_eq!(tone(Kind::Item, Guidance::TargetItemMissing), Tone::Warn);
        assert_eq!(tone(Kind::Item, Guidance::TargetItemRemoved), Tone::Info, "somebody wanted that");
        assert_eq!(tone(Kind::Wait, Guidance::TargetBusy), Tone::Info);
    }
}

//! Everything that was found, by how much it matters, each with what to do.

use iced::widget::{Column, column, container, row, space as blank};
use iced::{Center, Fill};

use super::causes::Cause;
use super::view::CHECK;
use super::{Message, Review, Tab, counted};
use crate::engine::finding::Grade;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::card::{card, disclosure};
use crate::gui::widget::icon::icon;
use crate::gui::widget::notice::{Tone, notice};
use crate::gui::widget::text;

/// The grades in order, with their headings and tones.
const GRADES: [(Grade, &str, Tone); 3] = [
    (Grade::MustFix, "review-must-fix", Tone::Bad),
    (Grade::LookAt, "review-look-at", Tone::Warn),
    (Grade::GoodToKnow, "review-good-to-know", Tone::Info),
];

impl Review {
    pub(super) fn findings<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let mut parts: Vec<Element<'a, Message>> = vec![self.check_line(look)];
        for (grade, key, tone) in GRADES {
            let causes: Vec<&Cause> = self.causes.iter().filter(|cause| cause.grade == grade).collect();
            if causes.is_empty() {
                continue;
            }
            let heading = counted(&look, key, causes.len());
            let found = match grade {
                Grade::MustFix => self.must_fix_notices(look),
                _ => self.quiet(look, tone, causes),
            };
            parts.push(column![text::heading(&look, heading), found].spacing(space::M).width(Fill).into());
        }
        Column::from_vec(parts).spacing(space::XL).width(Fill).into()
    }

    /// What was found in one sentence, and the button that looks again.
    fn check_line<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let words = match self.causes.is_empty() {
            true => look.say("review-nothing-found"),
            false => look.say("review-findings-lead"),
        };
        let words = text::muted(&look, words).width(Fill);
        let check = self.failed.is_none().then(|| self.check_button(look));
        row![words, check].spacing(space::L).align_y(Center).width(Fill).into()
    }

    pub(super) fn check_button<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        button(&look, CHECK, look.say("review-check")).busy(self.again.is_some()).on_press(Message::Check).into()
    }

    /// What keeps the batch from starting: nothing of it is folded away.
    pub(super) fn must_fix_notices<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let causes = self.causes.iter().filter(|cause| cause.grade == Grade::MustFix);
        let notices = causes.map(|cause| {
            let mut said = notice(&look, Tone::Bad, cause.message(&look)).remedy(cause.remedy(&look));
            if let Some(names) = self.names(look, cause) {
                said = said.action(names);
            }
            Element::from(said)
        });
        Column::with_children(notices).spacing(space::M).width(Fill).into()
    }

    /// What may be read in peace: lines of one card.
    fn quiet<'a>(&'a self, look: Look<'a>, tone: Tone, causes: Vec<&'a Cause>) -> Element<'a, Message> {
        let mut lines: Vec<Element<'a, Message>> = Vec::new();
        for cause in causes {
            if !lines.is_empty() {
                let colour = look.colours.line;
                let line = container(blank()).width(Fill).height(1.0);
                lines.push(line.style(move |_| container::background(colour)).into());
            }
            let mark = icon(&look, tone.icon(), 20.0, tone.colour(&look.colours));
            let words = column![
                text::body(&look, cause.message(&look)),
                text::muted(&look, cause.remedy(&look)),
                self.names(look, cause),
            ];
            lines.push(
                row![container(mark).padding([1.0, 0.0]), words.spacing(space::XS).width(Fill)]
                    .spacing(space::M)
                    .into(),
            );
        }
        card(&look, Column::from_vec(lines).spacing(space::L).width(Fill))
    }

    /// The names of many, behind a disclosure.
    fn names<'a>(&'a self, look: Look<'a>, cause: &Cause) -> Option<Element<'a, Message>> {
        if cause.count() < 2 {
            return None;
        }
        let (grade, key) = cause.id();
        let open = self.unfolded.contains(&(grade, key));
        let title = counted(&look, "review-names", cause.count());
        let mut lines: Vec<Element<'a, Message>> = Vec::new();
        if open {
            lines.extend(cause.told(&look).into_iter().map(|name| text::body(&look, name).into()));
            if cause.untold() > 0 {
                lines.push(text::muted(&look, counted(&look, "review-more", cause.untold())).into());
            }
        }
        let lines = Column::from_vec(lines).spacing(2.0).width(Fill);
        Some(disclosure(&look, format!("names of {key}"), title, open, Message::Unfold(grade, key), lines))
    }

    /// How many things of lesser weight were found, and the way to them.
    pub(super) fn lesser<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        let count = |grade| self.causes.iter().filter(|cause| cause.grade == grade).count();
        let (look_at, know) = (count(Grade::LookAt), count(Grade::GoodToKnow));
        if look_at + know == 0 {
            return None;
        }
        let words = look.tell("review-lesser", &[("look", look_at.into()), ("know", know.into())]);
        let tone = if look_at > 0 { Tone::Warn } else { Tone::Info };
        let mark = icon(&look, tone.icon(), 20.0, tone.colour(&look.colours));
        let read = button(&look, "review-lesser", look.say("review-lesser-read"))
            .kind(Kind::Quiet)
            .on_press(Message::Show(Tab::Findings));
        Some(row![mark, text::body(&look, words).width(Fill), read].spacing(space::M).align_y(Center).into())
    }
}

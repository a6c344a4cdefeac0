//! The overview: what moves, what must be done first, licences, time, and what may still be chosen.

use iced::widget::{Row, column, container, row};
use iced::{Center, Fill};

use super::{Message, Review, Tab, counted};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::button;
use crate::gui::widget::card::card;
use crate::gui::widget::figures::{tile, tiles};
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::notice::notice;
use crate::gui::widget::text;
use crate::gui::widget::tone::Tone;

impl Review {
    pub(super) fn summary<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let must_fix = (self.must_fix() > 0).then(|| self.must_first(look));
        column![
            self.what(look),
            self.pilot(look),
            must_fix,
            card(&look, self.facts(look)),
            card(&look, self.form(look)),
        ]
        .spacing(space::L)
        .width(Fill)
        .into()
    }

    /// What this batch does, in large figures.
    fn what<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let totals = self.recipients.totals();
        let number = |count: u64| look.words.number(count);
        let figure = |count: usize, key: &str| (number(count as u64), counted(&look, key, count));
        let figures = vec![
            figure(totals.mailboxes, "review-tile-mailboxes"),
            figure(totals.groups, "review-tile-groups"),
            figure(totals.contacts, "review-tile-contacts"),
            (number(totals.items), look.tell("review-tile-items", &[("count", totals.items.into())])),
            (look.words.size(totals.bytes), look.say("review-tile-size")),
        ];
        let figures: Element<'a, Message> = if look.compact {
            tiles(&look, figures)
        } else {
            Row::with_children(figures.into_iter().map(|(figure, label)| tile(&look, figure, label)))
                .spacing(space::L)
                .into()
        };
        let unknown =
            (totals.unknown > 0).then(|| text::muted(&look, counted(&look, "review-unknown-sizes", totals.unknown)));
        let arrived =
            (totals.arrived > 0).then(|| text::muted(&look, counted(&look, "review-arrived", totals.arrived)));
        column![figures, arrived, unknown].spacing(space::S).width(Fill).into()
    }

    /// Fewer than all are chosen: what that means.
    pub(super) fn pilot<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        if self.recipients.all_chosen() {
            return None;
        }
        let show =
            button(&look, "review-pilot", look.say("review-pilot-show")).on_press(Message::Show(Tab::Recipients));
        Some(
            notice(&look, Tone::Info, self.pilot_title(look)).body(look.say("review-pilot-rest")).action(show).into(),
        )
    }

    fn pilot_title(&self, look: Look<'_>) -> String {
        let all = self.recipients.all().len();
        let chosen = self.recipients.totals().chosen;
        look.tell(
            "review-pilot",
            &[
                ("chosen", look.words.number(chosen as u64).into()),
                ("all", look.words.number(all as u64).into()),
                ("count", chosen.into()),
            ],
        )
    }

    fn must_first<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let heading = counted(&look, "review-must-fix", self.must_fix());
        let check = (self.failed.is_none()).then(|| self.check_button(look));
        let head = row![text::heading(&look, heading).width(Fill), check].spacing(space::L).align_y(Center);
        column![head, self.must_fix_notices(look)].spacing(space::M).width(Fill).into()
    }

    /// What stands in the way or not, licences and time: each a line with a picture.
    fn facts<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let clear = (self.must_fix() == 0).then(|| {
            let mark = icon(&look, Tone::Good.icon(), 20.0, look.colours.good);
            row![mark, text::body(&look, look.say("review-clear"))].spacing(space::M).align_y(Center)
        });
        column![clear, self.lesser(look), self.licences(look), self.time(look)].spacing(space::L).width(Fill).into()
    }

    fn licences<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let (needed, free) = (self.plan.licences_needed, self.plan.tenant.free_licences);
        let short = needed.saturating_sub(free);
        let values = [("needed", needed.into()), ("free", free.into()), ("short", short.into())];
        let (key, tone) = match (needed, short) {
            (0, _) => ("review-licences-none", Tone::Good),
            (_, 0) => ("review-licences-enough", Tone::Good),
            _ => ("review-licences-short", Tone::Bad),
        };
        self.fact(look, Icon::Licence, tone, "review-licences", vec![look.tell(key, &values)])
    }

    fn time<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let mut lines: Vec<String> = Vec::new();
        match self.outlook.range(&look) {
            Some(range) => {
                lines.push(range);
                lines.extend(self.outlook.bound(&look));
                if self.outlook.is_long() {
                    lines.push(look.say("review-time-tonight"));
                }
            }
            None => lines.push(look.say("review-time-unknown")),
        }
        let unmeasured = self.outlook.unmeasured();
        if unmeasured > 0 {
            lines.push(counted(&look, "review-time-unmeasured", unmeasured));
        }
        self.fact(look, Icon::Clock, Tone::Info, "review-time", lines)
    }

    fn fact<'a>(
        &self,
        look: Look<'a>,
        shown: Icon,
        tone: Tone,
        name: &str,
        lines: Vec<String>,
    ) -> Element<'a, Message> {
        let mark = container(icon(&look, shown, 20.0, tone.colour(&look.colours))).padding([1.0, 0.0]);
        let lines = lines.into_iter().map(|line| text::body(&look, line).into());
        let words = column![text::strong(&look, look.say(name)), column(lines).spacing(space::XS)];
        row![mark, words.spacing(2.0).width(Fill)].spacing(space::M).into()
    }
}

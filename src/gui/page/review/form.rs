//! What may still be chosen for a batch: where reports go, who gets the status message, what becomes of deletions, how
//! many mailboxes at a time.

use std::path::PathBuf;

use iced::widget::{Row, column, container, row};
use iced::{Center, Fill};

use super::{Message, Review, Wrong, counted};
use crate::engine::plan::{Deletions, MOST_AT_A_TIME};
use crate::engine::recipient::Address;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::check::{check, choices};
use crate::gui::widget::field::field;
use crate::gui::widget::stepper::stepper;
use crate::gui::widget::text;

/// The reports folder's field.
pub const REPORTS: &str = "review-reports";
/// The button that chooses who else gets the status message.
pub const PEOPLE: &str = "review people browse";
/// How many names are told one by one.
const TOLD: usize = 12;

/// The folder that was typed.
pub fn folder(typed: &str) -> Result<PathBuf, Wrong> {
    let folder = PathBuf::from(typed.trim());
    match () {
        () if typed.trim().is_empty() => Err(Wrong::Missing),
        () if !folder.is_absolute() => Err(Wrong::NotWhole),
        () => Ok(folder),
    }
}

impl Wrong {
    fn words(&self, look: &Look<'_>) -> String {
        match self {
            Wrong::Missing => look.say("review-reports-missing"),
            Wrong::NotWhole => look.say("review-reports-not-whole"),
            Wrong::Unwritable(problem) => {
                let reason = problem.values.get("reason").cloned().unwrap_or_default();
                look.tell("review-reports-unwritable", &[("reason", reason.into())])
            }
        }
    }
}

impl Review {
    pub(super) fn form<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let number = u32::try_from(self.at_a_time).unwrap_or(1);
        let most = u32::try_from(MOST_AT_A_TIME).unwrap_or(1);
        let at_a_time =
            stepper(&look, "review-at-a-time", look.say("review-at-a-time"), number, 1..=most, Message::AtATime)
                .hint(look.say("review-at-a-time-hint"));
        let title = look.say("review-reports-choose");
        let browse =
            button(&look, "review reports browse", look.say("window-browse")).on_press(Message::BrowseReports(title));
        let reports = field(&look, REPORTS, look.say("review-reports"), &self.reports)
            .on_input(Message::Reports)
            .required(true)
            .hint(look.say("review-reports-hint"))
            .error(self.wrong.as_ref().map(|wrong| wrong.words(&look)))
            .beside(browse);
        column![Element::from(reports), self.status(look), self.deleted(look), Element::from(at_a_time)]
            .spacing(space::XL)
            .into()
    }

    fn status<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let me = &self.session.settings.source.email;
        let status_to = &self.session.status_to;
        let mine = look.tell("review-status-me", &[("address", me.as_str().into())]);
        let mine = check(&look, "review-status-me", mine, status_to.contains(me), Message::Me);
        let others: Vec<&Address> = status_to.iter().filter(|address| *address != me).collect();
        let more = others.len().saturating_sub(TOLD);
        let mut names: Vec<Element<'a, Message>> =
            others.into_iter().take(TOLD).map(|address| self.person(look, address)).collect();
        if more > 0 {
            names.push(text::muted(&look, counted(&look, "review-more", more)).into());
        }
        let names = (!names.is_empty())
            .then(|| Row::from_vec(names).spacing(space::S).align_y(Center).wrap().vertical_spacing(space::S));
        let browse = button(&look, PEOPLE, look.say("review-status-browse")).on_press(Message::BrowsePeople);
        let title = text::strong(&look, look.say("review-status"));
        let hint = text::small_muted(&look, look.say("review-status-hint"));
        column![title, mine, names, browse, hint].spacing(space::S).width(Fill).into()
    }

    fn deleted<'a>(&self, look: Look<'a>) -> Element<'a, Message> {
        let way = |way, label: &str, detail: &str| (way, look.say(label), look.say(detail));
        // Only whoever wrote it into the settings file knows what it means; it is not taken away from them either.
        let all = (self.session.settings.run.deletions == Deletions::FollowAll)
            .then(|| way(Deletions::FollowAll, "review-deletions-all", "review-deletions-all-detail"));
        let follow = way(Deletions::Follow, "review-deletions-follow", "review-deletions-follow-detail");
        let keep = way(Deletions::Keep, "review-deletions-keep", "review-deletions-keep-detail");
        let ways = choices(
            &look,
            "review-deletions",
            Some(self.deletions),
            [Some(follow), all, Some(keep)].into_iter().flatten().collect(),
            Message::Deletions,
        );
        let title = text::strong(&look, look.say("review-deletions"));
        let hint = text::small_muted(&look, look.say("review-deletions-hint"));
        column![title, ways, hint].spacing(space::S).width(Fill).into()
    }

    /// Somebody else who gets the message, and the way to leave them out.
    fn person<'a>(&self, look: Look<'a>, address: &Address) -> Element<'a, Message> {
        let colours = look.colours;
        let forget = look.tell("review-status-forget", &[("address", address.as_str().into())]);
        let id = format!("forget {address}");
        let content = row![
            container(text::body(&look, address.as_str())).max_width(320.0),
            button(&look, id, forget).kind(Kind::Quiet).on_press(Message::Forget(address.clone())),
        ];
        container(content.spacing(space::XS).align_y(Center))
            .padding([0.0, space::S])
            .style(move |_| container::Style {
                border: iced::Border::default().rounded(crate::gui::theme::radius::S).width(1.0).color(colours.line),
                ..container::background(colours.surface)
            })
            .into()
    }
}

//! The review page as a whole: its three parts, and what must be seen above each of them.

use iced::Fill;
use iced::widget::{column, container};

use super::{Message, Refusal, Review, Tab, counted};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::notice::{Tone, notice, problem};
use crate::gui::widget::page;
use crate::gui::widget::tabs::tabs;

/// The three parts.
pub const TABS: &str = "review tabs";
/// The button that checks again.
pub const CHECK: &str = "review-check";
/// The button that ends a check.
pub const CANCEL_CHECK: &str = "review-check-cancel";
/// The button that chooses everybody.
pub const CHOOSE_ALL: &str = "review-choose-all";
/// The button that takes a notice away.
pub const DISMISS: &str = "review dismiss";
/// The scroller of the parts that are read.
const SCROLLER: &str = "review scroll";

impl Review {
    pub(super) fn view<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let tabs = self.tabs(look);
        let said = self.said(look);
        let part = match self.tab {
            Tab::Summary => self.summary(look),
            Tab::Findings => self.findings(look),
            Tab::Recipients => return column![tabs, said, self.who(look)].spacing(space::L).into(),
        };
        if look.compact {
            return column![tabs, said, part].spacing(space::L).into();
        }
        // Room for the bar, which otherwise lies over the right edge of what is read.
        let part = container(part).padding(iced::Padding::ZERO.right(space::L).bottom(space::L));
        let scroller = container(page::scroll(&look, SCROLLER, part)).height(Fill);
        column![tabs, said, scroller].spacing(space::L).into()
    }

    fn tabs<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let number = |count: usize| look.words.number(count as u64);
        let tab = |key: &str, count, tab| (look.say(key), count, self.tab == tab, Message::Show(tab));
        let all = self.recipients.all().len();
        let chosen = self.recipients.totals().chosen;
        let recipients = match chosen == all {
            true => number(all),
            false => look.tell("review-some-of", &[("some", number(chosen).into()), ("all", number(all).into())]),
        };
        let findings = Some(self.causes.len()).filter(|count| *count > 0).map(number);
        tabs(
            &look,
            TABS,
            vec![
                tab("review-tab-summary", None, Tab::Summary),
                tab("review-tab-findings", findings, Tab::Findings),
                tab("review-tab-recipients", Some(recipients), Tab::Recipients),
            ],
        )
    }

    /// What is going on or went wrong, whichever part is seen.
    fn said<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        if let Some(again) = &self.again {
            let progress = again.progress;
            let body = look.tell(
                "review-checking-progress",
                &[
                    ("opened", progress.opened.into()),
                    ("mailboxes", progress.mailboxes.into()),
                    ("groups", progress.groups.into()),
                    ("contacts", progress.contacts.into()),
                ],
            );
            let held_up = self.refusal == Some(Refusal::Checking);
            let title = if held_up { "review-checking-first" } else { "review-checking" };
            let cancel = button(&look, CANCEL_CHECK, look.say("review-check-cancel")).on_press(Message::CancelCheck);
            let mut said = notice(&look, Tone::Info, look.say(title));
            let begun = progress.mailboxes + progress.groups + progress.contacts > 0;
            let waits = again.waits.map(|waits| look.words.waiting(waits, look.zone));
            if let Some(body) = waits.or(begun.then_some(body)) {
                said = said.body(body);
            }
            return Some(said.action(cancel).into());
        }
        let dismiss =
            || button(&look, DISMISS, look.say("window-close")).kind(Kind::Quiet).on_press(Message::Dismiss);
        if let Some(failed) = &self.failed {
            let retry = button(&look, CHECK, look.say("review-check")).on_press(Message::Check);
            return Some(problem(&look, failed).action(retry).action(dismiss()).into());
        }
        match self.refusal.as_ref()? {
            Refusal::Nobody => {
                let all = button(&look, CHOOSE_ALL, look.say("review-choose-all")).on_press(Message::ChooseAll);
                let said = notice(&look, Tone::Bad, look.say("review-nobody"));
                Some(said.body(look.say("review-nobody-body")).action(all).into())
            }
            Refusal::Obstacles => {
                let title = counted(&look, "review-obstacles", self.must_fix());
                Some(notice(&look, Tone::Bad, title).body(look.say("review-obstacles-body")).into())
            }
            Refusal::Failed(failed) => Some(problem(&look, failed).action(dismiss()).into()),
            Refusal::Checking => None,
        }
    }
}

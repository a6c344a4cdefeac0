//! One recipient in full: what moves with it and what does not, its addresses, members, and findings about it.

use iced::Fill;
use iced::widget::{Column, column, container, row};

use super::causes::names;
use super::recipients::{Kind, Recipient};
use super::{Message, counted};
use crate::engine::finding::Finding;
use crate::engine::plan::Plan;
use crate::engine::recipient::{Address, Identity};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::button;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::notice::notice;
use crate::gui::widget::tone::Tone;
use crate::gui::widget::{modal, page, text};

/// The button that closes it.
pub const CLOSE: &str = "review detail close";
/// The dialog's scroller.
const SCROLLER: &str = "review detail";
/// Height of what is told of a mailbox, in logical pixels.
const HIGH: f32 = 420.0;
/// Height of what is told of a group or contact, in logical pixels.
const MIDDLE: f32 = 280.0;
/// Height where the window is small, in logical pixels.
const LOW: f32 = 140.0;
/// How many addresses of a list are told at most.
const TOLD: usize = 50;
/// What a mailbox holds that moves.
const ITEMS: [&str; 5] = [
    "review-moves-mail",
    "review-moves-calendar",
    "review-moves-contacts",
    "review-moves-tasks",
    "review-moves-notes",
];
/// What belongs to a mailbox and does not move.
const STAYS: [&str; 5] = [
    "review-stays-rules",
    "review-stays-replies",
    "review-stays-permissions",
    "review-stays-archive",
    "review-stays-public-folders",
];
/// The largest mailbox of several people that needs no licence, in bytes.
const SHARED_WITHOUT_LICENCE: u64 = 50 * 1024 * 1024 * 1024;

/// A recipient in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    recipient: Recipient,
    /// Further addresses that it keeps.
    kept: Vec<Address>,
    /// Further addresses whose domain the target does not accept.
    dropped: Vec<Address>,
    /// Replies to old mail find it.
    legacy: bool,
    /// Members that are set with this batch.
    members: usize,
    /// Members that do not move.
    missing: Vec<Address>,
    findings: Vec<Finding>,
    /// The server hands out mail only.
    mail_only: bool,
}

impl Detail {
    /// All that the plan knows of a recipient. `mail_only`: the server hands out nothing but mail.
    pub fn of(recipient: &Recipient, plan: &Plan, mail_only: bool) -> Detail {
        let survey = plan.surveyed();
        let is = |identity: &&Identity| identity.address == recipient.address;
        let find = |mailboxes, groups, contacts| {
            let mailboxes: &[crate::engine::recipient::Mailbox] = mailboxes;
            let groups: &[crate::engine::recipient::Group] = groups;
            let contacts: &[crate::engine::recipient::Contact] = contacts;
            let all = mailboxes.iter().map(|m| &m.identity).chain(groups.iter().map(|g| &g.identity));
            all.chain(contacts.iter().map(|c| &c.identity)).find(is).cloned()
        };
        let planned = find(&plan.mailboxes, &plan.groups, &plan.contacts);
        let surveyed = find(&survey.mailboxes, &survey.groups, &survey.contacts);
        let kept = planned.as_ref().map(|identity| identity.aliases.clone()).unwrap_or_default();
        let had = surveyed.map(|identity| identity.aliases).unwrap_or_default();
        let members = |groups: &[crate::engine::recipient::Group]| {
            let group = groups.iter().find(|group| group.identity.address == recipient.address);
            group.map(|group| group.members.clone()).unwrap_or_default()
        };
        let (stay, were) = (members(&plan.groups), members(&survey.groups));
        let later = plan.later_members(&recipient.address);
        Detail {
            dropped: had.into_iter().filter(|alias| !kept.contains(alias)).collect(),
            legacy: planned.is_some_and(|identity| identity.legacy_dn.is_some()),
            members: stay.len() + later.len(),
            missing: were.into_iter().filter(|member| !stay.contains(member) && !later.contains(member)).collect(),
            findings: plan
                .findings
                .iter()
                .filter(|f| names(&f.problem).contains(&recipient.address))
                .cloned()
                .collect(),
            recipient: recipient.clone(),
            kept,
            mail_only,
        }
    }

    /// It as a dialog.
    pub fn view<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let recipient = &self.recipient;
        let mut parts: Vec<Element<'a, Message>> = vec![
            column![
                text::muted(&look, recipient.address.as_str()),
                text::small_muted(&look, self.kind_and_size(&look)),
            ]
            .spacing(2.0)
            .into(),
        ];
        for finding in &self.findings {
            let said = notice(&look, Tone::Warn, look.words.message(&finding.problem));
            parts.push(said.remedy(look.words.remedy(&finding.problem)).into());
        }
        parts.push(part(&look, "review-detail-moves", Tone::Good, self.moves(&look)));
        parts.extend(self.addresses(&look));
        parts.extend(self.members(&look));
        parts.push(part(&look, "review-detail-stays", Tone::Quiet, self.stays(&look)));
        let close = button(&look, CLOSE, look.say("window-close")).on_press(Message::Closed);
        let body = Column::from_vec(parts).spacing(space::L).width(Fill);
        let body = container(body).padding(iced::Padding::ZERO.right(space::L));
        let body = container(page::scroll(&look, SCROLLER, body)).height(self.height(&look));
        modal::dialog(&look, recipient.name.as_str(), body, vec![close.into()])
    }

    /// Of the part that scrolls, in logical pixels: name and button stay in sight.
    fn height(&self, look: &Look<'_>) -> f32 {
        match () {
            () if look.compact => LOW,
            () if self.recipient.kind.is_mailbox() => HIGH,
            () => MIDDLE,
        }
    }

    fn kind_and_size(&self, look: &Look<'_>) -> String {
        let kind = look.say(self.recipient.kind.key());
        match self.recipient.size {
            Some(size) => look.tell(
                "review-detail-size",
                &[
                    ("kind", kind.into()),
                    ("count", size.items.into()),
                    ("items", look.words.number(size.items).into()),
                    ("size", look.words.size(size.bytes).into()),
                ],
            ),
            None => kind,
        }
    }

    fn moves(&self, look: &Look<'_>) -> Vec<String> {
        let kind = self.recipient.kind;
        let mut lines = match kind {
            _ if kind.is_mailbox() && self.mail_only => vec![look.say("review-moves-mail")],
            _ if kind.is_mailbox() => ITEMS.iter().map(|key| look.say(key)).collect(),
            _ if kind.is_group() => {
                vec![look.say("review-moves-group"), counted(look, "review-moves-members", self.members)]
            }
            _ => vec![look.say("review-moves-contact")],
        };
        match kind {
            Kind::User => lines.push(look.say("review-moves-account")),
            Kind::MailUser => lines.push(look.say("review-moves-mail-user")),
            _ => {}
        }
        if self.legacy {
            lines.push(look.say("review-moves-replies"));
        }
        lines
    }

    fn stays(&self, look: &Look<'_>) -> Vec<String> {
        let kind = self.recipient.kind;
        let mut keys = Vec::new();
        if kind.is_mailbox() {
            keys.extend(self.mail_only.then_some("review-stays-not-mail"));
            keys.extend(STAYS);
            let large = self.recipient.size.is_some_and(|size| size.bytes > SHARED_WITHOUT_LICENCE);
            keys.extend((large && kind != Kind::User).then_some("review-stays-large-shared"));
        } else if kind.is_group() {
            keys.push("review-stays-group-settings");
        } else {
            keys.push("review-stays-contact");
        }
        keys.into_iter().map(|key| look.say(key)).collect()
    }

    fn addresses<'a>(&self, look: &Look<'a>) -> Option<Element<'a, Message>> {
        if self.kept.is_empty() && self.dropped.is_empty() {
            return None;
        }
        let mut lines: Vec<Element<'a, Message>> =
            told(look, &self.kept).into_iter().map(|line| line_of(look, Tone::Good, line)).collect();
        for line in told(look, &self.dropped) {
            let line = look.tell("review-detail-dropped", &[("address", line.into())]);
            lines.push(line_of(look, Tone::Warn, line));
        }
        Some(section(look, "review-detail-addresses", lines))
    }

    fn members<'a>(&self, look: &Look<'a>) -> Option<Element<'a, Message>> {
        let lines = told(look, &self.missing).into_iter().map(|line| line_of(look, Tone::Warn, line)).collect();
        (!self.missing.is_empty()).then(|| section(look, "review-detail-missing", lines))
    }
}

/// Addresses as lines, with how many are left out.
fn told(look: &Look<'_>, addresses: &[Address]) -> Vec<String> {
    let mut lines: Vec<String> = addresses.iter().take(TOLD).map(Address::to_string).collect();
    if addresses.len() > TOLD {
        lines.push(counted(look, "review-more", addresses.len() - TOLD));
    }
    lines
}

fn part<'a>(look: &Look<'a>, heading: &str, tone: Tone, lines: Vec<String>) -> Element<'a, Message> {
    section(look, heading, lines.into_iter().map(|line| line_of(look, tone, line)).collect())
}

fn section<'a>(look: &Look<'a>, heading: &str, lines: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    let lines = Column::from_vec(lines).spacing(space::XS).width(Fill);
    column![text::strong(look, look.say(heading)), lines].spacing(space::S).width(Fill).into()
}

fn line_of<'a>(look: &Look<'a>, tone: Tone, line: String) -> Element<'a, Message> {
    let mark = match tone {
        Tone::Good => Icon::Check,
        Tone::Quiet => Icon::Minus,
        _ => tone.icon(),
    };
    let mark = icon(look, mark, 16.0, tone.colour(&look.colours));
    row![container(mark).padding([3.0, 0.0]), text::body(look, line).width(Fill)]
        .spacing(space::S)
        .align_y(iced::Top)
        .into()
}

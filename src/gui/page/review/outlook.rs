//! How long it will take, and why not less.

use std::time::Duration;

use super::recipients::{Recipient, Recipients};
use crate::engine::forecast::{Forecast, WORTH_TELLING};
use crate::engine::recipient::Size;
use crate::gui::look::Look;

/// Shorter than this, a batch that starts in the evening is over in the morning.
const A_NIGHT: Duration = Duration::from_secs(6 * 3600);

/// How long a batch of the chosen recipients takes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    forecast: Option<Forecast>,
    reason: Option<Reason>,
    at_a_time: usize,
}

/// What sets the bound.
#[derive(Debug, Clone, PartialEq)]
enum Reason {
    /// The bytes of the largest mailbox.
    Bytes { name: String, bytes: u64 },
    /// The items of the fullest mailbox.
    Items { name: String, items: u64 },
    /// All mailboxes together, so many at a time.
    All { bytes: u64 },
}

impl Outlook {
    /// For those who are chosen. What an earlier batch brought across is not counted again in the bound, only in the range:
    /// how much of it is left is not known before it is looked at.
    pub fn of(recipients: &Recipients, at_a_time: usize) -> Outlook {
        let chosen = || recipients.all().iter().filter(|one| one.chosen && one.kind.is_mailbox());
        let new: Vec<&Recipient> = chosen().filter(|one| !one.arrived).collect();
        let sizes: Vec<Option<Size>> = new.iter().map(|one| one.size).collect();
        let everything: Vec<Option<Size>> = chosen().map(|one| one.size).collect();
        let Some(most) = Forecast::of(&everything, at_a_time) else {
            return Outlook { at_a_time, ..Outlook::default() };
        };
        let least = Forecast::of(&sizes, at_a_time);
        let forecast = Forecast {
            at_least: least.map(|least| least.at_least).unwrap_or_default(),
            likely: (least.map(|least| least.likely.0).unwrap_or_default(), most.likely.1),
            unmeasured: most.unmeasured,
        };
        let reason = (forecast.at_least >= WORTH_TELLING).then(|| reason(&new, forecast.at_least)).flatten();
        Outlook { forecast: Some(forecast), reason, at_a_time }
    }

    /// The range, in a sentence; `None` if nothing is known.
    pub fn range(&self, look: &Look<'_>) -> Option<String> {
        let forecast = self.forecast?;
        Some(look.tell("review-time-range", &[("range", look.words.range(forecast.likely).into())]))
    }

    /// It may well outlast a night.
    pub fn is_long(&self) -> bool {
        self.forecast.is_some_and(|forecast| forecast.likely.1 >= A_NIGHT)
    }

    /// Why it cannot take less, in a sentence.
    pub fn bound(&self, look: &Look<'_>) -> Option<String> {
        let least = look.words.about(self.forecast?.at_least);
        let least = ("least", least.into());
        Some(match self.reason.as_ref()? {
            Reason::Bytes { name, bytes } => look.tell(
                "review-time-bytes",
                &[least, ("name", name.as_str().into()), ("size", look.words.size(*bytes).into())],
            ),
            Reason::Items { name, items } => look.tell(
                "review-time-items",
                &[least, ("name", name.as_str().into()), ("items", look.words.number(*items).into())],
            ),
            Reason::All { bytes } => look.tell(
                "review-time-all",
                &[least, ("size", look.words.size(*bytes).into()), ("count", self.at_a_time.into())],
            ),
        })
    }

    /// Mailboxes whose size is not known and that are not in these times.
    pub fn unmeasured(&self) -> usize {
        self.forecast.map_or(0, |forecast| forecast.unmeasured)
    }
}

/// Which mailbox takes longest, or that they all do together.
fn reason(new: &[&Recipient], at_least: Duration) -> Option<Reason> {
    let alone = |size: Size| Forecast::of(&[Some(size)], 1).map(|forecast| forecast.at_least).unwrap_or_default();
    let sized = new.iter().filter_map(|one| one.size.map(|size| (*one, size)));
    let (longest, size) = sized.clone().max_by_key(|(_, size)| alone(*size))?;
    if alone(size) < at_least {
        return Some(Reason::All { bytes: sized.map(|(_, size)| size.bytes).sum() });
    }
    let name = longest.name.clone();
    Some(match alone(Size { items: 0, ..size }) == at_least {
        true => Reason::Bytes { name, bytes: size.bytes },
        false => Reason::Items { name, items: size.items },
    })
}

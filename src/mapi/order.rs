//! How the parts of an item were interleaved in its stream. The grammar wants own properties, then recipients, then
//! attachments; real streams put, for instance, an FXDelProp between the last two. Kept so that they come back as
//! they were.

/// A part of an item or attachment. The order of the variants is the grammar's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// One of its own properties.
    Property,
    /// A recipient.
    Recipient,
    /// An attachment.
    Attachment,
    /// The item in an attachment.
    Embedded,
}

/// The order of parts; the default is the grammar's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Order {
    /// Runs of equal parts.
    runs: Vec<(Part, usize)>,
}

impl Order {
    /// Notes that this part came next.
    pub(super) fn note(&mut self, part: Part) {
        match self.runs.last_mut() {
            Some((last, count)) if *last == part => *count += 1,
            _ => self.runs.push((part, 1)),
        }
    }

    /// Forgets what the grammar implies anyway.
    pub(super) fn settled(self) -> Order {
        if self.runs.is_sorted() { Order::default() } else { self }
    }

    /// All parts in their order, given how many of each there are now. Those that have been added since follow in
    /// the grammar's order.
    pub(super) fn sequence(&self, mut left: [(Part, usize); 3]) -> Vec<(Part, usize)> {
        let mut runs = Vec::with_capacity(self.runs.len() + left.len());
        for &(part, count) in &self.runs {
            for (_, rest) in left.iter_mut().filter(|(kind, _)| *kind == part) {
                let taken = count.min(*rest);
                *rest -= taken;
                runs.push((part, taken));
            }
        }
        runs.extend(left);
        runs
    }
}

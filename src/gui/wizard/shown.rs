//! A page as the frame sees it: whatever its messages are, they come out as the wizard's.

use iced::widget::Id;

use super::Message;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::{Footer, Page};

/// The page that is shown. See [`Page`] for each part.
pub trait Shown<'a> {
    /// The main instruction.
    fn title(&self, look: &Look<'_>) -> String;
    /// One sentence under the title.
    fn lead(&self, look: &Look<'_>) -> Option<String>;
    /// Everything between title and footer.
    fn body(&self, look: Look<'a>) -> Element<'a, Message>;
    /// The body scrolls by itself.
    fn fills(&self) -> bool;
    /// A question over the page.
    fn dialog(&self, look: Look<'a>) -> Option<Element<'a, Message>>;
    /// The commands at the foot.
    fn footer(&self) -> Footer<Message>;
    /// What Escape means.
    fn escape(&self) -> Option<Message>;
    /// The control that has the keyboard when the page opens.
    fn first_focus(&self) -> Option<Id>;
}

/// A page and what makes its messages the wizard's.
pub(super) struct Wrapped<'a, P: Page> {
    pub(super) page: &'a P,
    pub(super) wrap: fn(P::Message) -> Message,
}

impl<'a, P: Page> Shown<'a> for Wrapped<'a, P> {
    fn title(&self, look: &Look<'_>) -> String {
        self.page.title(look)
    }
    fn lead(&self, look: &Look<'_>) -> Option<String> {
        self.page.lead(look)
    }
    fn body(&self, look: Look<'a>) -> Element<'a, Message> {
        self.page.body(look).map(self.wrap)
    }
    fn fills(&self) -> bool {
        self.page.fills()
    }
    fn dialog(&self, look: Look<'a>) -> Option<Element<'a, Message>> {
        Some(self.page.dialog(look)?.map(self.wrap))
    }
    fn footer(&self) -> Footer<Message> {
        self.page.footer().map(self.wrap)
    }
    fn escape(&self) -> Option<Message> {
        self.page.escape().map(self.wrap)
    }
    fn first_focus(&self) -> Option<Id> {
        self.page.first_focus()
    }
}

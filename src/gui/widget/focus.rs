//! Who has the keyboard: on to the next, back, or to a given one; round at the ends, and always scrolled into view.

use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::advanced::widget::{Id, operate};
use iced::{Rectangle, Task, Vector};

/// Room above and below what has the keyboard, in logical pixels: a field's name stands above it, and below it the hint or
/// what is wrong with it.
const ROOM: f32 = 56.0;

/// On to the next (Tab); after the last comes the first.
pub fn next<M: Send + 'static>() -> Task<M> {
    move_to(Goal::Next)
}

/// Back (Shift and Tab); before the first comes the last.
pub fn previous<M: Send + 'static>() -> Task<M> {
    move_to(Goal::Previous)
}

/// To the first of the page.
pub fn first<M: Send + 'static>() -> Task<M> {
    move_to(Goal::First)
}

/// To this one. If it is not there, nothing changes.
pub fn to<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    move_to(Goal::To(id.into()))
}

/// To this answer of a dialog that has just opened. The dialog is read from its title on: one too tall to be seen whole
/// stands at its beginning, even if the answer is out of sight there.
pub fn to_answer<M: Send + 'static>(id: impl Into<Id>) -> Task<M> {
    move_to(Goal::Answer(id.into()))
}

/// Scrolls to what has the keyboard and leaves it there: after an arrow key chose another part of it.
pub fn reveal<M: Send + 'static>() -> Task<M> {
    move_to(Goal::Stay)
}

fn move_to<M: Send + 'static>(goal: Goal) -> Task<M> {
    operate(Survey { goal, stops: Vec::new(), areas: Vec::new(), around: Vec::new(), entered: None })
}

#[derive(Debug)]
enum Goal {
    Next,
    Previous,
    First,
    To(Id),
    Answer(Id),
    Stay,
}

/// A widget that can have the keyboard.
struct Stop {
    id: Option<Id>,
    focused: bool,
    bounds: Rectangle,
    /// The scroll areas around it, outermost first.
    around: Vec<usize>,
}

/// A scroll area.
struct Area {
    bounds: Rectangle,
    content: Rectangle,
    translation: Vector,
}

/// Looks who is there and where, then lets [`Move`] follow.
struct Survey {
    goal: Goal,
    stops: Vec<Stop>,
    areas: Vec<Area>,
    around: Vec<usize>,
    entered: Option<usize>,
}

impl Survey {
    fn target(&self) -> Option<usize> {
        let last = self.stops.len().checked_sub(1)?;
        let current = self.stops.iter().position(|stop| stop.focused);
        match &self.goal {
            Goal::Next => Some(current.filter(|at| *at < last).map_or(0, |at| at + 1)),
            Goal::Previous => Some(current.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
            Goal::First => Some(0),
            Goal::To(id) | Goal::Answer(id) => self.stops.iter().position(|stop| stop.id.as_ref() == Some(id)),
            Goal::Stay => current,
        }
    }

    /// By how much each scroll area around a stop must move, from the innermost outwards.
    fn scrolls(&self, stop: &Stop) -> Vec<(usize, AbsoluteOffset)> {
        if let Goal::Answer(_) = self.goal {
            let up = |index: &usize| AbsoluteOffset { x: 0.0, y: -self.areas[*index].translation.y };
            return stop.around.iter().map(|index| (*index, up(index))).collect();
        }
        let mut bounds = stop.bounds;
        let mut scrolls = Vec::new();
        for index in stop.around.iter().rev() {
            let area = &self.areas[*index];
            let seen = area.bounds + area.translation;
            let offset = AbsoluteOffset {
                x: shift((bounds.x, bounds.width), (seen.x, seen.width), (area.content.x, area.content.width)),
                y: shift((bounds.y, bounds.height), (seen.y, seen.height), (area.content.y, area.content.height)),
            };
            scrolls.push((*index, offset));
            bounds = bounds - area.translation - Vector::new(offset.x, offset.y);
        }
        scrolls
    }
}

/// By how much a view of a content must move along one axis (start, length) to show a part of it with some room around, or
/// as much of that as there is. A part longer than the view shows its start.
fn shift(part: (f32, f32), view: (f32, f32), content: (f32, f32)) -> f32 {
    let around = ((view.1 - part.1) / 2.0).clamp(0.0, ROOM);
    let (start, end) = (part.0 - around, part.0 + part.1 + around);
    let wanted =
        if start < view.0 || end - start > view.1 { start - view.0 } else { (end - view.0 - view.1).max(0.0) };
    let room = (content.1 - view.1).max(0.0);
    let passed = view.0 - content.0;
    (passed + wanted).clamp(0.0, room) - passed
}

impl<M: Send + 'static> Operation<M> for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<M>)) {
        let entered = self.entered.take();
        self.around.extend(entered);
        operate(self);
        if entered.is_some() {
            self.around.pop();
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.entered = Some(self.areas.len());
        self.areas.push(Area { bounds, content, translation });
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        let around = self.around.clone();
        self.stops.push(Stop { id: id.cloned(), focused: state.is_focused(), bounds, around });
    }

    fn finish(&self) -> Outcome<M> {
        let Some(target) = self.target() else { return Outcome::None };
        let scrolls = self.scrolls(&self.stops[target]);
        Outcome::Chain(Box::new(Move { target, scrolls, stops: 0, areas: 0 }))
    }
}

/// Gives the keyboard to one, takes it from all others, and scrolls.
struct Move {
    target: usize,
    scrolls: Vec<(usize, AbsoluteOffset)>,
    stops: usize,
    areas: usize,
}

impl<M> Operation<M> for Move {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<M>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if let Some((_, offset)) = self.scrolls.iter().find(|(index, _)| *index == self.areas) {
            state.scroll_by(*offset, bounds, content);
        }
        self.areas += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.stops != self.target {
            state.unfocus();
        } else if !state.is_focused() {
            // A field that has the keyboard already keeps its cursor.
            state.focus();
        }
        self.stops += 1;
    }
}

#[cfg(test)]
mod tests;

//! The books on screen: found is the sum of its places, with its signs, always.

use iced::Shrink;
use iced::widget::{Row, column};

use crate::engine::books::Books;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::text;

/// A figure and its name in `i18n/`.
type Entry = (&'static str, u64);

/// What the equation says: what was found, and where it all is.
pub fn entries(books: &Books) -> (Entry, [Entry; 6]) {
    let places = [
        ("run-books-waiting", books.waiting),
        ("run-books-moved", books.moved),
        ("run-books-already", books.already_there),
        ("run-books-skipped", books.skipped),
        ("run-books-failed", books.failed),
        ("run-books-gone", books.gone),
    ];
    (("run-books-found", books.found), places)
}

/// The equation.
pub fn view<'a, M: 'a>(look: &Look<'a>, books: &Books) -> Element<'a, M> {
    let (found, places) = entries(books);
    let mut parts: Vec<Element<'a, M>> = vec![figure(look, found, None)];
    for (place, entry) in places.into_iter().enumerate() {
        parts.push(figure(look, entry, Some(if place == 0 { "=" } else { "+" })));
    }
    Row::from_vec(parts).spacing(space::M).wrap().vertical_spacing(space::M).into()
}

/// A figure over its name, with the sign that stands before it, so that both break to the next line together.
fn figure<'a, M: 'a>(look: &Look<'a>, (key, number): Entry, sign: Option<&'static str>) -> Element<'a, M> {
    let figure = column![text::figure(look, look.words.number(number)), text::small_muted(look, look.say(key))];
    let sign = sign.map(|sign| text::figure(look, sign).color(look.colours.muted));
    let parts: Vec<Element<'a, M>> =
        sign.map(Element::from).into_iter().chain([figure.width(Shrink).into()]).collect();
    Row::from_vec(parts).spacing(space::M).align_y(iced::Top).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_screen_sums_up() {
        let books = Books { found: 63, waiting: 1, moved: 2, already_there: 4, skipped: 8, failed: 16, gone: 32 };
        let ((_, found), places) = entries(&books);
        assert_eq!(found, places.iter().map(|(_, number)| number).sum::<u64>());
        assert!(places.windows(2).all(|pair| pair[0].1 * 2 == pair[1].1), "every place has its own figure");
    }
}

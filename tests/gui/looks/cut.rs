//! Whether words are cut off, written over each other or out of the window, in any language.

use iced::{Rectangle, Size};

use super::tour::of_people;
use crate::support::{Window, Written};

/// Tall enough for every page as a whole, in logical pixels, so that nothing is merely scrolled away.
const TALL: f32 = 6_000.0;
/// What may be missing of a text, in logical pixels: edges of letters are soft.
const SLACK: f32 = 1.5;

/// What is amiss with the words in a window of this size.
pub fn amiss(window: &mut Window, (width, height): (f32, f32)) -> Vec<String> {
    window.reshape(width, TALL);
    let (written, typed, scrollers) = (window.written(), window.typed(), window.scrollers());
    // A field scrolls to what is typed, and names and addresses may be cut at the end of a table's cell.
    let ours =
        |text: &&Written| !text.words.trim().is_empty() && !typed.contains(&text.words) && !of_people(&text.words);
    let mut amiss: Vec<String> = written.iter().filter(ours).filter_map(|text| cut(text, &scrollers)).collect();
    amiss.extend(overlaps(&written));
    window.reshape(width, height);
    amiss.extend(out_of_reach(window, Size::new(width, height)));
    amiss.into_iter().map(|what| format!("{width} x {height}: {what}")).collect()
}

fn cut(text: &Written, scrollers: &[(Rectangle, Rectangle)]) -> Option<String> {
    let seen = text.seen.unwrap_or(Rectangle { width: 0.0, height: 0.0, ..text.whole });
    let missing = (text.whole.width - seen.width, text.whole.height - seen.height);
    // Further down in something that scrolls by itself, such as a table.
    let below = |(bounds, content): &(Rectangle, Rectangle)| {
        let end = text.whole.y + text.whole.height;
        content.contains(text.whole.center()) && end > bounds.y + bounds.height - SLACK
    };
    let scrolled = missing.1 > SLACK && scrollers.iter().any(below);
    (!scrolled && (missing.0 > SLACK || missing.1 > SLACK))
        .then(|| format!("cut off by {missing:?}: {:?}", text.words))
}

fn overlaps(written: &[Written]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, one) in written.iter().enumerate() {
        for other in written[place + 1..].iter().filter(|other| other.layer == one.layer) {
            let (Some(a), Some(b)) = (one.seen, other.seen) else { continue };
            let both = a.intersection(&b).unwrap_or_default();
            if both.width > SLACK && both.height > SLACK {
                found.push(format!("over each other: {:?} and {:?}", one.words, other.words));
            }
        }
    }
    found
}

/// Controls that can be scrolled to are in reach; those at the foot and beside the page must be there.
fn out_of_reach(window: &mut Window, size: Size) -> Vec<String> {
    let whole = Rectangle::new(iced::Point::ORIGIN, size);
    let controls = window.controls();
    let beside = |bounds: &Rectangle| bounds.x < whole.x - SLACK || bounds.x + bounds.width > whole.width + SLACK;
    let fixed = |id: &str| id.starts_with("footer-");
    controls
        .into_iter()
        .filter(|(id, bounds, seen)| beside(bounds) || (fixed(id) && seen.height + SLACK < bounds.height))
        .map(|(id, bounds, _)| format!("out of the window: {id} at {bounds:?}"))
        .collect()
}

//! What the window looks like: every page in its main states, compared with pictures that somebody has looked at; and that
//! no language's words are cut off.

use cutover::gui::app::{Message, System};
use cutover::i18n::LANGUAGES;

use crate::support::Window;

#[path = "looks/cut.rs"]
mod cut;
#[path = "looks/record.rs"]
mod record;
#[path = "looks/tour.rs"]
mod tour;

use record::Record;
pub use record::save;
use tour::{OPENS, SMALL, USUAL, tour};

/// The languages of which there are pictures: the source, and one whose words are long.
const PICTURED: [&str; 2] = ["en-GB", "de"];
/// What is pictured in a small window with large text, too.
const SMALL_TOO: [&str; 9] = [
    "connect-faults",
    "review-recipients",
    "run",
    "run-stop",
    "run-find",
    "run-brake",
    "run-brake-ask",
    "run-again",
    "complete-queued",
];
/// What is pictured as a whole, too, since there is much below the edge of the usual window; and the height that this
/// takes, in logical pixels.
const WHOLE_TOO: [(&str, f32); 2] = [("review-summary", 1_500.0), ("run-folders", 1_930.0)];

fn shade(window: &mut Window, dark: bool) {
    window.put(Message::System(System { dark, contrast: false }));
}

#[tokio::test(start_paused = true)]
async fn every_page_looks_as_somebody_saw_it() {
    for language in PICTURED.into_iter().filter(|language| LANGUAGES.iter().any(|(tag, _)| tag == language)) {
        let mut record = Record::of(language);
        let mut look = |window: &mut Window, name: &str| {
            record.take(format!("{name}-light"), window.pixels());
            shade(window, true);
            record.take(format!("{name}-dark"), window.pixels());
            shade(window, false);
            if SMALL_TOO.contains(&name) {
                window.reshape(SMALL.0, SMALL.1);
                record.take(format!("{name}-small"), window.pixels());
                window.reshape(USUAL.0, USUAL.1);
            }
            if let Some((_, tall)) = WHOLE_TOO.iter().find(|(whole, _)| *whole == name) {
                window.reshape(USUAL.0, *tall);
                record.take(format!("{name}-whole"), window.pixels());
                window.reshape(USUAL.0, USUAL.1);
            }
        };
        tour(language, &mut look).await;
        record.close();
    }
}

#[tokio::test(start_paused = true)]
async fn no_words_are_cut_off_in_any_language_or_size() {
    let mut amiss = Vec::new();
    for (language, _) in LANGUAGES {
        let mut look = |window: &mut Window, name: &str| {
            for size in [SMALL, OPENS, USUAL] {
                let found = cut::amiss(window, size);
                amiss.extend(found.into_iter().map(|what| format!("{language}, {name}, {what}")));
            }
        };
        tour(language, &mut look).await;
    }
    amiss.sort();
    amiss.dedup();
    assert!(amiss.is_empty(), "{amiss:#?}");
}

//! Generated tasks and sticky notes.

use super::letter::{filetime, set_subject};
use super::words::words;
use super::{Desk, NOW};
use crate::mapi::{Item, Type, Value, guid, lid, pid};
use crate::practice::random::Random;
use crate::practice::typed::Typed;

const TASK: [u8; 16] = guid::PSETID_TASK;
const COMMON: [u8; 16] = guid::PSETID_COMMON;
const NOTE: [u8; 16] = guid::PSETID_NOTE;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// The task of a number in a mailbox: not started, in progress and complete in turn.
pub(super) fn task(desk: &Desk<'_>, number: usize) -> Item {
    let mut random = desk.random(b'k', number);
    let mut item = common(desk, "IPM.Task", &mut random);
    let due = NOW - NOW.rem_euclid(DAY) + DAY * (random.below(60) as i64 - 20);
    item.lid_time(TASK, lid::TASK_START_DATE, filetime(due - 5 * DAY)).lid_time(
        TASK,
        lid::TASK_DUE_DATE,
        filetime(due),
    );
    item.lid_time(COMMON, lid::COMMON_START, filetime(due - 5 * DAY)).lid_time(
        COMMON,
        lid::COMMON_END,
        filetime(due),
    );
    let (status, done) = [(0, 0.0), (1, 0.25), (2, 1.0)][number % 3];
    item.lid_long(TASK, lid::TASK_STATUS, status).lid_flag(TASK, lid::TASK_COMPLETE, status == 2);
    item.lid(TASK, lid::PERCENT_COMPLETE, Type::F64, Value::F64(done));
    if status == 2 {
        item.lid_time(TASK, lid::TASK_DATE_COMPLETED, filetime(due - DAY)).long(pid::FLAG_STATUS, 1);
    }
    item.lid_text(TASK, lid::TASK_OWNER, &desk.owner.name).lid_flag(TASK, lid::TASK_IS_RECURRING, false);
    item.lid_long(TASK, lid::TASK_ESTIMATED_EFFORT, 480).lid_long(TASK, lid::TASK_ACTUAL_EFFORT, 60);
    let reminder = status == 0;
    item.lid_flag(COMMON, lid::REMINDER_SET, reminder);
    if reminder {
        item.lid_time(COMMON, lid::REMINDER_TIME, filetime(due)).lid_time(
            COMMON,
            lid::REMINDER_SIGNAL_TIME,
            filetime(due),
        );
    }
    item
}

/// The sticky note of a number in a mailbox, in every colour in turn.
pub(super) fn note(desk: &Desk<'_>, number: usize) -> Item {
    let mut random = desk.random(b'n', number);
    let mut item = common(desk, "IPM.StickyNote", &mut random);
    item.lid_long(NOTE, lid::NOTE_COLOR, (number % 5) as i32);
    item.lid_long(NOTE, lid::NOTE_WIDTH, 200).lid_long(NOTE, lid::NOTE_HEIGHT, 166);
    item.lid_long(NOTE, lid::NOTE_X, 80)
        .lid_long(NOTE, lid::NOTE_Y, 80)
        .long(pid::ICON_INDEX, 768 + (number % 5) as i32);
    item
}

fn common(desk: &Desk<'_>, class: &str, random: &mut Random) -> Item {
    let words = words(desk.language);
    let mut item = Item::default();
    item.text(pid::MESSAGE_CLASS, class).long(pid::IMPORTANCE, 1).long(pid::SENSITIVITY, 0);
    set_subject(&mut item, "", random.pick(&words.subjects).copied().unwrap_or_default());
    let body = random.pick(&words.sentences).copied().unwrap_or_default();
    item.text(pid::BODY, &format!("{body}\r\n")).long(pid::MESSAGE_FLAGS, 1).long(pid::INTERNET_CODEPAGE, 65001);
    let made = filetime(NOW - DAY * (30 + random.below(300) as i64));
    item.time(pid::CREATION_TIME, made).time(pid::LAST_MODIFICATION_TIME, made);
    item.bytes(pid::SEARCH_KEY, random.key().to_vec());
    item
}

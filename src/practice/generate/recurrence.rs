//! The binary properties of a calendar series: recurrence (MS-OXOCAL 2.2.1.44), time zone (2.2.1.39, 2.2.1.41) and
//! global object id (2.2.1.27). Local time is UTC in all generated series.

/// Seconds from 1601-01-01 to 1970-01-01.
const EPOCH: i64 = 11_644_473_600;
/// Minutes of a day.
const DAY: u32 = 1_440;
/// The British time zone: GMT in winter, an hour ahead from the last Sunday of March to that of October.
const ZONE: &str = "GMT Standard Time";

/// A changed occurrence; times in seconds since 1970.
pub(super) struct Exception {
    pub original: i64,
    pub start: i64,
    pub end: i64,
    pub subject: String,
}

/// A weekly series with one occurrence moved and one cancelled; times in seconds since 1970.
pub(super) struct Weekly {
    pub start: i64,
    pub end: i64,
    pub occurrences: u32,
    pub moved: Exception,
    pub cancelled: i64,
}

/// Minutes since 1601.
fn minutes(seconds: i64) -> u32 {
    u32::try_from((seconds + EPOCH) / 60).unwrap_or(0)
}

/// Midnight of that day, in minutes since 1601.
fn midnight(seconds: i64) -> u32 {
    minutes(seconds) / DAY * DAY
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn short(&mut self, value: u16) -> &mut Bytes {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }
    fn long(&mut self, value: u32) -> &mut Bytes {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }
    fn longs(&mut self, values: &[u32]) -> &mut Bytes {
        for value in values {
            self.long(*value);
        }
        self
    }
}

impl Weekly {
    /// The AppointmentRecurrencePattern structure.
    pub(super) fn blob(&self) -> Vec<u8> {
        let mut out = Bytes(Vec::new());
        let first = midnight(self.start);
        let last = first + (self.occurrences - 1) * 7 * DAY;
        // 1601-01-01 was a Monday, so this counts from Monday; Sunday is bit 0.
        let weekday_bit = 1 << ((first / DAY + 1) % 7);
        // Version, weekly frequency, pattern "week", Gregorian, and the week's start (Monday) modulo one week.
        out.short(0x3004).short(0x3004).short(0x200B).short(1).short(0).long(0);
        // Every week, not sliding, the day, ends after a number of occurrences, weeks begin on Monday.
        out.longs(&[1, 0, weekday_bit, 0x2022, self.occurrences, 1]);
        let mut deleted = [midnight(self.moved.original), midnight(self.cancelled)];
        deleted.sort_unstable();
        out.long(2).longs(&deleted).long(1).long(midnight(self.moved.start)).long(first).long(last);
        out.long(0x3006).long(0x3009).long(minutes(self.start) - first).long(minutes(self.end) - first);
        out.short(1);
        self.exception(&mut out);
        out.0
    }

    /// One ExceptionInfo with a changed subject, and its ExtendedException.
    fn exception(&self, out: &mut Bytes) {
        let times = [minutes(self.moved.start), minutes(self.moved.end), minutes(self.moved.original)];
        // The 8-bit subject cannot hold everything; the wide one below counts.
        let narrow: Vec<u8> =
            self.moved.subject.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let wide: Vec<u16> = self.moved.subject.encode_utf16().collect();
        let length = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        const SUBJECT: u16 = 1;
        out.longs(&times).short(SUBJECT).short(length(narrow.len() + 1)).short(length(narrow.len()));
        out.0.extend_from_slice(&narrow);
        // Reserved block 1; change highlight of four bytes; reserved block of the extended exception.
        out.long(0).long(4).long(0).long(0).longs(&times).short(length(wide.len()));
        for unit in wide {
            out.short(unit);
        }
        // The other reserved block of the extended exception, and reserved block 2.
        out.long(0).long(0);
    }
}

/// Day of the change: month, the last Sunday, hour.
fn change(out: &mut Bytes, month: u16, hour: u16) {
    for value in [0, month, 0, 5, hour, 0, 0, 0] {
        out.short(value);
    }
}

/// The TimeZoneStruct of the zone.
pub(super) fn zone_struct() -> Vec<u8> {
    let mut out = Bytes(Vec::new());
    out.longs(&[0, 0, (-60_i32).cast_unsigned()]).short(0);
    change(&mut out, 10, 2);
    out.short(0);
    change(&mut out, 3, 1);
    out.0
}

/// The TimeZoneDefinition of the zone, with one rule that is in force from 1601 on.
pub(super) fn zone_definition() -> Vec<u8> {
    let name: Vec<u16> = ZONE.encode_utf16().collect();
    let count = u16::try_from(name.len()).unwrap_or(0);
    let mut out = Bytes(vec![2, 1]);
    out.short(6 + 2 * count).short(2).short(count);
    for unit in name {
        out.short(unit);
    }
    // One rule: recurrence and effective rule, year 1601, seven reserved words.
    out.short(1).short(0x0102).short(0x3E).short(3).short(1601).longs(&[0, 0, 0]).short(0);
    out.longs(&[0, 0, (-60_i32).cast_unsigned()]);
    change(&mut out, 10, 2);
    change(&mut out, 3, 1);
    out.0
}

/// A global object id of a meeting that this server made.
pub(super) fn global_object_id(key: &[u8; 16]) -> Vec<u8> {
    let mut out = Bytes(vec![0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08]);
    out.longs(&[0, 0, 0, 0, 0]).long(16);
    out.0.extend_from_slice(key);
    out.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// 2027-03-02 08:30 UTC, Tuesday: the series of a real server that this form was checked against.
    const START: i64 = 1_803_976_200;

    fn weekly() -> Weekly {
        let moved =
            Exception { original: START, start: START + 3_600, end: START + 7_200, subject: "new".to_owned() };
        Weekly { start: START, end: START + 3_600, occurrences: 8, moved, cancelled: START + 7 * 86_400 }
    }

    #[test]
    fn a_series_is_laid_out_as_real_servers_do() {
        let blob = weekly().blob();
        assert_eq!(blob[..10], [0x04, 0x30, 0x04, 0x30, 0x0B, 0x20, 1, 0, 0, 0]);
        // Tuesday is bit 2.
        assert_eq!(blob[22..26], [4, 0, 0, 0]);
        let number = |at: usize| u32::from_le_bytes(blob[at..at + 4].try_into().unwrap());
        assert_eq!((number(26), number(30), number(34), number(38)), (0x2022, 8, 1, 2));
        // Two deleted days, one modified; first and last day.
        assert_eq!(number(42) % DAY, 0);
        assert_eq!(number(58) - number(54), 0);
        assert_eq!(number(62) - number(58), 7 * 7 * DAY);
        assert_eq!((number(66), number(70)), (0x3006, 0x3009));
        assert_eq!((number(74), number(78)), (510, 570));
        assert_eq!(&blob[blob.len() - 14..blob.len() - 8], [b'n', 0, b'e', 0, b'w', 0]);
    }

    #[test]
    fn zones_have_their_sizes() {
        assert_eq!(zone_struct().len(), 48);
        let definition = zone_definition();
        assert_eq!(usize::from(definition[2]), 6 + 2 * ZONE.len());
        assert_eq!(definition.len(), 4 + 6 + 2 * ZONE.len() + 66);
        assert_eq!(global_object_id(&[1; 16]).len(), 56);
    }
}

//! Numbers and sizes as the user's language writes them.

use fluent_bundle::FluentValue;

use super::Words;

/// The units above bytes. Each is 1,024 of the one before, as Windows counts.
const UNITS: [&str; 4] = ["format-size-kb", "format-size-mb", "format-size-gb", "format-size-tb"];
/// From here on a size has no decimal.
const WHOLE_FROM: f64 = 99.95;

impl Words {
    /// A whole number with its digits grouped.
    pub fn number(&self, number: u64) -> String {
        self.signs.apply(&number.to_string())
    }

    /// A number with one decimal; a dash for what is no number.
    pub fn decimal(&self, number: f64) -> String {
        if number.is_finite() { self.signs.apply(&format!("{number:.1}")) } else { "–".to_owned() }
    }

    /// A number of bytes in the largest unit of which there is at least one.
    pub fn size(&self, bytes: u64) -> String {
        if bytes < 1024 {
            return self.formats.text("format-size-bytes", &[("number", FluentValue::from(bytes))]);
        }
        let mut amount = bytes as f64 / 1024.0;
        let mut units = UNITS.iter();
        let mut unit = units.next();
        // What would be rounded to 1,024 is one of the next unit.
        while amount >= 1023.5
            && let Some(next) = units.next()
        {
            amount /= 1024.0;
            unit = Some(next);
        }
        let kilobytes = unit == UNITS.first();
        let number =
            if kilobytes || amount >= WHOLE_FROM { self.number(amount.round() as u64) } else { self.decimal(amount) };
        self.formats.text(unit.unwrap_or(&UNITS[0]), &[("number", FluentValue::from(number))])
    }

    /// A share from 0 to 1 in whole percent, rounded down: all is only said when it is all.
    pub fn percent(&self, share: f64) -> String {
        // A hair is added because shares such as 0.29 are a little less than they say.
        let percent = (share.clamp(0.0, 1.0) * 100.0 + 1e-9).floor();
        self.formats.text("format-percent", &[("number", FluentValue::from(self.number(percent as u64)))])
    }
}

#[cfg(test)]
mod tests;

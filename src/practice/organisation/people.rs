//! The people of the practice company: names in several scripts, each with a language.

/// A language in which the company's people write and Outlook names their folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// British English.
    English,
    /// German.
    German,
    /// Greek.
    Greek,
    /// Japanese.
    Japanese,
    /// Hebrew, written from right to left.
    Hebrew,
    /// Polish.
    Polish,
    /// French.
    French,
}

/// A person before it becomes a directory entry: given name, family name, alias, language.
pub(super) struct Person {
    pub given: String,
    pub surname: String,
    pub display: String,
    pub alias: String,
    pub language: Language,
}

use Language::{English, French, German, Greek, Hebrew, Japanese, Polish};

/// Given name, family name, display name where it is not just both, alias.
type Row = (&'static str, &'static str, &'static str, &'static str, Language);

/// The first people, so that even a small company meets every script. Later ones combine these names.
const NAMES: [Row; 20] = [
    ("Alice", "Ashdown", "", "alice.ashdown", English),
    ("Jürgen", "Größler", "", "juergen.groessler", German),
    ("Ελένη", "Παπαδοπούλου", "", "eleni.papadopoulou", Greek),
    ("花子", "山田", "山田 花子", "hanako.yamada", Japanese),
    ("נועם", "לוי", "", "noam.levi", Hebrew),
    ("Żaneta", "Łąkowska", "", "zaneta.lakowska", Polish),
    ("Zoë", "Lefèvre", "Zoë Lefèvre 🌿", "zoe.lefevre", French),
    ("Seán", "O'Brien", "O'Brien, Seán", "sean.obrien", English),
    ("Ingmar", "Weiß", "", "ingmar.weiss", German),
    ("Νίκος", "Αλεξίου", "", "nikos.alexiou", Greek),
    ("健", "佐藤", "佐藤 健", "ken.sato", Japanese),
    ("Priya", "Raman", "Priya Raman (Sales & Service)", "priya.raman", English),
    ("Paweł", "Wiśniewski", "", "pawel.wisniewski", Polish),
    ("Chloé", "D'Arcy", "", "chloe.darcy", French),
    ("תמר", "כהן", "", "tamar.cohen", Hebrew),
    ("Oluwaseun", "Adeyemi", "", "seun.adeyemi", English),
    ("Anneliese", "Köhler-Böhm", "", "anneliese.koehler", German),
    ("Tom", "Null", "Tom Null <workshop>", "tom.null", English),
    ("Małgorzata", "Źdźbło", "", "malgorzata.zdzblo", Polish),
    ("Émile", "Noël", "", "emile.noel", French),
];

/// The person of a number. Beyond the list, given and family names are combined and the alias is numbered.
pub(super) fn person(number: usize) -> Person {
    let (given, _, _, given_alias, _) = NAMES[number % NAMES.len()];
    let round = number / NAMES.len();
    let (_, surname, display, surname_alias, language) = NAMES[(number + 7 * round) % NAMES.len()];
    let first = given_alias.split('.').next().unwrap_or(given_alias);
    let last = surname_alias.split('.').nth(1).unwrap_or(surname_alias);
    let alias = if round == 0 { format!("{first}.{last}") } else { format!("{first}.{last}{}", round + 1) };
    let plain = display.is_empty() || round > 0;
    let display = if plain { format!("{given} {surname}") } else { display.to_owned() };
    Person { given: given.to_owned(), surname: surname.to_owned(), display, alias, language }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_people_have_a_thousand_aliases() {
        let aliases: std::collections::BTreeSet<_> = (0..1000).map(|number| person(number).alias).collect();
        assert_eq!(aliases.len(), 1000);
        assert!(aliases.iter().all(|alias| alias.is_ascii() && alias.contains('.')));
    }

    #[test]
    fn the_first_people_meet_every_script() {
        let names: String = (0..7).map(|number| person(number).display).collect();
        assert!(names.contains('ñ') || names.contains('ö'));
        assert!(names.contains('花') && names.contains('Ε') && names.contains('נ') && names.contains('🌿'));
    }
}

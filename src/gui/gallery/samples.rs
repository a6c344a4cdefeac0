//! The gallery's texts. For developers only, so they are not translated: no user sees them.

pub(super) const TITLE: &str = "Cutover: gallery";
pub(super) const ROOMS: [&str; 6] = ["Words and icons", "Notices", "Figures", "Controls", "Table", "Dialog"];
pub(super) const APPEARANCES: [&str; 3] = ["Light", "Dark", "High contrast"];
pub(super) const COMPACT: &str = "Compact";

pub(super) const LANGUAGES: [&str; 3] = ["English (United Kingdom)", "Deutsch", "日本語"];

pub(super) const SENTENCE: &str = "Cutover copies the mail of every mailbox and reads it back, item by item.";
pub(super) const LONG: &str = "Die Umstellungskoordinationsbeauftragten der Donaudampfschifffahrtsgesellschaft müssen vor dem \
    Abschluss der Postfachzusammenführung noch zweihundertsiebenunddreißig Verteilergruppenmitgliedschaften prüfen.";
pub(super) const UNBROKEN: &str = "a.very.long.address.that.nobody.would.type.twice@subsidiary.with.a.long.name.example.com/and/a/path/without/a/space";
pub(super) const SCRIPTS: [&str; 6] = [
    "山田太郎 <taro@example.jp>",
    "Ελένη Παπαδοπούλου",
    "Мария Иванова",
    "דוד כהן",
    "สมชาย ใจดี",
    "Zażółć gęślą jaźń, Őrség, Șerban",
];
pub(super) const FIGURES: &str = "0123456789  1,111.11  8,888.88";

pub(super) const NOTICES: [(&str, &str); 5] = [
    ("The contact “Old printer” stays behind", "It has no address that Microsoft 365 accepts."),
    ("The Exchange server asks for a pause", "Nothing is wrong; no mail is lost."),
    ("Everything has arrived", "12,480 items were read back and are equal."),
    ("Three mailboxes are larger than their licence allows", "Their mail is copied up to the limit."),
    ("The Exchange server does not answer", "What has arrived in Microsoft 365 so far is safe."),
];
pub(super) const REMEDY: &str =
    "Check that the server is running and that port 443 is open to this computer, then start again.";
pub(super) const DETAILS: &str =
    "GET https://mail.example.com/EWS/Exchange.asmx\nconnection refused (os error 111)\nrequest 7f3a, 3rd attempt";

pub(super) const TILES: [(&str, &str); 6] = [
    ("42", "mailboxes"),
    ("7", "distribution groups"),
    ("128", "mail contacts"),
    ("184.2 GB", "to be moved, attachments and archived folders included"),
    ("1,248,016", "items"),
    ("6 to 9 h", "likely time"),
];
pub(super) const FACTS: [(&str, &str); 4] = [
    ("Exchange server", "mail.example.com"),
    ("Version", "Exchange 2013 CU23"),
    ("Organisation in Microsoft 365", "contoso.onmicrosoft.com"),
    ("Verteilergruppenmitgliedschaften", "zweihundertsiebenunddreißig"),
];
pub(super) const STEPS: [(&str, Option<&str>); 5] = [
    ("Find the Exchange server", Some("mail.example.com, by the address of anna@example.com")),
    ("Check the certificate", None),
    ("Sign in", Some("3rd attempt")),
    ("Read the address list", Some("The server refused: Full Access is missing.")),
    ("Look for public folders", Some("Not needed")),
];

pub(super) const PEOPLE: [&str; 8] = [
    "Anna Berger",
    "Bob O'Neill",
    "山田太郎",
    "Ελένη Παπαδοπούλου",
    "Besprechungsraum Donaudampfschifffahrt, zweites Obergeschoss",
    "Мария Иванова",
    "Support desk",
    "Zoë Çelik",
];

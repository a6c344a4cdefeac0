//! The folders of a practice mailbox: the standard ones under their names in the owner's language, and the odd ones
//! that users make.

use crate::practice::organisation::people::Language;
use crate::practice::store::{FolderKey, Mailbox};

/// Where the items of a mailbox go.
pub(super) struct Folders {
    pub inbox: FolderKey,
    pub sent: FolderKey,
    pub drafts: FolderKey,
    pub deleted: FolderKey,
    pub junk: FolderKey,
    pub calendar: FolderKey,
    pub contacts: FolderKey,
    pub tasks: FolderKey,
    pub notes: FolderKey,
    /// Folders that users made for mail.
    pub own: Vec<FolderKey>,
}

/// EWS distinguished ids with the container class of each, in the order of `names`.
const STANDARD: [(&str, &str); 11] = [
    ("inbox", "IPF.Note"),
    ("sentitems", "IPF.Note"),
    ("drafts", "IPF.Note"),
    ("deleteditems", "IPF.Note"),
    ("junkemail", "IPF.Note"),
    ("outbox", "IPF.Note"),
    ("calendar", "IPF.Appointment"),
    ("contacts", "IPF.Contact"),
    ("tasks", "IPF.Task"),
    ("notes", "IPF.StickyNote"),
    ("journal", "IPF.Journal"),
];

/// The name of the message folder root and then those of `STANDARD`, as Outlook of that language makes them.
fn names(language: Language) -> [&'static str; 12] {
    match language {
        Language::English => [
            "Top of Information Store",
            "Inbox",
            "Sent Items",
            "Drafts",
            "Deleted Items",
            "Junk E-mail",
            "Outbox",
            "Calendar",
            "Contacts",
            "Tasks",
            "Notes",
            "Journal",
        ],
        Language::German => [
            "Oberste Ebene des Informationsspeichers",
            "Posteingang",
            "Gesendete Elemente",
            "Entwürfe",
            "Gelöschte Elemente",
            "Junk-E-Mail",
            "Postausgang",
            "Kalender",
            "Kontakte",
            "Aufgaben",
            "Notizen",
            "Journal",
        ],
        Language::Greek => [
            "Ανώτατο επίπεδο αποθήκης πληροφοριών",
            "Εισερχόμενα",
            "Απεσταλμένα",
            "Πρόχειρα",
            "Διαγραμμένα",
            "Ανεπιθύμητη αλληλογραφία",
            "Εξερχόμενα",
            "Ημερολόγιο",
            "Επαφές",
            "Εργασίες",
            "Σημειώσεις",
            "Χρονικό",
        ],
        Language::Japanese => [
            "インフォメーション ストアの先頭",
            "受信トレイ",
            "送信済みアイテム",
            "下書き",
            "削除済みアイテム",
            "迷惑メール",
            "送信トレイ",
            "予定表",
            "連絡先",
            "タスク",
            "メモ",
            "履歴",
        ],
        Language::Hebrew => [
            "ראש מאגר המידע",
            "תיבת דואר נכנס",
            "פריטים שנשלחו",
            "טיוטות",
            "פריטים שנמחקו",
            "דואר זבל",
            "תיבת דואר יוצא",
            "לוח שנה",
            "אנשי קשר",
            "משימות",
            "פתקים",
            "יומן",
        ],
        Language::Polish => [
            "Góra magazynu informacji",
            "Skrzynka odbiorcza",
            "Elementy wysłane",
            "Kopie robocze",
            "Elementy usunięte",
            "Wiadomości-śmieci",
            "Skrzynka nadawcza",
            "Kalendarz",
            "Kontakty",
            "Zadania",
            "Notatki",
            "Dziennik",
        ],
        Language::French => [
            "Racine de la banque d'informations",
            "Boîte de réception",
            "Éléments envoyés",
            "Brouillons",
            "Éléments supprimés",
            "Courrier indésirable",
            "Boîte d'envoi",
            "Calendrier",
            "Contacts",
            "Tâches",
            "Notes",
            "Journal",
        ],
    }
}

/// The distinguished id as the store keeps it; `None` for an unknown one.
pub(crate) fn distinguished(id: &str) -> Option<&'static str> {
    if id == "msgfolderroot" {
        return Some("msgfolderroot");
    }
    STANDARD.iter().map(|(known, _)| *known).find(|known| *known == id)
}

/// A mailbox with the standard folders in a language, and nothing in it.
pub(crate) fn standard(language: Language) -> Mailbox {
    let [root_name, names @ ..] = names(language);
    let mut mailbox = Mailbox::new(root_name);
    let root = mailbox.distinguished("msgfolderroot").map(|folder| folder.key);
    for ((id, class), name) in STANDARD.iter().zip(names) {
        mailbox.add_folder(root, name, class, Some(id));
    }
    mailbox
}

/// Adds the folders that users made: nested, with characters that are path separators elsewhere, with names that
/// differ only in case, and one that Outlook hides. The hidden one stays empty, as it is on real servers where a
/// feature of Outlook keeps its settings in associated messages.
pub(super) fn with_own_folders(mailbox: &mut Mailbox) -> Folders {
    let key = |mailbox: &Mailbox, id: &str| mailbox.distinguished(id).map_or(1, |folder| folder.key);
    let (root, inbox) = (key(mailbox, "msgfolderroot"), key(mailbox, "inbox"));
    let add = |mailbox: &mut Mailbox, parent: FolderKey, name: &str| {
        mailbox.add_folder(Some(parent), name, "IPF.Note", None)
    };
    let projects = add(mailbox, root, "Projects");
    let library = add(mailbox, projects, "Library 2024/25");
    let stairs = add(mailbox, library, "Stairs \\ Landing: oak");
    let party = add(mailbox, root, "🎄 Weihnachtsfeier 忘年会");
    let lower = add(mailbox, root, "archive");
    let upper = add(mailbox, root, "Archive");
    let customers = add(mailbox, inbox, "Customers");
    let spaced = add(mailbox, inbox, "R&D <new> \"ideas\"");
    let hidden = mailbox.add_folder(Some(root), "Conversation Action Settings", "IPF.Configuration", None);
    mailbox.change_folder(hidden, |folder| folder.hidden = true);
    Folders {
        inbox,
        sent: key(mailbox, "sentitems"),
        drafts: key(mailbox, "drafts"),
        deleted: key(mailbox, "deleteditems"),
        junk: key(mailbox, "junkemail"),
        calendar: key(mailbox, "calendar"),
        contacts: key(mailbox, "contacts"),
        tasks: key(mailbox, "tasks"),
        notes: key(mailbox, "notes"),
        own: vec![customers, library, stairs, party, lower, upper, spaced, projects],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_language_names_every_standard_folder() {
        use Language::{English, French, German, Greek, Hebrew, Japanese, Polish};
        for language in [English, French, German, Greek, Hebrew, Japanese, Polish] {
            let mailbox = standard(language);
            assert_eq!(mailbox.folders().count(), 12);
            assert!(mailbox.folders().all(|folder| folder.distinguished.is_some() && !folder.name.is_empty()));
        }
        assert_eq!(standard(Language::German).distinguished("inbox").unwrap().name, "Posteingang");
        assert_eq!(distinguished("inbox"), Some("inbox"));
        assert_eq!(distinguished("archive"), None);
    }

    #[test]
    fn users_make_odd_folders() {
        let mut mailbox = standard(Language::English);
        let folders = with_own_folders(&mut mailbox);
        assert_eq!(mailbox.folders().filter(|folder| folder.hidden).count(), 1);
        let names: Vec<_> = folders.own.iter().map(|key| mailbox.folder(*key).unwrap().name.as_str()).collect();
        for part in ["/", "\\", ":", "🎄", "&"] {
            assert!(names.iter().any(|name| name.contains(part)), "{part}");
        }
    }
}

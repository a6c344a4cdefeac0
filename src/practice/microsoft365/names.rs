//! The folders that every mailbox of the service has from its start, and their names in the mailbox's language.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A mailbox's display language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Language {
    English,
    Dutch,
    German,
    French,
}

impl Language {
    /// The language of a country; where it does not say, `fraction` (0 to 1) picks one.
    pub fn of(usage_location: Option<&str>, fraction: f64) -> Language {
        match usage_location {
            Some("NL") => Language::Dutch,
            Some("DE" | "AT") => Language::German,
            Some("FR") => Language::French,
            Some("GB" | "US" | "IE" | "AU" | "NZ") => Language::English,
            _ => {
                let all = [Language::English, Language::Dutch, Language::German, Language::French];
                all[((fraction * 4.0) as usize).min(3)]
            }
        }
    }

    fn locale(self) -> (&'static str, &'static str) {
        match self {
            Language::English => ("en-GB", "English (United Kingdom)"),
            Language::Dutch => ("nl-NL", "Nederlands (Nederland)"),
            Language::German => ("de-DE", "Deutsch (Deutschland)"),
            Language::French => ("fr-FR", "français (France)"),
        }
    }
}

/// A folder that the service makes.
pub(super) struct Made {
    /// Our name for it; the well-known name where it has one.
    pub id: &'static str,
    pub parent: Option<&'static str>,
    pub class: &'static str,
    /// Clients may use the id as a well-known name.
    pub well_known: bool,
    pub hidden: bool,
    /// Lies beside the message folder root, not below it.
    pub beside: bool,
    /// English, Dutch, German, French.
    names: [&'static str; 4],
}

impl Made {
    pub fn name(&self, language: Language) -> &'static str {
        self.names[language as usize]
    }
}

const fn mail(id: &'static str, names: [&'static str; 4]) -> Made {
    Made { id, parent: None, class: "IPF.Note", well_known: true, hidden: false, beside: false, names }
}

const fn of_class(id: &'static str, class: &'static str, names: [&'static str; 4]) -> Made {
    Made { id, parent: None, class, well_known: false, hidden: false, beside: false, names }
}

const fn same(name: &'static str) -> [&'static str; 4] {
    [name; 4]
}

/// All of them; parents come first, the message folder root before everything.
pub(super) const FOLDERS: &[Made] = &[
    mail(
        "msgfolderroot",
        [
            "Top of Information Store",
            "Bovenste niveau van gegevensarchief",
            "Oberste Ebene des Informationsspeichers",
            "Racine de la banque d'informations",
        ],
    ),
    Made { beside: true, ..mail("recoverableitemsdeletions", same("Deletions")) },
    Made { beside: true, ..mail("searchfolders", same("Finder")) },
    mail("inbox", ["Inbox", "Postvak IN", "Posteingang", "Boîte de réception"]),
    mail("drafts", ["Drafts", "Concepten", "Entwürfe", "Brouillons"]),
    mail("sentitems", ["Sent Items", "Verzonden items", "Gesendete Elemente", "Éléments envoyés"]),
    mail("deleteditems", ["Deleted Items", "Verwijderde items", "Gelöschte Elemente", "Éléments supprimés"]),
    mail("outbox", ["Outbox", "Postvak UIT", "Postausgang", "Boîte d'envoi"]),
    mail("junkemail", ["Junk Email", "Ongewenste e-mail", "Junk-E-Mail", "Courrier indésirable"]),
    mail("archive", ["Archive", "Archief", "Archiv", "Archive"]),
    mail(
        "conversationhistory",
        [
            "Conversation History",
            "Gespreksgeschiedenis",
            "Aufgezeichnete Unterhaltungen",
            "Historique des conversations",
        ],
    ),
    mail(
        "syncissues",
        ["Sync Issues", "Synchronisatieproblemen", "Synchronisierungsprobleme", "Problèmes de synchronisation"],
    ),
    Made { parent: Some("syncissues"), ..mail("conflicts", ["Conflicts", "Conflicten", "Konflikte", "Conflits"]) },
    Made {
        parent: Some("syncissues"),
        ..mail("localfailures", ["Local Failures", "Lokale fouten", "Lokale Fehler", "Défaillances locales"])
    },
    Made {
        parent: Some("syncissues"),
        ..mail("serverfailures", ["Server Failures", "Serverfouten", "Serverfehler", "Défaillances du serveur"])
    },
    of_class("calendar", "IPF.Appointment", ["Calendar", "Agenda", "Kalender", "Calendrier"]),
    of_class("contacts", "IPF.Contact", ["Contacts", "Contactpersonen", "Kontakte", "Contacts"]),
    Made {
        parent: Some("contacts"),
        hidden: true,
        ..of_class("recipientcache", "IPF.Contact.RecipientCache", same("Recipient Cache"))
    },
    of_class("tasks", "IPF.Task", ["Tasks", "Taken", "Aufgaben", "Tâches"]),
    of_class("notes", "IPF.StickyNote", ["Notes", "Notities", "Notizen", "Notes"]),
    of_class("journal", "IPF.Journal", ["Journal", "Logboek", "Journal", "Journal"]),
    of_class("rss", "IPF.Note.OutlookHomepage", ["RSS Feeds", "RSS-feeds", "RSS-Feeds", "Flux RSS"]),
    Made { hidden: true, ..of_class("quickstep", "IPF.Configuration", same("Quick Step Settings")) },
    Made {
        hidden: true,
        ..of_class("conversationaction", "IPF.Configuration", same("Conversation Action Settings"))
    },
];

/// `mailboxSettings` of a new mailbox.
pub(super) fn settings(language: Language) -> Value {
    let (locale, name) = language.locale();
    json!({
        "timeZone": "W. Europe Standard Time", "dateFormat": "dd-MM-yyyy", "timeFormat": "HH:mm",
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "language": {"locale": locale, "displayName": name},
        "automaticRepliesSetting": {
            "status": "disabled", "externalAudience": "all", "internalReplyMessage": "", "externalReplyMessage": "",
        },
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": {"name": "W. Europe Standard Time"},
        },
    })
}

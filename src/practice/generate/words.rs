//! What people write, in their languages: subjects, sentences, greetings, closings.

use crate::practice::organisation::people::Language;

/// A language's phrases.
pub(super) struct Words {
    /// What a client of this language puts before the subject of an answer.
    pub answer: &'static str,
    pub greeting: &'static str,
    pub closing: &'static str,
    pub subjects: [&'static str; 6],
    pub sentences: [&'static str; 6],
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Greek => &GREEK,
        Language::Japanese => &JAPANESE,
        Language::Hebrew => &HEBREW,
        Language::Polish => &POLISH,
        Language::French => &FRENCH,
    }
}

static ENGLISH: Words = Words {
    answer: "RE: ",
    greeting: "Good morning",
    closing: "Kind regards",
    subjects: [
        "Oak boards for the library",
        "Invoice 2291 is overdue",
        "Thursday's site visit",
        "New drawings for the stairs",
        "Holiday rota",
        "Quote: 12 sash windows",
    ],
    sentences: [
        "The timber arrived this morning and looks good.",
        "Could you send me the figures by Friday?",
        "I've attached the drawing; please check the measurements.",
        "The customer would like a second coat of varnish.",
        "Let's meet at the workshop at half past nine.",
        "The price is £1,240 – or €1,430 – including delivery.",
    ],
};

static GERMAN: Words = Words {
    answer: "AW: ",
    greeting: "Guten Morgen",
    closing: "Mit freundlichen Grüßen",
    subjects: [
        "Eichenbretter für die Bücherei",
        "Rechnung 2291 überfällig",
        "Ortstermin am Donnerstag",
        "Neue Zeichnungen fürs Treppenhaus",
        "Urlaubsplan",
        "Angebot: 12 Kastenfenster",
    ],
    sentences: [
        "Das Holz ist heute früh gekommen und sieht gut aus.",
        "Schickst du mir bitte bis Freitag die Zahlen?",
        "Die Zeichnung hängt an; bitte die Maße prüfen.",
        "Der Kunde wünscht einen zweiten Anstrich.",
        "Treffen wir uns um halb zehn in der Werkstatt.",
        "Der Preis beträgt 1.430 € einschließlich Lieferung.",
    ],
};

static GREEK: Words = Words {
    answer: "ΑΠ: ",
    greeting: "Καλημέρα",
    closing: "Με εκτίμηση",
    subjects: [
        "Σανίδες δρυός για τη βιβλιοθήκη",
        "Το τιμολόγιο 2291 έληξε",
        "Επίσκεψη την Πέμπτη",
        "Νέα σχέδια για τη σκάλα",
        "Πρόγραμμα αδειών",
        "Προσφορά: 12 παράθυρα",
    ],
    sentences: [
        "Η ξυλεία έφτασε σήμερα το πρωί.",
        "Μπορείς να μου στείλεις τα ποσά ως την Παρασκευή;",
        "Επισυνάπτω το σχέδιο· έλεγξε τις διαστάσεις.",
        "Ο πελάτης θέλει δεύτερο χέρι βερνίκι.",
        "Ας βρεθούμε στο εργαστήριο στις εννιάμισι.",
        "Η τιμή είναι 1.430 € με τη μεταφορά.",
    ],
};

static JAPANESE: Words = Words {
    answer: "RE: ",
    greeting: "おはようございます",
    closing: "よろしくお願いいたします",
    subjects: [
        "図書室用のオーク材について",
        "請求書2291の支払期限",
        "木曜日の現場訪問",
        "階段の新しい図面",
        "休暇の予定表",
        "見積書:上げ下げ窓12枚",
    ],
    sentences: [
        "今朝、木材が届きました。",
        "金曜日までに数字を送っていただけますか。",
        "図面を添付しました。寸法をご確認ください。",
        "お客様は二度塗りをご希望です。",
        "九時半に工房でお会いしましょう。",
        "価格は配送込みで二十三万円です。",
    ],
};

static HEBREW: Words = Words {
    answer: "RE: ",
    greeting: "בוקר טוב",
    closing: "בברכה",
    subjects: [
        "לוחות אלון לספרייה",
        "חשבונית 2291 באיחור",
        "ביקור באתר ביום חמישי",
        "שרטוטים חדשים למדרגות",
        "לוח חופשות",
        "הצעת מחיר: 12 חלונות",
    ],
    sentences: [
        "העץ הגיע הבוקר ונראה טוב.",
        "תוכל לשלוח לי את המספרים עד יום שישי?",
        "צירפתי את השרטוט, נא לבדוק את המידות.",
        "הלקוח רוצה שכבת לכה שנייה.",
        "ניפגש בבית המלאכה בתשע וחצי.",
        "המחיר הוא 5,900 ₪ כולל משלוח.",
    ],
};

static POLISH: Words = Words {
    answer: "ODP: ",
    greeting: "Dzień dobry",
    closing: "Z poważaniem",
    subjects: [
        "Deski dębowe do biblioteki",
        "Faktura 2291 po terminie",
        "Wizyta na budowie w czwartek",
        "Nowe rysunki schodów",
        "Grafik urlopów",
        "Oferta: 12 okien skrzynkowych",
    ],
    sentences: [
        "Drewno przyjechało dziś rano i wygląda dobrze.",
        "Czy możesz przysłać liczby do piątku?",
        "Załączam rysunek, proszę sprawdzić wymiary.",
        "Klient życzy sobie drugą warstwę lakieru.",
        "Spotkajmy się w warsztacie o wpół do dziesiątej.",
        "Cena wynosi 6 150 zł z dostawą.",
    ],
};

static FRENCH: Words = Words {
    answer: "RE: ",
    greeting: "Bonjour",
    closing: "Bien cordialement",
    subjects: [
        "Planches de chêne pour la bibliothèque",
        "Facture 2291 échue",
        "Visite du chantier jeudi",
        "Nouveaux plans de l'escalier",
        "Planning des congés",
        "Devis : 12 fenêtres à guillotine",
    ],
    sentences: [
        "Le bois est arrivé ce matin, il est très beau.",
        "Peux-tu m'envoyer les chiffres d'ici vendredi ?",
        "Je joins le plan ; merci de vérifier les cotes.",
        "Le client souhaite une deuxième couche de vernis.",
        "Retrouvons-nous à l'atelier à neuf heures et demie.",
        "Le prix est de 1 430 €, livraison comprise.",
    ],
};

//! Generated contacts and personal distribution lists.

use super::attachment::{file, pixel};
use super::letter::{Party, filetime};
use super::{Desk, NOW};
use crate::mapi::{Item, Properties, Type, Value, guid, lid, pid};
use crate::practice::entry_id::one_off;
use crate::practice::random::Random;
use crate::practice::typed::Typed;
const ADDRESS: [u8; 16] = guid::PSETID_ADDRESS;

/// Given name, family name, company, town, mail host.
const ACQUAINTANCES: [(&str, &str, &str, &str, &str); 8] = [
    ("Greta", "Lindqvist", "Birchwater Sawmill", "Växjö", "birchwater-sawmill.example"),
    ("John", "O'Dowd", "O'Dowd & Sons", "Limerick", "odowd.example"),
    ("Αλίκη", "Βλάχου", "Ξυλουργική Α.Ε.", "Πάτρα", "xylourgiki.example"),
    ("太郎", "鈴木", "株式会社木工", "京都市", "mokko.example"),
    ("דנה", "ברק", "נגריית ברק", "חיפה", "barak.example"),
    ("Łucja", "Żółć", "Stolarnia Żółć", "Łódź", "stolarnia.example"),
    ("Renée", "Dubois", "Menuiserie Dubois", "Besançon", "dubois.example"),
    ("Prince", "", "", "", "prince.example"),
];

/// The contact of a number in a mailbox. Every sixth is a personal distribution list.
pub(super) fn contact(desk: &Desk<'_>, number: usize) -> Item {
    let mut random = desk.random(b'c', number);
    let mut item = Item::default();
    item.bytes(pid::SEARCH_KEY, random.key().to_vec()).long(pid::MESSAGE_FLAGS, 1);
    item.long(pid::IMPORTANCE, 1).long(pid::SENSITIVITY, 0).long(pid::INTERNET_CODEPAGE, 65001);
    let made = filetime(NOW - 86_400 * (random.below(900) as i64));
    item.time(pid::CREATION_TIME, made).time(pid::LAST_MODIFICATION_TIME, made);
    if number % 6 == 5 {
        list(&mut item, desk, number, &mut random);
    } else {
        person(&mut item, number, &mut random);
    }
    item
}

fn person(item: &mut Item, number: usize, random: &mut Random) {
    let (given, surname, company, town, host) = ACQUAINTANCES[number % ACQUAINTANCES.len()];
    let name = format!("{given} {surname}").trim().to_owned();
    let email = format!("contact{number}@{host}");
    item.text(pid::MESSAGE_CLASS, "IPM.Contact").text(pid::DISPLAY_NAME, &name).text(pid::GIVEN_NAME, given);
    item.text(pid::SUBJECT, &name).text(pid::SUBJECT_PREFIX, "").text(pid::NORMALIZED_SUBJECT, &name);
    if !surname.is_empty() {
        item.text(pid::SURNAME, surname).text(pid::COMPANY_NAME, company).text(pid::TITLE, "Buyer");
        item.text(pid::BUSINESS_HOME_PAGE, &format!("https://www.{host}/"));
        item.lid_text(ADDRESS, lid::WORK_ADDRESS_STREET, "12 Timber Lane\r\nUnit 4");
        item.lid_text(ADDRESS, lid::WORK_ADDRESS_CITY, town).lid_text(
            ADDRESS,
            lid::WORK_ADDRESS_POSTAL_CODE,
            "AB1 2CD",
        );
        item.lid_text(ADDRESS, lid::WORK_ADDRESS, &format!("12 Timber Lane\r\nUnit 4\r\nAB1 2CD {town}"));
    }
    item.text(pid::BUSINESS_TELEPHONE_NUMBER, &format!("+44 1632 96{:04}", random.below(10_000)));
    item.text(pid::MOBILE_TELEPHONE_NUMBER, &format!("+44 7700 90{:04}", random.below(10_000)));
    // A birthday is midnight UTC of the day.
    item.time(pid::BIRTHDAY, filetime(86_400 * (random.below(12_000) as i64)));
    item.lid_text(
        ADDRESS,
        lid::FILE_UNDER,
        &if surname.is_empty() { name.clone() } else { format!("{surname}, {given}") },
    );
    item.lid_text(ADDRESS, lid::EMAIL1_DISPLAY_NAME, &format!("{name} ({email})"));
    item.lid_text(ADDRESS, lid::EMAIL1_ADDRESS_TYPE, "SMTP").lid_text(ADDRESS, lid::EMAIL1_ADDRESS, &email);
    item.lid_text(ADDRESS, lid::EMAIL1_ORIGINAL_DISPLAY_NAME, &email);
    item.text(pid::BODY, "Met at the timber fair.\r\nPrefers ash – and tea ☕.\r\n");
    match number % 4 {
        1 => {
            let mut picture = file("ContactPicture.jpg", "image/png", pixel());
            picture.flag(pid::ATTACHMENT_CONTACT_PHOTO, true).long(pid::ATTACH_NUMBER, 0);
            item.attachments.push(picture);
            item.lid_flag(ADDRESS, lid::HAS_PICTURE, true);
        }
        2 => {
            let children = ["Åsa", "Olof"].map(|name| Value::Unicode(name.to_owned())).to_vec();
            item.set(pid::CHILDRENS_NAMES, Type(Type::UNICODE.0 | Type::MULTI), Value::Multi(children));
            item.custom_texts(guid::PS_PUBLIC_STRINGS, "Keywords", &["Supplier"]);
        }
        3 => {
            let second = format!("private{number}@{host}");
            item.lid_text(ADDRESS, lid::EMAIL2_DISPLAY_NAME, &second).lid_text(
                ADDRESS,
                lid::EMAIL2_ADDRESS_TYPE,
                "SMTP",
            );
            item.lid_text(ADDRESS, lid::EMAIL2_ADDRESS, &second);
            item.lid_text(ADDRESS, lid::EMAIL2_ORIGINAL_DISPLAY_NAME, &second);
            item.custom_text(guid::PS_PUBLIC_STRINGS, "Customer number", &format!("K-{number:05}"));
        }
        _ => {}
    }
}

/// A personal distribution list (MS-OXOCNTC 2.2.2).
fn list(item: &mut Item, desk: &Desk<'_>, number: usize, random: &mut Random) {
    let name = format!("Customers {number}");
    item.text(pid::MESSAGE_CLASS, "IPM.DistList").text(pid::DISPLAY_NAME, &name);
    item.text(pid::SUBJECT, &name).text(pid::SUBJECT_PREFIX, "").text(pid::NORMALIZED_SUBJECT, &name);
    item.lid_text(ADDRESS, lid::FILE_UNDER, &name).lid_text(ADDRESS, lid::DISTRIBUTION_LIST_NAME, &name);
    let members: Vec<_> = (0..3).map(|_| member(&desk.correspondent(random))).collect();
    let kind = Type(Type::BINARY.0 | Type::MULTI);
    item.lid(ADDRESS, lid::DISTRIBUTION_LIST_MEMBERS, kind, Value::Multi(members.clone()));
    item.lid(ADDRESS, lid::DISTRIBUTION_LIST_ONE_OFF_MEMBERS, kind, Value::Multi(members));
}

fn member(party: &Party) -> Value {
    Value::Binary(one_off(&party.name, &party.email).into())
}

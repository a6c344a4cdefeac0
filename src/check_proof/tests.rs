//! Every way in which a proof can be wrong has its own answer.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use ring::signature::{Ed25519KeyPair, KeyPair};

use super::*;

const NONE: &str = r#"{"found":0,"moved":0,"already_there":0,"skipped":0,"failed":0,"waiting":0,"gone":0}"#;

/// What `cutover sample 3 <item>` draws of the first 45 at 20 %, reckoned with another program.
const DRAWN: &[u64] = &[1, 3, 6, 8, 15, 17, 19, 21, 22, 40, 44];

fn books(found: u64, moved: u64, skipped: u64) -> String {
    format!(
        r#"{{"found":{found},"moved":{moved},"already_there":0,"skipped":{skipped},"failed":0,"waiting":0,"gone":0}}"#
    )
}

fn compared(equal: u64, changed: u64, missing: u64, left_out: u64) -> String {
    format!(
        r#"{{"equal":{equal},"changed_since":{changed},"gone_since":0,"source_unread":0,"missing":{missing},"differs":0,"changed_on_target":0,"removed_on_target":0,"not_compared":0,"left_out":{left_out}}}"#
    )
}

fn hash(n: u8) -> String {
    format!("{n:02x}").repeat(32)
}

fn head(percent: &str, books: &str, compared: &str) -> String {
    format!(
        r#"{{"cutover_proof":2,"program":"Cutover 0.1.0","verified":"2026-11-20T08:00:00Z","source":"contoso.com","target":"tenant",{percent},"new_at_source":2,"folders_not_asked":0,"books":{books},"compared":{compared}}}"#
    )
}

/// Two mailboxes, one of them empty; four items.
fn lines() -> Vec<String> {
    let (all, outcomes) = (books(4, 3, 1), compared(1, 1, 1, 0));
    vec![
        head(r#""percent":100"#, &all, &outcomes),
        format!(r#"{{"mailbox":"anna@contoso.com","books":{all},"compared":{outcomes}}}"#),
        format!(
            r#"{{"folder":1,"mailbox":"anna@contoso.com","class":"IPF.Note","books":{all},"compared":{outcomes}}}"#
        ),
        format!(r#"{{"item":1,"folder":1,"outcome":"equal","sent":"{}"}}"#, hash(1)),
        format!(r#"{{"item":2,"folder":1,"outcome":"changed_since","sent":"{}","source":"{}"}}"#, hash(2), hash(3)),
        format!(r#"{{"item":5,"folder":1,"outcome":"missing","sent":"{}","target":null,"reason":"x"}}"#, hash(4)),
        r#"{"item":9,"folder":1,"outcome":"skipped","reason":"target-item-too-large"}"#.to_owned(),
        format!(r#"{{"mailbox":"ben@contoso.com","books":{NONE},"compared":{}}}"#, compared(0, 0, 0, 0)),
    ]
}

/// Signs lines as they are, whatever they say.
fn signed(lines: &[String]) -> Vec<u8> {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let mut tree = Tree::default();
    lines.iter().for_each(|line| tree.add(line.as_bytes()));
    let digits = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let (entries, root) = (lines.len(), digits(&tree.root()));
    let older = lines.first().is_some_and(|head| head.contains(r#""cutover_proof":1,"#));
    let format = if older { 1 } else { 2 };
    let signature = pair.sign(format!("Cutover proof {format}\nentries {entries}\nroot {root}\n").as_bytes());
    let end = format!(
        r#"{{"entries":{entries},"root":"{root}","key":"{}","signature":"{}"}}"#,
        digits(pair.public_key().as_ref()),
        digits(signature.as_ref())
    );
    format!("{}\n{end}\n", lines.join("\n")).into_bytes()
}

fn checked(file: &[u8]) -> Checked {
    check(file, None).unwrap()
}

fn flaws_of(lines: &[String]) -> Vec<Flaw> {
    checked(&signed(lines)).flaws
}

/// The lines with one of them changed.
fn with(number: usize, from: &str, to: &str) -> Vec<String> {
    let mut lines = lines();
    assert!(lines[number - 1].contains(from), "{}", lines[number - 1]);
    lines[number - 1] = lines[number - 1].replace(from, to);
    lines
}

#[test]
fn a_whole_proof_holds_and_says_what_it_proves() {
    let checked = checked(&signed(&lines()));
    assert_eq!(checked.flaws, []);
    assert_eq!((checked.mailboxes, checked.amiss()), (2, 1));
    let head = checked.head.unwrap();
    assert_eq!(
        (head.source.as_str(), head.percent, head.compared.equal, head.books.found),
        ("contoso.com", 100, 1, 4)
    );
}

#[test]
fn the_key_that_was_noted_down_decides_whose_proof_it_is() {
    let file = signed(&lines());
    let fingerprint = checked(&file).fingerprint.unwrap();
    assert!(is_fingerprint(&fingerprint), "{fingerprint}");
    let typed = fingerprint.replace('-', " ").to_uppercase();
    assert_eq!(check(&file[..], Some(&typed)).unwrap().expected_key, Some(true));
    let other = check(&file[..], Some(&"0".repeat(24))).unwrap();
    assert_eq!((other.flaws, other.expected_key), (vec![Flaw::OtherKey], Some(false)));
    for no in ["", "abcd", &"g".repeat(24), &fingerprint[1..]] {
        assert!(!is_fingerprint(no), "{no}");
    }
}

#[test]
fn what_is_no_proof_or_not_a_whole_one_is_told_apart() {
    let file = signed(&lines());
    assert_eq!(checked(b"").flaws, [Flaw::Empty]);
    for other in
        [&b"{}\n"[..], b"hello\n", b"hello\nworld\n", b"\n\n\n", b"\xff\xfe\n\0\n", b"{\"cutover_proof\"\n{}\n"]
    {
        assert_eq!(checked(other).flaws, [Flaw::NotAProof], "{}", String::from_utf8_lossy(other));
    }
    let later = with(1, r#""cutover_proof":2,"#, r#""cutover_proof":3,"#);
    assert_eq!(checked(&signed(&later)).flaws, [Flaw::OtherFormat(3)]);
    for end in [1, 2, 100, 300, file.len() - 400] {
        let cut = checked(&file[..file.len() - end]);
        assert_eq!(cut.flaws[0], Flaw::CutOff, "without the last {end} bytes");
    }
    assert_eq!(checked(&signed(&[])).flaws, [Flaw::NotAProof]);
    assert_eq!(checked(&[&file[..], b"\n"].concat()).flaws[0], Flaw::CutOff, "something after the end");
}

#[test]
fn lines_taken_away_added_or_moved_are_noticed() {
    let text = String::from_utf8(signed(&lines())).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let join = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    let mut without = lines.clone();
    without.remove(4);
    assert_eq!(checked(join(&without).as_bytes()).flaws[0], Flaw::EntriesMissing { stated: 8, there: 7 });
    let mut twice = lines.clone();
    twice.insert(4, lines[4]);
    assert_eq!(checked(join(&twice).as_bytes()).flaws[0], Flaw::EntriesMissing { stated: 8, there: 9 });
    let mut swapped = lines;
    swapped.swap(3, 4);
    assert_eq!(checked(join(&swapped).as_bytes()).flaws, [Flaw::Changed, Flaw::OutOfPlace(5)]);
}

#[test]
fn absurd_sizes_end_the_check_instead_of_the_computer() {
    let long = format!("{}\n{}\n", head(r#""percent":100"#, NONE, NONE), "x".repeat(10 * LONGEST_LINE));
    assert_eq!(checked(long.as_bytes()).flaws[0], Flaw::LineTooLong(2));
    for absurd in ["18446744073709551616", "1e99", "-1", "99999999999999999999999999"] {
        let lines = with(4, r#""item":1"#, &format!(r#""item":{absurd}"#));
        assert_eq!(flaws_of(&lines), [Flaw::Malformed(4)], "{absurd}");
    }
    let most = u64::MAX.to_string();
    let lines = with(2, r#""found":4"#, &format!(r#""found":{most}"#));
    assert_eq!(flaws_of(&lines), [Flaw::SumsDiffer(8)]);
    let nested = with(4, r#""item":1"#, &format!(r#""item":{}"#, "[".repeat(50_000)));
    assert_eq!(flaws_of(&nested), [Flaw::Malformed(4)]);
}

#[test]
fn what_was_signed_although_it_is_wrong_is_found_out_too() {
    assert_eq!(flaws_of(&with(4, r#""equal""#, r#""fine""#)), [Flaw::Malformed(4)]);
    assert_eq!(flaws_of(&with(4, r#""item""#, r#""more":1,"item""#)), [Flaw::Malformed(4)]);
    assert_eq!(flaws_of(&with(4, r#""folder":1"#, r#""folder":2"#)), [Flaw::OutOfPlace(4)]);
    assert_eq!(flaws_of(&with(5, r#""item":2"#, r#""item":1"#)), [Flaw::OutOfPlace(5)], "an item twice");
    assert_eq!(flaws_of(&with(8, "ben@", "anna@")), [Flaw::OutOfPlace(8)], "a mailbox twice");
    assert_eq!(flaws_of(&with(3, "anna@", "ben@")), [Flaw::OutOfPlace(3)]);
    assert_eq!(flaws_of(&with(7, "skipped", "failed")), [Flaw::SumsDiffer(8)]);
    assert_eq!(flaws_of(&with(3, r#""moved":3"#, r#""moved":2"#)), [Flaw::SumsDiffer(8)]);
    assert_eq!(flaws_of(&with(1, r#""equal":1"#, r#""equal":2"#)), [Flaw::SumsDiffer(9)]);
    // Every sum is that of its parts, and yet an item that arrived is in none of the places.
    let mut open = lines();
    open[..3].iter_mut().for_each(|line| *line = line.replace(r#""moved":3"#, r#""moved":2"#));
    assert_eq!(flaws_of(&open), [Flaw::SumsDiffer(8)]);
    let mut without = lines();
    without.remove(3);
    assert_eq!(flaws_of(&without), [Flaw::SumsDiffer(7)]);
    for (from, to) in [
        (format!(r#""sent":"{}""#, hash(1)), format!(r#""sent":"{}","target":"{}""#, hash(1), hash(9))),
        (r#""equal""#.to_owned(), r#""changed_since""#.to_owned()),
        (r#""equal""#.to_owned(), r#""missing""#.to_owned()),
        (r#""equal""#.to_owned(), r#""differs""#.to_owned()),
        (r#""equal""#.to_owned(), r#""skipped""#.to_owned()),
        (r#""equal""#.to_owned(), r#""gone_since""#.to_owned()),
        (format!(r#","sent":"{}""#, hash(1)), String::new()),
    ] {
        assert_eq!(flaws_of(&with(4, &from, &to)), [Flaw::Contradiction(4)], "{from} {to}");
    }
}

#[test]
fn what_somebody_changed_on_the_target_is_told_and_is_not_amiss() {
    let counts = |line: &String| {
        line.replace(r#""missing":1"#, r#""missing":0"#)
            .replace(r#""changed_on_target":0"#, r#""changed_on_target":1"#)
    };
    let of = |target: &str| {
        let mut lines: Vec<String> = lines();
        lines[..3].iter_mut().for_each(|line| *line = counts(line));
        lines[5] = lines[5].replace(r#""missing""#, r#""changed_on_target""#).replace(r#","target":null"#, target);
        lines
    };
    for target in [format!(r#","target":"{}""#, hash(9)), r#","target":null"#.to_owned()] {
        let checked = checked(&signed(&of(&target)));
        assert_eq!((&checked.flaws[..], checked.amiss()), (&[][..], 0), "{target}");
        assert_eq!(checked.head.unwrap().compared.changed_on_target, 1);
    }
    assert_eq!(flaws_of(&of("")), [Flaw::Contradiction(6)], "as it was sent: nobody changed it");
}

#[test]
fn what_somebody_deleted_on_the_target_is_told_and_is_not_amiss() {
    let of = |told: &str| {
        let mut lines: Vec<String> = lines();
        for line in &mut lines[..3] {
            *line = line.replace(r#""missing":1"#, r#""missing":0"#);
            *line = line.replace(r#""removed_on_target":0"#, r#""removed_on_target":1"#);
        }
        lines[5] = format!(r#"{{"item":5,"folder":1,"outcome":"removed_on_target",{told}}}"#);
        lines
    };
    let sent = format!(r#""sent":"{}""#, hash(4));
    let checked = checked(&signed(&of(&format!(r#"{sent},"target":null,"reason":"x""#))));
    assert_eq!((&checked.flaws[..], checked.amiss()), (&[][..], 0));
    assert_eq!(checked.head.unwrap().compared.removed_on_target, 1);
    let there = format!(r#"{sent},"target":"{}""#, hash(9));
    for told in [sent.as_str(), &there, r#""target":null"#] {
        assert_eq!(flaws_of(&of(told)), [Flaw::Contradiction(6)], "it is there, or was never sent: {told}");
    }
}

#[test]
fn a_proof_of_the_first_format_still_holds() {
    let older = |line: String| line.replace(r#""removed_on_target":0,"#, "").replace(r#"_proof":2"#, r#"_proof":1"#);
    let lines: Vec<String> = lines().into_iter().map(older).collect();
    assert_eq!(flaws_of(&lines), []);
    let renamed: Vec<String> = lines.iter().map(|line| line.replace(r#"_proof":1"#, r#"_proof":2"#)).collect();
    let pair = (signed(&lines), signed(&renamed));
    let end = |file: &[u8]| String::from_utf8(file.to_vec()).unwrap().lines().last().unwrap().to_owned();
    let swapped = format!("{}\n{}\n", renamed.join("\n"), end(&pair.0));
    assert!(checked(swapped.as_bytes()).flaws.contains(&Flaw::SignatureWrong), "the format is signed as well");
}

#[test]
fn a_sample_holds_what_its_seed_draws_and_nothing_else() {
    let drawn: Vec<u64> = (1..=45).filter(|item| account::draws(20, 3, *item)).collect();
    assert_eq!(drawn, DRAWN);
    let sample = |items: &[u64]| {
        let outcomes = compared(items.len() as u64, 0, 0, 45 - items.len() as u64);
        let all = books(45, 45, 0);
        let mut lines = vec![
            head(r#""percent":20,"seed":3"#, &all, &outcomes),
            format!(r#"{{"mailbox":"a@b","books":{all},"compared":{outcomes}}}"#),
            format!(r#"{{"folder":1,"mailbox":"a@b","class":"IPF.Note","books":{all},"compared":{outcomes}}}"#),
        ];
        let item = |n: &u64| format!(r#"{{"item":{n},"folder":1,"outcome":"equal","sent":"{}"}}"#, hash(1));
        lines.extend(items.iter().map(item));
        lines
    };
    assert_eq!(flaws_of(&sample(&drawn)), []);
    let mut others = drawn;
    others.push(45);
    assert_eq!(flaws_of(&sample(&others)), [Flaw::NotDrawn(3 + others.len() as u64)]);
    let full = sample(&[]).into_iter().map(|line| line.replace(r#""percent":20,"seed":3"#, r#""percent":100"#));
    assert_eq!(flaws_of(&full.collect::<Vec<_>>()), [Flaw::SumsDiffer(4)], "nothing is left out of the whole");
}

proptest! {
    #[test]
    fn a_changed_byte_anywhere_is_noticed(place in any::<prop::sample::Index>(), mask in 1..=255u8) {
        let mut file = signed(&lines());
        let at = place.index(file.len());
        file[at] ^= mask;
        prop_assert!(!checked(&file).holds(), "byte {at}");
    }

    #[test]
    fn whatever_is_in_a_file_is_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!checked(&bytes).holds());
        let after_head = [lines()[0].as_bytes(), b"\n", &bytes].concat();
        prop_assert!(!checked(&after_head).holds());
    }
}

#[test]
fn every_single_byte_counts() {
    let file = signed(&lines());
    for at in 0..file.len() {
        for mask in [0x01, 0x20, 0x80] {
            let mut changed = file.clone();
            changed[at] ^= mask;
            assert!(!checked(&changed).holds(), "byte {at}");
        }
        let without = [&file[..at], &file[at + 1..]].concat();
        assert!(!checked(&without).holds(), "without byte {at}");
        let more = [&file[..at], b" ", &file[at..]].concat();
        assert!(!checked(&more).holds(), "with a blank before byte {at}");
    }
}

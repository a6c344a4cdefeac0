//! `cutover verify`, `cutover check-proof` and `cutover find`.

use std::fs;
use std::path::Path;

use super::support::{Ran, World, cutover};

fn verify(world: &World, arguments: &[&str]) -> Ran {
    let ready = &world.practice().ready;
    let mut command = cutover();
    command.arg("verify").arg("--settings").arg(world.settings()).arg("--reports").arg(world.reports());
    command.env("CUTOVER_SOURCE_PASSWORD", &ready.exchange.password);
    command.env("CUTOVER_TARGET_SECRET", &ready.microsoft365.client_secret);
    Ran::of(command.args(arguments).output().unwrap())
}

fn check(proof: &Path, arguments: &[&str]) -> Ran {
    Ran::of(cutover().arg("check-proof").arg(proof).args(arguments).output().unwrap())
}

fn find(world: &World, text: &str, arguments: &[&str]) -> Ran {
    let mut command = cutover();
    command.arg("find").arg("--settings").arg(world.settings()).arg(text).args(arguments);
    Ran::of(command.output().unwrap())
}

#[test]
fn what_was_migrated_is_proven_checked_and_found() {
    let world = World::sized(2, 10, "");
    let ledger = world.settings().with_file_name("ledger");
    let untouched = ["Nothing has been migrated with these settings yet", ledger.to_str().unwrap()];
    for nothing in [find(&world, "a", &[]), verify(&world, &[])] {
        let nothing = nothing.refused(&untouched);
        assert!(nothing.err.contains("the settings file of the migration"), "{}", nothing.err);
    }
    assert!(!ledger.exists(), "no empty ledger is left behind");

    let migrated = world.migrate(&["--json"]).ends(0);
    let proof = world.reports().join("MigrationProof.jsonl");
    let told = migrated.events("proof").remove(0);
    assert_eq!((told["file"].as_str().unwrap(), told["items"].as_u64()), (proof.to_str().unwrap(), Some(20)));
    let key = told["fingerprint"].as_str().unwrap().to_owned();
    let checked = check(&proof, &["--key", &key]).ends(0);
    assert!(
        checked.out.contains("The proof holds") && checked.out.contains("the key that you expected"),
        "{}",
        checked.out
    );
    assert!(checked.out.contains("The same on both sides: 20;"), "{}", checked.out);
    assert!(checked.out.contains("Not proven:"), "{}", checked.out);

    let sampled = verify(&world, &["--sample", "50", "--seed", "9", "--json"]).ends(0);
    let verdict = sampled.events("verdict").remove(0);
    assert_eq!((verdict["percent"].as_u64(), verdict["seed"].as_u64()), (Some(50), Some(9)));
    let (equal, left) = (verdict["equal"].as_u64().unwrap(), verdict["left_out"].as_u64().unwrap());
    assert!(equal > 0 && left > 0 && equal + left == 20, "{verdict}");
    let checked = check(&world.reports().join("MigrationProof.sample.jsonl"), &[]).ends(0);
    assert!(checked.out.contains("About 50 % of the items") && checked.out.contains("seed 9"), "{}", checked.out);

    let whole = verify(&world, &[]).ends(0);
    assert!(whole.out.contains("Read back and equal: 20 items; missing: 0; different: 0."), "{}", whole.out);
    assert!(whole.out.contains("Nothing was lost"), "{}", whole.out);
    assert!(whole.out.contains("Fingerprint of its key:") && whole.out.contains("no keyring"), "{}", whole.out);
    let other = check(&proof, &["--key", &key]).refused(&["not signed with the key whose fingerprint you gave"]);
    assert!(other.out.contains("another key"), "{}", other.out);
    assert!(other.err.contains("Check your typing"), "{}", other.err);

    let whole = fs::read(&proof).unwrap();
    for (at, words) in [(whole.len() / 2, "not those that were signed"), (whole.len() - 5, "")] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&proof, &changed).unwrap();
        let ran = check(&proof, &[]).refused(&["proves nothing"]);
        assert!(ran.out.contains(words), "{}", ran.out);
    }
    let text = String::from_utf8(whole.clone()).unwrap();
    fs::write(&proof, text.replacen("{\"cutover_proof\":", "{\"cutover_proof\":9", 1)).unwrap();
    let later = check(&proof, &[]).refused(&["This version of Cutover cannot check"]);
    assert!(later.err.contains("later version") && !later.err.contains("proves nothing"), "{}", later.err);
    fs::write(&proof, &whole[..whole.len() - 100]).unwrap();
    let cut = check(&proof, &["--json"]).ends(2);
    assert_eq!(cut.lines()[0]["flaws"][0]["flaw"], "cut-off");
    assert_eq!(cut.events("refused")[0]["code"], "proof-worthless");
    let absent = check(&world.reports().join("none"), &[]).refused(&["cannot be read"]);
    assert!(absent.err.contains("MigrationProof.jsonl") && absent.out.is_empty(), "{}", absent.err);
    let other = world.reports().join("MigrationItems.csv");
    let other = check(&other, &[]).refused(&["MigrationItems.csv", "proves nothing"]);
    assert!(other.out.contains("not a proof") && other.err.contains("MigrationProof.jsonl"), "{}", other.out);
    let typed = check(&proof, &["--key", "1234"]).refused(&["“1234” is not a fingerprint"]);
    assert!(typed.err.contains("24 digits"), "{}", typed.err);
    let typed = check(&proof, &["--key", "1234", "--json"]).ends(2).lines().remove(0);
    assert_eq!((typed["event"].as_str(), typed["code"].as_str()), (Some("refused"), Some("proof-key-malformed")));
    assert!(typed["message"].is_string() && typed["remedy"].is_string(), "{typed}");

    let all = find(&world, "", &["--json"]).ends(0);
    assert_eq!((all.lines().pop().unwrap()["found"].as_u64(), all.events("found").len()), (Some(20), 20));
    let hit = all.events("found").into_iter().find(|hit| hit["sender"].as_str().is_some_and(|s| s.contains('@')));
    let hit = hit.unwrap();
    assert_eq!((hit["now"].as_str(), &hit["target_folder"]), (Some("there"), &hit["folder"]));
    let sender = hit["sender"].as_str().unwrap().to_uppercase();
    let found = find(&world, &sender, &[]).ends(0);
    assert!(found.out.contains(hit["subject"].as_str().unwrap()), "{}", found.out);
    assert!(found.out.contains("→ It is in Microsoft 365, in the folder"), "{}", found.out);
}

#[test]
fn what_was_deleted_since_is_told_and_is_no_loss() {
    let world = World::sized(1, 6, "");
    world.migrate(&[]).ends(0);
    let email = world.practice().ready.mailboxes[0].email.clone();
    {
        let mailbox = &world.practice().organisation.mailboxes[&email.to_lowercase()];
        let mut mailbox = mailbox.write().unwrap();
        let inbox = mailbox.distinguished("inbox").unwrap().key;
        let first = mailbox.items_in(inbox).next().map(|stored| stored.key).unwrap();
        assert!(mailbox.remove_item(first));
    }
    let verified = verify(&world, &[]).ends(0);
    assert!(verified.out.contains("0 changed, 1 deleted, 0 new"), "{}", verified.out);
    let checked = check(&world.reports().join("MigrationProof.jsonl"), &["--json"]).ends(0);
    assert_eq!(checked.lines()[0]["equal"].as_u64(), Some(5));
}

#[test]
fn a_sample_that_draws_nothing_says_so_and_leaves_the_proof_of_everything() {
    let world = World::sized(1, 2, "");
    world.migrate(&[]).ends(0);
    let whole = std::fs::read(world.reports().join("MigrationProof.jsonl")).unwrap();
    // Of these two items the sample of this seed holds none.
    let verified = verify(&world, &["--sample", "1", "--seed", "1"]).ends(1);
    assert!(verified.out.contains("No item was drawn"), "{}", verified.out);
    assert_eq!(std::fs::read(world.reports().join("MigrationProof.jsonl")).unwrap(), whole);
    assert!(world.reports().join("MigrationProof.sample.jsonl").exists());
    verify(&world, &[]).ends(0);
    assert!(!world.reports().join("MigrationProof.sample.jsonl").exists(), "there is one of everything again");
    assert!(world.reports().join("MigrationProof.sample.earlier.jsonl").exists());
}

//! What every Directory, Source and Target must do, written once. Each function panics with the broken promise.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::clock::SystemClock;
use cutover::engine::item::*;
use cutover::engine::port::*;
use cutover::engine::problem::{Guidance, Kind, Problem};
use cutover::engine::recipient::*;
use cutover::engine::retry::patiently;

/// Pages of changes that a folder of a test may have.
const MOST_PAGES: usize = 1_000;

/// Makes a call as patiently as the engine does: it may be repeated after a `Retry` or `Wait`.
async fn patient<T, F>(call: impl FnMut() -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    patiently(Arc::new(SystemClock::new()), call).await
}

/// Makes an object that was not there before. An attempt that came half-way may have made it for the next to find.
async fn is_new<F>(mut make: impl FnMut() -> F)
where
    F: Future<Output = Result<Made, Problem>>,
{
    let mut attempts = 0;
    let call = || {
        attempts += 1;
        make()
    };
    let made = patient(call).await.expect("an object is made");
    assert!(made == Made::Created || attempts > 1, "it was not there before");
}

/// A directory reads the same twice, names nobody twice, and tells how far it is.
pub async fn directory(directory: &dyn Directory) -> Survey {
    let told = Mutex::new(Vec::new());
    let tell = |progress| told.lock().unwrap().push(progress);
    let survey = patient(|| directory.survey(&tell)).await.expect("a survey");
    let told = told.into_inner().unwrap();
    let opened: HashSet<usize> = told.iter().map(|progress| progress.opened).collect();
    assert!((1..=survey.mailboxes.len()).all(|n| opened.contains(&n)), "every mailbox is told of: {told:?}");
    assert!(told.iter().all(|progress| progress.opened <= progress.mailboxes), "{told:?}");
    let (mailboxes, groups, contacts) = (survey.mailboxes.len(), survey.groups.len(), survey.contacts.len());
    let whole = SurveyProgress { mailboxes, opened: mailboxes, groups, contacts };
    assert_eq!(told.last(), Some(&whole), "at last everything is told of");
    assert_eq!(survey, patient(|| directory.survey(&|_| {})).await.expect("a second survey"), "two surveys agree");
    let identities = survey
        .mailboxes
        .iter()
        .map(|mailbox| &mailbox.identity)
        .chain(survey.groups.iter().map(|group| &group.identity))
        .chain(survey.contacts.iter().map(|contact| &contact.identity));
    let mut seen = HashSet::new();
    for identity in identities {
        assert!(seen.insert(identity.address.key()), "{} is named twice", identity.address);
        assert!(!identity.display_name.is_empty(), "{} has a name", identity.address);
        assert!(!identity.aliases.contains(&identity.address), "{} is no alias of itself", identity.address);
    }
    survey
}

fn tree(folders: &[Folder]) {
    assert_eq!(folders.first().and_then(|folder| folder.role), Some(FolderRole::Root), "the root comes first");
    let mut seen = HashSet::new();
    let mut roles = HashSet::new();
    for folder in folders {
        match &folder.parent {
            None => assert_eq!(folder.role, Some(FolderRole::Root), "only the root has no parent"),
            Some(parent) => assert!(seen.contains(parent), "{} comes after its parent", folder.name),
        }
        assert!(seen.insert(folder.id.clone()), "{} is listed twice", folder.name);
        assert!(!folder.class.is_empty(), "{} has a class", folder.name);
        assert!(folder.role.is_none_or(|role| roles.insert(role)), "{:?} is there twice", folder.role);
    }
    assert!(roles.contains(&FolderRole::Inbox), "there is an inbox");
}

/// Everything a folder holds, by walking its changes from the beginning; and the state after it.
async fn walk(source: &dyn Source, mailbox: &Address, folder: &FolderId) -> (Vec<ItemId>, String) {
    let (mut items, mut since) = (Vec::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let page = patient(|| source.changes(mailbox, folder, since.as_deref())).await.expect("a page of changes");
        for change in page.changes {
            match change {
                Change::Created(id) | Change::Updated(id) | Change::ReadFlag(id) => {
                    if !items.contains(&id) {
                        items.push(id);
                    }
                }
                Change::Gone(id) => items.retain(|item| *item != id),
            }
        }
        since = Some(page.sync_state.clone());
        if page.last {
            return (items, page.sync_state);
        }
    }
    panic!("the changes of a folder never end");
}

/// A mailbox's size is that of the folders which the source answers: so many items, and about so many bytes.
pub async fn size(source: &dyn Source, mailbox: &Mailbox) {
    let address = &mailbox.identity.address;
    let size = mailbox.size.expect("this directory tells sizes");
    let folders = patient(|| source.folders(address)).await.expect("folders");
    assert_eq!(size.items, folders.iter().map(|folder| folder.items).sum::<u64>(), "the items of {address}");
    let (mut items, mut bytes) = (0, 0);
    for folder in &folders {
        for some in walk(source, address, &folder.id).await.0.chunks(100) {
            items += some.len() as u64;
            let described = patient(|| source.describe(address, some)).await.expect("descriptions");
            bytes += described.iter().flatten().map(|summary| summary.size).sum::<u64>();
        }
    }
    assert_eq!(size.items, items, "the items of {address}");
    // A server may round, and counts what it keeps beside each item.
    assert!((bytes / 2..=bytes * 2).contains(&size.bytes), "{address}: {} for {bytes} bytes", size.bytes);
}

/// A mailbox of the source: its tree, its changes, what items are and hold. Answers some of its contents.
pub async fn source(source: &dyn Source, mailbox: &Address) -> Vec<Content> {
    let folders = patient(|| source.folders(mailbox)).await.expect("folders");
    tree(&folders);
    let mut contents = Vec::new();
    for folder in &folders {
        let (items, state) = walk(source, mailbox, &folder.id).await;
        let later = patient(|| source.changes(mailbox, &folder.id, Some(&state))).await.expect("a later page");
        assert!(later.changes.is_empty() && later.last, "nothing changed in {} since", folder.name);
        for some in items.chunks(20) {
            contents.extend(read(source, mailbox, some).await);
        }
    }
    assert!(!contents.is_empty(), "a test needs a mailbox with items");
    let unusable = patient(|| source.changes(mailbox, &folders[0].id, Some("unusable"))).await;
    assert_eq!(unusable.unwrap_err().guidance, Guidance::SourceSyncStateExpired, "an unusable state is told apart");
    absent(source, mailbox, &contents[0].summary.id).await;
    interchange(source, mailbox, &contents).await;
    let nobody = Address::new(format!("nobody-at-all@{}", mailbox.domain()));
    let problem = patient(|| source.folders(&nobody)).await.expect_err("nobody has no folders");
    assert_eq!(problem.kind, Kind::Mailbox, "another mailbox may still work: {problem}");
    contents
}

/// Descriptions and contents agree, come in order, and are the same when asked for again.
async fn read(source: &dyn Source, mailbox: &Address, items: &[ItemId]) -> Vec<Content> {
    let described = patient(|| source.describe(mailbox, items)).await.expect("descriptions");
    let contents = patient(|| source.read(mailbox, items)).await.expect("contents");
    let again = patient(|| source.read(mailbox, items)).await.expect("contents again");
    assert_eq!((described.len(), contents.len()), (items.len(), items.len()), "one answer for each");
    let mut good = Vec::new();
    for (((id, summary), content), again) in items.iter().zip(described).zip(contents).zip(again) {
        let Ok(content) = content else { continue };
        let (summary, again) = (summary.expect("what can be read can be described"), again.expect("twice"));
        assert_eq!((&summary.id, &content.summary.id), (id, id), "answers keep their order");
        assert_eq!(summary.class, content.summary.class);
        assert_eq!(summary.subject, content.summary.subject);
        assert_eq!(summary.search_key, content.summary.search_key, "{}", summary.subject);
        assert_eq!(summary.sender, content.summary.sender, "{}", summary.subject);
        // Services in memory declare what they do not hold.
        assert!(content.summary.size >= content.data.len() as u64, "size is no less than the length of the data");
        assert!(!content.facets.0.is_empty(), "there is something to compare");
        assert_eq!(content.facets, again.facets, "reading changes nothing");
        good.push(content);
    }
    good
}

/// An id that differs in its last character: of something that is not there.
fn altered(id: &str) -> String {
    let mut altered = id.to_string();
    let last = altered.pop().expect("an id");
    altered.push(if last == 'A' { 'B' } else { 'A' });
    altered
}

/// Mail comes as a message of the same subject, whole and the same each time; other kinds come as what they say they are,
/// or are refused as a kind. An item that is not there is told from one that cannot be had.
async fn interchange(source: &dyn Source, mailbox: &Address, contents: &[Content]) {
    let mut messages = 0;
    for content in contents {
        let id = &content.summary.id;
        let taken = match patient(|| source.mime(mailbox, id)).await {
            Ok(taken) => taken,
            Err(problem) => {
                assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::SourceKindNotExportable));
                assert_ne!(content.summary.class, "IPM.Note", "mail can always be had: {problem}");
                continue;
            }
        };
        assert!(!taken.data.is_empty() && taken.form == Form::of(&taken.data), "{}", content.summary.subject);
        assert_eq!(patient(|| source.mime(mailbox, id)).await.expect("again").form, taken.form);
        if content.summary.class == "IPM.Note" {
            assert_eq!(taken.form, Form::Message);
            let message = mail_parser::MessageParser::new().parse(&taken.data[..]).expect("a message");
            assert_eq!(message.subject().unwrap_or_default().trim(), content.summary.subject.trim());
            messages += 1;
        }
    }
    assert!(messages > 0, "a test needs mail");
    let nowhere = ItemId(altered(&contents[0].summary.id.0));
    let problem = patient(|| source.mime(mailbox, &nowhere)).await.expect_err("no such item");
    assert_eq!(problem.kind, Kind::Item, "{problem}");
}

/// An item that is not there fails alone, in its place.
async fn absent(source: &dyn Source, mailbox: &Address, there: &ItemId) {
    let asked = [there.clone(), ItemId(altered(&there.0)), there.clone()];
    let answers = patient(|| source.read(mailbox, &asked)).await.expect("the read as a whole succeeds");
    assert!(answers[0].is_ok() && answers[2].is_ok(), "the others are read");
    assert_eq!(answers[1].as_ref().expect_err("no such item").kind, Kind::Item);
}

/// Objects for a target to make. None may be there before.
pub struct Objects {
    pub mailbox: Mailbox,
    pub contact: Contact,
    /// Its members are the mailbox, the contact and `inner`.
    pub group: Group,
    /// A group with the mailbox as its only member.
    pub inner: Group,
}

/// A target: making each object twice is making it once; folders, items and members are there afterwards. `pause` is
/// how long to wait between looks for what may come late.
pub async fn target(target: &dyn Target, objects: &Objects, contents: &[Content], pause: Duration) {
    let tenant = patient(|| target.tenant()).await.expect("the tenant");
    let address = &objects.mailbox.identity.address;
    assert!(tenant.domains.contains(&address.domain()), "the test's domain is accepted");
    assert!(!patient(|| target.recipient_exists(address)).await.expect("an answer"), "it is not there before");
    assert_eq!(patient(|| target.mailbox(address)).await.expect("an answer"), None);
    let password = InitialPassword("Correct7Horse".to_string());
    is_new(|| target.create_mailbox(&objects.mailbox, &password)).await;
    assert_eq!(
        patient(|| target.create_mailbox(&objects.mailbox, &password)).await.expect("made"),
        Made::AlreadyThere
    );
    let mailbox = appeared(target, address, pause).await;
    patient(|| target.finish_mailbox(&objects.mailbox)).await.expect("finished");
    patient(|| target.finish_mailbox(&objects.mailbox)).await.expect("finished again");
    let another = InitialPassword("Another7Horse".to_string());
    patient(|| target.reset_password(address, &another)).await.expect("a new password");
    folders(target, &mailbox).await;
    items(target, &mailbox, contents, pause).await;
    directory_objects(target, objects, pause).await;
}

async fn appeared(target: &dyn Target, address: &Address, pause: Duration) -> MailboxId {
    for _ in 0..MOST_PAGES {
        if let Some(id) = patient(|| target.mailbox(address)).await.expect("an answer") {
            return id;
        }
        tokio::time::sleep(pause).await;
    }
    panic!("the mailbox never appears");
}

async fn folders(target: &dyn Target, mailbox: &MailboxId) {
    let before = patient(|| target.folders(mailbox)).await.expect("folders");
    tree(&before);
    let root = &before[0].id;
    let made =
        patient(|| target.create_folder(mailbox, root, "A folder of ours", "IPF.Note")).await.expect("a folder");
    let again =
        patient(|| target.create_folder(mailbox, root, "A folder of ours", "IPF.Note")).await.expect("the folder");
    assert_eq!(made, again, "a folder of this name is answered");
    let inner =
        patient(|| target.create_folder(mailbox, &made, "Tasks inside", "IPF.Task")).await.expect("an inner folder");
    let after = patient(|| target.folders(mailbox)).await.expect("folders");
    tree(&after);
    assert_eq!(after.len(), before.len() + 2);
    let inner = after.iter().find(|folder| folder.id == inner).expect("the inner folder is listed");
    assert_eq!((inner.parent.as_ref(), inner.class.as_str(), inner.role), (Some(&made), "IPF.Task", None));
}

/// What a folder shows, page by page; no page names the one before it, and nothing is told twice.
async fn looked(target: &dyn Target, mailbox: &MailboxId, folder: &FolderId) -> Vec<Summary> {
    let (mut there, mut from) = (Vec::<Summary>::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let page = patient(|| target.look(mailbox, folder, from.as_deref())).await.expect("a look");
        assert!(page.next.is_none() || page.next != from, "a page leads on");
        for item in page.items {
            assert!(there.iter().all(|other| other.id != item.id), "no item is told twice");
            there.push(item);
        }
        from = page.next;
        if from.is_none() {
            return there;
        }
    }
    panic!("a look never ends");
}

/// Waits until a folder shows so many items.
async fn shows(
    target: &dyn Target,
    mailbox: &MailboxId,
    folder: &FolderId,
    items: usize,
    pause: Duration,
) -> Vec<Summary> {
    for _ in 0..MOST_PAGES {
        let there = looked(target, mailbox, folder).await;
        if there.len() >= items {
            assert_eq!(there.len(), items, "no item is made twice");
            return there;
        }
        tokio::time::sleep(pause).await;
    }
    panic!("imported items never show");
}

async fn items(target: &dyn Target, mailbox: &MailboxId, contents: &[Content], pause: Duration) {
    let folders = patient(|| target.folders(mailbox)).await.expect("folders");
    let root = &folders[0].id;
    let folder = patient(|| target.create_folder(mailbox, root, "Imported", "IPF.Note")).await.expect("a folder");
    let mut made: Vec<(ItemId, &Content)> = Vec::new();
    for content in contents {
        assert!(content.data.len() as u64 <= target.largest_item(), "it is taken, so it is within the limit");
        let id = patient(|| target.import(mailbox, &folder, content)).await.expect("an import");
        assert!(made.iter().all(|(other, _)| *other != id), "every item has an id of its own");
        made.push((id, content));
    }
    let there = shows(target, mailbox, &folder, contents.len(), pause).await;
    for (id, content) in &made {
        let summary = there.iter().find(|summary| summary.id == *id).expect("a look shows the ids of imports");
        assert_eq!(summary.class, content.summary.class);
        assert_eq!(summary.search_key, content.summary.search_key, "the search key stays");
        assert_eq!(summary.identity, content.summary.identity, "so does what was stamped into it");
    }
    for some in made.chunks(20) {
        let ids: Vec<ItemId> = some.iter().map(|(id, _)| id.clone()).collect();
        let facets = patient(|| target.facets(mailbox, &ids)).await.expect("facets");
        for ((_, content), facets) in some.iter().zip(facets) {
            let differences = facets.expect("facets of an item").differences(&content.facets);
            assert!(differences.is_empty(), "{}: {differences:?}", content.summary.subject);
        }
    }
    let new = replaced(target, mailbox, &folder, &made, pause).await;
    let there = shows(target, mailbox, &folder, contents.len(), pause).await;
    assert!(there.iter().any(|summary| summary.id == new), "a look shows the ids of replacements");
    deleted(target, mailbox, &folder, &new, &made[1].0, pause).await;
    let nowhere = FolderId(altered(&folder.0));
    let looked = patient(|| target.look(mailbox, &nowhere, None)).await;
    assert_eq!(looked.expect_err("no such folder").guidance, Guidance::TargetFolderGone);
}

/// Items leave their folder; one that is not in it (any more) is left alone, and so is a folder with something in it.
async fn deleted(
    target: &dyn Target,
    mailbox: &MailboxId,
    folder: &FolderId,
    one: &ItemId,
    other: &ItemId,
    pause: Duration,
) {
    let folders = patient(|| target.folders(mailbox)).await.expect("folders");
    let empty =
        patient(|| target.create_folder(mailbox, &folders[0].id, "Empty", "IPF.Note")).await.expect("a folder");
    let delete = async |folder: &FolderId, items: &[ItemId]| {
        for item in items {
            patient(|| target.delete(mailbox, folder, item)).await.expect("it leaves, or was not there");
        }
    };
    let there = looked(target, mailbox, folder).await.len();
    delete(&empty, std::slice::from_ref(other)).await;
    shows(target, mailbox, folder, there, pause).await;
    let absent = ItemId(altered(&one.0));
    for _ in 0..2 {
        delete(folder, &[absent.clone(), one.clone()]).await;
    }
    let both = [one.clone(), other.clone()];
    let facets = patient(|| target.facets(mailbox, &both)).await.expect("facets");
    assert_eq!(facets[0].as_ref().expect_err("it is gone").guidance, Guidance::TargetItemMissing);
    assert!(facets[1].is_ok(), "the other one is there");
    assert!(!patient(|| target.delete_folder(mailbox, folder)).await.expect("an answer"), "items are in it");
    let inner = patient(|| target.create_folder(mailbox, &empty, "Inner", "IPF.Note")).await.expect("a folder");
    assert!(!patient(|| target.delete_folder(mailbox, &empty)).await.expect("an answer"), "a folder is in it");
    for _ in 0..2 {
        patient(|| target.rename_folder(mailbox, &inner, "Renamed")).await.expect("another name");
    }
    let after = patient(|| target.folders(mailbox)).await.expect("folders");
    assert_eq!(after.iter().find(|folder| folder.id == inner).map(|folder| folder.name.as_str()), Some("Renamed"));
    for gone in [&inner, &inner, &empty] {
        assert!(patient(|| target.delete_folder(mailbox, gone)).await.expect("an answer"), "nothing is in it");
    }
    let after = patient(|| target.folders(mailbox)).await.expect("folders");
    assert_eq!(after.len(), folders.len(), "both are gone");
}

/// An item takes another's content, and is still one item; an id that is not there fails alone.
/// Answers its id.
async fn replaced(
    target: &dyn Target,
    mailbox: &MailboxId,
    folder: &FolderId,
    made: &[(ItemId, &Content)],
    pause: Duration,
) -> ItemId {
    let (old, _) = &made[0];
    let (_, other) = made.last().expect("at least one item");
    let new = patient(|| target.replace(mailbox, folder, old, other)).await.expect("a replacement");
    let mut looks = 0;
    while !has_content(target, mailbox, &new, other).await {
        looks += 1;
        assert!(looks < MOST_PAGES, "the content is the new one");
        tokio::time::sleep(pause).await;
    }
    let asked = [new.clone(), ItemId(altered(&new.0)), made[1].0.clone()];
    let answers = patient(|| target.facets(mailbox, &asked)).await.expect("the request as a whole succeeds");
    assert!(answers[0].is_ok() && answers[2].is_ok(), "the others are answered");
    assert_eq!(answers[1].as_ref().expect_err("no such item").guidance, Guidance::TargetItemMissing);
    new
}

async fn has_content(target: &dyn Target, mailbox: &MailboxId, item: &ItemId, content: &Content) -> bool {
    let facets = patient(|| target.facets(mailbox, std::slice::from_ref(item))).await.expect("facets").remove(0);
    facets.is_ok_and(|facets| facets == content.facets)
}

async fn directory_objects(target: &dyn Target, objects: &Objects, pause: Duration) {
    let (contact, group, inner) = (&objects.contact, &objects.group, &objects.inner);
    is_new(|| target.create_contact(contact)).await;
    assert_eq!(patient(|| target.create_contact(contact)).await.expect("a contact"), Made::AlreadyThere);
    for group in [group, inner] {
        is_new(|| target.create_group(group)).await;
        assert_eq!(patient(|| target.create_group(group)).await.expect("a group"), Made::AlreadyThere);
    }
    for address in [&contact.identity.address, &group.identity.address, &inner.identity.address] {
        let mut looks = 0;
        while !patient(|| target.recipient_exists(address)).await.expect("an answer") {
            looks += 1;
            assert!(looks < MOST_PAGES, "{address} never shows");
            tokio::time::sleep(pause).await;
        }
    }
    for group in [group, inner, group] {
        let problems = patient(|| target.set_members(group)).await.expect("members");
        assert!(problems.is_empty(), "{problems:?}");
        let mut expected = group.members.clone();
        expected.sort();
        members(target, &group.identity.address, &expected, pause).await;
    }
    let fewer = Group { members: group.members[..1].to_vec(), ..group.clone() };
    patient(|| target.set_members(&fewer)).await.expect("members");
    members(target, &group.identity.address, &fewer.members, pause).await;
    let stranger = Address::new(format!("stranger@{}", group.identity.address.domain()));
    let more = Group { members: vec![group.members[0].clone(), stranger], ..group.clone() };
    let problems = patient(|| target.set_members(&more)).await.expect("an answer for each member");
    assert_eq!(problems.len(), 1, "the stranger alone cannot be set");
    members(target, &group.identity.address, &fewer.members, pause).await;
}

async fn members(target: &dyn Target, group: &Address, expected: &[Address], pause: Duration) {
    let mut now = Vec::new();
    for _ in 0..MOST_PAGES {
        now = patient(|| target.members(group)).await.expect("members");
        now.sort();
        if now == expected {
            return;
        }
        tokio::time::sleep(pause).await;
    }
    assert_eq!(now, expected, "members are exactly these");
}

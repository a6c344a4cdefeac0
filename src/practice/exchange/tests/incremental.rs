//! Synchronisation.

use super::company::*;
use crate::practice::exchange::Exchange;
use crate::practice::exchange::element::Element;
use crate::practice::organisation::Profile;
use crate::practice::typed::Typed;

async fn sync(exchange: &Exchange, folder: &str, state: &str, most: usize) -> Element {
    let body = format!(
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>\
         <t:FieldURI FieldURI='item:Subject'/></t:AdditionalProperties></m:ItemShape><m:SyncFolderId>{}</m:SyncFolderId>\
         <m:SyncState>{state}</m:SyncState><m:MaxChangesReturned>{most}</m:MaxChangesReturned></m:SyncFolderItems>",
        ninas(folder)
    );
    ask(exchange, &body).await
}

fn state(answer: &Element) -> String {
    texts(answer, "SyncState").swap_remove(0)
}

fn changes(answer: &Element) -> Vec<String> {
    find(answer, "Changes")[0].children.iter().map(|change| change.local().to_owned()).collect()
}

#[tokio::test]
async fn pages_newest_first_while_the_folder_changes() {
    let exchange = company();
    let first = sync(&exchange, "inbox", "", 2).await;
    assert_eq!(texts(&first, "Subject"), ["three", "two"]);
    assert_eq!(texts(&first, "IncludesLastItemInRange"), ["false"]);
    {
        let mut mailbox = exchange.write("nina@fabrikam.test").unwrap();
        let inbox = mailbox.distinguished("inbox").unwrap().key;
        let two = mailbox.items_in(inbox).nth(1).unwrap().key;
        mailbox.change_item(two, false, |item| {
            item.text(0x0037, "two, edited");
        });
        mailbox.add_item(inbox, message("four"));
    }
    let second = sync(&exchange, "inbox", &state(&first), 2).await;
    assert_eq!(changes(&second), ["Create", "Update"]);
    assert_eq!(texts(&second, "Subject"), ["four", "two, edited"]);
    let third = sync(&exchange, "inbox", &state(&second), 2).await;
    assert_eq!(texts(&third, "Subject"), ["one"]);
    assert_eq!(texts(&third, "IncludesLastItemInRange"), ["true"]);
    assert!(changes(&sync(&exchange, "inbox", &state(&third), 512).await).is_empty());
}

#[tokio::test]
async fn every_kind_of_change_is_told() {
    let exchange = company();
    let before = state(&sync(&exchange, "inbox", "", 512).await);
    {
        let mut mailbox = exchange.write("nina@fabrikam.test").unwrap();
        let inbox = mailbox.distinguished("inbox").unwrap().key;
        let drafts = mailbox.distinguished("drafts").unwrap().key;
        let keys: Vec<_> = mailbox.items_in(inbox).map(|stored| stored.key).collect();
        mailbox.change_item(keys[0], true, |item| {
            item.long(0x0E07, 0);
        });
        mailbox.move_item(keys[1], drafts);
        // Comes and goes between two passes: nothing to tell.
        let brief = mailbox.add_item(inbox, message("brief"));
        mailbox.remove_item(brief);
    }
    let after = sync(&exchange, "inbox", &before, 512).await;
    assert_eq!(changes(&after), ["Delete", "ReadFlagChange"]);
    assert_eq!(texts(&after, "IsRead"), ["false"]);
    assert_eq!(changes(&sync(&exchange, "drafts", "", 512).await), ["Create"]);
}

#[tokio::test]
async fn states_belong_to_their_folder() {
    let exchange = company();
    let state = state(&sync(&exchange, "inbox", "", 512).await);
    assert_eq!(code(&sync(&exchange, "drafts", &state, 512).await), "ErrorInvalidSyncStateData");
    assert_eq!(code(&sync(&exchange, "inbox", "AAAA", 512).await), "ErrorInvalidSyncStateData");
    for wrong in [0, 513] {
        assert_eq!(code(&sync(&exchange, "inbox", "", wrong).await), "ErrorSchemaValidation");
    }
    let old = with(Profile::E2007Sp3, Vec::new());
    let body = "<m:SyncFolderItems><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:SyncFolderId>\
        <t:DistinguishedFolderId Id='inbox'/></m:SyncFolderId><m:MaxChangesReturned>2</m:MaxChangesReturned></m:SyncFolderItems>";
    let (_, root) = send(&old, post(EWS, envelope("Exchange2007_SP1", "", body))).await;
    assert_eq!(texts(&root, "Subject"), ["one", "two"]);
}

#[tokio::test]
async fn folders_are_synchronised() {
    let exchange = company();
    let sync = async |state: &str| {
        let body = format!(
            "<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:SyncFolderId>{}\
             </m:SyncFolderId><m:SyncState>{state}</m:SyncState></m:SyncFolderHierarchy>",
            ninas("msgfolderroot")
        );
        ask(&exchange, &body).await
    };
    let first = sync("").await;
    assert_eq!(changes(&first).len(), 6);
    let (inbox, new) = {
        let mut mailbox = exchange.write("nina@fabrikam.test").unwrap();
        let inbox = mailbox.distinguished("inbox").unwrap().key;
        mailbox.change_folder(inbox, |folder| folder.name = "Posteingang".into());
        (inbox, mailbox.add_folder(Some(inbox), "New", "IPF.Note", None))
    };
    let second = sync(&state(&first)).await;
    assert_eq!(changes(&second), ["Update", "Create"]);
    assert_ne!(inbox, new);
    exchange.write("nina@fabrikam.test").unwrap().remove_folder(new);
    assert_eq!(changes(&sync(&state(&second)).await), ["Delete"]);
}

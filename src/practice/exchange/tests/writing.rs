//! Changing mailboxes, and that nothing is sent.

use super::company::*;
use crate::practice::exchange::Exchange;

fn create(attributes: &str, folder: &str, item: &str) -> String {
    format!(
        "<m:CreateItem {attributes}><m:SavedItemFolderId>{}</m:SavedItemFolderId><m:Items>{item}</m:Items></m:CreateItem>",
        ninas(folder)
    )
}

const MESSAGE: &str = "<t:Message><t:Subject>RE: new</t:Subject><t:Body BodyType='HTML'>&lt;p&gt;x&lt;/p&gt;</t:Body>\
    <t:ExtendedProperty><t:ExtendedFieldURI PropertyTag='0x1090' PropertyType='Integer'/><t:Value>2</t:Value>\
    </t:ExtendedProperty><t:ToRecipients><t:Mailbox><t:EmailAddress>a@b.test</t:EmailAddress></t:Mailbox></t:ToRecipients>\
    </t:Message>";

async fn get(exchange: &Exchange, id: &str) -> crate::practice::exchange::element::Element {
    let body = format!(
        "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id='{id}'/>\
         </m:ItemIds></m:GetItem>"
    );
    ask(exchange, &body).await
}

#[tokio::test]
async fn what_would_be_sent_is_counted() {
    let exchange = company();
    let saved = ask(&exchange, &create("MessageDisposition='SaveOnly'", "drafts", MESSAGE)).await;
    assert_eq!((code(&saved).as_str(), exchange.mail_sent()), ("NoError", 0));
    let item = get(&exchange, &ids(&saved)[0]).await;
    assert_eq!(texts(&item, "IsDraft"), ["true"]);
    assert_eq!(texts(&item, "ConversationTopic"), ["new"]);
    assert_eq!(code(&ask(&exchange, &create("", "drafts", MESSAGE)).await), "ErrorMessageDispositionRequired");
    ask(&exchange, &create("MessageDisposition='SendAndSaveCopy'", "sentitems", MESSAGE)).await;
    assert_eq!(exchange.mail_sent(), 1);
    let meeting = "<t:CalendarItem><t:Subject>M</t:Subject><t:Start>2024-01-01T10:00:00Z</t:Start>\
        <t:End>2024-01-01T11:00:00Z</t:End><t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>a@b.test\
        </t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees></t:CalendarItem>";
    assert_eq!(code(&ask(&exchange, &create("", "calendar", meeting)).await), "ErrorSendMeetingInvitationsRequired");
    let quiet = ask(&exchange, &create("SendMeetingInvitations='SendToNone'", "calendar", meeting)).await;
    assert_eq!((code(&quiet).as_str(), exchange.mail_sent()), ("NoError", 1));
    ask(&exchange, &create("SendMeetingInvitations='SendToAllAndSaveCopy'", "calendar", meeting)).await;
    assert_eq!(exchange.mail_sent(), 2);
    assert_eq!(texts(&get(&exchange, &ids(&quiet)[0]).await, "IsMeeting"), ["true"]);
}

#[tokio::test]
async fn updates_need_the_current_change_key() {
    let exchange = company();
    let id = items(&exchange, "inbox").await.swap_remove(0);
    let key = find(&get(&exchange, &id).await, "ItemId")[0].attribute("ChangeKey").unwrap().to_owned();
    let update = |resolution: &str, key: &str| {
        format!(
            "<m:UpdateItem ConflictResolution='{resolution}' MessageDisposition='SaveOnly'><m:ItemChanges><t:ItemChange>\
             <t:ItemId Id='{id}' {key}/><t:Updates><t:SetItemField><t:FieldURI FieldURI='item:Subject'/><t:Message>\
             <t:Subject>changed</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges>\
             </m:UpdateItem>"
        )
    };
    let known = format!("ChangeKey='{key}'");
    let missing = ask(&exchange, &update("NeverOverwrite", "")).await;
    assert_eq!(code(&missing), "ErrorChangeKeyRequiredForWriteOperations");
    let first = ask(&exchange, &update("NeverOverwrite", &known)).await;
    assert_eq!(code(&first), "NoError");
    assert_ne!(find(&first, "ItemId")[0].attribute("ChangeKey"), Some(key.as_str()));
    assert_eq!(code(&ask(&exchange, &update("NeverOverwrite", &known)).await), "ErrorIrresolvableConflict");
    assert_eq!(code(&ask(&exchange, &update("AlwaysOverwrite", "")).await), "NoError");
    assert_eq!(texts(&get(&exchange, &id).await, "Subject"), ["changed"]);
    assert_eq!(exchange.mail_sent(), 0);
}

#[tokio::test]
async fn moved_items_get_new_ids() {
    let exchange = company();
    let id = items(&exchange, "inbox").await.swap_remove(0);
    let body = format!(
        "<m:MoveItem><m:ToFolderId>{}</m:ToFolderId><m:ItemIds><t:ItemId Id='{id}'/></m:ItemIds></m:MoveItem>",
        ninas("drafts")
    );
    let moved = ids(&ask(&exchange, &body).await);
    assert_ne!(moved, std::slice::from_ref(&id));
    assert_eq!(code(&get(&exchange, &id).await), "ErrorItemNotFound");
    let delete = |kind: &str| {
        format!(
            "<m:DeleteItem DeleteType='{kind}'><m:ItemIds><t:ItemId Id='{}'/></m:ItemIds></m:DeleteItem>",
            moved[0]
        )
    };
    assert_eq!(code(&ask(&exchange, &delete("MoveToDeletedItems")).await), "NoError");
    assert_eq!(items(&exchange, "deleteditems").await.len(), 1);
    assert_eq!(code(&ask(&exchange, &delete("HardDelete")).await), "ErrorItemNotFound");
}

#[tokio::test]
async fn folders_come_and_go() {
    let exchange = company();
    let body = format!(
        "<m:CreateFolder><m:ParentFolderId>{}</m:ParentFolderId><m:Folders><t:CalendarFolder><t:DisplayName>Team\
         </t:DisplayName></t:CalendarFolder></m:Folders></m:CreateFolder>",
        ninas("msgfolderroot")
    );
    let made = ask(&exchange, &body).await;
    assert_eq!(find(&made, "CalendarFolder").len(), 1);
    assert_eq!(code(&ask(&exchange, &body).await), "ErrorFolderExists");
    let delete = |id: &str| {
        format!("<m:DeleteFolder DeleteType='HardDelete'><m:FolderIds>{id}</m:FolderIds></m:DeleteFolder>")
    };
    assert_eq!(code(&ask(&exchange, &delete(&ninas("inbox"))).await), "ErrorDeleteDistinguishedFolder");
    let id = find(&made, "FolderId")[0].attribute("Id").unwrap();
    assert_eq!(code(&ask(&exchange, &delete(&format!("<t:FolderId Id='{id}'/>"))).await), "NoError");
}

#[tokio::test]
async fn an_attached_item_takes_no_attachment() {
    let exchange = company();
    let attached = "<t:Message><t:Subject>outer</t:Subject><t:Attachments><t:ItemAttachment><t:Name>inner</t:Name>\
        <t:Message><t:Subject>inner</t:Subject></t:Message></t:ItemAttachment></t:Attachments></t:Message>";
    let saved = ask(&exchange, &create("MessageDisposition='SaveOnly'", "drafts", attached)).await;
    let item = get(&exchange, &ids(&saved)[0]).await;
    let inner = find(&item, "AttachmentId")[0].attribute("Id").unwrap().to_owned();
    let add = |parent: &str| {
        format!(
            "<m:CreateAttachment><m:ParentItemId Id='{parent}'/><m:Attachments><t:FileAttachment><t:Name>a.txt</t:Name>\
             <t:Content>AAAA</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>"
        )
    };
    assert_eq!(code(&ask(&exchange, &add(&inner)).await), "ErrorInvalidIdMalformed");
    assert_eq!(code(&ask(&exchange, &add(&ids(&saved)[0])).await), "NoError");
    assert_eq!(find(&get(&exchange, &ids(&saved)[0]).await, "FileAttachment").len(), 1);
}

//! Reading items: shapes, extended properties, MIME, attachments, export.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::company::*;
use crate::mapi::{Item, Properties, container, pid};
use crate::practice::exchange::Exchange;
use crate::practice::exchange::element::Element;
use crate::practice::typed::Typed;

fn add(exchange: &Exchange, folder: &str, item: Item) {
    let mut mailbox = exchange.write("nina@fabrikam.test").unwrap();
    let key = mailbox.distinguished(folder).unwrap().key;
    mailbox.add_item(key, item);
}

async fn get(exchange: &Exchange, folder: &str, shape: &str) -> Element {
    let id = items(exchange, folder).await.swap_remove(0);
    let body = format!(
        "<m:GetItem><m:ItemShape>{shape}</m:ItemShape><m:ItemIds><t:ItemId Id='{id}'/></m:ItemIds></m:GetItem>"
    );
    ask(exchange, &body).await
}

fn extended(path: &str) -> String {
    format!(
        "<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:ExtendedFieldURI {path}/></t:AdditionalProperties>"
    )
}

#[tokio::test]
async fn all_properties_of_a_message() {
    let exchange = company();
    let mut item = message("bad \u{1} character\u{FFFE}");
    item.custom_texts(crate::mapi::guid::PS_PUBLIC_STRINGS, "Keywords", &["Blue", "<b>"]);
    add(&exchange, "inbox", item);
    let answer = get(&exchange, "inbox", "<t:BaseShape>AllProperties</t:BaseShape>").await;
    assert_eq!(texts(&answer, "Subject"), ["bad \u{FFFD} character\u{FFFD}"]);
    assert_eq!(texts(&answer, "Body"), ["Hello.\r\n"]);
    assert_eq!(texts(&answer, "String"), ["Blue", "<b>"]);
    assert_eq!(texts(&answer, "DateTimeReceived"), ["2024-01-17T21:20:00Z"]);
    assert_eq!(texts(&answer, "IsRead"), ["true"]);
    assert_eq!(texts(&answer, "DisplayTo"), ["Nina"]);
    // What 2013 brought is not told to a request of 2010.
    assert!(find(&answer, "Flag").is_empty());
}

#[tokio::test]
async fn extended_properties() {
    let exchange = company();
    let value = |answer: &Element| texts(answer, "Value");
    let flags = get(&exchange, "inbox", &extended("PropertyTag='0x0E07' PropertyType='Integer'")).await;
    assert_eq!(value(&flags), ["1"]);
    assert_eq!(find(&flags, "ExtendedFieldURI")[0].attribute("PropertyTag"), Some("0xe07"));
    let other_type = get(&exchange, "inbox", &extended("PropertyTag='0x0E07' PropertyType='String'")).await;
    assert!(value(&other_type).is_empty());
    for (path, expected) in [
        ("PropertyTag='0x8001' PropertyType='String'", "ErrorNoPropertyTagForCustomProperties"),
        ("PropertyTag='0x37' PropertyType='Object'", "ErrorUnsupportedMapiPropertyType"),
        ("PropertyName='x' PropertyType='String'", "ErrorInvalidExtendedProperty"),
        ("DistinguishedPropertySetId='Nonsense' PropertyId='1' PropertyType='String'", "ErrorSchemaValidation"),
    ] {
        assert_eq!(code(&get(&exchange, "inbox", &extended(path)).await), expected, "{path}");
    }
}

#[tokio::test]
async fn mime_of_messages_only() {
    let exchange = company();
    let mime = "<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>";
    let answer = get(&exchange, "inbox", mime).await;
    let bytes = STANDARD.decode(&texts(&answer, "MimeContent")[0]).unwrap();
    let parsed = mail_parser::MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(parsed.subject(), Some("three"));
    assert_eq!(parsed.message_id(), Some("three@fabrikam.test"));
    assert_eq!(parsed.body_text(0).unwrap(), "Hello.\r\n");
    let attachment = parsed.attachment(0).unwrap();
    assert_eq!(attachment.contents(), [0, 1, 2, 255]);
    assert_eq!(mail_parser::MimeHeaders::attachment_name(attachment), Some("größe.bin"));
    let mut contact = Item::default();
    contact.text(pid::MESSAGE_CLASS, "IPM.Contact");
    add(&exchange, "contacts", contact);
    assert_eq!(code(&get(&exchange, "contacts", mime).await), "ErrorUnsupportedMimeConversion");
}

#[tokio::test]
async fn attached_files_and_items() {
    let exchange = company();
    let mut item = message("outer");
    let mut attachment = crate::mapi::Attachment::default();
    attachment.long(pid::ATTACH_METHOD, 5);
    attachment.embedded = Some(Box::new(message("inner")));
    item.attachments.push(attachment);
    add(&exchange, "inbox", item);
    let answer = get(&exchange, "inbox", "<t:BaseShape>AllProperties</t:BaseShape>").await;
    let ids: Vec<_> = find(&answer, "AttachmentId").iter().map(|id| id.attribute("Id").unwrap().to_owned()).collect();
    assert_eq!(texts(&answer, "Name")[0], "größe.bin");
    let list: String = ids.iter().map(|id| format!("<t:AttachmentId Id='{id}'/>")).collect();
    let body = format!("<m:GetAttachment><m:AttachmentIds>{list}</m:AttachmentIds></m:GetAttachment>");
    let answer = ask(&exchange, &body).await;
    assert_eq!(texts(&answer, "Content"), ["AAEC/w=="]);
    assert_eq!(texts(&answer, "Subject"), ["inner"]);
    // The embedded item lists attachments of its own, which can be fetched too.
    let message = find(&answer, "Message")[0];
    let nested = find(message, "AttachmentId")[0].attribute("Id").unwrap();
    let body = format!(
        "<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id='{nested}'/></m:AttachmentIds></m:GetAttachment>"
    );
    assert_eq!(texts(&ask(&exchange, &body).await, "Content"), ["AAEC/w=="]);
}

#[tokio::test]
async fn exported_items_can_be_uploaded() {
    let exchange = company();
    let id = items(&exchange, "inbox").await.swap_remove(0);
    let export = |id: &str| format!("<m:ExportItems><m:ItemIds><t:ItemId Id='{id}'/></m:ItemIds></m:ExportItems>");
    let data = texts(&ask(&exchange, &export(&id)).await, "Data").swap_remove(0);
    let bytes = STANDARD.decode(&data).unwrap();
    let unwrapped = container::unwrap(&bytes).unwrap();
    assert_eq!(unwrapped.version.unwrap().0, [0x01, 0x0F, 0xCB, 0x89, 27, 0]);
    assert_eq!(unwrapped.stream[..4], [0x1E, 0x00, 0x08, 0x40]);
    let item = container::decode_item(&bytes).unwrap();
    assert_eq!(item.attachments.len(), 1);
    let folder = get_folder_id(&exchange, "drafts").await;
    let upload = |action: &str, more: &str, data: &str| {
        format!(
            "<m:UploadItems><m:Items><t:Item CreateAction='{action}'><t:ParentFolderId Id='{folder}'/>{more}<t:Data>{data}\
             </t:Data></t:Item></m:Items></m:UploadItems>"
        )
    };
    let new = ids(&ask(&exchange, &upload("CreateNew", "", &data)).await).swap_remove(0);
    let again = texts(&ask(&exchange, &export(&new)).await, "Data").swap_remove(0);
    assert_eq!(again, data);
    let known = format!("<t:ItemId Id='{new}'/>");
    assert_eq!(ids(&ask(&exchange, &upload("Update", &known, &data)).await), std::slice::from_ref(&new));
    let elsewhere = format!("<t:ItemId Id='{id}'/>");
    assert_eq!(code(&ask(&exchange, &upload("Update", &elsewhere, &data)).await), "ErrorItemNotFound");
    assert_eq!(code(&ask(&exchange, &upload("CreateNew", "", "AAAA")).await), "ErrorCorruptData");
    let stored = exchange.read("nina@fabrikam.test").unwrap();
    assert!(stored.items().all(|stored| stored.item.value(0x4008).is_none()));
}

async fn get_folder_id(exchange: &Exchange, id: &str) -> String {
    let body = format!(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>{}</m:FolderIds>\
         </m:GetFolder>",
        ninas(id)
    );
    find(&ask(exchange, &body).await, "FolderId")[0].attribute("Id").unwrap().to_owned()
}

#[tokio::test]
async fn folders_are_paged() {
    let exchange = company();
    let page = async |offset: usize| {
        let body = format!(
            "<m:FindFolder Traversal='Deep'><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>\
             <t:FieldURI FieldURI='folder:DisplayName'/><t:FieldURI FieldURI='folder:EffectiveRights'/>\
             <t:ExtendedFieldURI PropertyTag='0x10F4' PropertyType='Boolean'/>\
             <t:ExtendedFieldURI PropertyTag='0x3601' PropertyType='Integer'/>\
             <t:ExtendedFieldURI PropertyTag='0x0E08' PropertyType='Long'/></t:AdditionalProperties></m:FolderShape>\
             <m:IndexedPageFolderView MaxEntriesReturned='4' Offset='{offset}' BasePoint='Beginning'/>\
             <m:ParentFolderIds>{}</m:ParentFolderIds></m:FindFolder>",
            ninas("msgfolderroot")
        );
        ask(&exchange, &body).await
    };
    let first = page(0).await;
    let root = find(&first, "RootFolder")[0];
    assert_eq!(root.attribute("IndexedPagingOffset"), Some("4"));
    assert_eq!(root.attribute("IncludesLastItemInRange"), Some("false"));
    assert_eq!(texts(&first, "DisplayName"), ["Inbox", "Drafts", "Sent Items", "Deleted Items"]);
    assert_eq!(texts(&first, "Read")[0], "true");
    assert_eq!(texts(&first, "Value")[..2], ["false".to_owned(), "1".to_owned()]);
    let last = page(4).await;
    assert_eq!(find(&last, "RootFolder")[0].attribute("IncludesLastItemInRange"), Some("true"));
    assert_eq!(find(&last, "CalendarFolder").len(), 1);
}

#[tokio::test]
async fn items_are_found_and_sorted() {
    let exchange = company();
    let search = async |restriction: &str| {
        let body = format!(
            "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>\
             <m:Restriction>{restriction}</m:Restriction><m:SortOrder><t:FieldOrder Order='Ascending'>\
             <t:FieldURI FieldURI='item:Subject'/></t:FieldOrder></m:SortOrder><m:ParentFolderIds>{}</m:ParentFolderIds>\
             </m:FindItem>",
            ninas("inbox")
        );
        ask(&exchange, &body).await
    };
    let subject = "<t:FieldURI FieldURI='item:Subject'/>";
    let is = |value: &str| {
        format!(
            "<t:IsEqualTo>{subject}<t:FieldURIOrConstant><t:Constant Value='{value}'/></t:FieldURIOrConstant></t:IsEqualTo>"
        )
    };
    let either = search(&format!("<t:Or>{}{}</t:Or>", is("TWO"), is("one"))).await;
    assert_eq!(texts(&either, "Subject"), ["one", "two"]);
    assert!(find(&either, "Body").is_empty() && find(&either, "ToRecipients").is_empty());
    let contains = format!(
        "<t:Contains ContainmentMode='Substring' ContainmentComparison='IgnoreCase'>{subject}<t:Constant Value='HRE'/></t:Contains>"
    );
    assert_eq!(texts(&search(&contains).await, "Subject"), ["three"]);
    assert_eq!(texts(&search(&format!("<t:Not>{contains}</t:Not>")).await, "Subject"), ["one", "two"]);
    let unsupported = "<t:Exists><t:FieldURI FieldURI='item:Attachments'/></t:Exists>";
    assert_eq!(code(&search(unsupported).await), "ErrorUnsupportedPathForQuery");
    let long = format!("<t:And>{}</t:And>", is("x").repeat(300));
    assert_eq!(code(&search(&long).await), "ErrorRestrictionTooLong");
}

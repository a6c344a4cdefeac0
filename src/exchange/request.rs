//! Every operation that this program can send to the source, as XML. The list is closed and only reads.
//!
//! Element order is the schema's. What is asked needs no more than the lowest version that has the operation.

use super::xml::escape;
use crate::engine::recipient::Address;
use crate::mapi::pid;

/// Folders asked for at once.
pub const FOLDER_PAGE: u32 = 500;
/// Changes asked for at once: the most that the schema allows.
pub const CHANGE_PAGE: u32 = 512;

/// A MAPI property, asked for by an `ExtendedFieldURI`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Unnamed: tag id and type name.
    Tag(u16, &'static str),
    /// `Keywords` among the public strings: the categories.
    Categories,
    /// A number in `PSETID_Common`, with its type name.
    Common(u32, &'static str),
}

impl Field {
    fn xml(self) -> String {
        match self {
            Field::Tag(id, kind) => {
                format!(r#"<t:ExtendedFieldURI PropertyTag="0x{id:04X}" PropertyType="{kind}"/>"#)
            }
            Field::Categories => concat!(
                r#"<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" "#,
                r#"PropertyName="Keywords" PropertyType="StringArray"/>"#
            )
            .to_owned(),
            Field::Common(id, kind) => format!(
                r#"<t:ExtendedFieldURI DistinguishedPropertySetId="Common" PropertyId="{id}" PropertyType="{kind}"/>"#
            ),
        }
    }
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub enum Operation<'a> {
    /// What distinguished folders are; `owner` where another's mailbox is opened by full access.
    GetFolder {
        /// Distinguished ids.
        names: &'a [&'a str],
        /// Whose.
        owner: Option<&'a Address>,
    },
    /// All folders below the visible root, from an offset.
    FindFolder {
        /// Whose.
        owner: Option<&'a Address>,
        /// Folders to pass over.
        offset: u32,
    },
    /// Changes of a folder since a state.
    SyncFolderItems {
        /// The folder.
        folder: &'a str,
        /// The state; none for everything.
        since: Option<&'a str>,
    },
    /// What items are.
    DescribeItems {
        /// The items.
        ids: &'a [&'a str],
    },
    /// Items as MIME with properties that MIME does not carry.
    GetMime {
        /// The items.
        ids: &'a [&'a str],
        /// The properties.
        fields: &'a [Field],
    },
    /// Items as streams.
    ExportItems {
        /// The items.
        ids: &'a [&'a str],
    },
    /// Recipients whose addresses begin so.
    ResolveNames {
        /// Such as `smtp:a`.
        entry: &'a str,
    },
    /// The direct members of a group.
    ExpandDl {
        /// The group.
        group: &'a Address,
    },
}

/// The names of all of them, for the test that says nothing here changes the source.
#[cfg(test)]
pub const NAMES: [&str; 7] =
    ["GetFolder", "FindFolder", "SyncFolderItems", "GetItem", "ExportItems", "ResolveNames", "ExpandDL"];

impl Operation<'_> {
    /// The name of its element.
    pub fn name(&self) -> &'static str {
        match self {
            Operation::GetFolder { .. } => "GetFolder",
            Operation::FindFolder { .. } => "FindFolder",
            Operation::SyncFolderItems { .. } => "SyncFolderItems",
            Operation::DescribeItems { .. } | Operation::GetMime { .. } => "GetItem",
            Operation::ExportItems { .. } => "ExportItems",
            Operation::ResolveNames { .. } => "ResolveNames",
            Operation::ExpandDl { .. } => "ExpandDL",
        }
    }

    /// The content of the SOAP body.
    pub fn xml(&self) -> String {
        let (attributes, content) = match *self {
            Operation::GetFolder { names, owner } => ("", get_folder(names, owner)),
            Operation::FindFolder { owner, offset } => (r#" Traversal="Deep""#, find_folder(owner, offset)),
            Operation::SyncFolderItems { folder, since } => ("", sync_folder_items(folder, since)),
            Operation::DescribeItems { ids } => ("", describe_items(ids)),
            Operation::GetMime { ids, fields } => ("", get_mime(ids, fields)),
            Operation::ExportItems { ids } => ("", item_ids(ids)),
            Operation::ResolveNames { entry } => (
                r#" ReturnFullContactData="true" SearchScope="ActiveDirectory""#,
                format!("<m:UnresolvedEntry>{}</m:UnresolvedEntry>", escape(entry)),
            ),
            Operation::ExpandDl { group } => ("", expand_dl(group)),
        };
        let name = self.name();
        format!("<m:{name}{attributes}>{content}</m:{name}>")
    }
}

fn distinguished(name: &str, owner: Option<&Address>) -> String {
    match owner {
        None => format!(r#"<t:DistinguishedFolderId Id="{name}"/>"#),
        Some(owner) => format!(
            "<t:DistinguishedFolderId Id=\"{name}\"><t:Mailbox><t:EmailAddress>{}</t:EmailAddress></t:Mailbox>\
             </t:DistinguishedFolderId>",
            escape(owner.as_str())
        ),
    }
}

/// PidTagSearchKey.
pub const SEARCH_KEY: Field = Field::Tag(pid::SEARCH_KEY, "Binary");
/// The name of whom an item is from. Asked for as a property: unlike `message:From`, every kind of item may have it.
pub const FROM_NAME: Field = Field::Tag(pid::SENT_REPRESENTING_NAME, "String");
/// The SMTP address of whom an item is from; servers before 2010 do not have it.
pub const FROM_SMTP: Field = Field::Tag(pid::SENT_REPRESENTING_SMTP_ADDRESS, "String");
/// The address of whom an item is from, of whatever type.
pub const FROM_ADDRESS: Field = Field::Tag(pid::SENT_REPRESENTING_EMAIL_ADDRESS, "String");
/// What describes an item besides typed fields.
const DESCRIBED: [Field; 4] = [SEARCH_KEY, FROM_NAME, FROM_SMTP, FROM_ADDRESS];

/// PidTagAttributeHidden of a folder.
pub const FOLDER_HIDDEN: Field = Field::Tag(0x10F4, "Boolean");
/// PidTagFolderType.
pub const FOLDER_KIND: Field = Field::Tag(0x3601, "Integer");
/// PidTagMessageSizeExtended of a folder: the bytes of what it holds itself, without the folders below.
pub const FOLDER_SIZE: Field = Field::Tag(0x0E08, "Long");

fn get_folder(names: &[&str], owner: Option<&Address>) -> String {
    let ids: String = names.iter().map(|name| distinguished(name, owner)).collect();
    format!(
        "<m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties>{}</t:AdditionalProperties>\
         </m:FolderShape><m:FolderIds>{ids}</m:FolderIds>",
        FOLDER_SIZE.xml()
    )
}

fn find_folder(owner: Option<&Address>, offset: u32) -> String {
    let properties: String = [FOLDER_HIDDEN, FOLDER_KIND, FOLDER_SIZE].map(Field::xml).concat();
    format!(
        "<m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties>\
         <t:FieldURI FieldURI=\"folder:ParentFolderId\"/><t:FieldURI FieldURI=\"folder:FolderClass\"/>{properties}\
         </t:AdditionalProperties></m:FolderShape>\
         <m:IndexedPageFolderView MaxEntriesReturned=\"{FOLDER_PAGE}\" Offset=\"{offset}\" BasePoint=\"Beginning\"/>\
         <m:ParentFolderIds>{}</m:ParentFolderIds>",
        distinguished("msgfolderroot", owner)
    )
}

fn sync_folder_items(folder: &str, since: Option<&str>) -> String {
    let state = since.map(|state| format!("<m:SyncState>{}</m:SyncState>", escape(state))).unwrap_or_default();
    format!(
        "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>\
         <m:SyncFolderId><t:FolderId Id=\"{}\"/></m:SyncFolderId>{state}\
         <m:MaxChangesReturned>{CHANGE_PAGE}</m:MaxChangesReturned>",
        escape(folder)
    )
}

fn item_ids(ids: &[&str]) -> String {
    let ids: String = ids.iter().map(|id| format!("<t:ItemId Id=\"{}\"/>", escape(id))).collect();
    format!("<m:ItemIds>{ids}</m:ItemIds>")
}

fn describe_items(ids: &[&str]) -> String {
    let fields: String = DESCRIBED.iter().map(|field| field.xml()).collect();
    format!(
        "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>{DESCRIPTION}{fields}\
         </t:AdditionalProperties></m:ItemShape>{}",
        item_ids(ids)
    )
}

fn get_mime(ids: &[&str], fields: &[Field]) -> String {
    let fields: String = fields.iter().map(|field| field.xml()).collect();
    format!(
        "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>\
         <t:AdditionalProperties>{DESCRIPTION}{fields}</t:AdditionalProperties></m:ItemShape>{}",
        item_ids(ids)
    )
}

const DESCRIPTION: &str = concat!(
    r#"<t:FieldURI FieldURI="item:ItemClass"/><t:FieldURI FieldURI="item:Subject"/>"#,
    r#"<t:FieldURI FieldURI="item:DateTimeReceived"/><t:FieldURI FieldURI="item:Size"/>"#
);

fn expand_dl(group: &Address) -> String {
    format!("<m:Mailbox><t:EmailAddress>{}</t:EmailAddress></m:Mailbox>", escape(group.as_str()))
}

//! The shape of an answer: a base shape, what is added to it, and how bodies are wanted.

use super::call::Call;
use super::element::Element;
use super::fields::{Field, truth};
use super::path::{Extended, Path};
use super::soap::in_order;
use super::trouble::Trouble;

/// A base shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    IdOnly,
    Default,
    All,
}

/// How bodies are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyWish {
    Best,
    Html,
    Text,
}

/// A shape.
#[derive(Clone)]
pub(super) struct Shape {
    /// The base.
    pub(super) base: Base,
    /// MIME is wanted.
    pub(super) mime: bool,
    /// The form of bodies.
    pub(super) body: BodyWish,
    /// Bodies and attachments are left out, as FindItem does.
    pub(super) brief: bool,
    paths: Vec<Path>,
}

/// Prefixes of the field URIs that the schema knows.
const PREFIXES: [&str; 13] = [
    "folder",
    "item",
    "message",
    "meeting",
    "meetingRequest",
    "calendar",
    "task",
    "contacts",
    "distributionlist",
    "postitem",
    "conversation",
    "person",
    "persona",
];

const CHILDREN: &[&str] = &[
    "t:BaseShape",
    "t:IncludeMimeContent",
    "t:BodyType",
    "t:UniqueBodyType",
    "t:NormalizedBodyType",
    "t:FilterHtmlContent",
    "t:ConvertHtmlCodePageToUTF8",
    "t:InlineImageUrlTemplate",
    "t:BlockExternalImages",
    "t:AddBlankTargetToLinks",
    "t:MaximumBodySize",
    "t:AdditionalProperties",
];

impl Shape {
    /// Nothing but ids.
    pub(super) fn ids() -> Shape {
        Shape { base: Base::IdOnly, ..Shape::all() }
    }

    /// All properties.
    pub(super) fn all() -> Shape {
        Shape { base: Base::All, mime: false, body: BodyWish::Best, brief: false, paths: Vec::new() }
    }

    /// Reads `ItemShape`, `FolderShape` or `AttachmentShape`.
    pub(super) fn parse(element: &Element) -> Result<Shape, Trouble> {
        in_order(element, CHILDREN)?;
        let base = match element.text_of("t:BaseShape") {
            Some("IdOnly") => Base::IdOnly,
            Some("Default") => Base::Default,
            Some("AllProperties") => Base::All,
            None if element.name == "m:AttachmentShape" => Base::All,
            _ => return Err(Trouble::schema(element, "The base shape is invalid.")),
        };
        let body = match element.text_of("t:BodyType") {
            None | Some("Best") => BodyWish::Best,
            Some("HTML") => BodyWish::Html,
            Some("Text") => BodyWish::Text,
            Some(_) => return Err(Trouble::schema(element, "The body type is invalid.")),
        };
        let mut paths = Vec::new();
        for path in element.child("t:AdditionalProperties").iter().flat_map(|list| &list.children) {
            let parsed = Path::parse(path)?;
            if let Path::Uri(uri) = &parsed
                && !uri.split_once(':').is_some_and(|(prefix, _)| PREFIXES.contains(&prefix))
            {
                return Err(Trouble::schema(path, format!("'{uri}' is no field.")));
            }
            paths.push(parsed);
        }
        let mime = element.text_of("t:IncludeMimeContent").is_some_and(truth);
        Ok(Shape { base, mime, body, brief: false, paths })
    }

    /// The same shape for FindItem and SyncFolderItems, which never give bodies, MIME or attachments.
    pub(super) fn brief(self) -> Shape {
        Shape { mime: false, brief: true, ..self }
    }

    /// Whether this field is asked for by its URI.
    pub(super) fn asks(&self, uri: &str) -> bool {
        self.paths.iter().any(|path| match path {
            Path::Field(field) => field.uri == uri,
            Path::Uri(asked) => asked == uri,
            _ => false,
        })
    }

    /// Whether the answer has this field.
    pub(super) fn wants(&self, field: &Field, call: &Call) -> bool {
        let based = field.level.is_some_and(|level| level <= self.base);
        let based = based || (field.uri == "item:MimeContent" && self.mime);
        call.knows(field.since) && (based || self.asks(field.uri) || self.asks_entry_of(field))
    }

    /// Whether an entry of a dictionary is wanted: the whole dictionary is, or this entry by its index.
    pub(super) fn wants_entry(&self, field: &str, dictionary: &str, index: &str) -> bool {
        let whole = self.base == Base::All || self.asks(field);
        whole || self.paths.iter().any(|path| matches!(path, Path::Indexed(d, i) if d == dictionary && i == index))
    }

    fn asks_entry_of(&self, field: &Field) -> bool {
        self.paths.iter().any(|path| match path {
            Path::Indexed(dictionary, _) => {
                let mut parts = dictionary.splitn(3, ':');
                let base = format!("{}:{}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                field.uri.strip_prefix(&base).is_some_and(|rest| rest == "s" || rest == "es")
            }
            _ => false,
        })
    }

    /// The extended properties asked for.
    pub(super) fn extended(&self) -> impl Iterator<Item = &Extended> {
        self.paths.iter().filter_map(|path| match path {
            Path::Extended(extended) => Some(extended),
            _ => None,
        })
    }
}

/// Whether a boolean attribute is there and true.
pub(super) fn truth_of(element: &Element, attribute: &str) -> bool {
    element.attribute(attribute).is_some_and(truth)
}

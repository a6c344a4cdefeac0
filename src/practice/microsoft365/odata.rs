//! OData query options as far as the service's documents promise them.

pub(super) mod extended;
pub(super) mod filter;
pub(super) mod list;

use std::collections::BTreeMap;

use serde_json::Value;

use self::extended::ExtendedId;
use self::filter::Expression;
use super::reply::Fault;

/// What `$expand` asks for: navigation property and the options in its parentheses.
pub(super) type Expand = BTreeMap<String, BTreeMap<String, String>>;

/// Reads `$expand`: `a,b($filter=…;$top=…)`.
pub(super) fn expand(text: Option<&str>) -> Result<Expand, Fault> {
    let mut wanted = Expand::new();
    for part in split(text.unwrap_or_default(), ',') {
        let (name, inner) = match part.split_once('(') {
            Some((name, rest)) => {
                let inner = rest.trim_end().strip_suffix(')');
                (name, inner.ok_or_else(|| Fault::new(400, "BadRequest", "$expand: ')' expected."))?)
            }
            None => (part, ""),
        };
        let options = split(inner, ';').into_iter().filter_map(|option| option.split_once('='));
        let options = options.map(|(key, value)| (key.trim().trim_start_matches('$').to_owned(), value.to_owned()));
        wanted.insert(name.trim().to_owned(), options.collect());
    }
    Ok(wanted)
}

/// The extended property ids that an `$expand` option filters for.
pub(super) fn expanded_ids(options: &BTreeMap<String, String>) -> Result<Vec<ExtendedId>, Fault> {
    let text = options.get("filter").ok_or_else(|| {
        Fault::new(400, "ErrorInvalidParameter", "Extended properties need a $filter on id within $expand.")
    })?;
    filter::parse(text)?.ids().iter().map(|id| ExtendedId::parse(id)).collect()
}

/// Keeps what `$select` names, and the id and annotations always.
pub(super) fn select(value: Value, wanted: Option<&str>) -> Value {
    let (Some(wanted), Value::Object(map)) = (wanted, &value) else { return value };
    let names: Vec<&str> = wanted.split(',').map(|name| name.trim().split('/').next().unwrap_or_default()).collect();
    if names.contains(&"*") {
        return value;
    }
    let keep = |key: &str| {
        key == "id"
            || key.starts_with('@')
            || EXPANDED.contains(&key)
            || names.iter().any(|name| name.eq_ignore_ascii_case(key))
    };
    Value::Object(map.iter().filter(|(key, _)| keep(key)).map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// Navigation properties: they are in an answer only if they were expanded, whatever `$select` says.
const EXPANDED: [&str; 4] =
    ["singleValueExtendedProperties", "multiValueExtendedProperties", "attachments", "childFolders"];

/// Splits at a separator outside parentheses and quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut depth, mut quoted, mut start) = (Vec::new(), 0_i32, false, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            found if found == separator && depth == 0 && !quoted => {
                parts.push(&text[start..at]);
                start = at + separator.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

/// The filter of a request, if it has one.
pub(super) fn filter(text: Option<&str>) -> Result<Option<Expression>, Fault> {
    text.map(filter::parse).transpose()
}

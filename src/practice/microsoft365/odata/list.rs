//! Collections: filter, order, pages with an opaque absolute link to the next one.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::super::call::Call;
use super::super::reply::{self, Fault, Reply};
use super::filter::Subject;
use super::{filter, select};

/// How a collection is paged.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Pages {
    /// Elements in a page when nobody asks.
    pub default: usize,
    /// The most that may be asked for.
    pub most: usize,
}

/// Outlook's pages.
pub(in super::super) const OUTLOOK: Pages = Pages { default: 10, most: 1000 };
/// The directory's pages.
pub(in super::super) const DIRECTORY: Pages = Pages { default: 100, most: 999 };

/// Answers with the part of a collection that was asked for. `finish` makes the final JSON of an element.
pub(in super::super) fn answer<S: Subject>(
    call: &Call,
    base_url: &str,
    pages: Pages,
    mut elements: Vec<S>,
    finish: impl Fn(&S) -> Result<Value, Fault>,
) -> Reply {
    if let Some(filter) = filter(call.option("$filter"))? {
        elements.retain(|element| filter.allows(element));
    }
    order(call, &mut elements);
    let top = number(call, "$top")?;
    if top.is_some_and(|top| top == 0 || top > pages.most) {
        return Err(Fault::new(400, "BadRequest", format!("$top must be between 1 and {}.", pages.most)));
    }
    let page = top.or_else(|| preferred(call)).unwrap_or(pages.default).min(pages.most);
    let skip = number(call, "$skiptoken")?.or(number(call, "$skip")?).unwrap_or(0);
    let mut body = json!({"@odata.context": context(call, base_url)});
    if call.option("$count") == Some("true") && call.option("$skiptoken").is_none() {
        body["@odata.count"] = json!(elements.len());
    }
    let values = elements.iter().skip(skip).take(page);
    let values = values.map(|element| Ok(select(finish(element)?, call.option("$select"))));
    body["value"] = Value::Array(values.collect::<Result<Vec<Value>, Fault>>()?);
    let next = skip.saturating_add(page);
    if elements.len() > next {
        body["@odata.nextLink"] = json!(next_link(call, base_url, "$skiptoken", &next.to_string()));
    }
    Ok(reply::json(200, &body))
}

/// The address of this request with another value of one option.
pub(in super::super) fn next_link(call: &Call, base_url: &str, option: &str, value: &str) -> String {
    let replaced = ["$skiptoken", "$skip", "$deltatoken", option];
    let kept = call.query.iter().filter(|(key, _)| !replaced.contains(&key.as_str()));
    let mut options: Vec<String> = kept.map(|(key, value)| format!("{key}={}", encoded(value))).collect();
    options.push(format!("{option}={}", encoded(value)));
    format!("{base_url}{}?{}", call.raw_path, options.join("&"))
}

/// `@odata.context` of an answer.
pub(in super::super) fn context(call: &Call, base_url: &str) -> String {
    format!("{base_url}/v1.0/$metadata#{}", call.path.iter().map(|part| encoded(part)).collect::<Vec<_>>().join("/"))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn number(call: &Call, option: &str) -> Result<Option<usize>, Fault> {
    let parsed = call.option(option).map(|text| text.parse::<usize>());
    parsed.transpose().map_err(|_| Fault::new(400, "BadRequest", format!("{option} must be a whole number.")))
}

/// `Prefer: odata.maxpagesize=n`.
pub(in super::super) fn preferred(call: &Call) -> Option<usize> {
    let prefer = call.header("prefer")?;
    let parts = prefer.split([',', ';']).map(str::trim);
    parts.filter_map(|part| part.strip_prefix("odata.maxpagesize=")).find_map(|n| n.parse().ok()).filter(|n| *n > 0)
}

/// Sorts by `$orderby`, one path after another; what has no such member comes first.
fn order<S: Subject>(call: &Call, elements: &mut [S]) {
    let Some(wanted) = call.option("$orderby") else { return };
    for key in wanted.split(',').rev() {
        let (path, down) = match key.trim().split_once(' ') {
            Some((path, direction)) => (path, direction.trim().eq_ignore_ascii_case("desc")),
            None => (key.trim(), false),
        };
        let text = |element: &S| {
            let value = path.split('/').try_fold(element.json(), |value, part| value.get(part));
            match value {
                Some(Value::String(text)) => text.to_lowercase(),
                Some(Value::Number(number)) => format!("{:020}", number.as_i64().unwrap_or_default()),
                Some(other) => other.to_string(),
                None => String::new(),
            }
        };
        elements.sort_by(|a, b| {
            let order = text(a).cmp(&text(b));
            if down { order.reverse() } else { order }
        });
    }
}

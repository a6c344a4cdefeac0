//! How cmdlets answer: typed objects with annotations, pages by posting again, errors in parts divided by `|`.

use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::odata::list;
use super::super::reply;
use crate::practice::https::Response;

/// Objects in a page when nobody asks.
const PAGE: usize = 1000;

/// What a cmdlet puts out.
#[derive(Default)]
pub(super) struct Output {
    pub objects: Vec<Map<String, Value>>,
    pub warnings: Vec<String>,
}

impl Output {
    pub fn of(objects: Vec<Map<String, Value>>) -> Output {
        Output { objects, warnings: Vec::new() }
    }

    pub fn warning(text: &str) -> Output {
        Output { objects: Vec::new(), warnings: vec![text.to_owned()] }
    }
}

/// A cmdlet's error.
#[derive(Debug)]
pub(super) struct Failed {
    status: u16,
    code: String,
    exception: String,
    text: String,
}

impl Failed {
    pub fn new(status: u16, code: &str, exception: &str, text: &str) -> Failed {
        let exception = if exception.contains('.') || exception.is_empty() {
            exception.to_owned()
        } else {
            format!("Microsoft.Exchange.Configuration.Tasks.{exception}")
        };
        Failed { status, code: code.to_owned(), exception, text: text.to_owned() }
    }

    /// 400 of a task.
    pub fn task(exception: &str, text: &str) -> Failed {
        Failed::new(400, "BadRequest", exception, text)
    }

    /// 404: not there, or not there yet.
    pub fn missing(identity: &str) -> Failed {
        let text = format!(
            "The operation couldn't be performed because object '{identity}' couldn't be found on 'AMSPR01A001DC01.EURPR01A001.PROD.OUTLOOK.TEST'."
        );
        Failed::new(404, "NotFound", "ManagementObjectNotFoundException", &text)
    }

    /// 400: another recipient has the address.
    pub fn address_taken(address: &str, owner: &str) -> Failed {
        let text = format!(
            "The proxy address \"{address}\" is already being used by the proxy addresses or LegacyExchangeDN of \"{owner}\". Please choose another proxy address."
        );
        Failed::task("Microsoft.Exchange.Data.Directory.Recipient.ProxyAddressExistsException", &text)
    }
}

/// The error body.
pub(super) fn failure(failed: &Failed) -> Response {
    const TEXT: &str = "Error executing cmdlet";
    let id = failed
        .exception
        .bytes()
        .fold(0x006F_9304_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let detail = format!("Ex{:06X}|{}|{}", id & 0xFF_FFFF, failed.exception, failed.text);
    let body = json!({"error": {
        "code": failed.code, "message": TEXT, "details": [{"code": "Context", "target": "", "message": detail}],
        "innererror": {
            "message": TEXT, "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
            "internalexception": {"message": failed.text, "type": failed.exception},
        },
    }});
    let mut response = reply::json(failed.status, &body);
    reply::put_header(&mut response, "x-exceptiontype", &failed.exception);
    response
}

/// The answer with its objects. The next page is fetched by posting the same body to the link.
pub(super) fn success(call: &Call, base_url: &str, output: &Output) -> Response {
    let skip = call.option("$skiptoken").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    let page = list::preferred(call).unwrap_or(PAGE).min(PAGE);
    let objects = output.objects.iter().skip(skip).take(page);
    let values: Vec<Value> = objects.map(|object| annotated(object, call.option("$select"))).collect();
    let place: Vec<&str> = call.path.iter().map(String::as_str).take(call.path.len().saturating_sub(1)).collect();
    let mut body = json!({
        "@odata.context": format!("{base_url}/{}/$metadata#Collection(Exchange.GenericHashTable)", place.join("/")),
        "@adminapi.warnings": output.warnings, "value": values,
    });
    let next = skip.saturating_add(page);
    if output.objects.len() > next {
        body["@odata.nextLink"] = json!(list::next_link(call, base_url, "$skiptoken", &next.to_string()));
    }
    reply::json(200, &body)
}

/// An object with the type notes that the service sprinkles in.
fn annotated(object: &Map<String, Value>, select: Option<&str>) -> Value {
    let mut annotated = Map::new();
    annotated.insert("@odata.type".to_owned(), json!("#Exchange.GenericHashTable"));
    let wanted =
        |name: &str| select.is_none_or(|select| select.split(',').any(|part| part.trim().eq_ignore_ascii_case(name)));
    for (name, value) in object.iter().filter(|(name, _)| wanted(name)) {
        let note = match value {
            Value::Array(_) => Some(("@odata.type", "#Collection(String)")),
            Value::String(text) if uuid::Uuid::try_parse(text).is_ok() => Some(("@data.type", "System.Guid")),
            Value::String(_) if name.starts_with("When") => Some(("@data.type", "System.DateTime")),
            _ => None,
        };
        if let Some((suffix, kind)) = note {
            annotated.insert(format!("{name}{suffix}"), json!(kind));
        }
        annotated.insert(name.clone(), value.clone());
    }
    Value::Object(annotated)
}

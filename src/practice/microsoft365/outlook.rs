//! `/users/{id}/…`: what Graph shows of a mailbox beyond import and export.

mod mail_folders;

use super::call::{Call, Site};
use super::reply::{self, Fault, Reply};

/// Answers a request below `/users/{id}` that the directory does not.
pub(super) fn answer(site: &mut Site, call: &Call, user: &str, rest: &[&str]) -> Reply {
    let guid = site.mailbox_of(user)?;
    match (call.method.as_str(), rest) {
        ("GET", ["settings", "exchange"]) => {
            let object = site.user(user)?.id.clone();
            let mailbox = format!("MBX:{guid}@{}", site.state.tenant.id);
            let context = format!("{}/v1.0/$metadata#users('{object}')/settings/exchange/$entity", site.options.base_url);
            let value = serde_json::json!({"@odata.context": context, "id": object, "primaryMailboxId": mailbox});
            Ok(reply::json(200, &value))
        }
        (_, ["mailFolders", rest @ ..]) => mail_folders::answer(site, call, &guid, rest),
        _ => Err(Fault::no_segment(rest.first().copied().unwrap_or_default())),
    }
}

//! Uploads of large attachments in pieces.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::Moment;

/// An upload under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Upload {
    pub mailbox: String,
    pub item: u64,
    /// The `AttachmentItem` it was opened with.
    pub attachment: Value,
    pub size: u64,
    pub received: Vec<u8>,
    pub until: Moment,
}

pub(super) fn owns(path: &[String]) -> bool { false }
pub(super) fn receive(site: &mut super::call::Site, call: &super::call::Call) -> super::reply::Reply { Err(super::reply::Fault::no_item()) }

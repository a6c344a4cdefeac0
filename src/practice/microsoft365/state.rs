//! Everything the service remembers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::clock::Moment;
use super::mailbox::Mailbox;
use super::options::{CloudOptions, OnPremStreams};
use super::recipient::Recipient;
use super::upload::Upload;

/// Everything the service remembers, but for the items' contents.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub tenant: Tenant,
    pub seed: u64,
    /// How many ids were given out.
    pub serial: u64,
    /// Users of the directory by id, deleted ones included.
    pub users: BTreeMap<String, User>,
    /// Microsoft 365 and security groups by id.
    pub groups: BTreeMap<String, Group>,
    /// What Exchange knows, by Exchange GUID.
    pub recipients: BTreeMap<String, Recipient>,
    /// Mailboxes, by the Exchange GUID of their recipient.
    pub mailboxes: BTreeMap<String, Mailbox>,
    /// Attachment uploads under way, by id.
    pub uploads: BTreeMap<String, Upload>,
    /// Device sign-ins under way, by device code.
    pub devices: BTreeMap<String, Device>,
    /// `jti` of client assertions that were used, which none may be again.
    pub used_assertions: BTreeSet<String>,
    pub counts: Counts,
}

/// The tenant and its one application.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Tenant {
    pub id: String,
    pub client_id: String,
    pub client_secret: String,
    /// Signs our own tokens.
    pub key: Vec<u8>,
    /// Registered certificates of the application.
    pub certificates: Vec<Certificate>,
    pub created: Moment,
    /// `None` until directory synchronisation was ever on.
    pub directory_sync: Option<bool>,
    pub on_prem_streams: OnPremStreams,
    pub seats: usize,
    /// Extra domains that are not verified yet.
    pub unverified: BTreeSet<String>,
}

/// A certificate registered with the application.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Certificate {
    pub der: Vec<u8>,
    /// Replicas do not know it before.
    pub known_from: Moment,
}

/// A user of the directory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct User {
    pub id: String,
    /// What the creator and later patches said, without the password.
    pub fields: Map<String, Value>,
    pub licences: Vec<Licence>,
    pub created: Moment,
    /// Replicas do not know it before.
    pub visible: Moment,
    pub deleted: Option<Moment>,
    /// Exchange GUID of the mailbox it has or had.
    pub mailbox: Option<String>,
}

/// A licence of a user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Licence {
    pub sku: String,
    pub disabled: Vec<String>,
    pub since: Moment,
}

/// A Microsoft 365 or security group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Group {
    pub id: String,
    pub fields: Map<String, Value>,
    pub members: Vec<String>,
    pub created: Moment,
    pub visible: Moment,
}

/// A device sign-in under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Device {
    pub polls: u32,
    pub until: Moment,
    pub scope: String,
}

/// What happened that a real recipient would have noticed.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Counts {
    pub invitations: u64,
    pub mail: u64,
}

impl State {
    /// A fresh tenant.
    pub fn new(options: &CloudOptions, now: Moment) -> State {
        let mut state = State {
            tenant: Tenant {
                id: String::new(),
                client_id: String::new(),
                client_secret: secret(),
                key: rand::random::<[u8; 32]>().to_vec(),
                certificates: Vec::new(),
                created: now,
                directory_sync: None,
                on_prem_streams: OnPremStreams::All,
                seats: options.mailbox_hint + SPARE_SEATS,
                unverified: BTreeSet::new(),
            },
            seed: options.seed,
            serial: 0,
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            recipients: BTreeMap::new(),
            mailboxes: BTreeMap::new(),
            uploads: BTreeMap::new(),
            devices: BTreeMap::new(),
            used_assertions: BTreeSet::new(),
            counts: Counts::default(),
        };
        state.tenant.id = state.guid();
        state.tenant.client_id = state.guid();
        state
    }

    /// A number that was not given out before.
    pub fn number(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// A new GUID, the same for the same seed and history.
    pub fn guid(&mut self) -> String {
        let serial = self.number();
        let digest = Sha256::digest([self.seed.to_le_bytes(), serial.to_le_bytes()].concat());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// A seeded fraction from 0 to 1, for jitter.
    pub fn fraction(&mut self) -> f64 {
        let serial = self.number();
        let digest = Sha256::digest([b"jitter".as_slice(), &self.seed.to_le_bytes(), &serial.to_le_bytes()].concat());
        f64::from(digest[0]) / 255.0
    }
}

/// Licences beyond the expected number of mailboxes.
const SPARE_SEATS: usize = 5;

fn secret() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789~_-";
    let random: [u8; 40] = rand::random();
    random.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

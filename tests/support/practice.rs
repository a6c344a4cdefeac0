//! A practice organisation in this process, and the connectors to it.

use cutover::practice::{Options, Practice, Profile, start};
use cutover::{exchange, microsoft365};

/// How much faster than in reality the practice service's waits pass.
const SPEED: f64 = 100.0;

/// A small organisation, and a connection to its Exchange.
pub async fn exchange(profile: Profile) -> (Practice, exchange::Connection) {
    let options = Options { mailboxes: 2, messages: 40, profile, speed: SPEED, ..Options::default() };
    let practice = start(options).await.unwrap();
    let ready = &practice.ready.exchange;
    let settings = exchange::Settings {
        email: cutover::engine::recipient::Address::new(&ready.email),
        user_name: ready.user_name.clone(),
        password: exchange::Secret::new(&ready.password),
        endpoint: exchange::Endpoint::Ews(ready.ews_url.parse().unwrap()),
        private_authority: Some(authority(&practice)),
        access: exchange::Access::Impersonation,
        also: Vec::new(),
        shared: Vec::new(),
        rooms: Vec::new(),
        equipment: Vec::new(),
        security_groups: Vec::new(),
        dynamic_groups: Vec::new(),
    };
    let connection = exchange::connect(settings).await.unwrap();
    (practice, connection)
}

/// A connection to its Microsoft 365.
pub fn microsoft365(practice: &Practice) -> microsoft365::Connection {
    let ready = &practice.ready.microsoft365;
    microsoft365::Connection::new(microsoft365::Settings {
        authority: ready.authority.parse().unwrap(),
        graph: ready.graph_url.parse().unwrap(),
        exchange_admin: ready.exchange_admin_url.parse().unwrap(),
        tenant: ready.tenant_id.clone(),
        client_id: ready.client_id.clone(),
        credential: microsoft365::Credential::Secret(microsoft365::Secret::new(&ready.client_secret)),
        private_authority: Some(authority(practice)),
        usage_location: "GB".to_string(),
        sku: None,
        speed: 1.0,
    })
    .unwrap()
}

fn authority(practice: &Practice) -> Vec<u8> {
    std::fs::read(&practice.ready.ca_certificate).unwrap()
}

//! One suite that every Directory, Source and Target must pass: `support/contracts.rs`, over the services in memory that
//! the engine's own tests use, and over the connectors to real services, with a practice organisation at the other end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/contracts.rs"]
mod contracts;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/practice.rs"]
mod practice;

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::recipient::{Address, Card, Mailbox, MailboxKind};
use cutover::practice::Profile;
use memory::{World, contact, fields, group, identity};

fn world() -> Arc<World> {
    let world = World::new();
    world.add_mailbox("anna@contoso.com", MailboxKind::User);
    for n in 0..30 {
        world.add_item("anna@contoso.com", "s-Inbox", &format!("Message {n}"));
    }
    let gone = world.add_item("anna@contoso.com", "s-Inbox", "Gone");
    world.delete("anna@contoso.com", &gone);
    world.edit("anna@contoso.com", "i1", |item| item.read = true);
    let mut damaged = fields("Damaged", b"damaged".to_vec());
    damaged.class = "IPM.Damaged".to_string();
    world.add("anna@contoso.com", "s-Sent", damaged);
    world.state().contacts = vec![contact("partner@fabrikam.com", false)];
    world.state().groups = vec![group("all@contoso.com", &["anna@contoso.com"])];
    world
}

#[tokio::test(start_paused = true)]
async fn the_directory_in_memory() {
    let world = world();
    let survey = contracts::directory(&*world).await;
    contracts::size(&*world, &survey.mailboxes[0]).await;
    assert_eq!((survey.mailboxes.len(), survey.groups.len(), survey.contacts.len()), (1, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn the_source_in_memory() {
    let contents = contracts::source(&*world(), &Address::new("Anna@Contoso.com")).await;
    assert_eq!(contents.len(), 30);
}

#[tokio::test(start_paused = true)]
async fn the_target_in_memory() {
    let world = world();
    world.state().late_by = 3;
    world.state().lag = Duration::from_secs(2);
    let contents = contracts::source(&*world, &Address::new("anna@contoso.com")).await;
    let objects = contracts::Objects {
        mailbox: Mailbox {
            identity: identity("new@contoso.com"),
            kind: MailboxKind::User,
            card: Card::default(),
            size: None,
        },
        contact: contact("somebody@fabrikam.com", false),
        group: group("outer@contoso.com", &["inner@contoso.com", "new@contoso.com", "somebody@fabrikam.com"]),
        inner: group("inner@contoso.com", &["new@contoso.com"]),
    };
    contracts::target(&*world, &objects, &contents[..5], Duration::from_secs(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_and_source_of_every_exchange() {
    for profile in [Profile::E2007Sp3, Profile::E2010Sp3, Profile::E2016] {
        let (practice, exchange) = practice::exchange(profile).await;
        let survey = contracts::directory(&exchange).await;
        assert_eq!(survey.mailboxes.len(), practice.ready.mailboxes.len(), "{profile:?}");
        contracts::size(&exchange, &survey.mailboxes[0]).await;
        let mailbox = Address::new(&practice.ready.mailboxes[0].email);
        assert!(contracts::source(&exchange, &mailbox).await.len() > 10, "{profile:?}");
        practice.shutdown().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_target_microsoft365() {
    // The one server's content goes as it is, the other's is put together and stamped.
    for profile in [Profile::E2016, Profile::E2007Sp3] {
        target_microsoft365(profile).await;
    }
}

async fn target_microsoft365(profile: Profile) {
    let (practice, exchange) = practice::exchange(profile).await;
    let mailbox = Address::new(&practice.ready.mailboxes[0].email);
    let contents = contracts::source(&exchange, &mailbox).await;
    let stamped = contents.iter().filter(|content| content.summary.identity.is_some()).count();
    assert_eq!(stamped, if profile == Profile::E2016 { 0 } else { contents.len() });
    let domain = &practice.ready.microsoft365.domain;
    let address = |name: &str| format!("{name}@{domain}");
    let identity = |name: &str| memory::identity(&address(name));
    let (new, inner) = (address("new"), address("inner"));
    let mut outside = contact("somebody@fabrikam.example", false);
    outside.identity.aliases.clear();
    let objects = contracts::Objects {
        mailbox: Mailbox { identity: identity("new"), kind: MailboxKind::User, card: Card::default(), size: None },
        contact: outside,
        group: group(&address("outer"), &[&inner, &new, "somebody@fabrikam.example"]),
        inner: group(&inner, &[&new]),
    };
    let target = practice::microsoft365(&practice);
    contracts::target(&target, &objects, &contents[..10], Duration::from_millis(100)).await;
    practice.shutdown().await.unwrap();
}

//! One suite that every Directory, Source and Target must pass: `support/contracts.rs`, here over the services in
//! memory that the engine's own tests use.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/contracts.rs"]
mod contracts;
#[allow(dead_code, reason = "the engine's tests use all of it")]
#[path = "support/memory.rs"]
mod memory;

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::recipient::{Address, Card, Mailbox, MailboxKind};
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
    let survey = contracts::directory(&*world()).await;
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
        mailbox: Mailbox { identity: identity("new@contoso.com"), kind: MailboxKind::User, card: Card::default() },
        contact: contact("somebody@fabrikam.com", false),
        group: group("outer@contoso.com", &["inner@contoso.com", "new@contoso.com", "somebody@fabrikam.com"]),
        inner: group("inner@contoso.com", &["new@contoso.com"]),
    };
    contracts::target(&*world, &objects, &contents[..5], Duration::from_secs(1)).await;
}

//! The target half of the services in memory.

use super::*;
use async_trait::async_trait;

/// Imports at a time to one mailbox: the service refuses more.
const AT_A_TIME: usize = 4;
/// The largest item it takes, in declared bytes.
pub const LARGEST: u64 = 150 * 1024 * 1024;

fn no_mailbox(mailbox: &MailboxId) -> Problem {
    Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing).with("address", &mailbox.0)
}

fn of<'s>(state: &'s mut State, mailbox: &MailboxId) -> Result<&'s mut TargetBox, Problem> {
    state.target.get_mut(&mailbox.0).ok_or_else(|| no_mailbox(mailbox))
}

fn no_folder(folder: &FolderId) -> Problem {
    Problem::new(Kind::Item, Side::Target, Guidance::TargetFolderGone).with("folder", &folder.0)
}

fn no_item() -> Problem {
    Problem::new(Kind::Item, Side::Target, Guidance::TargetItemMissing)
}

#[async_trait]
impl Target for World {
    async fn tenant(&self) -> Result<Tenant, Problem> {
        let ticket = self.enter("target.tenant", "").await?;
        let tenant = self.state().tenant.clone();
        self.leave(ticket, Ok(tenant)).await
    }

    async fn create_mailbox(&self, mailbox: &Mailbox, password: &InitialPassword) -> Result<Made, Problem> {
        let ticket = self.enter("target.create_mailbox", mailbox.identity.address.as_str()).await?;
        let made = {
            let mut state = self.state();
            let key = mailbox.identity.address.key();
            let late_by = state.late_for.filter(|(late, _)| *late == key).map_or(state.late_by, |(_, looks)| looks);
            let there = state.target.contains_key(&key);
            state.target.entry(key.clone()).or_insert_with(|| TargetBox {
                kind: mailbox.kind,
                password: password.0.clone(),
                looks_left: late_by,
                addresses: BTreeSet::from([mailbox.identity.address.clone()]),
                folders: standard_folders(&format!("t-{key}"), false),
                items: Vec::new(),
                deleted: Vec::new(),
                in_flight: 0,
            });
            if there { Made::AlreadyThere } else { Made::Created }
        };
        self.leave(ticket, Ok(made)).await
    }

    async fn reset_password(&self, mailbox: &Address, password: &InitialPassword) -> Result<(), Problem> {
        let ticket = self.enter("target.reset_password", mailbox.as_str()).await?;
        let done = match self.state().target.get_mut(&mailbox.key()) {
            Some(there) => {
                there.password = password.0.clone();
                Ok(())
            }
            None => Err(no_mailbox(&MailboxId(mailbox.key()))),
        };
        self.leave(ticket, done).await
    }

    async fn mailbox(&self, mailbox: &Address) -> Result<Option<MailboxId>, Problem> {
        let ticket = self.enter("target.mailbox", mailbox.as_str()).await?;
        let found = match self.state().target.get_mut(&mailbox.key()) {
            Some(there) if there.looks_left > 0 => {
                there.looks_left -= 1;
                None
            }
            Some(_) => Some(MailboxId(mailbox.key())),
            None => None,
        };
        self.leave(ticket, Ok(found)).await
    }

    async fn finish_mailbox(&self, mailbox: &Mailbox) -> Result<(), Problem> {
        let ticket = self.enter("target.finish_mailbox", mailbox.identity.address.as_str()).await?;
        let id = MailboxId(mailbox.identity.address.key());
        let done =
            of(&mut self.state(), &id).map(|there| there.addresses.extend(mailbox.identity.aliases.iter().cloned()));
        self.leave(ticket, done).await
    }

    async fn create_contact(&self, contact: &Contact) -> Result<Made, Problem> {
        let ticket = self.enter("target.create_contact", contact.identity.address.as_str()).await?;
        let new = self.state().target_contacts.insert(contact.identity.address.key());
        self.leave(ticket, Ok(if new { Made::Created } else { Made::AlreadyThere })).await
    }

    async fn create_group(&self, group: &Group) -> Result<Made, Problem> {
        let ticket = self.enter("target.create_group", group.identity.address.as_str()).await?;
        let made = {
            let mut state = self.state();
            let key = group.identity.address.key();
            let there = state.target_groups.contains_key(&key);
            state.target_groups.entry(key).or_default();
            if there { Made::AlreadyThere } else { Made::Created }
        };
        self.leave(ticket, Ok(made)).await
    }

    async fn set_members(&self, group: &Group) -> Result<Vec<Problem>, Problem> {
        let ticket = self.enter("target.set_members", group.identity.address.as_str()).await?;
        let problems = {
            let mut state = self.state();
            let exists = |member: &Address| exists(&state, member);
            let (there, absent): (Vec<Address>, Vec<Address>) = group.members.iter().cloned().partition(exists);
            state.target_groups.insert(group.identity.address.key(), there);
            let problem = |member: &Address| {
                Problem::new(Kind::Item, Side::Target, Guidance::TargetMemberMissing)
                    .with("group", &group.identity.address)
                    .with("member", member)
            };
            absent.iter().map(problem).collect()
        };
        self.leave(ticket, Ok(problems)).await
    }

    async fn members(&self, group: &Address) -> Result<Vec<Address>, Problem> {
        let ticket = self.enter("target.members", group.as_str()).await?;
        let members = self.state().target_groups.get(&group.key()).cloned().unwrap_or_default();
        self.leave(ticket, Ok(members)).await
    }

    async fn recipient_exists(&self, address: &Address) -> Result<bool, Problem> {
        let ticket = self.enter("target.recipient_exists", address.as_str()).await?;
        let there = exists(&self.state(), address);
        self.leave(ticket, Ok(there)).await
    }

    async fn folders(&self, mailbox: &MailboxId) -> Result<Vec<Folder>, Problem> {
        let _admission = self.admit(mailbox, 0)?;
        let ticket = self.enter("target.folders", &mailbox.0).await?;
        let folders = of(&mut self.state(), mailbox).map(|there| there.folders.clone());
        self.leave(ticket, folders).await
    }

    async fn create_folder(
        &self,
        mailbox: &MailboxId,
        parent: &FolderId,
        name: &str,
        class: &str,
    ) -> Result<FolderId, Problem> {
        let _admission = self.admit(mailbox, 0)?;
        let ticket = self.enter("target.create_folder", &mailbox.0).await?;
        let made = self.make_folder(mailbox, parent, name, class);
        self.leave(ticket, made).await
    }

    fn largest_item(&self) -> u64 {
        LARGEST
    }

    async fn rename_folder(&self, mailbox: &MailboxId, folder: &FolderId, name: &str) -> Result<(), Problem> {
        let ticket = self.enter("target.rename_folder", &mailbox.0).await?;
        let renamed = of(&mut self.state(), mailbox).and_then(|there| {
            let known = there.folders.iter_mut().find(|known| known.id == *folder);
            known.map(|known| known.name = name.to_string()).ok_or_else(|| no_folder(folder))
        });
        self.leave(ticket, renamed).await
    }

    async fn delete_folder(&self, mailbox: &MailboxId, folder: &FolderId) -> Result<bool, Problem> {
        let ticket = self.enter("target.delete_folder", &mailbox.0).await?;
        let gone = of(&mut self.state(), mailbox).map(|there| {
            let used = there.items.iter().any(|item| item.folder == folder.0)
                || there.folders.iter().any(|child| child.parent.as_ref() == Some(folder));
            there.folders.retain(|known| used || known.id != *folder || known.role.is_some());
            there.folders.iter().all(|known| known.id != *folder)
        });
        self.leave(ticket, gone).await
    }

    async fn import(&self, mailbox: &MailboxId, folder: &FolderId, content: &Content) -> Result<ItemId, Problem> {
        let _admission = self.admit(mailbox, content.summary.size)?;
        let number = self.begin_flight(mailbox, folder, content)?;
        let _landing = Landing { world: self, mailbox, number };
        let ticket = self.enter("target.import", &mailbox.0).await?;
        let made = self.take(mailbox, folder, content);
        self.state().flying.remove(&number);
        self.leave(ticket, made).await
    }

    async fn replace(
        &self,
        mailbox: &MailboxId,
        _folder: &FolderId,
        item: &ItemId,
        content: &Content,
    ) -> Result<ItemId, Problem> {
        let _admission = self.admit(mailbox, content.summary.size)?;
        let ticket = self.enter("target.replace", &mailbox.0).await?;
        let replaced = acceptable(content).and_then(|fields| {
            let mut state = self.state();
            state.counter += 1;
            let new = state.replacing_renumbers.then(|| format!("t{}", state.counter));
            let visible = self.now() + state.lag;
            let stays = state.does(Wrong::StaysOld);
            let (done, stood) = of(&mut state, mailbox).and_then(|there| {
                let old = there.items.iter_mut().find(|old| old.id == item.0).ok_or_else(no_item)?;
                let stood = old.stood();
                if !stays {
                    (old.past.put, old.past.told) = (fields.clone(), None);
                    old.fields = fields;
                }
                old.visible = visible;
                old.id = new.unwrap_or_else(|| old.id.clone());
                Ok((ItemId(old.id.clone()), stood))
            })?;
            state.trespasses.extend(stood);
            Ok(done)
        });
        self.leave(ticket, replaced).await
    }

    async fn delete(&self, mailbox: &MailboxId, folder: &FolderId, item: &ItemId) -> Result<(), Problem> {
        let _admission = self.admit(mailbox, 0)?;
        let ticket = self.enter("target.delete", &mailbox.0).await?;
        let done = self.remove(mailbox, folder, item);
        self.leave(ticket, done).await
    }

    /// Pages by position, as the service does.
    async fn look(&self, mailbox: &MailboxId, folder: &FolderId, from: Option<&str>) -> Result<ItemPage, Problem> {
        let _admission = self.admit(mailbox, 0)?;
        let ticket = self.enter("target.look", &mailbox.0).await?;
        let seen = self.items_of(mailbox, folder, from.map_or(0, |from| from.parse().unwrap()));
        self.leave(ticket, seen).await
    }

    async fn facets(&self, mailbox: &MailboxId, items: &[ItemId]) -> Result<Vec<Result<Facets, Problem>>, Problem> {
        assert!(items.len() <= 20, "too many ids");
        let _admission = self.admit(mailbox, 0)?;
        let ticket = self.enter("target.facets", &mailbox.0).await?;
        let facets = self.mistaken("target.facets", items, self.tell(mailbox, items));
        self.leave_each(ticket, facets).await
    }
}

fn exists(state: &State, address: &Address) -> bool {
    let key = address.key();
    state.target.contains_key(&key) || state.target_contacts.contains(&key) || state.target_groups.contains_key(&key)
}

/// What an import brings, if the service takes it.
fn acceptable(content: &Content) -> Result<Fields, Problem> {
    let fields: Fields = serde_json::from_slice(&content.data).unwrap();
    if fields.size > LARGEST {
        return Err(Problem::new(Kind::Item, Side::Target, Guidance::TargetItemTooLarge)
            .with("size", fields.size)
            .with("limit", LARGEST));
    }
    if fields.class == "IPM.Refused" {
        return Err(Problem::new(Kind::Item, Side::Target, Guidance::TargetItemRefused).with("code", "ErrorContent"));
    }
    Ok(fields)
}

/// Ends a flight, also of a request that is dropped.
struct Landing<'w> {
    world: &'w World,
    mailbox: &'w MailboxId,
    number: u64,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut state = self.world.state();
        state.flying.remove(&self.number);
        if let Ok(there) = of(&mut state, self.mailbox) {
            there.in_flight -= 1;
        }
    }
}

impl World {
    fn begin_flight(&self, mailbox: &MailboxId, folder: &FolderId, content: &Content) -> Result<u64, Problem> {
        let mut state = self.state();
        state.flights += 1;
        let number = state.flights;
        let there = of(&mut state, mailbox)?;
        there.in_flight += 1;
        let flying = there.in_flight;
        state.most_in_flight = state.most_in_flight.max(flying);
        let busy = state.target.values().filter(|there| there.in_flight > 0).count();
        state.most_mailboxes = state.most_mailboxes.max(busy);
        assert!(flying <= AT_A_TIME, "more imports at a time than the service allows");
        let flight = Flight { mailbox: mailbox.clone(), folder: folder.clone(), content: content.clone() };
        state.flying.insert(number, flight);
        Ok(number)
    }

    /// So many items of a folder as are on a page, from this position on.
    fn items_of(&self, mailbox: &MailboxId, folder: &FolderId, start: usize) -> Result<ItemPage, Problem> {
        let now = self.now();
        let mut state = self.state();
        let most = state.page();
        let there = of(&mut state, mailbox)?;
        if !there.folders.iter().any(|known| known.id == *folder) {
            return Err(no_folder(folder));
        }
        let here = there.items.iter().filter(|item| item.folder == folder.0 && item.visible <= now);
        let mut here = here.skip(start).map(|item| item.fields.summary(&item.id));
        let items: Vec<Summary> = here.by_ref().take(most).collect();
        Ok(ItemPage { items, next: here.next().map(|_| (start + most).to_string()) })
    }

    fn make_folder(
        &self,
        mailbox: &MailboxId,
        parent: &FolderId,
        name: &str,
        class: &str,
    ) -> Result<FolderId, Problem> {
        let mut state = self.state();
        state.counter += 1;
        let id = FolderId(format!("t-folder-{}", state.counter));
        let there = of(&mut state, mailbox)?;
        if class == "IPF.Files" {
            return Err(
                Problem::new(Kind::Item, Side::Target, Guidance::TargetUnexpected).with("code", "ErrorInvalidClass")
            );
        }
        if name == "Unmakeable" {
            return Err(Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected)
                .with("code", "ErrorInvalidName"));
        }
        let same =
            |folder: &&Folder| folder.parent.as_ref() == Some(parent) && folder.name.eq_ignore_ascii_case(name);
        if let Some(known) = there.folders.iter().find(same) {
            return Ok(known.id.clone());
        }
        let (name, class) = (name.to_string(), class.to_string());
        there.folders.push(Folder {
            id: id.clone(),
            parent: Some(parent.clone()),
            name,
            class,
            role: None,
            items: 0,
        });
        Ok(id)
    }

    pub(super) fn take(&self, mailbox: &MailboxId, folder: &FolderId, content: &Content) -> Result<ItemId, Problem> {
        let mut fields = acceptable(content)?;
        let mut state = self.state();
        state.counter += 1;
        let (number, made, visible) = (state.counter, self.now(), self.now() + state.lag);
        let folders: Vec<String> = of(&mut state, mailbox)?.folders.iter().map(|known| known.id.0.clone()).collect();
        let Some(place) = folders.iter().position(|known| *known == folder.0) else {
            return Err(no_folder(folder));
        };
        if state.does(Wrong::Alters) {
            fields.body.pop();
        }
        let into = folders[(place + usize::from(state.does(Wrong::Misplaces))) % folders.len()].clone();
        let copies = if state.does(Wrong::Loses) { 0 } else { 1 + u64::from(state.does(Wrong::Doubles)) };
        let there = of(&mut state, mailbox)?;
        for twin in 0..copies {
            let (number, put) = (number + (twin << 32), fields.clone());
            let past = Past { number, made, put, into: into.clone(), told: None };
            let (id, folder, fields) = (format!("t{}", past.number), into.clone(), fields.clone());
            there.items.push(TargetItem { id, folder, fields, visible, past });
        }
        Ok(ItemId(format!("t{number}")))
    }

    fn tell(&self, mailbox: &MailboxId, items: &[ItemId]) -> Result<Vec<Result<Facets, Problem>>, Problem> {
        let now = self.now();
        let mut state = self.state();
        let there = of(&mut state, mailbox)?;
        let edited = there.items.iter().any(|item| item.is_edited() && items.contains(&ItemId(item.id.clone())));
        let hides = edited && state.does(Wrong::HidesEdits);
        let there = of(&mut state, mailbox)?;
        let one = |id: &ItemId| {
            let item = there.items.iter_mut().find(|item| item.id == id.0 && item.visible <= now);
            let item = item.ok_or_else(no_item)?;
            let shown = if hides { &item.past.put } else { &item.fields };
            item.past.told = Some(shown.clone());
            Ok(shown.facets())
        };
        Ok(items.iter().map(one).collect())
    }

    fn remove(&self, mailbox: &MailboxId, folder: &FolderId, item: &ItemId) -> Result<(), Problem> {
        let mut state = self.state();
        let there = of(&mut state, mailbox)?;
        let leaves = |there: &TargetItem| there.folder == folder.0 && there.id == item.0;
        let mut gone: Vec<TargetItem> = there.items.extract_if(.., |item| leaves(item)).collect();
        if !gone.is_empty() && state.does(Wrong::Keeps) {
            of(&mut state, mailbox)?.items.append(&mut gone);
        }
        let stood = gone.iter().filter_map(TargetItem::stood);
        let moved = gone.iter().filter(|item| item.is_moved());
        let moved = moved.map(|item| (None, format!("{} lay where a user put it: {}", item.id, item.folder)));
        let trespasses: Vec<_> = stood.chain(moved).collect();
        let more = !gone.is_empty() && state.does(Wrong::DeletesMore);
        let there = of(&mut state, mailbox)?;
        gone.extend(more.then(|| there.items.pop()).flatten());
        there.deleted.append(&mut gone);
        state.trespasses.extend(trespasses);
        Ok(())
    }
}

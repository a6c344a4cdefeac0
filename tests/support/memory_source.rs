//! The source half of the services in memory.

use super::*;
use async_trait::async_trait;

/// The number in an item's id: items are kept in its order.
fn number(id: &str) -> u64 {
    id.get(1..).and_then(|number| number.parse().ok()).unwrap_or_default()
}

#[async_trait]
impl Directory for World {
    async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem> {
        let ticket = self.enter("source.survey", "").await?;
        let survey = {
            let state = self.state();
            Survey {
                mailboxes: state.source.values().map(SourceBox::measured).collect(),
                groups: state.groups.clone(),
                contacts: state.contacts.clone(),
                findings: state.findings.clone(),
            }
        };
        for opened in 0..=survey.mailboxes.len() {
            let (mailboxes, groups, contacts) = (survey.mailboxes.len(), survey.groups.len(), survey.contacts.len());
            progress(SurveyProgress { mailboxes, opened, groups, contacts });
        }
        self.leave(ticket, Ok(survey)).await
    }
}

impl SourceBox {
    /// The mailbox with its size.
    fn measured(&self) -> Mailbox {
        let bytes = self.items.iter().map(|item| item.fields.size).sum();
        let size = Size { items: self.items.len() as u64, bytes };
        Mailbox { size: Some(size), ..self.mailbox.clone() }
    }

    /// The folders with what they hold.
    fn counted(&self) -> Vec<Folder> {
        let items = |folder: &Folder| self.items.iter().filter(|item| item.folder == folder.id.0).count() as u64;
        self.folders.iter().map(|folder| Folder { items: items(folder), ..folder.clone() }).collect()
    }
}

impl State {
    /// The folders of a mailbox; but for one that was asked for changes before and holds no further ones, if the list is patchy: as where
    /// another one went away between two pages.
    fn listed(&mut self, mailbox: &Address, patchy: Option<u64>) -> Option<Vec<Folder>> {
        let mut folders = self.source.get(&mailbox.key()).map(SourceBox::counted)?;
        // Never twice in a row: then nobody could know.
        let lacks = patchy.filter(|_| !self.lacked.remove(&mailbox.key()));
        if let Some(bits) = lacks {
            self.lacked.insert(mailbox.key());
            let parents: Vec<FolderId> = folders.iter().filter_map(|folder| folder.parent.clone()).collect();
            let known =
                |one: &&Folder| self.asked.contains(&one.id) && one.role.is_none() && !parents.contains(&one.id);
            let some: Vec<FolderId> = folders.iter().filter(known).map(|one| one.id.clone()).collect();
            let out = some.get(bits as usize % some.len().max(1));
            folders.retain(|folder| Some(&folder.id) != out);
        }
        Some(folders)
    }
}

fn no_mailbox(mailbox: &Address) -> Problem {
    Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMailboxMissing).with("mailbox", mailbox)
}

#[async_trait]
impl Source for World {
    fn counts_apart(&self, _mailbox: &Address) -> bool {
        self.state().counts_apart
    }

    async fn folders(&self, mailbox: &Address) -> Result<Vec<Folder>, Problem> {
        let ticket = self.enter("source.folders", mailbox.as_str()).await?;
        let folders =
            self.state().listed(mailbox, if let Fault::Patchy(bits) = ticket.0 { Some(bits) } else { None });
        self.leave(ticket, folders.ok_or_else(|| no_mailbox(mailbox))).await
    }

    async fn changes(
        &self,
        mailbox: &Address,
        folder: &FolderId,
        since: Option<&str>,
    ) -> Result<ChangePage, Problem> {
        let ticket = self.enter("source.changes", mailbox.as_str()).await?;
        let page = self.page(mailbox, folder, since);
        self.state().asked.insert(folder.clone());
        self.leave(ticket, page).await
    }

    async fn describe(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Summary, Problem>>, Problem> {
        assert!(items.len() <= 100, "too many ids");
        let ticket = self.enter("source.describe", mailbox.as_str()).await?;
        let found = self.find(mailbox, items, |item| Ok(item.fields.summary(&item.id)));
        self.leave_each(ticket, self.mistaken("source.describe", items, found)).await
    }

    async fn read(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
        assert!(items.len() <= 20, "too many ids");
        let ticket = self.enter("source.read", mailbox.as_str()).await?;
        let found = self.find(mailbox, items, |item| match item.fields.class.as_str() {
            "IPM.Unexportable" => Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceKindNotExportable)
                .with("class", &item.fields.class)),
            _ => Ok(item.fields.content(&item.id)),
        });
        let found = self.mistaken("source.read", items, found);
        self.leave_each(ticket, self.broken_by(mailbox, items).map_or(found, Err)).await
    }

    async fn mime(&self, mailbox: &Address, item: &ItemId) -> Result<Interchange, Problem> {
        let ticket = self.enter("source.mime", mailbox.as_str()).await?;
        let one = std::slice::from_ref(item);
        let found = self.find(mailbox, one, |item| item.fields.interchange()).and_then(|mut found| found.remove(0));
        self.leave(ticket, self.broken_by(mailbox, one).map_or(found, Err)).await
    }
}

impl Fields {
    /// The item as other programs take it; of tasks there is none.
    fn interchange(&self) -> Result<Interchange, Problem> {
        let (subject, body) = (&self.subject, &self.body);
        let (form, text) = match self.class.as_str() {
            "IPM.Appointment" => (Form::Event, format!("BEGIN:VCALENDAR\r\nSUMMARY:{subject}\r\nEND:VCALENDAR\r\n")),
            "IPM.Contact" => (Form::Card, format!("BEGIN:VCARD\r\nFN:{subject}\r\nEND:VCARD\r\n")),
            "IPM.Task" => {
                return Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceKindNotExportable)
                    .with("class", &self.class));
            }
            _ => (Form::Message, format!("From: {}\r\nSubject: {subject}\r\n\r\n{body}\r\n", self.sender)),
        };
        Ok(Interchange { form, data: Bytes::from(text) })
    }
}

impl World {
    fn page(&self, mailbox: &Address, folder: &FolderId, since: Option<&str>) -> Result<ChangePage, Problem> {
        let state = self.state();
        let there = state.source.get(&mailbox.key()).ok_or_else(|| no_mailbox(mailbox))?;
        if !there.folders.iter().any(|known| known.id == *folder) {
            return Err(
                Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceFolderGone).with("folder", &folder.0)
            );
        }
        let expired = || Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceSyncStateExpired);
        let from = match since {
            None => 0,
            Some(since) => {
                let (epoch, from) = since.split_once(':').ok_or_else(expired)?;
                if epoch != there.epoch.to_string() {
                    return Err(expired());
                }
                from.parse::<usize>().map_err(|_| expired())?
            }
        };
        let (mut changes, mut at) = (Vec::new(), from);
        let most = state.page();
        while at < there.log.len() && changes.len() < most {
            if there.log[at].0 == folder.0 {
                changes.push(there.log[at].1.clone());
            }
            at += 1;
        }
        Ok(ChangePage { changes, sync_state: format!("{}:{at}", there.epoch), last: at == there.log.len() })
    }

    /// Items that a server does not answer for, whoever else is asked for with them.
    fn broken_by(&self, mailbox: &Address, items: &[ItemId]) -> Option<Problem> {
        let classes = self.find(mailbox, items, |item| Ok(item.fields.class.clone())).ok()?;
        if classes.contains(&Ok("IPM.Poison".to_string())) {
            return Some(lost(Side::Source));
        }
        let too_large = Problem::new(Kind::Item, Side::Source, Guidance::SourceAnswerTooLarge);
        classes.contains(&Ok("IPM.Huge".to_string())).then_some(too_large)
    }

    fn find<T>(
        &self,
        mailbox: &Address,
        items: &[ItemId],
        make: impl Fn(&SourceItem) -> Result<T, Problem>,
    ) -> Result<Vec<Result<T, Problem>>, Problem> {
        let state = self.state();
        let there = state.source.get(&mailbox.key()).ok_or_else(|| no_mailbox(mailbox))?;
        let at = |id: &ItemId| there.items.binary_search_by_key(&number(&id.0), |item| number(&item.id)).ok();
        let one = |id: &ItemId| match at(id).map(|at| &there.items[at]) {
            None => Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceItemGone)),
            Some(item) if item.fields.class == "IPM.Damaged" => {
                Err(Problem::new(Kind::Item, Side::Source, Guidance::SourceItemDamaged)
                    .with("code", "ErrorCorruptData"))
            }
            Some(item) => make(item),
        };
        Ok(items.iter().map(one).collect())
    }
}

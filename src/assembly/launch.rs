//! The real launcher: connects to real servers, and starts practice organisations to rehearse on.

use std::path::Path;

use async_trait::async_trait;

use super::endpoints::Patience;
use super::rehearsal::{REHEARSAL_SPEED, problem_of};
use super::{PracticeOptions, endpoints, practise};
use crate::engine::migration::Migration;
use crate::engine::port::{Target, Tenant};
use crate::engine::problem::Problem;
use crate::exchange;
use crate::launcher::{FoundBy, Keeping, Launcher, Rehearsal, Secrets, SourceFacts, SourceStep};
use crate::practice::Practice;
use crate::settings::{self, Settings};

/// The program put together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Assembly;

#[async_trait]
impl Launcher for Assembly {
    async fn try_source(
        &self,
        source: &settings::Source,
        password: &str,
        tell: &(dyn Fn(SourceStep) + Send + Sync),
    ) -> Result<SourceFacts, Problem> {
        let connection =
            endpoints::source(source, password, &|reached| tell(step(reached)), Patience::of_a_person()).await?;
        let facts = connection.facts();
        Ok(SourceFacts {
            ews_url: facts.ews_url.to_string(),
            version: facts.version.to_string(),
            found_by: match &facts.found_by {
                exchange::FoundBy::Autodiscover(url) => FoundBy::Autodiscover(url.to_string()),
                exchange::FoundBy::Typed => FoundBy::Typed,
            },
        })
    }

    async fn try_target(&self, target: &settings::Target, secret: Option<&str>) -> Result<Tenant, Problem> {
        let connection = endpoints::target(target, secret, 1.0)?;
        let mut patience = Patience::of_a_person();
        loop {
            match connection.tenant().await {
                Err(problem) => exchange::Patience::bear(&mut patience, problem).await?,
                known => return known,
            }
        }
    }

    async fn open(&self, settings: &Settings, secrets: Secrets, keeping: Keeping) -> Result<Migration, Problem> {
        super::migration(settings, secrets, keeping).await
    }

    async fn practise(&self) -> Result<Box<dyn Rehearsal>, Problem> {
        let practice = practise(PracticeOptions { speed: REHEARSAL_SPEED, ..PracticeOptions::default() }).await?;
        let settings = Settings::read(Path::new(&practice.ready.settings))?;
        Ok(Box::new(Running { practice, settings }))
    }
}

fn step(reached: exchange::Step) -> SourceStep {
    match reached {
        exchange::Step::Asking(url) => SourceStep::Asking(url.into()),
        exchange::Step::NotThere(url, miss) => SourceStep::NotThere { url: url.into(), why: miss.key() },
        exchange::Step::Found(url) => SourceStep::Found(url.into()),
        exchange::Step::SignedIn => SourceStep::SignedIn,
        exchange::Step::Version(version) => SourceStep::Version(version.to_string()),
        exchange::Step::MailboxOpened => SourceStep::MailboxOpened,
    }
}

struct Running {
    practice: Practice,
    settings: Settings,
}

#[async_trait]
impl Rehearsal for Running {
    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn secrets(&self) -> Secrets {
        let ready = &self.practice.ready;
        Secrets {
            source_password: ready.exchange.password.clone(),
            target_secret: Some(ready.microsoft365.client_secret.clone()),
        }
    }

    async fn shutdown(self: Box<Self>) -> Result<(), Problem> {
        self.practice.shutdown().await.map_err(|error| problem_of(&error))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::Mutex;

    use super::*;
    use crate::engine::plan::Options;
    use crate::engine::problem::Guidance;
    use crate::engine::report::ReportOptions;
    use crate::engine::run::Pass;
    use crate::shelf;
    use crate::words::Words;

    async fn steps(source: &settings::Source, password: &str) -> (Result<SourceFacts, Problem>, Vec<SourceStep>) {
        let steps = Mutex::new(Vec::new());
        let tried = Assembly.try_source(source, password, &|step| steps.lock().unwrap().push(step)).await;
        (tried, steps.into_inner().unwrap())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn both_sides_of_a_practice_organisation_are_tried_and_opened() {
        let rehearsal = Assembly.practise().await.unwrap();
        let (settings, secrets) = (rehearsal.settings().clone(), rehearsal.secrets());
        assert!(!format!("{secrets:?}").contains(&secrets.source_password));

        let (facts, told) = steps(&settings.source, &secrets.source_password).await;
        let facts = facts.unwrap();
        assert_eq!(facts.found_by, FoundBy::Autodiscover(settings.source.autodiscover_url.clone().unwrap()));
        let expected = [
            SourceStep::Asking(settings.source.autodiscover_url.clone().unwrap()),
            SourceStep::Found(facts.ews_url.clone()),
            SourceStep::SignedIn,
            SourceStep::Version(facts.version.clone()),
            SourceStep::MailboxOpened,
        ];
        assert_eq!(told, expected);
        assert!(facts.version.starts_with("Exchange 2016 (15.1."), "{}", facts.version);

        let typed = settings::Source { ews_url: Some(facts.ews_url.clone()), ..settings.source.clone() };
        let (facts, told) = steps(&typed, &secrets.source_password).await;
        assert_eq!((facts.unwrap().found_by, told.len()), (FoundBy::Typed, 4));

        let tenant = Assembly.try_target(&settings.target, secrets.target_secret.as_deref()).await.unwrap();
        assert!(tenant.domains.contains(&settings.source.email.domain()), "{tenant:?}");

        let migration = Assembly.open(&settings, secrets.clone(), Keeping::InMemory).await.unwrap();
        let busy = Assembly.open(&settings, secrets, Keeping::InMemory).await.err().unwrap();
        assert_eq!(busy.guidance, Guidance::LedgerBusy);
        let survey = migration.survey(&|_| {}).await.unwrap();
        let plan = migration
            .plan(survey, Options { at_a_time: 1, password_length: 12, ..Options::default() })
            .await
            .unwrap();
        assert_eq!(plan.mailboxes.len(), 5);

        let folder = tempfile::tempdir().unwrap();
        settings.write(&shelf::place(folder.path(), &settings)).unwrap();
        let listed = shelf::list(folder.path());
        assert_eq!((listed.len(), listed[0].state, listed[0].busy), (1, None, true));
        let run = migration.run(plan, Pass::Initial).await.unwrap();
        run.stop_now();
        let outcome = run.outcome().await;
        drop(migration);
        let listed = shelf::list(folder.path());
        assert_eq!((listed[0].state, listed[0].busy), (Some(outcome.state), false));
        assert!(listed[0].started.is_some() && listed[0].problem.is_none(), "{listed:?}");
        assert_eq!(listed[0].source, settings.source.email.domain());
        rehearsal.shutdown().await.unwrap();
    }

    /// The initial passwords in a report that was asked for them, and the fingerprint of its proof's key.
    async fn handed_over(migration: &Migration, folder: &Path) -> (Vec<String>, String) {
        let options = ReportOptions { include_passwords: true, password_length: 12, ..ReportOptions::default() };
        let reports = migration.report(folder, options, &Words::new("en-GB")).await.unwrap();
        assert_eq!(reports.findings, []);
        let text = std::fs::read_to_string(&reports.statistics).unwrap();
        let mailboxes = text.lines().filter(|line| line.starts_with("Mailbox,"));
        let passwords = mailboxes.map(|line| line.rsplit(',').nth(1).unwrap().to_owned()).collect();
        (passwords, reports.proof.unwrap().fingerprint)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_one_opening_kept_in_memory_the_next_one_of_this_process_knows() {
        let rehearsal = Assembly.practise().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut handed = Vec::new();
        for pass in [Pass::Initial, Pass::Incremental] {
            let opened = Assembly.open(rehearsal.settings(), rehearsal.secrets(), Keeping::InMemory).await;
            let migration = opened.unwrap();
            let mut plan =
                migration.plan(migration.survey(&|_| {}).await.unwrap(), Options::default()).await.unwrap();
            plan.mailboxes.truncate(1);
            migration.run(plan, pass).await.unwrap().outcome().await;
            migration.verify(&|_| {}).await.unwrap();
            handed.push(handed_over(&migration, folder.path()).await);
        }
        assert_eq!(handed[0], handed[1]);
        let passwords = &handed[0].0;
        assert!(passwords.len() == 1 && passwords[0].len() == 8, "{}", passwords.len());
        rehearsal.shutdown().await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_stands_in_the_way_is_told_of_the_side_and_the_address() {
        let rehearsal = Assembly.practise().await.unwrap();
        let (settings, secrets) = (rehearsal.settings().clone(), rehearsal.secrets());
        let asked = settings.source.autodiscover_url.clone().unwrap();

        let (refused, told) = steps(&settings.source, "not the password").await;
        assert_eq!(refused.unwrap_err().guidance, Guidance::SourcePasswordWrong);
        let crossed = SourceStep::NotThere { url: asked.clone(), why: "sign-in" };
        assert_eq!(told, [SourceStep::Asking(asked), crossed]);

        let nobody = settings::Source { confirmed_hosts: Vec::new(), ..settings.source.clone() };
        let (unconfirmed, told) = steps(&nobody, &secrets.source_password).await;
        let unconfirmed = unconfirmed.unwrap_err();
        assert_eq!(unconfirmed.guidance, Guidance::SourceHostNotConfirmed);
        assert_eq!(unconfirmed.values["host"], "localhost");
        assert!(told.is_empty(), "nobody was asked");

        for secret in [None, Some("not the secret")] {
            let refused = Assembly.try_target(&settings.target, secret).await.unwrap_err();
            assert_eq!(refused.guidance, Guidance::TargetSecretWrong);
        }
        rehearsal.shutdown().await.unwrap();
    }
}

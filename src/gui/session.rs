//! What the pages after the connection work on: a migration whose both sides were tried, with the latest plan.

use std::path::PathBuf;
use std::sync::Arc;

use crate::engine::control::Handle;
use crate::engine::ledger::Overview;
use crate::engine::migration::Migration;
use crate::engine::plan::{Options, Plan};
use crate::engine::port::SurveyProgress;
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::engine::run::Pass;
use crate::launcher::SourceFacts;
use crate::settings::Settings;

/// A connected migration.
#[derive(Clone)]
pub struct Session {
    /// The engine's hold on it.
    pub migration: Migration,
    /// What it was connected with.
    pub settings: Arc<Settings>,
    /// The Exchange server as it was found.
    pub source: SourceFacts,
    /// What a batch would do now.
    pub plan: Arc<Plan>,
    /// What was done by earlier batches.
    pub overview: Overview,
    /// It is a rehearsal on the practice organisation.
    pub practice: bool,
    /// Passwords outlive the window.
    pub kept: bool,
    /// Where reports go.
    pub reports: PathBuf,
    /// Who gets the status message.
    pub status_to: Vec<Address>,
}

impl Session {
    /// The choices of a batch.
    pub fn options(&self) -> Options {
        self.settings.run.options()
    }

    /// Surveys the source again and plans anew, as every batch after the first does.
    ///
    /// # Errors
    /// Whatever keeps either side from being asked.
    pub async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Arc<Plan>, Problem> {
        self.survey_of(&self.migration, progress).await
    }

    /// As [`Session::survey`], for a batch that begins by itself: more patiently.
    ///
    /// # Errors
    /// Whatever keeps either side from being asked.
    pub async fn survey_by_itself(
        &self,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<Arc<Plan>, Problem> {
        self.survey_of(&self.migration.unattended(), progress).await
    }

    async fn survey_of(
        &self,
        migration: &Migration,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<Arc<Plan>, Problem> {
        let survey = migration.survey(progress).await?;
        Ok(Arc::new(migration.plan(survey, self.options()).await?))
    }

    /// Starts a batch with a plan.
    ///
    /// # Errors
    /// See [`Migration::run`].
    pub async fn start(&self, plan: Arc<Plan>, pass: Pass) -> Result<Arc<Handle>, Problem> {
        Ok(Arc::new(self.migration.run(Plan::clone(&plan), pass).await?))
    }
}

//! Reading the source directory, in an order that does not change from run to run.

use super::migration::Core;
use super::port::SurveyProgress;
use super::problem::Problem;
use super::recipient::Survey;

/// Surveys the source.
pub(crate) async fn survey(
    core: &Core,
    progress: &(dyn Fn(SurveyProgress) + Send + Sync),
) -> Result<Survey, Problem> {
    let mut survey = core.idle_caller(&core.scopes.source).call(|| core.parts.directory.survey(progress)).await?;
    survey.mailboxes.sort_by_key(|mailbox| mailbox.identity.address.key());
    survey.mailboxes.dedup_by_key(|mailbox| mailbox.identity.address.key());
    survey.groups.sort_by_key(|group| group.identity.address.key());
    survey.groups.dedup_by_key(|group| group.identity.address.key());
    survey.contacts.sort_by_key(|contact| contact.identity.address.key());
    survey.contacts.dedup_by_key(|contact| contact.identity.address.key());
    Ok(survey)
}

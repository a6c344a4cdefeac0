//! Reading the source directory, in an order that does not change from run to run.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::migration::Core;
use super::port::SurveyProgress;
use super::problem::Problem;
use super::recipient::Survey;
use super::retry::Caller;

/// Surveys the source.
pub(crate) async fn survey(
    core: &Core,
    caller: &Caller,
    progress: &(dyn Fn(SurveyProgress) + Send + Sync),
) -> Result<Survey, Problem> {
    // A survey that is repeated goes on where it was stopped, and tells of what it knows already first.
    let (told, most, known) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let telling = |seen: SurveyProgress| {
        most.fetch_max(told.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        progress(seen);
    };
    let came_further = || known.swap(most.load(Ordering::Relaxed), Ordering::Relaxed) < most.load(Ordering::Relaxed);
    let attempt = || {
        told.store(0, Ordering::Relaxed);
        core.parts.directory.survey(&telling)
    };
    let mut survey = caller.long(&came_further, attempt).await?;
    survey.mailboxes.sort_by_key(|mailbox| mailbox.identity.address.key());
    survey.mailboxes.dedup_by_key(|mailbox| mailbox.identity.address.key());
    survey.groups.sort_by_key(|group| group.identity.address.key());
    survey.groups.dedup_by_key(|group| group.identity.address.key());
    survey.contacts.sort_by_key(|contact| contact.identity.address.key());
    survey.contacts.dedup_by_key(|contact| contact.identity.address.key());
    Ok(survey)
}

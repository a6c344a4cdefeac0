//! Keeping initial passwords: sealed in the ledger where a key is there, otherwise for this process only. One that is
//! lost before it was handed over is replaced, and said so.

use std::sync::PoisonError;

use super::ledger::recipients::{self, PasswordState, Record};
use super::mailbox::Job;
use super::migration::Core;
use super::password;
use super::port::InitialPassword;
use super::problem::{Guidance, Kind, Problem, Side};
use super::retry::Caller;
use super::run::Phase;

/// An earlier run made the account, or may have.
pub(crate) fn is_ours(job: &Job) -> bool {
    job.record.password != PasswordState::None
}

/// The password of a recipient, if it is not lost.
pub(crate) fn current(core: &Core, record: &Record) -> Option<InitialPassword> {
    let memory = core.passwords.lock().unwrap_or_else(PoisonError::into_inner).get(&record.id).cloned();
    memory.or_else(|| {
        let opened = core.parts.sealer.unseal(record.sealed.as_deref()?)?;
        String::from_utf8(opened).ok().map(InitialPassword)
    })
}

/// Keeps a password, durably where it can be sealed.
async fn keep(core: &Core, id: i64, password: &InitialPassword, state: PasswordState) -> Result<(), Problem> {
    core.passwords.lock().unwrap_or_else(PoisonError::into_inner).insert(id, password.clone());
    let sealed = core.parts.sealer.seal(password.0.as_bytes());
    core.ledger.write(move |db| recipients::set_password(db, id, state, sealed.as_deref())).await
}

/// The password for making an account; kept before the request leaves, so that a lost answer does not lose it.
pub(crate) async fn prepare(job: &Job, there_before: bool) -> Result<InitialPassword, Problem> {
    let core = &job.run.core;
    if is_ours(job)
        && let Some(password) = current(core, &job.record)
    {
        return Ok(password);
    }
    let password = password::generate(job.run.plan.options.password_length, core.parts.clock.as_ref());
    if !there_before && !is_ours(job) {
        keep(core, job.record.id, &password, PasswordState::Ours).await?;
    }
    Ok(password)
}

/// The account was there before us: its password is none of ours.
pub(crate) async fn forget(job: &Job) -> Result<(), Problem> {
    let (core, id) = (&job.run.core, job.record.id);
    core.passwords.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    core.ledger.write(move |db| recipients::set_password(db, id, PasswordState::None, None)).await
}

/// A password of ours that was lost before it was handed over is replaced; the mailbox's record says so.
pub(crate) async fn keep_or_renew(job: &Job) -> Result<(), Problem> {
    if job.record.password != PasswordState::Ours || current(&job.run.core, &job.record).is_some() {
        return Ok(());
    }
    let length = job.run.plan.options.password_length;
    let (_, finding) = renew(&job.run.core, &job.directory, &job.record, length).await?;
    job.enrolled.note(&finding, Phase::Provision).await
}

/// Sets a new first password and keeps it; answers it with what to say. It is kept only once the target has it: until
/// then the old one counts as lost.
pub(crate) async fn renew(
    core: &Core,
    caller: &Caller,
    record: &Record,
    length: usize,
) -> Result<(InitialPassword, Problem), Problem> {
    let password = password::generate(length, core.parts.clock.as_ref());
    let address = record.detail.address();
    caller.call(|| core.parts.target.reset_password(address, &password)).await?;
    keep(core, record.id, &password, PasswordState::Ours).await?;
    let finding = Problem::new(Kind::Item, Side::Here, Guidance::InitialPasswordReset).with("mailbox", address);
    Ok((password, finding))
}

/// The administrator has it now.
pub(crate) async fn handed_over(core: &Core, record: &Record) -> Result<(), Problem> {
    let (id, sealed) = (record.id, record.sealed.clone());
    core.ledger
        .write(move |db| {
            let sealed = sealed.or(recipients::get(db, id)?.sealed);
            recipients::set_password(db, id, PasswordState::HandedOver, sealed.as_deref())
        })
        .await
}

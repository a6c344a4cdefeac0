//! Keeping initial passwords: sealed in the ledger. One that is lost before it was handed over is set anew once somebody
//! asks for it, and never before: its user may have signed in and set one of their own.

use std::collections::HashSet;

use super::ledger::recipients::{self, PasswordState, Record};
use super::mailbox::Job;
use super::migration::Core;
use super::password;
use super::port::InitialPassword;
use super::problem::{Guidance, Kind, Problem, Side};
use super::retry::Caller;

/// The password of a recipient, if it is not lost.
fn current(core: &Core, record: &Record) -> Option<InitialPassword> {
    let opened = core.parts.sealer.unseal(record.sealed.as_deref()?)?;
    String::from_utf8(opened).ok().map(InitialPassword)
}

/// Whose initial passwords later processes know. What was sealed with a key that ends with this one is sealed anew, once
/// there is a key that lasts.
pub(crate) async fn outlasting(core: &Core, records: &[Record]) -> Result<HashSet<i64>, Problem> {
    let sealer = &core.parts.sealer;
    if !sealer.lasts() {
        return Ok(HashSet::new());
    }
    let anew = records.iter().filter_map(|record| {
        let sealed = sealer.seal(current(core, record)?.0.as_bytes())?;
        Some((record.id, record.sealed.clone()?, sealed))
    });
    let anew: Vec<(i64, Vec<u8>, Vec<u8>)> = anew.collect();
    let known = anew.iter().map(|(id, ..)| *id).collect();
    let write = move |db: &rusqlite::Connection| {
        anew.iter().try_for_each(|(id, old, new)| recipients::seal_anew(db, *id, old, new))
    };
    core.ledger.write(move |db| write(db)).await?;
    Ok(known)
}

/// Keeps a password that an account of ours has, or is about to have.
pub(crate) async fn keep(core: &Core, id: i64, password: &InitialPassword) -> Result<(), Problem> {
    let sealed = core.parts.sealer.seal(password.0.as_bytes());
    core.ledger.write(move |db| recipients::set_password(db, id, PasswordState::Ours, sealed.as_deref())).await
}

/// The password for making an account. A new one is kept before the request leaves, so that a lost answer does not lose
/// it; where an account is there, it may have another.
pub(crate) async fn prepare(job: &Job, there_before: bool) -> Result<InitialPassword, Problem> {
    let core = &job.run.core;
    if let Some(password) = current(core, &job.record) {
        return Ok(password);
    }
    let password = password::generate(job.run.plan.options.password_length, core.parts.clock.as_ref());
    if !there_before {
        keep(core, job.record.id, &password).await?;
    }
    Ok(password)
}

/// This run made no account: of its password is known what was known before, if it is one of ours at all.
pub(crate) async fn as_before(job: &Job) -> Result<(), Problem> {
    let (id, state, sealed) = (job.record.id, job.record.password, job.record.sealed.clone());
    job.run.core.ledger.write(move |db| recipients::set_password(db, id, state, sealed.as_deref())).await
}

/// The password for whoever asked for it, and what to say about it.
pub(crate) async fn ask(
    core: &Core,
    caller: &Caller,
    record: &Record,
    length: usize,
) -> Result<(Option<InitialPassword>, Option<Problem>), Problem> {
    let say = |guidance| Problem::new(Kind::Item, Side::Here, guidance).with("mailbox", record.detail.address());
    match (record.password, current(core, record)) {
        (PasswordState::None, _) => Ok((None, None)),
        (_, Some(password)) => Ok((Some(password), None)),
        (PasswordState::HandedOver, None) => Ok((None, Some(say(Guidance::InitialPasswordShownBefore)))),
        (PasswordState::Ours, None) => {
            let password = renew(core, caller, record, length).await?;
            Ok((Some(password), Some(say(Guidance::InitialPasswordReset))))
        }
    }
}

/// Sets a new first password. It is kept only once the target has it: until then the old one counts as lost.
async fn renew(core: &Core, caller: &Caller, record: &Record, length: usize) -> Result<InitialPassword, Problem> {
    let password = password::generate(length, core.parts.clock.as_ref());
    caller.call(|| core.parts.target.reset_password(record.detail.address(), &password)).await?;
    keep(core, record.id, &password).await?;
    Ok(password)
}

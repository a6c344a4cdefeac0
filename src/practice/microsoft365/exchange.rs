//! The Exchange admin service: cmdlets over `InvokeCommand`.

mod addresses;
mod answer;
mod contacts;
mod groups;
mod input;
mod lookup;
mod mailboxes;
mod rights;
mod show;
mod table;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use self::answer::{Failed, Output};
use self::input::Input;
use super::call::{self, Call, member};
use super::limits::ADMIN_BUSY;
use super::reply::Fault;
use super::{Cloud, reply, token};
use crate::practice::https::{Request, Response};

/// Requests of the whole tenant at a time.
const CONCURRENT: usize = 3;
/// How long the real service takes for a cmdlet, seconds.
const LATENCY: f64 = 0.3;

/// Counts the requests in flight.
#[derive(Clone, Default)]
pub(super) struct Gate(Arc<AtomicUsize>);

struct Pass(Gate);

impl Gate {
    fn enter(&self) -> Option<Pass> {
        let pass = Pass(self.clone());
        (self.0.fetch_add(1, Ordering::SeqCst) < CONCURRENT).then_some(pass)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether a path is InvokeCommand's.
pub(super) fn owns(path: &[String]) -> bool {
    path.len() >= 2 && path.last().is_some_and(|part| part == "InvokeCommand")
}

/// The cmdlet that a request names.
pub(super) fn cmdlet(request: &Request) -> Option<String> {
    let body: Value = serde_json::from_slice(request.body()).ok()?;
    let name = member(member(&body, "CmdletInput")?, "CmdletName")?.as_str()?;
    let known = table::find(name).map(|cmdlet| cmdlet.name.to_owned());
    known.or_else(|| Some(name.to_owned()))
}

/// The names of the cmdlets that there are.
pub(super) fn cmdlets() -> impl Iterator<Item = &'static str> {
    table::names()
}

/// Answers a cmdlet.
pub(super) async fn answer(cloud: &Cloud, call: &Call) -> Response {
    if call.method != "POST" {
        return answer::failure(&Failed::new(405, "MethodNotAllowed", "", "Only POST is supported."));
    }
    if let Err(fault) = cloud.with_site(|site| super::signin_check(site, call, token::EXCHANGE)) {
        let mut response = reply::empty(fault.status);
        for (name, value) in &fault.headers {
            reply::put_header(&mut response, name, value);
        }
        return response;
    }
    let Some(pass) = cloud.admin.enter() else { return busy(None) };
    cloud.clock.pass(LATENCY).await;
    let outcome = cloud.with_site(|site| {
        check_tenant(site, call)?;
        let input = Input::read(call)?;
        let cmdlet = table::check(&input)?;
        (cmdlet.run)(site, &input)
    });
    drop(pass);
    match outcome {
        Ok(output) => answer::success(call, &cloud.options.base_url, &output),
        Err(failed) => answer::failure(&failed),
    }
}

fn check_tenant(site: &call::Site, call: &Call) -> Result<(), Failed> {
    let named = call.path.len().checked_sub(2).and_then(|at| call.path.get(at)).cloned().unwrap_or_default();
    let own = [site.state.tenant.id.clone(), site.options.initial_domain(), site.options.domain.clone()];
    if own.iter().any(|own| own.eq_ignore_ascii_case(&named)) {
        return Ok(());
    }
    Err(Failed::new(404, "NotFound", "TenantNotFoundException", &format!("Tenant '{named}' was not found.")))
}

/// The refusal when too many requests are in flight: plain text.
pub(super) fn busy(pause: Option<f64>) -> Response {
    let mut response = reply::bytes(429, "text/plain; charset=utf-8", ADMIN_BUSY);
    if let Some(pause) = pause {
        reply::put_header(&mut response, "retry-after", &pause.to_string());
    }
    response
}

/// An error of some code, for faults.
pub(super) fn refusal(fault: &Fault) -> Response {
    let mut response =
        answer::failure(&Failed::new(fault.status, &fault.code, &fault.code, "The request was refused."));
    for (name, value) in &fault.headers {
        reply::put_header(&mut response, name, value);
    }
    response
}

/// What a cmdlet gives back.
type Outcome = Result<Output, Failed>;

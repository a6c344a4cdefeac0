//! The sign-in service: token endpoints, device sign-in and the documents that client libraries ask for.

use serde_json::{Value, json};
use url::form_urlencoded;

use super::assertion;
use super::call::{Call, Site};
use super::reply;
use super::state::Device;
use super::token::{self, Claims};
use crate::practice::https::Response;

/// Real lifetime of an access token, seconds.
const TOKEN_SECONDS: f64 = 3600.0;
/// Shortest lifetime a scaled token has, real seconds.
const TOKEN_FLOOR: f64 = 20.0;
/// Real lifetime of a refresh token, seconds: 90 days.
const REFRESH_SECONDS: f64 = 90.0 * 86_400.0;
/// Lifetime of a device code, seconds.
const DEVICE_SECONDS: f64 = 900.0;
/// Polls that a device sign-in stays pending.
const PENDING_POLLS: u32 = 2;
/// Application roles that the practice tenant has consented to.
const ROLES: [&str; 12] = [
    "User.ReadWrite.All",
    "Organization.Read.All",
    "Domain.ReadWrite.All",
    "LicenseAssignment.ReadWrite.All",
    "Group.ReadWrite.All",
    "MailboxFolder.ReadWrite.All",
    "MailboxItem.ReadWrite.All",
    "MailboxItem.ImportExport.All",
    "Mail.ReadWrite",
    "Calendars.ReadWrite",
    "Contacts.ReadWrite",
    "MailboxSettings.ReadWrite",
];

/// An OAuth error: status, `error`, AADSTS number, text.
pub(super) struct Refused(pub u16, pub &'static str, pub u32, pub String);

/// Whether a path belongs to the sign-in service.
pub(super) fn owns(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(
        path.as_slice(),
        [_, "oauth2", "v2.0", _]
            | [_, "v2.0", ".well-known", "openid-configuration"]
            | ["common", "discovery", "instance"]
            | [_, "discovery", "v2.0", "keys"]
    )
}

/// Answers a request to the sign-in service.
pub(super) fn answer(site: &mut Site, call: &Call) -> Response {
    let (method, path) = call.route();
    let outcome = match (method, path.as_slice()) {
        ("POST", [tenant, "oauth2", "v2.0", "token"]) => grant(site, call, tenant),
        ("POST", [tenant, "oauth2", "v2.0", "devicecode"]) => device_code(site, call, tenant),
        ("GET", [tenant, "v2.0", ".well-known", "openid-configuration"]) => configuration(site, tenant),
        ("GET", ["common", "discovery", "instance"]) => Ok(discovery(site)),
        ("GET", [_, "discovery", "v2.0", "keys"]) => Ok(json!({"keys": []})),
        _ => Err(Refused(404, "invalid_request", 90_015, "Requested page does not exist.".to_owned())),
    };
    match outcome {
        Ok(value) => {
            let mut response = reply::json(200, &value);
            reply::put_header(&mut response, "content-type", "application/json; charset=utf-8");
            reply::put_header(&mut response, "cache-control", "no-store, no-cache");
            response
        }
        Err(refused) => refusal(site, &refused),
    }
}

fn refusal(site: &mut Site, Refused(status, error, number, text): &Refused) -> Response {
    let at = site.now().timestamp().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
    let (trace, correlation) = (site.state.guid(), site.state.guid());
    let description =
        format!("AADSTS{number}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}");
    let base = &site.options.base_url;
    let body = json!({
        "error": error, "error_description": description, "error_codes": [number], "timestamp": at,
        "trace_id": trace, "correlation_id": correlation, "error_uri": format!("{base}/error?code={number}"),
    });
    let mut response = reply::json(*status, &body);
    reply::put_header(&mut response, "content-type", "application/json; charset=utf-8");
    response
}

/// Whether a name is one of this tenant's.
fn check_tenant(site: &Site, name: &str, shared: bool) -> Result<(), Refused> {
    let known = [site.state.tenant.id.as_str(), site.options.domain.as_str(), &site.options.initial_domain()];
    if known.iter().any(|own| own.eq_ignore_ascii_case(name)) || shared && matches!(name, "organizations" | "common")
    {
        return Ok(());
    }
    let text = format!("Tenant '{name}' not found. Check to make sure you have the correct tenant ID.");
    Err(Refused(400, "invalid_request", 90_002, text))
}

fn grant(site: &mut Site, call: &Call, tenant: &str) -> Result<Value, Refused> {
    let form: Vec<(String, String)> = form_urlencoded::parse(&call.body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let kind = field("grant_type").unwrap_or_default();
    check_tenant(site, tenant, kind != "client_credentials")?;
    let client = field("client_id").unwrap_or_default();
    if !client.eq_ignore_ascii_case(&site.state.tenant.client_id) {
        let text = format!("Application with identifier '{client}' was not found in the directory.");
        return Err(Refused(400, "unauthorized_client", 700_016, text));
    }
    match kind {
        "client_credentials" => {
            let audience = resource(site, field("scope").unwrap_or_default(), true)?;
            match (field("client_secret"), field("client_assertion")) {
                (Some(secret), _) if secret == site.state.tenant.client_secret => {}
                (Some(_), _) => {
                    return Err(Refused(
                        401,
                        "invalid_client",
                        7_000_215,
                        "Invalid client secret provided.".to_owned(),
                    ));
                }
                (None, Some(text)) => assertion::check(site, tenant, text)?,
                (None, None) => {
                    let text = "The request body must contain 'client_assertion' or 'client_secret'.".to_owned();
                    return Err(Refused(401, "invalid_client", 7_000_218, text));
                }
            }
            Ok(access(site, &audience, &ROLES, None))
        }
        "refresh_token" => {
            let claims = token::read(&site.state.tenant.key, field("refresh_token").unwrap_or_default());
            if !claims.is_some_and(|claims| claims.kind == "refresh" && claims.until > site.now()) {
                return Err(Refused(400, "invalid_grant", 70_000, "The refresh token is not valid.".to_owned()));
            }
            let audience = resource(site, field("scope").unwrap_or_default(), false)?;
            Ok(access(site, &audience, &[], field("scope")))
        }
        "urn:ietf:params:oauth:grant-type:device_code" => poll(site, field("device_code").unwrap_or_default()),
        _ => {
            Err(Refused(400, "unsupported_grant_type", 70_003, format!("The grant type '{kind}' is not supported.")))
        }
    }
}

/// The one resource that a scope names.
fn resource(site: &Site, scope: &str, default_only: bool) -> Result<String, Refused> {
    let base = site.options.base_url.as_str();
    let hosts = [(token::GRAPH, token::GRAPH), (token::EXCHANGE, token::EXCHANGE), (base, token::BOTH)];
    let mut found: Option<&str> = None;
    for part in scope.split_whitespace().filter(|part| !matches!(*part, "openid" | "profile" | "offline_access")) {
        let named = hosts.iter().find(|(host, _)| part.strip_prefix(host).is_some_and(|rest| rest.starts_with('/')));
        let audience = match named {
            Some((_, audience)) => *audience,
            None if part.starts_with("https://") => {
                let text = format!("The resource principal named {part} was not found in the tenant.");
                return Err(Refused(400, "invalid_resource", 500_011, text));
            }
            None if default_only => {
                let text = format!("The provided value for the input parameter 'scope' is not valid: {part}.");
                return Err(Refused(400, "invalid_scope", 70_011, text));
            }
            None => token::GRAPH,
        };
        if default_only && !part.ends_with("/.default") {
            let text = "The client credential flows must have a scope value with /.default suffixed.".to_owned();
            return Err(Refused(400, "invalid_scope", 1_002_012, text));
        }
        if found.is_some_and(|other| other != audience) {
            let text = "The scope names several resources; ask for one at a time.".to_owned();
            return Err(Refused(400, "invalid_request", 700_022, text));
        }
        found = Some(audience);
    }
    let missing = || Refused(400, "invalid_request", 900_144, "The request body must contain 'scope'.".to_owned());
    found.map(str::to_owned).ok_or_else(missing)
}

/// An access token, and a refresh token where a person signed in.
fn access(site: &mut Site, audience: &str, roles: &[&str], scope: Option<&str>) -> Value {
    let until = site.clock.lifetime(TOKEN_SECONDS, TOKEN_FLOOR);
    let claims = |kind: &str, until, site: &Site| Claims {
        kind: kind.to_owned(),
        aud: audience.to_owned(),
        appid: site.state.tenant.client_id.clone(),
        tid: site.state.tenant.id.clone(),
        until,
    };
    let serial = site.state.number();
    let seconds = (until.0 - site.now().0) / 1000;
    let token = token::sign(&site.state.tenant.key, &claims("access", until, site), roles, serial);
    let mut body =
        json!({"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "access_token": token});
    if let Some(scope) = scope {
        body["scope"] = json!(scope);
        if scope.split_whitespace().any(|part| part == "offline_access") {
            let until = site.clock.lifetime(REFRESH_SECONDS, TOKEN_SECONDS);
            let serial = site.state.number();
            let claims = claims("refresh", until, site);
            body["refresh_token"] = json!(token::sign(&site.state.tenant.key, &claims, &[], serial));
        }
    }
    body
}

fn device_code(site: &mut Site, call: &Call, tenant: &str) -> Result<Value, Refused> {
    check_tenant(site, tenant, true)?;
    let form: Vec<(String, String)> = form_urlencoded::parse(&call.body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if !field("client_id").is_some_and(|client| client.eq_ignore_ascii_case(&site.state.tenant.client_id)) {
        let text = "Application was not found in the directory.".to_owned();
        return Err(Refused(400, "unauthorized_client", 700_016, text));
    }
    let scope = field("scope").unwrap_or_default().to_owned();
    resource(site, &scope, false)?;
    let (device, user) = (site.state.guid(), site.state.guid().replace('-', "").to_uppercase());
    let until = site.clock.lifetime(DEVICE_SECONDS, TOKEN_FLOOR);
    let now = site.now();
    site.state.devices.retain(|_, other| other.until > now);
    site.state.devices.insert(device.clone(), Device { polls: 0, until, scope });
    let (user, page) = (&user[..9], format!("{}/devicelogin", site.options.base_url));
    Ok(json!({
        "user_code": user, "device_code": device, "verification_uri": page,
        "expires_in": (until.0 - site.now().0) / 1000, "interval": site.clock.scaled(5.0).ceil() as i64,
        "message": format!("To sign in, open {page} and enter the code {user}."),
    }))
}

/// A poll of a device sign-in: after some polls the person has approved.
fn poll(site: &mut Site, code: &str) -> Result<Value, Refused> {
    let now = site.now();
    let Some(device) = site.state.devices.get_mut(code) else {
        return Err(Refused(400, "bad_verification_code", 70_018, "The device code is not known.".to_owned()));
    };
    if device.until <= now {
        site.state.devices.remove(code);
        return Err(Refused(400, "expired_token", 70_020, "The device code has expired.".to_owned()));
    }
    device.polls += 1;
    if device.polls < PENDING_POLLS {
        let text = "The user has not finished signing in.".to_owned();
        return Err(Refused(400, "authorization_pending", 70_016, text));
    }
    let scope = device.scope.clone();
    site.state.devices.remove(code);
    let audience = resource(site, &scope, false)?;
    Ok(access(site, &audience, &[], Some(&scope)))
}

fn configuration(site: &Site, tenant: &str) -> Result<Value, Refused> {
    check_tenant(site, tenant, true)?;
    let (base, id) = (&site.options.base_url, &site.state.tenant.id);
    Ok(json!({
        "issuer": format!("{base}/{id}/v2.0"),
        "authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/{tenant}/oauth2/v2.0/token"),
        "device_authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/devicecode"),
        "jwks_uri": format!("{base}/{tenant}/discovery/v2.0/keys"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "response_modes_supported": ["query", "fragment", "form_post"], "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "offline_access"], "tenant_region_scope": "EU",
    }))
}

fn discovery(site: &Site) -> Value {
    let base = &site.options.base_url;
    let host = base.trim_start_matches("https://");
    json!({
        "tenant_discovery_endpoint": format!("{base}/{}/v2.0/.well-known/openid-configuration", site.state.tenant.id),
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    })
}

//! A practice organisation in a process of its own, and eyes from outside: what Microsoft 365 holds there is asked for over
//! the wire, as an administrator's script would. Nothing of the connectors is used for it.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::{Certificate, Client, Method, StatusCode};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::support::{Ran, Running, SPEED, cutover};
use crate::watchdog::{LONGEST, Watchdog};

/// How often a question is asked that the service has no time for, or whose token has grown old.
const PATIENCE: usize = 200;
/// How long it is left alone in between.
const PAUSE: Duration = Duration::from_millis(20);
/// What is read of each item beside what the service says of its own accord.
const PROPERTIES: &str = "singleValueExtendedProperties($filter=id eq 'Binary 0x300b' or id eq 'String 0x37')";

/// An item in Microsoft 365.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    pub mailbox: String,
    /// Its folder by names, from the root down.
    pub folder: String,
    pub subject: String,
    /// What the old server told it apart by. The practice organisation gives no two items the same.
    pub search_key: String,
    pub id: String,
    /// Another one after each change.
    pub change_key: String,
}

/// A group or a contact in Microsoft 365: what it is known by, without the ids that each organisation draws anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    pub address: String,
    pub name: String,
    /// Nothing for a contact.
    pub group: Option<Membership>,
    /// All addresses, in order.
    pub addresses: Vec<String>,
}

/// What makes a group one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    pub security: bool,
    /// By address, in order.
    pub members: Vec<String>,
}

pub struct Organisation {
    /// The line that `cutover practice` prints.
    ready: Value,
    folder: TempDir,
    practice: Running,
    runtime: Runtime,
    http: Client,
    token: String,
    /// The mailboxes that are there already, by address.
    mailboxes: BTreeMap<String, String>,
}

impl Known {
    fn of(object: &Value, group: Option<Membership>) -> Known {
        let addresses = object["proxyAddresses"].as_array().into_iter().flatten();
        let mut addresses: Vec<String> = addresses.map(|address| text(address).to_string()).collect();
        addresses.sort();
        let word = |key: &str| text(&object[key]).to_string();
        Known { address: word("mail"), name: word("displayName"), group, addresses }
    }
}

impl Organisation {
    pub fn start(mailboxes: usize, messages: usize, faults: &str, seed: u64) -> Organisation {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("faults.toml");
        fs::write(&file, faults).unwrap();
        let number = |number: usize| number.to_string();
        let mut command = cutover();
        command.args(["practice", "--mailboxes", &number(mailboxes), "--messages", &number(messages)]);
        command.args(["--seed", &seed.to_string(), "--speed", &SPEED.to_string(), "--faults"]).arg(&file);
        let mut practice = Running::start(command.stdin(Stdio::piped()));
        let watchdog = Watchdog::over(practice.child.id());
        let line = practice.line();
        assert!(!watchdog.struck(), "practice hung: {}", practice.told());
        let ready: Value = serde_json::from_str(&line.expect("a line")).unwrap();
        let authority = fs::read(text(&ready["ca_certificate"])).unwrap();
        let http = Client::builder()
            .no_proxy()
            .timeout(LONGEST)
            .tls_certs_merge(Certificate::from_pem_bundle(&authority).unwrap())
            .build()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Organisation { ready, folder, practice, runtime, http, token: String::new(), mailboxes: BTreeMap::new() }
    }

    /// A migration of it, not yet started, with JSON lines.
    pub fn migration(&self) -> Command {
        self.command("migrate")
    }

    /// The last pass of a migration, not yet started.
    pub fn completing(&self) -> Command {
        let mut command = self.migration();
        command.arg("--complete");
        command
    }

    /// A comparison of both sides, not yet started.
    pub fn comparison(&self) -> Command {
        self.command("verify")
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = cutover();
        command.args([verb, "--json", "--settings", text(&self.ready["settings"]), "--reports"]);
        command.arg(self.folder.path().join("reports"));
        command.env("CUTOVER_SOURCE_PASSWORD", text(&self.ready["exchange"]["password"]));
        command.env("CUTOVER_TARGET_SECRET", text(&self.ready["microsoft365"]["client_secret"]));
        command
    }

    pub fn migrate(&self) -> Ran {
        self.run(self.migration())
    }

    /// Lets a command come to its end.
    pub fn run(&self, mut command: Command) -> Ran {
        let child = command.spawn().unwrap();
        let watchdog = Watchdog::over(child.id());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert!(!watchdog.struck(), "it hung:\n{}\n{}", ran.out, ran.err);
        ran
    }

    /// Items in all mailboxes.
    pub fn arrived(&mut self) -> usize {
        let folders = self.folders();
        folders.iter().map(|(_, _, folder)| folder["totalItemCount"].as_u64().unwrap() as usize).sum()
    }

    /// Every item in every mailbox.
    pub fn held(&mut self) -> Vec<Held> {
        let mut held = Vec::new();
        for (mailbox, path, folder) in self.folders() {
            let at =
                format!("{}/{}/items?$top=100&$expand={PROPERTIES}", self.below(&mailbox), encoded(&folder["id"]));
            for item in self.every(&at) {
                let property = |id: &str| {
                    let all = item["singleValueExtendedProperties"].as_array().into_iter().flatten();
                    let found = all.clone().find(|one| text(&one["id"]).eq_ignore_ascii_case(id));
                    found.map(|one| text(&one["value"]).to_string()).unwrap_or_default()
                };
                held.push(Held {
                    mailbox: mailbox.clone(),
                    folder: path.clone(),
                    subject: property("String 0x37"),
                    search_key: property("Binary 0x300b"),
                    id: text(&item["id"]).to_string(),
                    change_key: text(&item["changeKey"]).to_string(),
                });
            }
        }
        held.sort();
        held
    }

    /// Every group and every contact.
    pub fn directory(&mut self) -> Vec<Known> {
        let mut known = Vec::new();
        for group in self.every("/groups?$top=100") {
            let members = self.every(&format!("/groups/{}/members?$top=100", encoded(&group["id"])));
            let mut members: Vec<String> = members.iter().map(|member| text(&member["mail"]).to_string()).collect();
            members.sort();
            let security = group["securityEnabled"].as_bool().unwrap();
            known.push(Known::of(&group, Some(Membership { security, members })));
        }
        known.extend(self.every("/contacts?$top=100").iter().map(|contact| Known::of(contact, None)));
        known.sort();
        known
    }

    /// The addresses of the mailboxes that are to move.
    pub fn addresses(&self) -> Vec<String> {
        let all = self.ready["mailboxes"].as_array().unwrap();
        all.iter().map(|mailbox| text(&mailbox["email"]).to_string()).collect()
    }

    /// Every folder that there is: its mailbox, its names from the root down, and what the service says of it.
    fn folders(&mut self) -> Vec<(String, String, Value)> {
        let mut found = Vec::new();
        for address in self.addresses() {
            if !self.mailboxes.contains_key(&address) {
                let Some(settings) = self.ask(&format!("/users/{address}/settings/exchange")) else { continue };
                let id = text(&settings["primaryMailboxId"]).to_string();
                self.mailboxes.insert(address.clone(), id);
            }
            let below = self.below(&address);
            let mut open = vec![(String::new(), below.clone())];
            while let Some((path, at)) = open.pop() {
                for folder in self.every(&format!("{at}?$top=100&includeHiddenFolders=true")) {
                    let path = format!("{path}/{}", text(&folder["displayName"]));
                    if folder["childFolderCount"].as_u64().unwrap() > 0 {
                        open.push((path.clone(), format!("{below}/{}/childFolders", encoded(&folder["id"]))));
                    }
                    found.push((address.clone(), path, folder));
                }
            }
        }
        found
    }

    fn below(&self, address: &str) -> String {
        format!("/admin/exchange/mailboxes/{}/folders", self.mailboxes[address])
    }

    /// A whole collection, page by page.
    fn every(&mut self, path: &str) -> Vec<Value> {
        let (mut found, mut next) = (Vec::new(), Some(path.to_string()));
        while let Some(path) = next {
            let page = self.ask(&path).expect("what was there a moment ago");
            found.extend(page["value"].as_array().unwrap().iter().cloned());
            next = page["@odata.nextLink"].as_str().map(str::to_string);
        }
        found
    }

    /// The answer to a question to Graph; nothing if there is no such thing.
    fn ask(&mut self, path: &str) -> Option<Value> {
        let own = |path: &str| format!("{}{path}", text(&self.ready["microsoft365"]["graph_url"]));
        let url = if path.starts_with("https:") { path.to_string() } else { own(path) };
        for _ in 0..PATIENCE {
            let bearer = format!("Bearer {}", self.token);
            match self.send(Method::GET, &url, &[("authorization", &bearer)], String::new()) {
                (StatusCode::OK, answer) => return Some(answer),
                (StatusCode::NOT_FOUND, _) => return None,
                // Tokens age as quickly as the practice organisation's clock runs.
                (StatusCode::UNAUTHORIZED, _) => self.token = self.sign_in(),
                (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, _) => std::thread::sleep(PAUSE),
                (status, answer) => panic!("{url}: {status} {answer}"),
            }
        }
        panic!("{url}: no answer");
    }

    fn sign_in(&self) -> String {
        let cloud = &self.ready["microsoft365"];
        let url = format!("{}/{}/oauth2/v2.0/token", text(&cloud["authority"]), text(&cloud["tenant_id"]));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", text(&cloud["client_id"]))
            .append_pair("client_secret", text(&cloud["client_secret"]))
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", "https://graph.microsoft.com/.default")
            .finish();
        let form = ("content-type", "application/x-www-form-urlencoded");
        let (status, answer) = self.send(Method::POST, &url, &[form], body);
        assert_eq!(status, StatusCode::OK, "{answer}");
        text(&answer["access_token"]).to_string()
    }

    fn send(&self, method: Method, url: &str, headers: &[(&str, &str)], body: String) -> (StatusCode, Value) {
        let request = headers
            .iter()
            .fold(self.http.request(method, url), |request, (name, value)| request.header(*name, *value))
            .body(body);
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let status = answer.status();
            (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default())
        })
    }
}

impl Drop for Organisation {
    /// It ends with its input, and takes its files with it.
    fn drop(&mut self) {
        drop(self.practice.child.stdin.take());
        let watchdog = Watchdog::over(self.practice.child.id());
        let ended = self.practice.child.wait();
        let hung = watchdog.struck();
        assert!(
            std::thread::panicking() || !hung && ended.is_ok_and(|status| status.success()),
            "practice ended badly"
        );
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn encoded(id: &Value) -> String {
    percent_encoding::utf8_percent_encode(text(id), percent_encoding::NON_ALPHANUMERIC).to_string()
}

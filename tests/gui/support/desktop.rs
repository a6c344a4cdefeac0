//! A desktop and a keyring that do nothing but remember.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use cutover::gui::services::{Desktop, Later, Secret, Vault};

/// A desktop that remembers what it was asked for.
#[derive(Default)]
pub struct TestDesktop {
    opened: Mutex<Vec<String>>,
    notified: Mutex<Vec<(String, String)>>,
    answers: Mutex<VecDeque<Option<PathBuf>>>,
    asked: Mutex<Vec<String>>,
    refuses: Mutex<Option<String>>,
}

impl TestDesktop {
    /// What was opened so far.
    pub fn opened(&self) -> Vec<String> {
        self.opened.lock().unwrap().clone()
    }
    /// Which notifications were shown so far: title and text.
    pub fn notified(&self) -> Vec<(String, String)> {
        self.notified.lock().unwrap().clone()
    }
    /// The titles of the dialogs that were shown so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
    /// What the next file or folder dialog answers; without an answer dialogs are cancelled.
    pub fn will_pick(&self, path: impl Into<PathBuf>) {
        self.answers.lock().unwrap().push_back(Some(path.into()));
    }
    /// From now on nothing can be opened, for this reason.
    pub fn refuse(&self, reason: &str) {
        *self.refuses.lock().unwrap() = Some(reason.to_owned());
    }

    fn pick(&self, title: String) -> Later<Option<PathBuf>> {
        self.asked.lock().unwrap().push(title);
        let answer = self.answers.lock().unwrap().pop_front().flatten();
        Box::pin(async move { answer })
    }
}

impl Desktop for TestDesktop {
    fn open(&self, what: String) -> Later<Result<(), String>> {
        let refuses = self.refuses.lock().unwrap().clone();
        if refuses.is_none() {
            self.opened.lock().unwrap().push(what);
        }
        Box::pin(async move { refuses.map_or(Ok(()), Err) })
    }
    fn pick_folder(&self, title: String, _from: Option<PathBuf>) -> Later<Option<PathBuf>> {
        self.pick(title)
    }
    fn pick_file(&self, title: String, _endings: &'static [&'static str]) -> Later<Option<PathBuf>> {
        self.pick(title)
    }
    fn notify(&self, title: String, text: String) -> Later<()> {
        self.notified.lock().unwrap().push((title, text));
        Box::pin(async {})
    }
}

/// A keyring in memory, or none at all.
pub struct TestVault {
    works: AtomicBool,
    kept: std::sync::Arc<Mutex<BTreeMap<String, Secret>>>,
}

impl TestVault {
    /// A keyring that works.
    pub fn usable() -> TestVault {
        TestVault { works: AtomicBool::new(true), kept: std::sync::Arc::default() }
    }
    /// From now on there is no keyring.
    pub fn lose(&self) {
        self.works.store(false, Ordering::SeqCst);
    }
    /// Puts a secret there, as an earlier window would have.
    pub fn put(&self, name: &str, secret: &str) {
        self.kept.lock().unwrap().insert(name.to_owned(), Secret(secret.to_owned()));
    }
    /// What is kept now.
    pub fn kept(&self) -> BTreeMap<String, String> {
        self.kept.lock().unwrap().iter().map(|(name, secret)| (name.clone(), secret.0.clone())).collect()
    }
    fn works(&self) -> bool {
        self.works.load(Ordering::SeqCst)
    }
}

impl Vault for TestVault {
    fn usable(&self) -> Later<bool> {
        let works = self.works();
        Box::pin(async move { works })
    }
    fn remember(&self, name: String, secret: Secret) -> Later<bool> {
        let works = self.works();
        let kept = self.kept.clone();
        Box::pin(async move {
            if works {
                kept.lock().unwrap().insert(name, secret);
            }
            works
        })
    }
    fn recall(&self, name: String) -> Later<Option<Secret>> {
        let found = self.kept.lock().unwrap().get(&name).cloned().filter(|_| self.works());
        Box::pin(async move { found })
    }
    fn forget(&self, name: String) -> Later<()> {
        let kept = self.kept.clone();
        Box::pin(async move {
            kept.lock().unwrap().remove(&name);
        })
    }
}

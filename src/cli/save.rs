//! `cutover save-items`: what could not be moved, as files.

use fluent_bundle::FluentValue;
use serde_json::json;

use super::interruption::Interruption;
use super::options::SaveItems;
use super::show::Show;
use super::waits::{Who, telling};
use super::work::{ask, refused, stopped};
use super::{FINE, FLAWED};
use crate::assembly;
use crate::engine::problem::Problem;
use crate::engine::save::{Chosen, SavedItem, Saving};
use crate::launcher::Keeping;
use crate::settings::Settings;
use crate::words::Words;

/// Saves every item that was skipped, failed, is missing or differs, was deleted on the target or edited on both sides. Ends with 1 if one of them could not be had.
pub async fn items(options: SaveItems, words: &Words, interruption: &Interruption) -> u8 {
    let show = Show::new(words, options.json);
    let work = save(&show, &options, words);
    let saved = tokio::select! {
        saved = work => saved,
        () = interruption.next() => Err(stopped()),
    };
    match saved {
        Ok(saving) => {
            tell(&show, &saving);
            if saving.failed == 0 { FINE } else { FLAWED }
        }
        Err(problem) => refused(&show, &problem),
    }
}

async fn save(show: &Show<'_>, options: &SaveItems, words: &Words) -> Result<Saving, Problem> {
    let settings = Settings::read(&options.settings)?;
    assembly::begun(&settings).await?;
    let secrets = ask(&settings, words)?;
    show.say("cli-connecting", &[]);
    let migration = assembly::migration(&settings, secrets, Keeping::Sealed).await?;
    show.say("cli-saving", &[("folder", options.to.display().to_string().into())]);
    let progress = |saving: &Saving, item: &SavedItem<'_>| {
        tell_item(show, item);
        let (done, all) = (saving.done(), saving.all);
        let blanks = [("done", FluentValue::from(done)), ("all", FluentValue::from(all))];
        show.advance(done, all, "cli-saved-so-far", &blanks);
    };
    let saving = migration.save_items(&options.to, &Chosen::All, &progress);
    let saving = telling(show, &migration, Who::Saving, saving).await;
    show.clear();
    saving
}

fn tell_item(show: &Show<'_>, item: &SavedItem<'_>) {
    let mailbox = item.mailbox.as_str();
    match item.outcome {
        Ok(path) => show.json(&json!({"event": "saved", "mailbox": mailbox, "folder": item.folder,
            "subject": item.subject, "file": path.display().to_string()})),
        Err(problem) => {
            let about = format!("{mailbox} / {} / {}", item.folder, item.subject);
            let mut told = show.told("not-saved", &about, problem);
            (told["mailbox"], told["folder"], told["subject"]) =
                (json!(mailbox), json!(item.folder), json!(item.subject));
            show.json(&told);
            show.text(&about, problem, true);
        }
    }
}

fn tell(show: &Show<'_>, saving: &Saving) {
    let Saving { all, saved, already, failed } = *saving;
    show.json(&json!({"event": "ended", "items": all, "saved": saved, "already": already, "failed": failed}));
    if all == 0 {
        return show.say("cli-nothing-to-save", &[]);
    }
    let count = |number: u64| FluentValue::from(number);
    show.say("cli-saved", &[("saved", count(saved)), ("already", count(already)), ("failed", count(failed))]);
}

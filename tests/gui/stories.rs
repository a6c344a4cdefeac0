//! Stories that a person could be told: `stories/*.ice`, carried out by the real program in iced's emulator, over services in
//! memory. An instruction whose time has not come waits for it, as a person would: what a batch tells comes on its own.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cutover::gui::app::App;
use cutover::gui::start::application;
use cutover::gui::widget::font;
use iced::Preset;
use iced_test::core::window::Screenshot;
use iced_test::emulator::{Emulator, Event};
use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::channel::mpsc;
use iced_test::{Ice, Instruction};

use crate::looks::save;
use crate::support::Bench;

/// How long nothing at all may happen before a story counts as stuck. Only a failing story takes so long.
const STUCK: Duration = Duration::from_secs(20);

/// A window on a bench whose requests take no time.
fn bench(change: impl FnOnce(&mut Bench)) -> Bench {
    let mut bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::ZERO;
    bench.preferences.reports = Some(bench.shelf.path().join("Reports"));
    change(&mut bench);
    bench
}

/// The ways in which a story may begin.
fn presets() -> Vec<(&'static str, Bench)> {
    vec![
        ("Contoso", bench(|_| {})),
        ("NoLicences", bench(|bench| bench.launcher.world.state().tenant.free_licences = 0)),
    ]
}

#[test]
fn every_story_ends_as_it_is_told() {
    let mut stories: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gui/stories"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ice"))
        .collect();
    stories.sort();
    assert!(stories.len() >= 3, "{stories:?}");
    for story in stories {
        let ice = Ice::parse(&fs::read_to_string(&story).unwrap()).unwrap();
        let name = story.file_stem().unwrap().to_string_lossy();
        if let Err((instruction, picture)) = tell(ice) {
            let file = save(&format!("story-{name}"), picture.size, &picture.rgba);
            panic!("{name}.ice went no further than: {instruction}; see {}", file.display());
        }
    }
}

/// Carries out a story. Fails with the instruction whose time does not come, and what is on screen then.
fn tell(ice: Ice) -> Result<(), (Instruction, Screenshot)> {
    // The emulator does not load the program's fonts.
    for bytes in font::bytes() {
        iced_test::renderer::graphics::text::font_system().write().unwrap().load_font(bytes);
    }
    let presets = presets();
    let begun = presets.iter().find(|(name, _)| Some(*name) == ice.preset.as_deref());
    let (name, bench) = begun.expect("the story's head names a preset");
    let start = bench.start();
    let boot = start.clone();
    let program = application(start, None).presets([Preset::new(*name, move || App::new(boot.clone()))]);
    let (sender, mut events) = mpsc::channel(1);
    let preset = iced_test::program::Program::presets(&program).first();
    let mut emulator = Emulator::with_preset(sender, &program, ice.mode, ice.viewport, preset);
    let watch = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut instructions = ice.instructions.into_iter();
    let mut waits: Option<Instruction> = None;
    let mut last = None;
    loop {
        let Ok(event) = watch.block_on(async { tokio::time::timeout(STUCK, events.next()).await }) else {
            let theme = emulator.theme(&program).unwrap();
            let picture = emulator.screenshot(&program, &theme, 1.0);
            return Err((waits.or(last).expect("the story began"), picture));
        };
        match event.expect("the emulator goes on") {
            Event::Action(action) => {
                emulator.perform(&program, action);
                if let Some(instruction) = waits.take() {
                    emulator.run(&program, instruction);
                }
            }
            Event::Failed(instruction) => waits = Some(instruction),
            Event::Ready => match instructions.next() {
                Some(instruction) => {
                    last = Some(instruction.clone());
                    emulator.run(&program, instruction);
                }
                None => return Ok(()),
            },
        }
    }
}

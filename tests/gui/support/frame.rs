//! A frame of the window without a screen: how long it takes, what its pixels are, and where every word of it stands.

use std::path::Path;
use std::time::{Duration, Instant};

use cutover::gui::app::Message;
use iced::{Color, Rectangle, Size};
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::{Event, clipboard, mouse, window};
use iced_test::renderer::graphics::Text;
use iced_test::runtime::user_interface::UserInterface;
use iced_test::selector::Candidate;

use super::Window;

/// How long the parts of a frame took.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The application took in what happened.
    pub update: Duration,
    /// The application said what is on screen.
    pub view: Duration,
    /// Everything got its place.
    pub layout: Duration,
    /// All pixels were drawn, as for a window that was covered.
    pub draw: Duration,
}

/// A text as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The words.
    pub words: String,
    /// All of it, in logical pixels.
    pub whole: Rectangle,
    /// What of it may be seen.
    pub seen: Option<Rectangle>,
    /// Of the layers that the frame is made of, the one it stands in.
    pub layer: usize,
}

impl Window {
    /// Takes something in. What it sets off is not carried out.
    pub fn put(&mut self, message: Message) {
        drop(self.app.update(message));
    }

    /// Gives the window another size in logical pixels.
    pub fn reshape(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.put(Message::Resized(self.size));
    }

    /// The window's size in logical pixels.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Takes in what happened and draws the whole window anew, as the real one does for one message. What the message sets
    /// off is not carried out.
    pub fn frame(&mut self, message: Option<Message>) -> Frame {
        let begun = Instant::now();
        if let Some(message) = message {
            self.put(message);
        }
        let update = begun.elapsed();
        let (size, scale, theme) = (self.size, self.app.scale(), self.app.theme());
        let cache = self.cache.take().unwrap_or_default();
        let begun = Instant::now();
        let view = self.app.view();
        let viewed = begun.elapsed();
        let begun = Instant::now();
        let logical = Size::new(size.width / scale, size.height / scale);
        let mut interface = UserInterface::build(view, logical, cache, &mut self.renderer);
        let layout = begun.elapsed();
        let begun = Instant::now();
        draw(&mut interface, &mut self.renderer, &theme, self.opened);
        let pixels = Size::new(size.width as u32, size.height as u32);
        std::hint::black_box(self.renderer.screenshot(pixels, scale, theme.palette().background));
        let draw = begun.elapsed();
        self.cache = Some(interface.into_cache());
        Frame { update, view: viewed, layout, draw }
    }

    /// The window's pixels: their extent, then red, green, blue and opacity of each.
    pub fn pixels(&mut self) -> (Size<u32>, Vec<u8>) {
        let (size, scale, theme, opened) = (self.size, self.app.scale(), self.app.theme(), self.opened);
        let extent = Size::new(size.width as u32, size.height as u32);
        let rgba = self.with_interface(|interface, renderer| {
            draw(interface, renderer, &theme, opened);
            renderer.screenshot(extent, scale, theme.palette().background)
        });
        (extent, rgba)
    }

    /// The pixels of the window, in a PPM file that picture programs open: for looking at, not for comparing.
    pub fn picture(&mut self, file: impl AsRef<Path>) {
        let (extent, rgba) = self.pixels();
        let rgb = rgba.chunks(4).flat_map(|pixel| pixel[..3].to_vec());
        let mut bytes = format!("P6 {} {} 255\n", extent.width, extent.height).into_bytes();
        bytes.extend(rgb);
        std::fs::write(file, bytes).unwrap();
    }

    /// Every control that can have the keyboard: its name, where it is, and what of it is in sight.
    pub fn controls(&mut self) -> Vec<(String, Rectangle, Rectangle)> {
        self.all(|candidate| match candidate {
            Candidate::Focusable { id, bounds, visible_bounds, .. } => {
                Some((id.map(name).unwrap_or_default(), bounds, visible_bounds.unwrap_or_default()))
            }
            _ => None,
        })
    }

    /// What scrolls: its place, and the place that all of it would take.
    pub fn scrollers(&mut self) -> Vec<(Rectangle, Rectangle)> {
        self.all(|candidate| match candidate {
            Candidate::Scrollable { bounds, content_bounds, .. } => Some((bounds, content_bounds)),
            _ => None,
        })
    }

    /// What is typed into fields.
    pub fn typed(&mut self) -> Vec<String> {
        self.all(|candidate| match candidate {
            Candidate::TextInput { state, .. } => Some(state.text().to_owned()),
            _ => None,
        })
    }

    /// Every text that is drawn, and how much of it may be seen.
    pub fn written(&mut self) -> Vec<Written> {
        let (theme, opened) = (self.app.theme(), self.opened);
        self.with_interface(|interface, renderer| {
            draw(interface, renderer, &theme, opened);
            let layers = renderer.layers().iter().enumerate();
            let texts =
                layers.flat_map(|(number, layer)| layer.text.iter().map(move |item| (number, layer.bounds, item)));
            texts
                .flat_map(|(layer, bounds, item)| {
                    let clip = bounds.intersection(&item.clip_bounds());
                    let texts = item.as_slice().iter();
                    texts.filter_map(move |text| written(text, layer, clip, item.transformation()))
                })
                .collect()
        })
    }
}

fn written(
    text: &Text,
    layer: usize,
    clip: Option<Rectangle>,
    moved: iced_test::core::Transformation,
) -> Option<Written> {
    let Text::Paragraph { paragraph, position, clip_bounds, transformation, .. } = text else { return None };
    let lines = paragraph.upgrade()?;
    let words: Vec<&str> = lines.buffer().lines.iter().map(|line| line.text()).collect();
    let words = words.join("\n");
    let (whole, within) = (Rectangle::new(*position, paragraph.min_bounds), *clip_bounds);
    let (whole, within) = (whole * *transformation * moved, within * *transformation * moved);
    let seen = clip.and_then(|clip| whole.intersection(&within)?.intersection(&clip));
    Some(Written { words, whole, seen, layer })
}

fn draw(
    interface: &mut UserInterface<'_, Message, iced::Theme, iced::Renderer>,
    renderer: &mut iced::Renderer,
    theme: &iced::Theme,
    opened: Instant,
) {
    // To a field it is always the moment at which it got the keyboard, so that its cursor is there.
    let now = Event::Window(window::Event::RedrawRequested(opened));
    let nowhere = mouse::Cursor::Unavailable;
    let _state = interface.update(&[now], nowhere, renderer, &mut clipboard::Null, &mut Vec::new());
    interface.draw(renderer, theme, &Style { text_color: Color::BLACK }, nowhere);
}

/// The name a control was given.
fn name(id: &iced::widget::Id) -> String {
    let shown = format!("{id:?}");
    shown.split('"').nth(1).map_or(shown.clone(), str::to_owned)
}

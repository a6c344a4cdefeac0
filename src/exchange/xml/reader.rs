//! Reads an answer while it comes: a small tree, but for the text of the elements that hold an item's content. That is
//! decoded on its way into one buffer for each item, and nothing else ever holds it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, ReadBuf};

use super::{DEPTH_LIMIT, ELEMENT_LIMIT, Element, XmlError, add, attributes, malformed, meaning};
use crate::http::base64::Base64;
use crate::http::{Failure, Incoming};

/// Text of one piece that is decoded at once, in bytes.
const PIECE: usize = 64 * 1024;

/// What an answer may hold.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes besides the content of items.
    pub rest: usize,
    /// The elements whose text is an item's content in base64.
    pub content: Option<&'static str>,
    /// Bytes of that content in all, decoded.
    pub most: usize,
}

/// Why an answer could not be read.
#[derive(Debug)]
pub enum Stop {
    /// It did not come, or is beyond a bound.
    Failure(Failure),
    /// It is no XML that we accept.
    Xml(XmlError),
}

impl From<XmlError> for Stop {
    fn from(error: XmlError) -> Stop {
        Stop::Xml(error)
    }
}

/// Reads a document into its root element. Bytes that are no UTF-8 are replaced.
pub async fn read(incoming: Incoming, bounds: Bounds) -> Result<Element, Stop> {
    let mut reader = Reader::from_reader(Chunks::new(incoming, bounds));
    reader.config_mut().allow_dangling_amp = true;
    let mut tree = Tree::default();
    let mut buffer = Vec::new();
    loop {
        if let Some(content) = &mut tree.content
            && reader.get_mut().drain_into(content).await.is_err()
        {
            return Err(reader.get_mut().stop(XmlError::CutOff));
        }
        buffer.clear();
        let event = match reader.read_event_into_async(&mut buffer).await {
            Ok(event) => event,
            Err(error) => return Err(reader.get_mut().stop(malformed(error))),
        };
        if let Some(root) = tree.take(event, &bounds, reader.get_mut())? {
            return Ok(root);
        }
    }
}

/// The tree as far as it is read.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
    /// The content of the innermost open element, if that is an item's.
    content: Option<Base64>,
}

impl Tree {
    /// Takes the next event; answers the root once the document is over.
    fn take(&mut self, event: Event<'_>, bounds: &Bounds, chunks: &mut Chunks) -> Result<Option<Element>, Stop> {
        match event {
            Event::Start(start) => {
                let element = self.element(&start)?;
                if bounds.content.is_some_and(|name| name == element.name) {
                    self.content = Some(Base64::new(chunks.content_left));
                }
                self.open.push(element);
            }
            Event::Empty(start) => {
                let element = self.element(&start)?;
                self.close(element);
            }
            Event::End(_) => {
                let mut element =
                    self.open.pop().ok_or_else(|| XmlError::Malformed("an end without its start".into()))?;
                if let Some(content) = self.content.take() {
                    chunks.content_left -= content.len().min(chunks.content_left);
                    element.content = Some(content.finish());
                }
                self.close(element);
            }
            Event::Text(text) => self.text(&String::from_utf8_lossy(&text), chunks)?,
            Event::CData(text) => self.text(&String::from_utf8_lossy(&text), chunks)?,
            Event::GeneralRef(name) => self.text(&meaning(&String::from_utf8_lossy(&name)), chunks)?,
            Event::DocType(_) => return Err(XmlError::DocumentType.into()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if self.open.is_empty() => return self.root.take().map(Some).ok_or(XmlError::CutOff.into()),
            Event::Eof => return Err(XmlError::CutOff.into()),
        }
        Ok(None)
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, XmlError> {
        self.elements += 1;
        if self.elements > ELEMENT_LIMIT || self.open.len() >= DEPTH_LIMIT || self.root.is_some() {
            return Err(XmlError::TooComplex);
        }
        if self.content.is_some() {
            return Err(XmlError::Malformed("an element within an item's content".into()));
        }
        let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        Ok(Element { name, attributes: attributes(start)?, ..Element::default() })
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str, chunks: &mut Chunks) -> Result<(), Stop> {
        match &mut self.content {
            Some(content) => content.push(text.as_bytes()).map_err(|_| Stop::Failure(chunks.content_too_large())),
            None => {
                add(&mut self.open, text);
                Ok(())
            }
        }
    }
}

/// The body as it comes, with what is left of its bounds.
struct Chunks {
    body: BoxStream<'static, Result<Bytes, Failure>>,
    now: Bytes,
    bounds: Bounds,
    rest_left: usize,
    content_left: usize,
    /// Why no more came.
    failure: Option<Failure>,
}

impl Chunks {
    fn new(incoming: Incoming, bounds: Bounds) -> Chunks {
        let (rest_left, content_left) = (bounds.rest, bounds.most);
        let body = incoming.into_body();
        Chunks { body, now: Bytes::new(), bounds, rest_left, content_left, failure: None }
    }

    /// Decodes text up to where something else begins. That text is not part of the rest; references, comments and marked
    /// sections within it are, as the reader keeps each whole.
    async fn drain_into(&mut self, content: &mut Base64) -> io::Result<()> {
        loop {
            let text = self.fill_buf().await?;
            if text.is_empty() {
                return Ok(());
            }
            let piece = &text[..text.len().min(PIECE)];
            let end = piece.iter().position(|byte| matches!(byte, b'<' | b'&'));
            let length = end.unwrap_or(piece.len());
            if content.push(&piece[..length]).is_err() {
                self.failure = Some(self.content_too_large());
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            self.now.advance(length);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    fn content_too_large(&self) -> Failure {
        Failure::TooLarge { limit: self.bounds.most }
    }

    /// What really stopped the reader, or else this.
    fn stop(&mut self, otherwise: XmlError) -> Stop {
        self.failure.take().map_or(Stop::Xml(otherwise), Stop::Failure)
    }
}

impl AsyncBufRead for Chunks {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let chunks = self.get_mut();
        if chunks.rest_left == 0 {
            chunks.failure = Some(Failure::TooLarge { limit: chunks.bounds.rest });
            return Poll::Ready(Err(io::ErrorKind::FileTooLarge.into()));
        }
        while chunks.now.is_empty() {
            match ready!(chunks.body.poll_next_unpin(context)) {
                Some(Ok(next)) => chunks.now = next,
                Some(Err(failure)) => {
                    chunks.failure = Some(failure);
                    return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
                }
                None => break,
            }
        }
        Poll::Ready(Ok(&chunks.now))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        let chunks = self.get_mut();
        chunks.now.advance(count);
        chunks.rest_left = chunks.rest_left.saturating_sub(count);
    }
}

impl AsyncRead for Chunks {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let chunks = self.get_mut();
        let available = ready!(Pin::new(&mut *chunks).poll_fill_buf(context))?;
        let count = available.len().min(into.remaining());
        into.put_slice(&available[..count]);
        Pin::new(chunks).consume(count);
        Poll::Ready(Ok(()))
    }
}

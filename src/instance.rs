//! One window at a time: the first start holds a lock in the data folder and listens on a loopback port; a second start
//! asks it to come to the front, and ends.
//!
//! The port and a random token stand in a file that only the user can read, so nobody else on this computer can raise the
//! window. Whoever connects has a moment to say the token, and is heard no further than its length.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use futures_util::Stream;
use ring::rand::{SecureRandom, SystemRandom};
use tokio::sync::mpsc;

use crate::small_file;

/// Random bytes of the token; it is written in hexadecimal.
const TOKEN_BYTES: usize = 16;
/// Letters of the token.
const TOKEN_LETTERS: usize = TOKEN_BYTES * 2;
/// The answer to the right token.
const HEARD: u8 = b'+';
/// How long a client may take to say the token.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long a second start waits for each step of being heard: others may be before it.
const SECOND_PATIENCE: Duration = Duration::from_secs(2);
/// How often a second start tries, since the first may only just have begun.
const ATTEMPTS: u32 = 5;
/// The pause between two tries.
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(100);
/// The longest that the file with port and token may be, in bytes.
const FILE_BYTES: u64 = 128;

/// Whether this is the first start.
pub enum Claim {
    /// It is: keep the instance as long as the window lives, and come to the front whenever `Raises` says so.
    First(Instance, Raises),
    /// Another one is running.
    AlreadyRunning {
        /// It heard that it should come to the front.
        raised: bool,
    },
}

/// The right to be the only one; given back when dropped.
pub struct Instance {
    file: Option<PathBuf>,
    listening: Option<Listening>,
    _lock: Option<File>,
}

/// An item for every further start, as a stream. Several that come before anybody looks are one.
pub struct Raises(mpsc::Receiver<()>);

impl Stream for Raises {
    type Item = ();
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<()>> {
        self.0.poll_recv(context)
    }
}

/// Claims to be the only one in this data folder. Where there is none, or it cannot be used, this is the first: two windows
/// are better than none, and each migration has a lock of its own. May wait a few seconds for another one to answer.
pub fn claim(folder: Option<&Path>) -> Claim {
    let (raise, raises) = mpsc::channel(1);
    let first = |instance| Claim::First(instance, Raises(raises));
    let alone = Instance { file: None, listening: None, _lock: None };
    let Some(folder) = folder else { return first(alone) };
    let lock = match lock(folder) {
        Ok(lock) => lock,
        Err(TryLockError::WouldBlock) => return Claim::AlreadyRunning { raised: ask(&address_file(folder)) },
        Err(TryLockError::Error(_)) => return first(alone),
    };
    let file = address_file(folder);
    // What a dead instance left behind leads nowhere, or to a stranger.
    let _ = fs::remove_file(&file);
    // Without a port nobody can raise this one, and it is the only one all the same.
    let listening = Listening::begin(&file, raise).ok();
    first(Instance { file: Some(file), listening, _lock: Some(lock) })
}

fn address_file(folder: &Path) -> PathBuf {
    folder.join("window.address")
}

fn lock(folder: &Path) -> Result<File, TryLockError> {
    small_file::make_folder(folder).map_err(TryLockError::Error)?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join("window.lock")).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

impl Drop for Instance {
    fn drop(&mut self) {
        // The address goes first, so that it is never that of an instance that has let go.
        if let Some(file) = &self.file {
            let _ = fs::remove_file(file);
        }
        drop(self.listening.take());
    }
}

/// The thread that hears further starts.
struct Listening {
    address: SocketAddr,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    fn begin(file: &Path, raise: mpsc::Sender<()>) -> io::Result<Listening> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let token = token()?;
        small_file::write(file, format!("{} {token}", address.port()).as_bytes())?;
        let over = Arc::new(AtomicBool::new(false));
        let ended = over.clone();
        let thread = std::thread::Builder::new().name("further starts".to_owned()).spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                hear(client, token.as_bytes(), &raise);
            }
        })?;
        Ok(Listening { address, over, thread: Some(thread) })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // A connection of our own ends the waiting; the thread is joined only if it surely comes.
        let woken = TcpStream::connect_timeout(&self.address, SECOND_PATIENCE).is_ok();
        if let Some(thread) = self.thread.take().filter(|_| woken) {
            let _ = thread.join();
        }
    }
}

fn token() -> io::Result<String> {
    let mut bytes = [0; TOKEN_BYTES];
    SystemRandom::new().fill(&mut bytes).map_err(|_| io::Error::other("no random numbers"))?;
    let mut token = String::with_capacity(TOKEN_LETTERS);
    for byte in bytes {
        write!(token, "{byte:02x}").map_err(io::Error::other)?;
    }
    Ok(token)
}

/// Raises the window for a client that says the token. One that says something else, nothing, or too slowly is dropped.
fn hear(mut client: TcpStream, token: &[u8], raise: &mpsc::Sender<()>) {
    let mut said = [0; TOKEN_LETTERS];
    let until = Instant::now() + PATIENCE;
    let mut length = 0;
    while length < said.len() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || client.set_read_timeout(Some(left)).is_err() {
            return;
        }
        match client.read(&mut said[length..]) {
            Ok(0) | Err(_) => return,
            Ok(read) => length += read,
        }
    }
    if said == token {
        // Whoever is answered may rely on it, so this comes first. A full channel means that it is on its way to the
        // front already.
        let _ = raise.try_send(());
        // Whether the answer arrives is the client's concern; one byte never waits.
        let _ = client.write_all(&[HEARD]);
    }
}

/// Asks the first instance to come to the front; whether it heard.
fn ask(file: &Path) -> bool {
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::sleep(BETWEEN_ATTEMPTS);
        }
        if ask_once(file).unwrap_or(false) {
            return true;
        }
    }
    false
}

fn ask_once(file: &Path) -> io::Result<bool> {
    let mut text = String::new();
    File::open(file)?.take(FILE_BYTES).read_to_string(&mut text)?;
    let Some((port, token)) = text.split_once(' ') else { return Ok(false) };
    let Ok(port) = port.parse::<u16>() else { return Ok(false) };
    let mut first = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), SECOND_PATIENCE)?;
    first.set_read_timeout(Some(SECOND_PATIENCE))?;
    first.set_write_timeout(Some(SECOND_PATIENCE))?;
    first.write_all(token.as_bytes())?;
    let mut answer = [0];
    first.read_exact(&mut answer)?;
    Ok(answer == [HEARD])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use futures_util::{FutureExt, StreamExt};

    use super::*;

    fn first(folder: &Path) -> (Instance, Raises) {
        match claim(Some(folder)) {
            Claim::First(instance, raises) => (instance, raises),
            Claim::AlreadyRunning { .. } => panic!("another one is running"),
        }
    }

    fn port(folder: &Path) -> u16 {
        let text = fs::read_to_string(address_file(folder)).unwrap();
        text.split_once(' ').unwrap().0.parse().unwrap()
    }

    fn heard(folder: &Path) -> bool {
        match claim(Some(folder)) {
            Claim::AlreadyRunning { raised } => raised,
            Claim::First(..) => panic!("the lock was not held"),
        }
    }

    #[test]
    fn a_second_start_raises_the_first_and_after_its_end_is_the_first_itself() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new");
        let (instance, mut raises) = first(&folder);
        assert!(raises.next().now_or_never().is_none());
        assert!(heard(&folder));
        assert_eq!(raises.next().now_or_never(), Some(Some(())));
        assert!(heard(&folder) && heard(&folder));
        assert_eq!(raises.next().now_or_never(), Some(Some(())), "two that nobody saw yet are one");
        assert!(raises.next().now_or_never().is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(address_file(&folder)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        drop(instance);
        assert!(!address_file(&folder).exists());
        assert_eq!(raises.next().now_or_never(), Some(None), "nobody comes any more");
        let (_instance, mut raises) = first(&folder);
        assert!(heard(&folder));
        assert_eq!(raises.next().now_or_never(), Some(Some(())));
    }

    #[test]
    fn whoever_is_answered_has_raised_the_window() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let token = [b'0'; TOKEN_LETTERS];
        for _ in 0..100 {
            let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            let server = listener.accept().unwrap().0;
            client.write_all(&token).unwrap();
            let (raise, mut raises) = mpsc::channel(1);
            std::thread::scope(|scope| {
                scope.spawn(move || hear(server, &token, &raise));
                client.read_exact(&mut [0]).unwrap();
                assert!(raises.try_recv().is_ok(), "it was answered too soon");
            });
        }
    }

    #[test]
    fn strangers_raise_nothing_and_keep_nobody_out() {
        let home = tempfile::tempdir().unwrap();
        let (_instance, mut raises) = first(home.path());
        let connect = || TcpStream::connect((Ipv4Addr::LOCALHOST, port(home.path()))).unwrap();
        let silent = connect();
        let mut slow = connect();
        slow.write_all(b"a").unwrap();
        drop(connect());
        let mut wrong = connect();
        wrong.write_all(&[b'0'; TOKEN_LETTERS]).unwrap();
        let mut answer = Vec::new();
        // Closed without an answer, whether politely or not.
        let _ = wrong.read_to_end(&mut answer);
        assert_eq!(answer, b"");
        let mut endless = connect();
        endless.set_write_timeout(Some(SECOND_PATIENCE)).unwrap();
        // It is cut off long before all of it was taken.
        assert!((0..10_000).any(|_| endless.write_all(&[b'x'; 64 * 1024]).is_err()));
        assert!(raises.next().now_or_never().is_none());
        assert!(heard(home.path()));
        assert_eq!(raises.next().now_or_never(), Some(Some(())));
        drop((silent, slow));
    }

    #[test]
    fn what_a_dead_instance_left_behind_is_no_hindrance() {
        let home = tempfile::tempdir().unwrap();
        let stranger = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        fs::write(home.path().join("window.lock"), "").unwrap();
        let left = format!("{} {}", stranger.local_addr().unwrap().port(), "0".repeat(TOKEN_LETTERS));
        fs::write(address_file(home.path()), left).unwrap();
        let (_instance, mut raises) = first(home.path());
        assert!(heard(home.path()));
        assert_eq!(raises.next().now_or_never(), Some(Some(())));
    }

    #[test]
    fn a_first_one_that_cannot_be_reached_is_still_the_first() {
        let home = tempfile::tempdir().unwrap();
        let (_instance, _raises) = first(home.path());
        let file = address_file(home.path());
        for broken in ["", "x", "99999 token", "1 ", &"1 ".repeat(200_000)] {
            fs::write(&file, broken).unwrap();
            assert!(!ask_once(&file).unwrap_or(false), "{}", broken.len());
        }
        fs::remove_file(&file).unwrap();
        assert!(!heard(home.path()));
    }

    #[test]
    fn without_a_data_folder_the_window_opens_all_the_same() {
        let home = tempfile::tempdir().unwrap();
        let taken = home.path().join("file");
        fs::write(&taken, "").unwrap();
        for folder in [None, Some(taken.as_path())] {
            let Claim::First(_instance, mut raises) = claim(folder) else { panic!("refused") };
            assert_eq!(raises.next().now_or_never(), Some(None));
        }
    }
}

//! The socket of a practice server: HTTPS on loopback, with faults.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::CONTENT_LENGTH;
use hyper::service::service_fn;
use hyper::{StatusCode, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Response, Service};
use crate::practice::faults::{Faults, Side, Strike};

/// The largest request body in bytes.
const LARGEST_REQUEST: usize = 200 * 1024 * 1024;
/// The largest request head in bytes.
const LARGEST_HEAD: usize = 64 * 1024;
/// The most header fields of a request.
const MOST_HEADERS: usize = 100;
/// The longest wait for a client's handshake.
const HANDSHAKE: Duration = Duration::from_secs(20);
/// The longest wait for a request head, also on a connection kept open.
const IDLE: Duration = Duration::from_secs(300);
/// How long requests under way may take when the server stops.
const GRACE: Duration = Duration::from_secs(3);
/// How long the first half of a truncated answer gets to leave.
const FLUSH: Duration = Duration::from_millis(30);

/// A port that is listened on but not yet served, so that addresses are known before the services that state them.
pub struct Listener {
    port: u16,
    sockets: Vec<TcpListener>,
}

impl Listener {
    /// Listens on loopback: on the wished port if it is free, else on any. IPv6 is listened on as well where that works.
    pub async fn bind(wished: Option<u16>) -> io::Result<Listener> {
        let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let first = match bind(wished.unwrap_or(0)).await {
            Err(_) if wished.is_some() => bind(0).await?,
            result => result?,
        };
        let port = first.local_addr()?.port();
        let second = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await;
        Ok(Listener { port, sockets: std::iter::once(first).chain(second.ok()).collect() })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Serves until the returned server is stopped.
    pub fn serve(
        self,
        tls: Arc<rustls::ServerConfig>,
        service: Arc<dyn Service>,
        side: Side,
        faults: Arc<Faults>,
    ) -> Server {
        let server = Server { stop: CancellationToken::new(), tasks: TaskTracker::new() };
        let host = Arc::new(Host { service, side, faults, stop: server.stop.clone(), tasks: server.tasks.clone() });
        let acceptor = TlsAcceptor::from(tls);
        for socket in self.sockets {
            server.tasks.spawn(accept(socket, acceptor.clone(), host.clone()));
        }
        server
    }
}

/// A running server.
pub struct Server {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Server {
    /// Takes no more requests, lets those under way finish for a short while, and closes every connection.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        // What is not finished by then is cut off, as a server that is switched off does.
        let _finished = tokio::time::timeout(GRACE, self.tasks.wait()).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// What every connection needs.
struct Host {
    service: Arc<dyn Service>,
    side: Side,
    faults: Arc<Faults>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

type Body = UnsyncBoxBody<Bytes, Cut>;

/// The connection ends here, on purpose.
#[derive(Debug, thiserror::Error)]
#[error("cut by a fault")]
struct Cut;

async fn accept(socket: TcpListener, acceptor: TlsAcceptor, host: Arc<Host>) {
    while let Some(accepted) = host.stop.run_until_cancelled(socket.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                host.tasks.spawn(connection(stream, acceptor.clone(), host.clone()));
            }
            // Out of descriptors, or the client has gone: others may still be served.
            Err(_) => tokio::time::sleep(FLUSH).await,
        }
    }
}

async fn connection(stream: TcpStream, acceptor: TlsAcceptor, host: Arc<Host>) {
    // A client that gives up its handshake concerns nobody else; it sees the failure itself.
    let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream));
    let Some(Ok(Ok(stream))) = host.stop.run_until_cancelled(handshake).await else { return };
    let serving = host.clone();
    let service = service_fn(move |request| {
        let host = serving.clone();
        async move { host.answer(request).await }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(LARGEST_HEAD).max_headers(MOST_HEADERS);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let stopped = tokio::select! {
        // Cut by a fault or by the client: either way this connection is over.
        _over = connection.as_mut() => false,
        () = host.stop.cancelled() => true,
    };
    if stopped {
        connection.as_mut().graceful_shutdown();
        let _over = tokio::time::timeout(GRACE, connection).await;
    }
}

impl Host {
    async fn answer(&self, request: hyper::Request<Incoming>) -> Result<hyper::Response<Body>, Cut> {
        let (head, body) = request.into_parts();
        let body = match Limited::new(body, LARGEST_REQUEST).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return Ok(whole(too_large())),
            Err(_) => return Err(Cut),
        };
        let request = hyper::Request::from_parts(head, body);
        match self.faults.strike(self.side, &self.service.operation(&request)) {
            None => Ok(whole(self.service.answer(request).await)),
            Some(Strike::Refuse(refusal)) => Ok(whole(self.service.refuse(&request, &refusal))),
            Some(Strike::RefuseAfter(refusal)) => {
                let refused = self.service.refuse(&request, &refusal);
                self.service.answer(request).await;
                Ok(whole(refused))
            }
            Some(Strike::DropBefore) => Err(Cut),
            Some(Strike::DropAfter) => {
                self.service.answer(request).await;
                Err(Cut)
            }
            Some(Strike::Truncate) => half(self.service.answer(request).await),
            Some(Strike::Delay(seconds)) => {
                tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
                Ok(whole(self.service.answer(request).await))
            }
        }
    }
}

fn whole(response: Response) -> hyper::Response<Body> {
    response.map(|body| Full::new(body).map_err(|never: Infallible| match never {}).boxed_unsync())
}

fn too_large() -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    response
}

/// The first half of an answer that announces the whole; then the connection breaks. The pause lets the half leave. An
/// answer without a half is not sent at all.
fn half(response: Response) -> Result<hyper::Response<Body>, Cut> {
    let (mut head, body) = response.into_parts();
    let first = body.slice(..body.len() / 2);
    if first.is_empty() {
        return Err(Cut);
    }
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let cut = stream::once(async {
        tokio::time::sleep(FLUSH).await;
        Err(Cut)
    });
    let parts = stream::iter([Ok(Frame::data(first))]).chain(cut);
    Ok(hyper::Response::from_parts(head, StreamBody::new(parts).boxed_unsync()))
}

#[cfg(test)]
mod tests;

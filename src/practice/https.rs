//! HTTPS on loopback for the practice servers.

mod server;

pub use server::{Listener, Server};

use async_trait::async_trait;
use bytes::Bytes;

/// A request with its whole body.
pub type Request = hyper::Request<Bytes>;
/// An answer with its whole body.
pub type Response = hyper::Response<Bytes>;

/// How a fault makes a server refuse a request without doing its work.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// Too busy; `pause` in seconds (may be fractional) is stated in the side's own way, or left out.
    Throttle {
        /// Seconds to wait.
        pause: Option<f64>,
    },
    /// An error with this HTTP status and this error code in the side's own error body.
    Reject {
        /// HTTP status.
        status: u16,
        /// Error code, such as `ErrorInternalServerError`.
        code: String,
        /// Seconds to wait (may be fractional), where the side has a header for it.
        pause: Option<f64>,
    },
}

/// A practice server without its socket: tests call it directly, `https` puts it on the wire.
#[async_trait]
pub trait Service: Send + Sync + 'static {
    /// Answers one request.
    async fn answer(&self, request: Request) -> Response;
    /// The name by which faults select a request: the EWS operation, the cmdlet, or method and path pattern.
    fn operation(&self, request: &Request) -> String;
    /// The answer to a request that a fault refuses.
    fn refuse(&self, request: &Request, refusal: &Refusal) -> Response;
}

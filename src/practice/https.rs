//! HTTPS on loopback for the practice servers.

use async_trait::async_trait;
use bytes::Bytes;

/// A request with its whole body.
pub type Request = hyper::Request<Bytes>;
/// An answer with its whole body.
pub type Response = hyper::Response<Bytes>;

/// A practice server without its socket: tests call it directly, `https` puts it on the wire.
#[async_trait]
pub trait Service: Send + Sync + 'static {
    /// Answers one request.
    async fn answer(&self, request: Request) -> Response;
}

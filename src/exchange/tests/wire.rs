//! The connector over real TLS on loopback.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use url::Url;

use super::fake::{envelope, inbox, settings};
use crate::engine::problem::Guidance;
use crate::exchange::{Connection, Endpoint, connect};

type Heads = Arc<Mutex<Vec<String>>>;

/// A server for `localhost` with its certificate as PEM: 401 without credentials, an inbox with them. It keeps the
/// heads of what it was asked.
async fn server() -> (u16, Vec<u8>, Heads) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("localhost", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heads = Heads::default();
    let kept = heads.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(socket).await else { continue };
            let mut bytes = Vec::new();
            let mut piece = [0; 4096];
            while !bytes.ends_with(b"</s:Envelope>") {
                match stream.read(&mut piece).await {
                    Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
                    _ => break,
                }
            }
            let head = String::from_utf8_lossy(&bytes).to_lowercase();
            let (status, body) = match head.contains("\r\nauthorization: basic ") {
                true => ("200 OK", envelope("15.2.1544", &inbox())),
                false => ("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"", String::new()),
            };
            kept.lock().unwrap().push(String::from_utf8_lossy(&bytes).into_owned());
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, made.cert.pem().into_bytes(), heads)
}

async fn connect_to(url: &str, authority: Option<Vec<u8>>) -> Result<Connection, crate::engine::problem::Problem> {
    let mut settings = settings();
    settings.endpoint = Endpoint::Ews(Url::parse(url).unwrap());
    settings.private_authority = authority;
    connect(settings).await
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_given() {
    let (port, authority, heads) = server().await;
    let url = format!("https://localhost:{port}/EWS/Exchange.asmx");
    let connection = connect_to(&url, Some(authority)).await.unwrap();
    assert_eq!(connection.facts().version.product(), "Exchange 2019");
    let heads = heads.lock().unwrap();
    assert!(!heads[0].to_lowercase().contains("authorization"));
    let credentials = format!("Basic {}", BASE64.encode("FABRIKAM\\mig:hunter2"));
    assert!(heads[1].contains(&credentials) && heads[1].starts_with("POST /EWS/Exchange.asmx HTTP/1.1"));
    assert!(heads[1].to_lowercase().contains("content-type: text/xml; charset=utf-8\r\n"));
}

#[tokio::test]
async fn nothing_is_sent_past_a_certificate_that_is_not_trusted() {
    let (port, authority, heads) = server().await;
    let untrusted = connect_to(&format!("https://localhost:{port}/EWS/Exchange.asmx"), None).await.unwrap_err();
    assert_eq!(untrusted.guidance, Guidance::SourceCertificateNotTrusted);
    let wrong_name = connect_to(&format!("https://127.0.0.1:{port}/EWS/Exchange.asmx"), Some(authority)).await;
    assert_ne!(wrong_name.unwrap_err().guidance, Guidance::SourcePasswordWrong);
    assert!(heads.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_private_authority_that_is_no_certificate_is_named() {
    for text in ["", "no PEM", "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"] {
        let problem = connect_to("https://localhost:1/EWS/Exchange.asmx", Some(text.into())).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::CertificateUnreadable, "{text}");
    }
}

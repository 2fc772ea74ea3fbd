//! One TLS session. Knows nothing of JavaScript.

use super::verifier::{Distrust, Verifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, Error, ProtocolVersion, RootCertStore,
    SupportedProtocolVersion, version,
};
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, OnceLock};

/// What a session is to be like. Certificates and keys are PEM.
pub(super) struct Settings {
    /// A name or an IP address.
    pub(super) name: String,
    /// Whether an untrusted server ends the session.
    pub(super) reject: bool,
    /// For ALPN.
    pub(super) protocols: Vec<String>,
    /// Trusted instead of the system's.
    pub(super) authorities: Option<Vec<String>>,
    pub(super) certificate: Option<String>,
    pub(super) key: Option<String>,
    pub(super) oldest: Option<String>,
    pub(super) newest: Option<String>,
}

/// Why there is no session, or none any more.
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Failure {
    fn new(code: &'static str, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into() }
    }
}

pub(super) struct Session {
    connection: ClientConnection,
    verifier: Arc<Verifier>,
}

/// The authorities that the system trusts, read once.
fn system_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let read = || {
        let mut roots = RootCertStore::empty();
        // What cannot be read is not trusted; a server then says which authority was missed.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Arc::new(roots)
    };
    ROOTS.get_or_init(read).clone()
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match read {
        Ok(list) if !list.is_empty() => Ok(list),
        _ => Err(Failure::new(
            "ERR_OSSL_PEM_NO_START_LINE",
            "error:0480006C:PEM routines::no start line",
        )),
    }
}

/// The versions from the oldest to the newest that are wanted and supported.
fn versions(
    oldest: Option<&str>,
    newest: Option<&str>,
) -> Result<Vec<&'static SupportedProtocolVersion>, Failure> {
    let rank =
        |name: &str| ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"].iter().position(|one| *one == name);
    let invalid =
        || Failure::new("ERR_TLS_INVALID_PROTOCOL_VERSION", "is not a valid TLS protocol version");
    let oldest = rank(oldest.unwrap_or("TLSv1.2")).ok_or_else(invalid)?;
    let newest = rank(newest.unwrap_or("TLSv1.3")).ok_or_else(invalid)?;
    let known = [(2, &version::TLS12), (3, &version::TLS13)];
    let wanted: Vec<_> = known
        .into_iter()
        .filter(|(rank, _)| (oldest..=newest).contains(rank))
        .map(|(_, version)| version)
        .collect();
    if wanted.is_empty() {
        return Err(Failure::new(
            "ERR_CONCH_UNSUPPORTED",
            "TLS before 1.2 is not supported by Conch's embedded engine",
        ));
    }
    Ok(wanted)
}

impl Session {
    pub(super) fn new(settings: Settings) -> Result<Session, Failure> {
        let broken = |error: Error| Failure::new("ERR_SSL", error.to_string());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut given = Vec::new();
        for pem in settings.authorities.iter().flatten() {
            given.extend(certificates(pem)?);
        }
        let roots = if settings.authorities.is_some() {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(given.iter().cloned());
            Arc::new(roots)
        } else {
            system_roots()
        };
        let inner =
            WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build().ok();
        let verifier = Arc::new(Verifier::new(inner, given, provider.clone(), settings.reject));
        let versions = versions(settings.oldest.as_deref(), settings.newest.as_deref())?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&versions)
            .map_err(broken)?
            .dangerous()
            .with_custom_certificate_verifier(verifier.clone());
        let mut config = match (&settings.certificate, &settings.key) {
            (Some(certificate), Some(key)) => {
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| {
                    Failure::new(
                        "ERR_OSSL_UNSUPPORTED",
                        "The key is not supported by Conch's embedded engine: an unencrypted PEM is",
                    )
                })?;
                builder.with_client_auth_cert(certificates(certificate)?, key).map_err(broken)?
            }
            _ => builder.with_no_client_auth(),
        };
        config.alpn_protocols = settings.protocols.into_iter().map(String::into_bytes).collect();
        let name = ServerName::try_from(settings.name).map_err(|_| {
            Failure::new("ERR_INVALID_ARG_VALUE", "The server name is not a valid host name")
        })?;
        let mut connection = ClientConnection::new(Arc::new(config), name).map_err(broken)?;
        // The caller takes the records out after each call, and waits until they are written.
        connection.set_buffer_limit(None);
        Ok(Session { connection, verifier })
    }

    /// Takes records; gives what was in them, and whether the peer sends no more.
    pub(super) fn receive(&mut self, bytes: &[u8]) -> Result<(Vec<u8>, bool), Failure> {
        let mut records = Cursor::new(bytes);
        let mut plain = Vec::new();
        let mut ended = false;
        while records.position() < bytes.len() as u64 {
            // Reading from memory fails only when the session takes no more.
            if self.connection.read_tls(&mut records).is_err() {
                break;
            }
            let state =
                self.connection.process_new_packets().map_err(|error| self.failure(&error))?;
            let start = plain.len();
            plain.resize(start + state.plaintext_bytes_to_read(), 0);
            let count = match plain.get_mut(start..) {
                Some(room) if !room.is_empty() => self.connection.reader().read(room).unwrap_or(0),
                _ => 0,
            };
            plain.truncate(start + count);
            ended = state.peer_has_closed();
            if ended {
                break;
            }
        }
        Ok((plain, ended))
    }

    fn failure(&self, error: &Error) -> Failure {
        if let (Error::InvalidCertificate(_), Some(why)) = (error, self.verifier.distrust()) {
            return Failure::new(why.code, why.message);
        }
        match error {
            Error::InvalidMessage(_) => {
                Failure::new("ERR_SSL_WRONG_VERSION_NUMBER", "wrong version number")
            }
            Error::AlertReceived(alert) => {
                Failure::new("ERR_SSL_ALERT", format!("the peer sent the alert {alert:?}"))
            }
            other => Failure::new("ERR_SSL", other.to_string()),
        }
    }

    pub(super) fn send(&mut self, bytes: &[u8]) -> bool {
        self.connection.writer().write_all(bytes).is_ok()
    }

    pub(super) fn output(&mut self) -> Vec<u8> {
        let mut output = Vec::new();
        while self.connection.wants_write() {
            if self.connection.write_tls(&mut output).is_err() {
                break;
            }
        }
        output
    }

    pub(super) fn end(&mut self) {
        self.connection.send_close_notify();
    }

    pub(super) fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }

    pub(super) fn protocol(&self) -> Option<&'static str> {
        match self.connection.protocol_version()? {
            ProtocolVersion::TLSv1_2 => Some("TLSv1.2"),
            ProtocolVersion::TLSv1_3 => Some("TLSv1.3"),
            _ => None,
        }
    }

    pub(super) fn alpn(&self) -> Option<String> {
        let protocol = self.connection.alpn_protocol()?;
        Some(String::from_utf8_lossy(protocol).into_owned())
    }

    /// The name in the registry of cipher suites.
    pub(super) fn cipher(&self) -> Option<&'static str> {
        let suite = self.connection.negotiated_cipher_suite()?.suite().as_str()?;
        // The library writes TLS13_ for TLS_.
        Some(match suite {
            "TLS13_AES_256_GCM_SHA384" => "TLS_AES_256_GCM_SHA384",
            "TLS13_AES_128_GCM_SHA256" => "TLS_AES_128_GCM_SHA256",
            "TLS13_CHACHA20_POLY1305_SHA256" => "TLS_CHACHA20_POLY1305_SHA256",
            other => other,
        })
    }

    pub(super) fn distrust(&self) -> Option<Distrust> {
        self.verifier.distrust()
    }
}

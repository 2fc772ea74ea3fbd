//! Whether a server's certificate is trusted, and Node's words for why it is not.

use super::certificate;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::{Arc, Mutex, PoisonError};

/// Why a certificate is not trusted: OpenSSL's code and words.
#[derive(Clone, Debug)]
pub(super) struct Distrust {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// Checks as the library does, and remembers the outcome: an app may go on without trust.
#[derive(Debug)]
pub(super) struct Verifier {
    /// None when nobody is trusted.
    inner: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates that the app gave, which may also be the server's own.
    given: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    reject: bool,
    distrust: Mutex<Option<Distrust>>,
}

impl Verifier {
    pub(super) fn new(
        inner: Option<Arc<WebPkiServerVerifier>>,
        given: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
        reject: bool,
    ) -> Verifier {
        let distrust = Mutex::default();
        Verifier { inner, given, provider, reject, distrust }
    }

    pub(super) fn distrust(&self) -> Option<Distrust> {
        self.distrust.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn check(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<(), Error> {
        if self.given.iter().any(|given| given == end_entity) {
            // What the app gave is trusted as it is: such a certificate often names itself an
            // authority, which the library takes from no server.
            let parsed = ParsedCertificate::try_from(end_entity)?;
            let fields = certificate::fields(end_entity)
                .ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))?;
            if fields.is_expired(now) {
                return Err(Error::InvalidCertificate(CertificateError::Expired));
            }
            if fields.is_early(now) {
                return Err(Error::InvalidCertificate(CertificateError::NotValidYet));
            }
            return rustls::client::verify_server_name(&parsed, name);
        }
        match &self.inner {
            Some(inner) => {
                inner.verify_server_cert(end_entity, intermediates, name, ocsp, now).map(drop)
            }
            None => Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let outcome = self.check(end_entity, intermediates, server_name, ocsp_response, now);
        let Err(error) = outcome else { return Ok(ServerCertVerified::assertion()) };
        let distrust = describe(&error, end_entity, intermediates, server_name);
        *self.distrust.lock().unwrap_or_else(PoisonError::into_inner) = Some(distrust);
        if self.reject { Err(error) } else { Ok(ServerCertVerified::assertion()) }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn describe(
    error: &Error,
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
    name: &ServerName<'_>,
) -> Distrust {
    let Error::InvalidCertificate(reason) = error else {
        return Distrust { code: "ERR_SSL_CERTIFICATE", message: error.to_string() };
    };
    let (code, message) = match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("CERT_HAS_EXPIRED", "certificate has expired")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("CERT_NOT_YET_VALID", "certificate is not yet valid")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            return wrong_name(reason, name);
        }
        CertificateError::Revoked => ("CERT_REVOKED", "certificate revoked"),
        CertificateError::BadSignature => {
            ("CERT_SIGNATURE_FAILURE", "certificate signature failure")
        }
        _ => unknown_issuer(end_entity, intermediates),
    };
    Distrust { code, message: message.to_owned() }
}

fn unknown_issuer(
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> (&'static str, &'static str) {
    let self_issued = |certificate: &CertificateDer<'_>| {
        certificate::fields(certificate).is_some_and(|fields| fields.is_self_issued())
    };
    if self_issued(end_entity) {
        ("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate")
    } else if intermediates.iter().any(self_issued) {
        ("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain")
    } else if intermediates.is_empty() {
        ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate")
    } else {
        ("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate")
    }
}

fn wrong_name(reason: &CertificateError, name: &ServerName<'_>) -> Distrust {
    let mut message = "Hostname/IP does not match certificate's altnames: ".to_owned();
    let names = match reason {
        CertificateError::NotValidForNameContext { presented, .. } => presented.join(", "),
        _ => String::new(),
    };
    // The library writes `DnsName("a")` and `IpAddress(127.0.0.1)`.
    let names = names
        .replace("DnsName(\"", "DNS:")
        .replace("\")", "")
        .replace("IpAddress(", "IP Address:")
        .replace(')', "");
    match name {
        ServerName::IpAddress(address) => {
            let address = std::net::IpAddr::from(*address);
            let list: Vec<&str> =
                names.split(", ").filter_map(|name| name.strip_prefix("IP Address:")).collect();
            message += &format!("IP: {address} is not in the cert's list: {}", list.join(", "));
        }
        _ => {
            message += &format!("Host: {}. is not in the cert's altnames: {names}", name.to_str());
        }
    }
    Distrust { code: "ERR_TLS_CERT_ALTNAME_INVALID", message }
}

//! Hashes and HMACs by name.

use digest::{FixedOutput, KeyInit, Update};
use hmac::Hmac;

/// The names that [`start`] knows.
pub const NAMES: &[&str] =
    &["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256"];

/// Evaluates an expression with `$D` as the type of the digest of this name; None for none.
macro_rules! with_digest {
    ($name:expr, $D:ident => $body:expr) => {{
        macro_rules! with {
            ($T:ty) => {{
                type $D = $T;
                Some($body)
            }};
        }
        match $name {
            "md5" => with!(md5::Md5),
            "sha1" => with!(sha1::Sha1),
            "sha224" => with!(sha2::Sha224),
            "sha256" => with!(sha2::Sha256),
            "sha384" => with!(sha2::Sha384),
            "sha512" => with!(sha2::Sha512),
            "sha512-224" => with!(sha2::Sha512_224),
            "sha512-256" => with!(sha2::Sha512_256),
            _ => None,
        }
    }};
}
pub(super) use with_digest;

/// A hash that takes bytes until it is finished.
pub trait Running {
    /// Takes bytes.
    fn feed(&mut self, bytes: &[u8]);
    /// The digest.
    fn finish(self: Box<Self>) -> Vec<u8>;
    /// Another one that has taken the same.
    fn copy(&self) -> Box<dyn Running>;
}

impl<T: Update + FixedOutput + Clone + 'static> Running for T {
    fn feed(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.finalize_fixed().to_vec()
    }

    fn copy(&self) -> Box<dyn Running> {
        Box::new(self.clone())
    }
}

/// A hash of this name, an HMAC when there is a key. None for an unknown name.
#[must_use]
pub fn start(name: &str, key: Option<&[u8]>) -> Option<Box<dyn Running>> {
    with_digest!(name, D => match key {
        // A key of any length will do.
        Some(key) => Box::new(<Hmac<D> as KeyInit>::new_from_slice(key).ok()?) as Box<dyn Running>,
        None => Box::new(D::default()),
    })
}

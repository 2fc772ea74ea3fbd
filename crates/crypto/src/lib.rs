//! What Node's `crypto` computes, by the RustCrypto crates, for the main process and renderers
//! alike: hashes, and keys from secrets. Knows no JavaScript engine.

mod derive;
mod digests;

pub use derive::Derivation;
pub use digests::{NAMES, Running, start};
use subtle::ConstantTimeEq;

/// Whether two secrets are the same, in a time that does not tell where they differ.
#[must_use]
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

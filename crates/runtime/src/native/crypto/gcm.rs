//! Galois/Counter Mode piece by piece, as Node offers it. The AEAD crates take a message whole,
//! so this joins the same parts (CTR and GHASH) by NIST SP 800-38D.

use aes::cipher::array::Array;
use aes::cipher::consts::U16;
use aes::cipher::{BlockCipherEncrypt, InnerIvInit, KeyInit, StreamCipher};
use ctr::{Ctr32BE, CtrCore, flavors};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use subtle::ConstantTimeEq;

const BLOCK: usize = 16;
/// The most that one key and vector may encrypt: 2^39 - 256 bits.
const MOST: u64 = (1 << 36) - 32;

/// A message on its way through GCM.
pub(super) struct Gcm {
    keystream: Box<dyn StreamCipher>,
    /// What the hash is masked with to become the tag: E(K, J0).
    mask: [u8; BLOCK],
    hash: Padded,
    decrypt: bool,
    authenticated: u64,
    length: u64,
    expected: Option<Vec<u8>>,
    tag: Vec<u8>,
}

/// GHASH over bytes that come in pieces of any size.
struct Padded {
    hash: GHash,
    rest: Vec<u8>,
}

impl Padded {
    fn feed(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        let (blocks, rest) = Array::slice_as_chunks(&self.rest);
        self.hash.update(blocks);
        self.rest = rest.to_vec();
    }

    /// Fills the last block with zeros.
    fn pad(&mut self) {
        self.hash.update_padded(&self.rest);
        self.rest.clear();
    }
}

impl Gcm {
    /// None for a key of the wrong length and for an empty vector.
    pub(super) fn new<C>(key: &[u8], iv: &[u8], decrypt: bool) -> Option<Gcm>
    where
        C: 'static + KeyInit + BlockCipherEncrypt<BlockSize = U16> + Clone,
    {
        if iv.is_empty() {
            return None;
        }
        let cipher = C::new_from_slice(key).ok()?;
        let mut hash_key = Array::<u8, U16>::default();
        cipher.encrypt_block(&mut hash_key);
        let hash = GHash::new(&hash_key);
        let mut first = [0; BLOCK];
        if let Ok(iv) = <[u8; 12]>::try_from(iv) {
            first[..12].copy_from_slice(&iv);
            first[15] = 1;
        } else {
            let mut hash = hash.clone();
            hash.update_padded(iv);
            hash.update_padded(&lengths(0, iv.len() as u64));
            first.copy_from_slice(&hash.finalize());
        }
        let core = CtrCore::<C, flavors::Ctr32BE>::inner_iv_init(cipher, &first.into());
        let mut keystream = Ctr32BE::from_core(core);
        // The first block of the keystream is the tag's.
        let mut mask = [0; BLOCK];
        keystream.try_apply_keystream(&mut mask).ok()?;
        Some(Gcm {
            keystream: Box::new(keystream),
            mask,
            hash: Padded { hash, rest: Vec::new() },
            decrypt,
            authenticated: 0,
            length: 0,
            expected: None,
            tag: Vec::new(),
        })
    }

    /// Adds data that is authenticated but not encrypted. All of it comes before the message.
    pub(super) fn authenticate(&mut self, bytes: &[u8]) {
        self.authenticated += bytes.len() as u64;
        self.hash.feed(bytes);
    }

    pub(super) fn update(&mut self, mut bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        if self.length == 0 {
            self.hash.pad();
        }
        self.length += bytes.len() as u64;
        if self.length > MOST {
            return Err("counter overflow");
        }
        if self.decrypt {
            self.hash.feed(&bytes);
        }
        self.keystream.try_apply_keystream(&mut bytes).map_err(|_| "counter overflow")?;
        if !self.decrypt {
            self.hash.feed(&bytes);
        }
        Ok(bytes)
    }

    pub(super) fn finish(&mut self) -> Result<(), &'static str> {
        self.hash.pad();
        let mut hash = self.hash.hash.clone();
        hash.update_padded(&lengths(self.authenticated, self.length));
        let hash = hash.finalize();
        self.tag = hash.iter().zip(self.mask).map(|(hash, mask)| hash ^ mask).collect();
        if !self.decrypt {
            return Ok(());
        }
        let Some(expected) = &self.expected else { return Err("unauthenticated") };
        let tag = self.tag.get(..expected.len()).unwrap_or_default();
        if bool::from(tag.ct_eq(expected)) { Ok(()) } else { Err("unauthenticated") }
    }

    /// The whole tag, once the message is finished.
    pub(super) fn tag(&self) -> Vec<u8> {
        self.tag.clone()
    }

    /// The tag, or its start, that the message must turn out to have.
    pub(super) fn set_tag(&mut self, tag: &[u8]) {
        self.expected = Some(tag.to_vec());
    }
}

/// The last block that is hashed: both lengths in bits.
fn lengths(authenticated: u64, message: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..8].copy_from_slice(&(authenticated * 8).to_be_bytes());
    block[8..].copy_from_slice(&(message * 8).to_be_bytes());
    block
}

//! AES in the modes CBC, CTR, ECB and GCM, fed piece by piece.

use super::gcm::Gcm;
use aes::cipher::array::Array;
use aes::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit,
    StreamCipher,
};
use aes::{Aes128, Aes192, Aes256};
use cbc::{Decryptor, Encryptor};

/// Bytes in a block of AES.
const BLOCK: usize = 16;

type Block = Array<u8, aes::cipher::consts::U16>;

/// A cipher on its way through a message.
pub(super) enum Cipher {
    /// Works on whole blocks.
    Blocks(Blocks),
    /// As long as what goes in.
    Stream(Box<dyn StreamCipher>),
    Gcm(Box<Gcm>),
}

/// A mode that needs whole blocks, with what waits for the rest of one.
pub(super) struct Blocks {
    run: Run,
    decrypt: bool,
    padding: bool,
    rest: Vec<u8>,
}

impl Cipher {
    /// None for an unknown name and for a key or vector of the wrong length.
    pub(super) fn new(name: &str, key: &[u8], iv: &[u8], decrypt: bool) -> Option<Cipher> {
        let blocks = |run| Cipher::Blocks(Blocks { run, decrypt, padding: true, rest: Vec::new() });
        Some(match (name, decrypt) {
            ("aes-128-cbc", false) => blocks(cbc_encrypt::<Aes128>(key, iv)?),
            ("aes-192-cbc", false) => blocks(cbc_encrypt::<Aes192>(key, iv)?),
            ("aes-256-cbc", false) => blocks(cbc_encrypt::<Aes256>(key, iv)?),
            ("aes-128-cbc", true) => blocks(cbc_decrypt::<Aes128>(key, iv)?),
            ("aes-192-cbc", true) => blocks(cbc_decrypt::<Aes192>(key, iv)?),
            ("aes-256-cbc", true) => blocks(cbc_decrypt::<Aes256>(key, iv)?),
            ("aes-128-ecb", _) => blocks(ecb::<Aes128>(key, decrypt)?),
            ("aes-192-ecb", _) => blocks(ecb::<Aes192>(key, decrypt)?),
            ("aes-256-ecb", _) => blocks(ecb::<Aes256>(key, decrypt)?),
            ("aes-128-ctr", _) => Cipher::Stream(ctr::<ctr::Ctr128BE<Aes128>>(key, iv)?),
            ("aes-192-ctr", _) => Cipher::Stream(ctr::<ctr::Ctr128BE<Aes192>>(key, iv)?),
            ("aes-256-ctr", _) => Cipher::Stream(ctr::<ctr::Ctr128BE<Aes256>>(key, iv)?),
            ("aes-128-gcm", _) => Cipher::Gcm(Box::new(Gcm::new::<Aes128>(key, iv, decrypt)?)),
            ("aes-192-gcm", _) => Cipher::Gcm(Box::new(Gcm::new::<Aes192>(key, iv, decrypt)?)),
            ("aes-256-gcm", _) => Cipher::Gcm(Box::new(Gcm::new::<Aes256>(key, iv, decrypt)?)),
            _ => return None,
        })
    }

    pub(super) fn update(&mut self, mut bytes: Vec<u8>) -> Result<Vec<u8>, &'static str> {
        match self {
            Cipher::Blocks(blocks) => Ok(blocks.update(&bytes)),
            Cipher::Stream(stream) => match stream.try_apply_keystream(&mut bytes) {
                Ok(()) => Ok(bytes),
                Err(_) => Err("counter overflow"),
            },
            Cipher::Gcm(gcm) => gcm.update(bytes),
        }
    }

    pub(super) fn finish(&mut self) -> Result<Vec<u8>, &'static str> {
        match self {
            Cipher::Blocks(blocks) => blocks.finish(),
            Cipher::Stream(_) => Ok(Vec::new()),
            Cipher::Gcm(gcm) => gcm.finish().map(|()| Vec::new()),
        }
    }

    pub(super) fn set_padding(&mut self, on: bool) {
        if let Cipher::Blocks(blocks) = self {
            blocks.padding = on;
        }
    }

    pub(super) fn authenticate(&mut self, bytes: &[u8]) {
        if let Cipher::Gcm(gcm) = self {
            gcm.authenticate(bytes);
        }
    }

    pub(super) fn tag(&self) -> Vec<u8> {
        if let Cipher::Gcm(gcm) = self { gcm.tag() } else { Vec::new() }
    }

    pub(super) fn set_tag(&mut self, tag: &[u8]) {
        if let Cipher::Gcm(gcm) = self {
            gcm.set_tag(tag);
        }
    }
}

impl Blocks {
    fn update(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.rest.extend_from_slice(bytes);
        let mut whole = self.rest.len() - self.rest.len() % BLOCK;
        // The last block of a padded message says how long it is: it waits for the end.
        if self.decrypt && self.padding && whole == self.rest.len() {
            whole = whole.saturating_sub(BLOCK);
        }
        let mut done: Vec<u8> = self.rest.drain(..whole).collect();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut done);
        (self.run)(blocks);
        done
    }

    fn finish(&mut self) -> Result<Vec<u8>, &'static str> {
        let mut last = std::mem::take(&mut self.rest);
        if !self.padding {
            return if last.is_empty() { Ok(last) } else { Err("wrong final block length") };
        }
        if self.decrypt {
            if last.len() != BLOCK {
                return Err("wrong final block length");
            }
            let (blocks, _) = Array::slice_as_chunks_mut(&mut last);
            (self.run)(blocks);
            return unpadded(last).ok_or("bad decrypt");
        }
        let missing = BLOCK - last.len();
        last.resize(BLOCK, missing as u8);
        let (blocks, _) = Array::slice_as_chunks_mut(&mut last);
        (self.run)(blocks);
        Ok(last)
    }
}

/// A block without its PKCS #7 padding.
fn unpadded(mut block: Vec<u8>) -> Option<Vec<u8>> {
    let count = usize::from(*block.last()?);
    let start = block.len().checked_sub(count)?;
    if count == 0 || block.get(start..)?.iter().any(|&byte| usize::from(byte) != count) {
        return None;
    }
    block.truncate(start);
    Some(block)
}

type Run = Box<dyn FnMut(&mut [Block])>;

fn cbc_encrypt<C>(key: &[u8], iv: &[u8]) -> Option<Run>
where
    C: 'static + KeyInit + BlockCipherEncrypt<BlockSize = aes::cipher::consts::U16>,
{
    let mut mode = Encryptor::<C>::new_from_slices(key, iv).ok()?;
    Some(Box::new(move |blocks| mode.encrypt_blocks(blocks)))
}

fn cbc_decrypt<C>(key: &[u8], iv: &[u8]) -> Option<Run>
where
    C: 'static + KeyInit + BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>,
{
    let mut mode = Decryptor::<C>::new_from_slices(key, iv).ok()?;
    Some(Box::new(move |blocks| mode.decrypt_blocks(blocks)))
}

fn ecb<C>(key: &[u8], decrypt: bool) -> Option<Run>
where
    C: 'static
        + KeyInit
        + BlockCipherEncrypt<BlockSize = aes::cipher::consts::U16>
        + BlockCipherDecrypt,
{
    let cipher = C::new_from_slice(key).ok()?;
    Some(if decrypt {
        Box::new(move |blocks| cipher.decrypt_blocks(blocks))
    } else {
        Box::new(move |blocks| cipher.encrypt_blocks(blocks))
    })
}

fn ctr<C: 'static + KeyIvInit + StreamCipher>(
    key: &[u8],
    iv: &[u8],
) -> Option<Box<dyn StreamCipher>> {
    Some(Box::new(C::new_from_slices(key, iv).ok()?))
}

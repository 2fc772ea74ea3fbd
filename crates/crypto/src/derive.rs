//! Keys from passwords and from other keys. Slow on purpose, so it may run on any thread.

use super::digests::with_digest;

/// What a key is to be made from.
#[derive(Debug)]
pub struct Derivation {
    /// pbkdf2, scrypt or hkdf.
    pub kind: String,
    /// The digest that it is made with.
    pub digest: String,
    /// The password, or the key to begin with.
    pub secret: Vec<u8>,
    /// Makes the keys of one secret differ.
    pub salt: Vec<u8>,
    /// The purpose of the key (hkdf).
    pub info: Vec<u8>,
    /// The key's length, then iterations (pbkdf2) or N, r and p (scrypt).
    pub numbers: Vec<f64>,
}

impl Derivation {
    /// The key. None where the numbers are out of the function's range.
    #[must_use]
    pub fn perform(&self) -> Option<Vec<u8>> {
        let mut key = vec![0; self.number(0) as usize];
        if key.is_empty() {
            return Some(key);
        }
        match self.kind.as_str() {
            "pbkdf2" => with_digest!(self.digest.as_str(), D => {
                let rounds = self.number(1) as u32;
                pbkdf2::pbkdf2_hmac::<D>(&self.secret, &self.salt, rounds, &mut key);
            })?,
            "hkdf" => with_digest!(self.digest.as_str(), D => {
                hkdf::Hkdf::<D>::new(Some(&self.salt), &self.secret).expand(&self.info, &mut key)
            })?
            .ok()?,
            _ => self.scrypt(&mut key)?,
        }
        Some(key)
    }

    fn scrypt(&self, key: &mut [u8]) -> Option<()> {
        // The caller saw to it that N is a power of two.
        let log_n = (self.number(1) as u64).trailing_zeros() as u8;
        let (r, p) = (self.number(2) as u32, self.number(3) as u32);
        let params = scrypt::Params::new(log_n, r, p).ok()?;
        scrypt::scrypt(&self.secret, &self.salt, &params, key).ok()
    }

    fn number(&self, at: usize) -> f64 {
        self.numbers.get(at).copied().unwrap_or(0.0)
    }
}

//! What Node's `crypto` computes, for scripts that may have it. Every array that comes in is one of
//! our own JavaScript's, because its bytes get pinned.

use crate::natives::{instance_of, native};
use crate::script::{Call, Native, Pinned, Realm, Text, Thrown, Value};
use conch_crypto::Derivation;
use serde_json::json;

/// Gives `native` the functions.
pub(crate) fn add_natives(realm: &Realm, native: Value<'_>) {
    realm.set_native::<HashNames>(native);
    realm.set_native::<Digest>(native);
    realm.set_native::<Derive>(native);
    realm.set_native::<RandomFill>(native);
}

native!(
    /// `hashNames()`: JSON with the names that `digest` knows.
    HashNames, "hashNames", |call| {
        Ok(call.return_text(&Text::new(&json!(conch_crypto::NAMES).to_string())))
    }
);

native!(
    /// `digest(name, bytes, key)`: the hash of the bytes, an HMAC where there is a key; `undefined`
    /// for an unknown name.
    Digest, "digest", |call| {
        let key = bytes(call, 2)?;
        let Some(mut running) = conch_crypto::start(&call.text(0)?.to_utf8(), key.as_deref()) else {
            return Ok(call.return_undefined());
        };
        running.feed(&bytes(call, 1)?.unwrap_or_default());
        give(call, &running.finish())
    }
);

native!(
    /// `derive(kind, digest, secret, salt, info, numbers)`: a key, or `undefined` where the numbers
    /// cannot give one; they are JSON.
    Derive, "derive", |call| {
        let derivation = Derivation {
            kind: call.text(0)?.to_utf8(),
            digest: call.text(1)?.to_utf8(),
            secret: bytes(call, 2)?.unwrap_or_default(),
            salt: bytes(call, 3)?.unwrap_or_default(),
            info: bytes(call, 4)?.unwrap_or_default(),
            numbers: serde_json::from_str(&call.text(5)?.to_utf8()).unwrap_or_default(),
        };
        match derivation.perform() {
            Some(key) => give(call, &key),
            None => Ok(call.return_undefined()),
        }
    }
);

native!(
    /// `randomFill(bytes)`: fills a `Uint8Array` of our own with random bytes.
    RandomFill, "randomFill", |call| {
        let instance = instance_of(call)?;
        let mut array = Pinned::new(&instance.internals, call.value(0))
            .ok_or_else(|| Thrown::Error("not a Uint8Array".to_owned()))?;
        getrandom::fill(array.bytes_mut()).map_err(|error| Thrown::Error(error.to_string()))?;
        Ok(call.return_undefined())
    }
);

/// The bytes of an argument; `None` if it is no `Uint8Array`.
fn bytes<'a>(call: &Call<'a>, index: usize) -> Result<Option<Vec<u8>>, Thrown<'a>> {
    let instance = instance_of(call)?;
    let array = Pinned::new(&instance.internals, call.value(index));
    Ok(array.map(|array| array.bytes().to_vec()))
}

/// An array with these bytes.
fn give<'a>(call: &Call<'a>, bytes: &[u8]) -> Result<Value<'a>, Thrown<'a>> {
    let instance = instance_of(call)?;
    let mut array = Pinned::allocate(&instance.internals, bytes.len())
        .ok_or_else(|| Thrown::Error("no memory for a digest".to_owned()))?;
    array.bytes_mut().copy_from_slice(bytes);
    Ok(call.return_kept(array.value()))
}

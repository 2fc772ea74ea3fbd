//! The objects that a message already has, each with its number. They are held until the message is
//! done, so that an address cannot be given to a second object in between (a getter may return an
//! object that nobody else holds).

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use rquickjs::Value;

use crate::engine::identity;

/// Most messages have few objects: comparing them all is faster than hashing up to this many.
const LINEAR: usize = 12;

#[derive(Default)]
pub(crate) struct Seen<'js> {
    objects: Vec<(Value<'js>, u32)>,
    by_address: HashMap<usize, u32, BuildHasherDefault<AddressHasher>>,
    /// Numbers given out; some are for objects that nothing can refer to.
    count: u32,
}

impl<'js> Seen<'js> {
    /// The number of an object that was there before.
    pub(crate) fn find(&self, object: &Value<'js>) -> Option<u32> {
        let address = identity(object);
        if self.objects.len() <= LINEAR {
            let mut objects = self.objects.iter();
            return objects.find(|(seen, _)| identity(seen) == address).map(|(_, number)| *number);
        }
        self.by_address.get(&address).copied()
    }

    /// Gives a new object the next number.
    pub(crate) fn add(&mut self, object: &Value<'js>) {
        self.objects.push((object.clone(), self.count));
        if self.objects.len() == LINEAR + 1 {
            let numbered = self.objects.iter().map(|(seen, number)| (identity(seen), *number));
            self.by_address.extend(numbered);
        } else if self.objects.len() > LINEAR {
            self.by_address.insert(identity(object), self.count);
        }
        self.count += 1;
    }

    /// Uses up the next number for an object that exists only in the message.
    pub(crate) fn add_unnamed(&mut self) {
        self.count += 1;
    }
}

/// Addresses are distinct already: one multiplication spreads them.
#[derive(Default)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_usize(byte.into());
        }
    }

    fn write_usize(&mut self, address: usize) {
        let mixed = (self.0 ^ address as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

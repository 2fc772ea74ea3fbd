//! The bytes of a message under construction: the primitive records of the format.

use crate::{engine::Text, format};

/// Appends to a caller's buffer. Two-byte strings are aligned to the start of the message.
pub(crate) struct Output<'o> {
    bytes: &'o mut Vec<u8>,
    start: usize,
}

impl<'o> Output<'o> {
    pub(crate) fn new(bytes: &'o mut Vec<u8>) -> Output<'o> {
        let start = bytes.len();
        bytes.extend_from_slice(&[format::VERSION, format::WRITTEN_VERSION]);
        Output { bytes, start }
    }

    /// Takes back everything.
    pub(crate) fn discard(&mut self) {
        self.bytes.truncate(self.start);
    }

    pub(crate) fn tag(&mut self, tag: u8) {
        self.bytes.push(tag);
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(crate) fn double(&mut self, value: f64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn int(&mut self, value: i32) {
        self.tag(format::INT);
        // Zigzag: small negative numbers stay short.
        self.varint((((value as u32) << 1) ^ ((value >> 31) as u32)).into());
    }

    /// A number as V8 would hold it: whole ones of 32 bits as such, however they came to be.
    pub(crate) fn number(&mut self, value: f64) {
        let whole = value as i32;
        if f64::from(whole).to_bits() == value.to_bits() {
            self.int(whole);
        } else {
            self.tag(format::DOUBLE);
            self.double(value);
        }
    }

    pub(crate) fn text(&mut self, text: Text<'_>) {
        match text {
            Text::Ascii(bytes) => {
                self.tag(format::ONE_BYTE_STRING);
                self.varint(bytes.len() as u64);
                self.raw(bytes);
            }
            Text::Units(units) if units.iter().all(|&unit| unit < 0x100) => {
                self.tag(format::ONE_BYTE_STRING);
                self.varint(units.len() as u64);
                self.bytes.extend(units.iter().map(|&unit| unit as u8));
            }
            Text::Units(units) => {
                let length = units.len() * 2;
                let at = self.bytes.len() - self.start;
                if (at + 1 + varint_size(length)) % 2 == 1 {
                    self.tag(format::PADDING);
                }
                self.tag(format::TWO_BYTE_STRING);
                self.varint(length as u64);
                self.bytes.reserve(length);
                for unit in units {
                    self.bytes.extend_from_slice(&unit.to_le_bytes());
                }
            }
        }
    }

    /// Magnitude as little-endian bytes, in whole 64-bit digits as V8 wants them.
    pub(crate) fn big_int(&mut self, negative: bool, magnitude: &[u8]) {
        let used = magnitude.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        let length = used.next_multiple_of(8);
        self.varint(((length as u64) << 1) | u64::from(negative));
        self.raw(&magnitude[..used]);
        self.bytes.resize(self.bytes.len() + length - used, 0);
    }
}

fn varint_size(value: usize) -> usize {
    (usize::BITS - value.leading_zeros()).div_ceil(7).max(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_varint_is_as_long_as_it_is_counted() {
        for value in [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, u32::MAX as usize] {
            let mut bytes = Vec::new();
            let mut output = Output::new(&mut bytes);
            output.varint(value as u64);
            assert_eq!(bytes.len() - 2, varint_size(value), "{value}");
        }
    }

    #[test]
    fn two_byte_strings_are_aligned_to_their_own_message() {
        let mut bytes = vec![0; 3];
        Output::new(&mut bytes).text(Text::Units(&[0x20ac]));
        assert_eq!(bytes, [0, 0, 0, 0xff, 15, b'c', 2, 0xac, 0x20]);
    }
}

//! A cursor over the bytes of a message. Every read is checked against what is left.

use crate::{error::DecodeError, format};

type Result<T> = std::result::Result<T, DecodeError>;

pub(crate) struct Input<'i> {
    bytes: &'i [u8],
    at: usize,
}

impl<'i> Input<'i> {
    pub(crate) fn new(bytes: &'i [u8]) -> Input<'i> {
        Input { bytes, at: 0 }
    }

    /// The offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(crate) fn truncated(&self) -> DecodeError {
        DecodeError::Truncated { at: self.at }
    }

    pub(crate) fn byte(&mut self) -> Result<u8> {
        let byte = *self.bytes.get(self.at).ok_or(DecodeError::Truncated { at: self.at })?;
        self.at += 1;
        Ok(byte)
    }

    /// The next tag, without padding before it.
    pub(crate) fn tag(&mut self) -> Result<u8> {
        loop {
            let tag = self.byte()?;
            if tag != format::PADDING {
                return Ok(tag);
            }
        }
    }

    /// Takes the next tag if it is this one.
    pub(crate) fn take_tag(&mut self, wanted: u8) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let padding = rest.iter().take_while(|&&byte| byte == format::PADDING).count();
        let found = rest.get(padding) == Some(&wanted);
        if found {
            self.at += padding + 1;
        }
        found
    }

    pub(crate) fn varint(&mut self) -> Result<u32> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(DecodeError::Varint { at: self.at })
    }

    pub(crate) fn zigzag(&mut self) -> Result<i32> {
        let value = self.varint()?;
        Ok((value >> 1) as i32 ^ -((value & 1) as i32))
    }

    pub(crate) fn double(&mut self) -> Result<f64> {
        let (bytes, _) = self.rest().split_first_chunk::<8>().ok_or(self.truncated())?;
        self.at += 8;
        Ok(f64::from_le_bytes(*bytes))
    }

    pub(crate) fn bytes(&mut self, length: u32) -> Result<&'i [u8]> {
        let bytes = self.rest().get(..length as usize).ok_or(self.truncated())?;
        self.at += bytes.len();
        Ok(bytes)
    }

    fn rest(&self) -> &'i [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_of_more_than_32_bits_are_refused() {
        assert_eq!(Input::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).varint(), Ok(u32::MAX));
        let error = Input::new(&[0xff, 0xff, 0xff, 0xff, 0x1f]).varint();
        assert_eq!(error, Err(DecodeError::Varint { at: 5 }));
    }

    #[test]
    fn padding_is_skipped_only_before_the_wanted_tag() {
        let mut input = Input::new(&[0, 0, b'V']);
        assert!(!input.take_tag(b'T'));
        assert_eq!(input.at(), 0);
        assert!(input.take_tag(b'V'));
        assert_eq!(input.remaining(), 0);
    }
}

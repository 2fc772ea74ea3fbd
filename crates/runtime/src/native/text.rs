//! Strings to bytes and back, in the encodings that Buffer and TextDecoder know.

use super::define;
use crate::engine;
use crate::internals::throw_error;
use rquickjs::{Ctx, Object, TypedArray, Value};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // The bytes of a string.
    define!(table, "encode", |ctx: Ctx<'js>, text: Value<'js>, encoding: String| {
        let bytes = encode(&ctx, &text, &encoding)?;
        TypedArray::<u8>::new(ctx, bytes)
    });
    // Writes a string into bytes[start..end]; gives how many bytes fitted. Characters are not cut.
    define!(table, "write", |ctx: Ctx<'js>,
                             target: Value<'js>,
                             text: Value<'js>,
                             start: usize,
                             end: usize,
                             encoding: String| {
        let bytes = encode(&ctx, &text, &encoding)?;
        let room = end.saturating_sub(start);
        let fits = whole_characters(&bytes, room.min(bytes.len()), &encoding);
        engine::with_bytes(&target, |target| match target.get_mut(start..start + fits) {
            Some(part) => {
                part.copy_from_slice(&bytes[..fits]);
                fits
            }
            None => 0,
        })
        .ok_or_else(|| throw_error(&ctx, "not a Uint8Array"))
    });
    // The string that bytes[start..end] stand for.
    define!(table, "decode", |ctx: Ctx<'js>,
                              bytes: Value<'js>,
                              start: usize,
                              end: usize,
                              encoding: String| {
        let part = engine::with_bytes(&bytes, |bytes| {
            let end = end.min(bytes.len());
            bytes[start.min(end)..end].to_vec()
        });
        let part = part.ok_or_else(|| throw_error(&ctx, "not a Uint8Array"))?;
        decode(&ctx, &part, &encoding)
    });
    // How many bytes a string has in UTF-8.
    define!(table, "utf8Length", |text: Value<'js>| {
        engine::with_units(&text, |units| {
            char::decode_utf16(units.iter().copied())
                .map(|unit| unit.map_or(3, char::len_utf8))
                .sum::<usize>()
        })
    });
    // Whether the bytes are UTF-8 without an error.
    define!(table, "isUtf8", |bytes: Value<'js>| {
        engine::with_bytes(&bytes, |bytes| std::str::from_utf8(bytes).is_ok())
    });
    // How many bytes at the end are the start of a character that is not complete.
    define!(table, "incompleteTail", |bytes: Value<'js>| {
        engine::with_bytes(&bytes, |bytes| incomplete_tail(bytes))
    });
    Ok(())
}

fn encode(ctx: &Ctx<'_>, text: &Value<'_>, encoding: &str) -> rquickjs::Result<Vec<u8>> {
    let bytes = engine::with_units(text, |units| match encoding {
        "utf8" => Some(String::from_utf16_lossy(units).into_bytes()),
        "utf16le" => Some(units.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        // The low byte of each unit is what Node stores.
        "latin1" | "ascii" => Some(units.iter().map(|&unit| unit as u8).collect()),
        "hex" => Some(from_hex(units)),
        "base64" | "base64url" => Some(from_base64(units)),
        _ => None,
    });
    bytes.flatten().ok_or_else(|| throw_error(ctx, "not a string, or an unknown encoding"))
}

fn decode<'js>(ctx: &Ctx<'js>, bytes: &[u8], encoding: &str) -> rquickjs::Result<Value<'js>> {
    let text = match encoding {
        "utf8" => String::from_utf8_lossy(bytes).into_owned(),
        "hex" => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        "base64" => to_base64(bytes, STANDARD, true),
        "base64url" => to_base64(bytes, URL_SAFE, false),
        _ => {
            let units: Vec<u16> = match encoding {
                "utf16le" => bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                    .collect(),
                "ascii" => bytes.iter().map(|byte| u16::from(byte & 0x7F)).collect(),
                _ => bytes.iter().map(|&byte| u16::from(byte)).collect(),
            };
            return engine::utf16_string(ctx, &units);
        }
    };
    Ok(rquickjs::String::from_str(ctx.clone(), &text)?.into_value())
}

/// The largest count up to `most` that ends between two characters.
fn whole_characters(bytes: &[u8], most: usize, encoding: &str) -> usize {
    match encoding {
        "utf8" => (0..=most)
            .rev()
            .find(|&end| bytes.get(end).is_none_or(|byte| byte & 0xC0 != 0x80))
            .unwrap_or(0),
        "utf16le" => most & !1,
        _ => most,
    }
}

/// How many bytes at the end begin a UTF-8 character without finishing it.
fn incomplete_tail(bytes: &[u8]) -> usize {
    for back in 1..=bytes.len().min(3) {
        let byte = bytes[bytes.len() - back];
        let needs = match byte {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            0x80..=0xBF => continue,
            _ => return 0,
        };
        if needs <= back {
            return 0;
        }
        // What follows the first byte may already rule the character out.
        let rest = &bytes[bytes.len() - back..];
        return match std::str::from_utf8(rest) {
            Err(error) if error.error_len().is_none() => back,
            _ => 0,
        };
    }
    0
}

fn from_hex(units: &[u16]) -> Vec<u8> {
    let digit = |unit: u16| u8::try_from(unit).ok().and_then(|byte| (byte as char).to_digit(16));
    // Node stops at the first pair that is none.
    units
        .chunks_exact(2)
        .map_while(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8))
        .collect()
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn to_base64(bytes: &[u8], alphabet: &[u8; 64], padded: bool) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, &byte| word << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(alphabet[(word >> (18 - 6 * place) & 63) as usize] as char);
            } else if padded {
                text.push('=');
            }
        }
    }
    text
}

/// Both alphabets, as Node takes them: what is in neither is skipped, `=` ends the text.
fn from_base64(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len() / 4 * 3);
    let (mut word, mut bits) = (0u32, 0);
    for &unit in units {
        let value = match u8::try_from(unit).unwrap_or(0) {
            byte @ b'A'..=b'Z' => byte - b'A',
            byte @ b'a'..=b'z' => byte - b'a' + 26,
            byte @ b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        word = word << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length_comes_back() {
        for length in 0..70u8 {
            let bytes: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37)).collect();
            for (alphabet, padded) in [(STANDARD, true), (URL_SAFE, false)] {
                let text: Vec<u16> = to_base64(&bytes, alphabet, padded).encode_utf16().collect();
                assert_eq!(from_base64(&text), bytes);
            }
        }
    }

    #[test]
    fn a_character_cut_short_is_counted_and_an_error_is_not() {
        assert_eq!(incomplete_tail("a€".as_bytes()), 0);
        assert_eq!(incomplete_tail(&"a€".as_bytes()[..3]), 2);
        assert_eq!(incomplete_tail(&[0xF0, 0x9F]), 2);
        assert_eq!(incomplete_tail(&[0xE0, 0x80]), 0);
        assert_eq!(incomplete_tail(&[0x80, 0x80]), 0);
    }
}

//! Texts of scripts as UTF-8. A script's text may hold half a character of two UTF-16 units, which
//! no UTF-8 can: U+FFFD stands in its place, as in Electron.

use std::borrow::Cow;

use rquickjs::{Ctx, Error, FromJs, Result, Value};

const REPLACEMENT: char = '\u{fffd}';

/// A text, whatever it holds.
pub(super) struct Text(pub(super) String);

impl<'js> FromJs<'js> for Text {
    fn from_js(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Text> {
        let text = value.as_string().ok_or(Error::new_from_js(value.type_name(), "string"))?;
        if let Ok(text) = text.to_string() {
            return Ok(Text(text));
        }
        // JSON has half characters as escapes.
        let json = ctx.json_stringify(value)?.ok_or(Error::Unknown)?.to_string()?;
        serde_json::from_str(&well_formed(&json)).map(Text).map_err(|_| Error::Unknown)
    }
}

/// JSON without the escapes of half characters, which JavaScript writes and nobody else reads.
#[must_use]
pub fn well_formed(json: &str) -> Cow<'_, str> {
    if !json.contains("\\ud") {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (length, is_half) = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, false),
            (Some(0xd800..=0xdfff), _) => (6, true),
            (Some(_), _) => (6, false),
            (None, _) => (2, false),
        };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        if is_half {
            out.push(REPLACEMENT);
        } else {
            out.push_str(escape);
        }
        rest = after;
    }
    out.push_str(rest);
    out.into()
}

/// The UTF-16 unit that an escape at the beginning stands for.
fn unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::well_formed;

    #[test]
    fn half_characters_are_replaced_and_nothing_else() {
        for (json, expected) in [
            (r#""plain \\ \" \n \u0007""#, r#""plain \\ \" \n \u0007""#),
            (r#""a\ud800b""#, "\"a\u{fffd}b\""),
            (r#""\udc00""#, "\"\u{fffd}\""),
            (r#""\ud83d\udc1a""#, r#""\ud83d\udc1a""#),
            (r#""\ud83d\ud83d\udc1a""#, "\"\u{fffd}\\ud83d\\udc1a\""),
            (r#""\udc1a\ud83d""#, "\"\u{fffd}\u{fffd}\""),
            (r#""\\ud800""#, r#""\\ud800""#),
            (r#""\\\ud800""#, "\"\\\\\u{fffd}\""),
            (r#"{"\ud800":"\ud801x"}"#, "{\"\u{fffd}\":\"\u{fffd}x\"}"),
        ] {
            assert_eq!(well_formed(json), expected);
            assert!(serde_json::from_str::<serde_json::Value>(&well_formed(json)).is_ok());
        }
        assert_eq!(well_formed("\"\\ud800"), "\"\u{fffd}");
        assert_eq!(well_formed("\\ud8"), "\\ud8");
    }
}

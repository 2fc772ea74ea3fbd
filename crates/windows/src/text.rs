//! Text for GTK, whose strings end at the first NUL. Rust's bindings panic at one, and with them the whole
//! app; yet a title may come from a page, and any text from a script.
//!
//! A fuzz target takes this file by itself: it uses nothing else of the crate.

use serde_json::Value;

/// Reads JSON of which no text has a NUL: each ends before its first one, as it would in C.
///
/// # Errors
/// What is no JSON.
pub(crate) fn from_json(json: &str) -> serde_json::Result<Value> {
    let mut value = serde_json::from_str(json)?;
    // Seldom there, and in JSON never as it is.
    if json.contains("\\u0000") {
        cut(&mut value);
    }
    Ok(value)
}

fn cut(value: &mut Value) {
    match value {
        Value::String(text) => cut_text(text),
        Value::Array(values) => values.iter_mut().for_each(cut),
        Value::Object(fields) => {
            let all = std::mem::take(fields).into_iter();
            fields.extend(all.map(|(mut name, mut value)| {
                cut_text(&mut name);
                cut(&mut value);
                (name, value)
            }));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cut_text(text: &mut String) {
    text.truncate(text.find('\0').unwrap_or(text.len()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_ends_at_the_first_nul_wherever_it_is() {
        let json =
            json!({ "a": "x\0y\0", "b": ["\0", { "c\0d": "\\u0000" }], "d": [1, null, true] });
        let cut = json!({ "a": "x", "b": ["", { "c": "\\u0000" }], "d": [1, null, true] });
        assert_eq!(from_json(&json.to_string()).unwrap(), cut);
    }
}

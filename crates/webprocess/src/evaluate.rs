//! Scripts that the app gives as text: preload scripts and `executeJavaScript`.

use crate::natives::instance_of;
use crate::script::{Call, Native, Text, Thrown, Value};

/// `compile(source, url, parameters, outer)`: a function with that body. With `outer`, a function
/// of those parameters that gives it: what the text itself declares may have their names.
///
/// The text is put between the parameters and the end of a function on the first and last line,
/// so that line numbers are the file's own.
pub(crate) struct Compile;

impl Native for Compile {
    const NAME: &'static str = "compile";

    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
        let (source, url) = (call.text(0)?, call.text(1)?.to_utf8());
        let parameters = call.text(2)?.to_utf8();
        let head = if call.has(3) {
            format!("(({}) => function ({parameters}) {{", call.text(3)?.to_utf8())
        } else {
            format!("(function ({parameters}) {{")
        };
        let units: Vec<u16> = head
            .encode_utf16()
            .chain(without_hashbang(source.units()).iter().copied())
            .chain("\n})".encode_utf16())
            .collect();
        call.evaluate(&Text::from_utf16(&units), &url)
    }
}

/// A script may begin with a byte order mark, and with `#!` that only a whole file may have; the
/// line stays, so that the numbers of the others do.
fn without_hashbang(units: &[u16]) -> &[u16] {
    const HASHBANG: [u16; 2] = [b'#' as u16, b'!' as u16];
    let units = units.strip_prefix(&[0xfeff]).unwrap_or(units);
    if !units.starts_with(&HASHBANG) {
        return units;
    }
    let end = units.iter().position(|unit| *unit == u16::from(b'\n'));
    end.and_then(|end| units.get(end..)).unwrap_or_default()
}

/// `evaluate(code, url)`: runs a script in the world of the internals.
pub(crate) struct Evaluate;

impl Native for Evaluate {
    const NAME: &'static str = "evaluate";

    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
        call.evaluate(&call.text(0)?, &call.text(1)?.to_utf8())
    }
}

/// `evaluateMain(code, url)`: runs a script in the page's world and returns its value as it is.
pub(crate) struct EvaluateMain;

impl Native for EvaluateMain {
    const NAME: &'static str = "evaluateMain";

    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
        let instance = instance_of(call)?;
        match instance.page.evaluate(&call.text(0)?, &call.text(1)?.to_utf8()) {
            Ok(value) => Ok(call.return_kept(value)),
            Err(error) => Err(Thrown::Value(call.return_kept(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16_lossy(without_hashbang(&units))
    }

    #[test]
    fn a_first_line_for_the_shell_is_emptied() {
        assert_eq!(stripped("#!/usr/bin/env node\nlet a"), "\nlet a");
        assert_eq!(stripped("\u{feff}#!x"), "");
        assert_eq!(stripped("\u{feff}let a"), "let a");
        assert_eq!(stripped("let a"), "let a");
    }
}

//! Colours as BrowserWindow options write them.

use gtk::gdk::RGBA;

/// Reads `#rgb`, `#argb`, `#rrggbb`, `#aarrggbb`, `rgb()`, `rgba()` or a CSS name. Electron's hex
/// forms put alpha first, where CSS has it last. `None` if it is no colour.
pub(crate) fn parse(text: &str) -> Option<RGBA> {
    let text = text.trim();
    let Some(digits) = text.strip_prefix('#') else {
        // "transparent" is CSS, but no X11 colour name.
        return if text.eq_ignore_ascii_case("transparent") {
            Some(RGBA::new(0.0, 0.0, 0.0, 0.0))
        } else {
            RGBA::parse(text).ok()
        };
    };
    let nibbles: Vec<f64> =
        digits.chars().map(|digit| digit.to_digit(16).map(f64::from)).collect::<Option<_>>()?;
    let rgba = match *nibbles.as_slice() {
        [r, g, b] => [r / 15.0, g / 15.0, b / 15.0, 1.0],
        [a, r, g, b] => [r / 15.0, g / 15.0, b / 15.0, a / 15.0],
        [r, r2, g, g2, b, b2] => [byte(r, r2), byte(g, g2), byte(b, b2), 1.0],
        [a, a2, r, r2, g, g2, b, b2] => [byte(r, r2), byte(g, g2), byte(b, b2), byte(a, a2)],
        _ => return None,
    };
    let [red, green, blue, alpha] = rgba;
    Some(RGBA::new(red, green, blue, alpha))
}

fn byte(high: f64, low: f64) -> f64 {
    (high * 16.0 + low) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_forms_put_alpha_first() {
        assert_eq!(parse("#f00"), Some(RGBA::new(1.0, 0.0, 0.0, 1.0)));
        assert_eq!(parse("#0f00"), Some(RGBA::new(1.0, 0.0, 0.0, 0.0)));
        assert_eq!(parse("#00ff00"), Some(RGBA::new(0.0, 1.0, 0.0, 1.0)));
        assert_eq!(parse("#000000ff"), Some(RGBA::new(0.0, 0.0, 1.0, 0.0)));
    }

    #[test]
    fn names_are_read_and_nonsense_is_not() {
        assert_eq!(parse("transparent"), Some(RGBA::new(0.0, 0.0, 0.0, 0.0)));
        assert_eq!(parse("#12"), None);
        assert_eq!(parse("#ggg"), None);
        assert_eq!(parse(""), None);
    }
}

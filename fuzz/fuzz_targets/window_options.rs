//! Any JSON is what a window, a view or a message box is made with, or an error; and none of it has a
//! NUL, which GTK's bindings panic at.
#![no_main]
#![allow(dead_code)]

#[path = "../../crates/windows/src/options.rs"]
mod options;
#[path = "../../crates/windows/src/text.rs"]
mod text;

/// What options.rs takes from there.
mod event {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
    #[serde(transparent)]
    pub struct WindowId(pub u32);
}

use libfuzzer_sys::fuzz_target;
use options::{MessageBoxOptions, Preferences, WindowOptions};

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = std::str::from_utf8(bytes) else { return };
    let Ok(value) = text::from_json(json) else { return };
    assert!(!value.to_string().contains("\\u0000") || json.contains("\\\\u0000"), "{value}");
    let _ = serde_json::from_value::<Preferences>(value.clone());
    if let Ok(window) = serde_json::from_value::<WindowOptions>(value.clone()) {
        let color = window.background_color.unwrap_or_default();
        assert!(!window.title.contains('\0') && !color.contains('\0'));
    }
    if let Ok(shown) = serde_json::from_value::<MessageBoxOptions>(value) {
        let texts = [shown.kind, shown.title, shown.message, shown.detail];
        assert!(texts.iter().chain(&shown.buttons).all(|text| !text.contains('\0')));
    }
});

//! What windows and message boxes are made with, and its JSON form.
//!
//! A fuzz target takes this file by itself: it uses nothing else of the crate but `WindowId`.

use serde::{Deserialize, Deserializer};

use crate::event::WindowId;

/// How a window is made. What is left out of the JSON takes the default of Electron's
/// BrowserWindow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WindowOptions {
    /// Width in device-independent pixels: 800.
    #[serde(deserialize_with = "pixels")]
    pub width: i32,
    /// Height in device-independent pixels: 600.
    #[serde(deserialize_with = "pixels")]
    pub height: i32,
    /// Left edge. Centred on the primary display unless both edges are given.
    #[serde(deserialize_with = "maybe_pixels")]
    pub x: Option<i32>,
    /// Top edge. Centred on the primary display unless both edges are given.
    #[serde(deserialize_with = "maybe_pixels")]
    pub y: Option<i32>,
    /// Least width the user can choose; 0 is no limit.
    #[serde(deserialize_with = "pixels")]
    pub min_width: i32,
    /// Least height the user can choose; 0 is no limit.
    #[serde(deserialize_with = "pixels")]
    pub min_height: i32,
    /// Greatest width the user can choose; 0 is no limit.
    #[serde(deserialize_with = "pixels")]
    pub max_width: i32,
    /// Greatest height the user can choose; 0 is no limit.
    #[serde(deserialize_with = "pixels")]
    pub max_height: i32,
    /// The title until it is changed.
    pub title: String,
    /// Whether the window is visible from the start: true.
    pub show: bool,
    /// Whether the user can resize it: true.
    pub resizable: bool,
    /// Whether the window manager draws a frame: true.
    pub frame: bool,
    /// Whether it stays above other windows: false.
    pub always_on_top: bool,
    /// CSS colour, `#AARRGGBB` with alpha first; white without.
    pub background_color: Option<String>,
    /// Centre it on the primary display even if `x` and `y` are given.
    pub center: bool,
    /// Whether it covers the screen from the start: false.
    pub fullscreen: bool,
}

impl Default for WindowOptions {
    fn default() -> Self {
        WindowOptions {
            width: 800,
            height: 600,
            x: None,
            y: None,
            min_width: 0,
            min_height: 0,
            max_width: 0,
            max_height: 0,
            title: String::new(),
            show: true,
            resizable: true,
            frame: true,
            always_on_top: false,
            background_color: None,
            center: false,
            fullscreen: false,
        }
    }
}

/// What of webPreferences concerns the view itself (semantics 98).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// True slows timers and animations of a page that is not visible. Left out or false, a hidden
    /// page runs at full speed.
    pub background_throttling: Option<bool>,
    /// Whether the inspector can be opened; left out is yes.
    pub dev_tools: Option<bool>,
    /// Whether the page is drawn by the graphics card where WebKit sees fit; left out is yes.
    pub hardware_acceleration: Option<bool>,
}

/// What a message box shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MessageBoxOptions {
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// `none`, `info`, `warning`, `error` or `question`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The box's title.
    pub title: String,
    /// The main text.
    pub message: String,
    /// A smaller text below.
    pub detail: String,
    /// Labels; none gives one "OK".
    pub buttons: Vec<String>,
    /// The button that Enter presses.
    pub default_id: Option<i32>,
    /// What is answered when the box is closed without a choice; 0 if left out.
    pub cancel_id: Option<i32>,
    /// Answer at once, and report the choice under this number.
    pub request: Option<u32>,
}

/// JavaScript has no integers: a size computed there may carry a fraction.
pub(crate) fn pixels<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    // A cast from floating point saturates, and NaN cannot be written in JSON.
    f64::deserialize(deserializer).map(|number| number.round() as i32)
}

pub(crate) fn maybe_pixels<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i32>, D::Error> {
    Option::<f64>::deserialize(deserializer)
        .map(|number| number.map(|number| number.round() as i32))
}

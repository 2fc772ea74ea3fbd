//! Light or dark: what the desktop prefers, and what the app wants instead.

use std::cell::Cell;
use std::rc::Rc;

use gtk::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::event::Event;
use crate::ui::Events;

/// Who decides between light and dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ThemeSource {
    /// The desktop.
    #[default]
    System,
    /// The app: light.
    Light,
    /// The app: dark.
    Dark,
}

/// The theme of GTK, which WebKit's `prefers-color-scheme` follows.
pub(crate) struct Theme {
    /// Whether the desktop prefers dark.
    system_dark: bool,
    dark: Rc<Cell<bool>>,
}

impl Theme {
    /// Watches the desktop's theme.
    pub(crate) fn watch(events: &Events) -> Theme {
        let Some(settings) = gtk::Settings::default() else {
            return Theme { system_dark: false, dark: Rc::default() };
        };
        let dark = Rc::new(Cell::new(is_dark(&settings)));
        let changed = {
            let (dark, events) = (Rc::clone(&dark), Rc::clone(events));
            move |settings: &gtk::Settings| {
                let now = is_dark(settings);
                if dark.replace(now) != now {
                    events(Event::ThemeChanged { dark: now });
                }
            }
        };
        settings.connect_gtk_application_prefer_dark_theme_notify(changed.clone());
        settings.connect_gtk_theme_name_notify(changed);
        Theme { system_dark: settings.is_gtk_application_prefer_dark_theme(), dark }
    }

    /// `{dark, highContrast}`
    pub(crate) fn info(&self) -> Value {
        let name = gtk::Settings::default().and_then(|it| it.gtk_theme_name()).unwrap_or_default();
        json!({ "dark": self.dark.get(), "highContrast": name.starts_with("HighContrast") })
    }

    /// The app's wish. A theme that is dark by itself stays so: GTK can only ask for the dark
    /// variant of one.
    pub(crate) fn set(&self, source: ThemeSource) {
        if let Some(settings) = gtk::Settings::default() {
            settings.set_gtk_application_prefer_dark_theme(match source {
                ThemeSource::System => self.system_dark,
                ThemeSource::Light => false,
                ThemeSource::Dark => true,
            });
        }
    }
}

fn is_dark(settings: &gtk::Settings) -> bool {
    let name = settings.gtk_theme_name().unwrap_or_default().to_lowercase();
    settings.is_gtk_application_prefer_dark_theme()
        || name.ends_with("-dark")
        || name.ends_with("inverse")
}

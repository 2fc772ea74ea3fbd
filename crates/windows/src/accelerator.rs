//! Accelerators as Electron writes them, such as `CmdOrCtrl+Shift+I`.

use gtk::gdk::{self, ModifierType};

/// A key with modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accelerator {
    pub(crate) key: u32,
    pub(crate) modifiers: ModifierType,
}

impl Accelerator {
    /// The key, and others that people take for the same: `+` is often on the key of `=`, and on
    /// the number pad.
    pub(crate) fn same_key(self) -> Vec<u32> {
        use gdk::keys::constants::{KP_Add, KP_Subtract, equal, minus, plus};
        match self.key {
            key if key == *plus => vec![key, *equal, *KP_Add],
            key if key == *minus => vec![key, *KP_Subtract],
            key => vec![key],
        }
    }
}

/// Keys whose name in Electron is none of GDK's.
const NAMES: &[(&str, &str)] = &[
    ("plus", "plus"),
    ("space", "space"),
    ("tab", "Tab"),
    ("capslock", "Caps_Lock"),
    ("numlock", "Num_Lock"),
    ("scrolllock", "Scroll_Lock"),
    ("backspace", "BackSpace"),
    ("delete", "Delete"),
    ("insert", "Insert"),
    ("return", "Return"),
    ("enter", "Return"),
    ("up", "Up"),
    ("down", "Down"),
    ("left", "Left"),
    ("right", "Right"),
    ("home", "Home"),
    ("end", "End"),
    ("pageup", "Page_Up"),
    ("pagedown", "Page_Down"),
    ("escape", "Escape"),
    ("esc", "Escape"),
    ("volumeup", "XF86AudioRaiseVolume"),
    ("volumedown", "XF86AudioLowerVolume"),
    ("volumemute", "XF86AudioMute"),
    ("medianexttrack", "XF86AudioNext"),
    ("mediaprevioustrack", "XF86AudioPrev"),
    ("mediastop", "XF86AudioStop"),
    ("mediaplaypause", "XF86AudioPlay"),
    ("printscreen", "Print"),
    ("numdec", "KP_Decimal"),
    ("numadd", "KP_Add"),
    ("numsub", "KP_Subtract"),
    ("nummult", "KP_Multiply"),
    ("numdiv", "KP_Divide"),
];

/// Reads an accelerator; `None` if it is none, or one of another system.
pub(crate) fn parse(text: &str) -> Option<Accelerator> {
    let mut modifiers = ModifierType::empty();
    let mut key = None;
    for part in parts(text) {
        let name = part.to_lowercase();
        match name.as_str() {
            "commandorcontrol" | "cmdorctrl" | "control" | "ctrl" => {
                modifiers |= ModifierType::CONTROL_MASK;
            }
            "alt" => modifiers |= ModifierType::MOD1_MASK,
            "shift" => modifiers |= ModifierType::SHIFT_MASK,
            "super" | "meta" => modifiers |= ModifierType::SUPER_MASK,
            "altgr" => modifiers |= ModifierType::MOD5_MASK,
            _ if key.is_some() => return None,
            _ => key = Some(key_value(&name)?),
        }
    }
    key.map(|key| Accelerator { key, modifiers })
}

/// `+` stands between the parts, and may be the last of them.
fn parts(text: &str) -> Vec<&str> {
    match text.trim().strip_suffix("++") {
        Some(rest) => rest.split('+').chain(["+"]).collect(),
        None if text.trim() == "+" => vec!["+"],
        None => text.split('+').map(str::trim).collect(),
    }
}

fn key_value(name: &str) -> Option<u32> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(*gdk::keys::Key::from_unicode(only));
    }
    if let Some((_, name)) = NAMES.iter().find(|(ours, _)| *ours == name) {
        return value_of(name);
    }
    if let Some(digit) = name.strip_prefix("num")
        && let Ok(digit @ 0..=9) = digit.parse::<u8>()
    {
        return value_of(&format!("KP_{digit}"));
    }
    match name.strip_prefix('f')?.parse::<u8>() {
        Ok(number @ 1..=24) => value_of(&format!("F{number}")),
        _ => None,
    }
}

fn value_of(name: &str) -> Option<u32> {
    let key = *gdk::keys::Key::from_name(name);
    (key != *gdk::keys::constants::VoidSymbol).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u32, ModifierType)> {
        parse(text).map(|it| (it.key, it.modifiers))
    }

    #[test]
    fn modifiers_and_keys() {
        let control = ModifierType::CONTROL_MASK;
        assert_eq!(of("CmdOrCtrl+A"), Some(('a' as u32, control)));
        assert_eq!(of("Control+Shift+I"), Some(('i' as u32, control | ModifierType::SHIFT_MASK)));
        assert_eq!(of("Alt+F4"), Some((0xffc1, ModifierType::MOD1_MASK)));
        assert_eq!(of("F11"), Some((0xffc8, ModifierType::empty())));
        assert_eq!(of("Ctrl+Plus"), Some(('+' as u32, control)));
        assert_eq!(of("Ctrl++"), Some(('+' as u32, control)));
        assert_eq!(of("Ctrl+-"), Some(('-' as u32, control)));
        assert_eq!(of("num5"), Some((0xffb5, ModifierType::empty())));
        assert_eq!(of("Escape"), Some((0xff1b, ModifierType::empty())));
    }

    #[test]
    fn what_is_none() {
        for text in ["", "Ctrl", "Ctrl+Nonsense", "A+B", "Command+A", "F25", "Ctrl+"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}

//! `cargo xtask surface`: Electron's API as a list, and what of it is there at run time.
//!
//! `docs/surface.json` is the list: for each module and class its methods, properties and events, by
//! how much apps use them. The app in `xtask/surface` walks it in the main process and in a
//! renderer. `docs/surface-present.txt` is what was there when it was last recorded; whatever of
//! that is gone fails the tests, and so does what is not there and does not say so when it is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use conch_stage::{Display, Setting};
use serde_json::Value;

use crate::packages::{self, Need};
use crate::{Failure, commands, say};

/// How much apps use something, the most first.
const TIERS: [&str; 3] = ["core", "common", "rare"];
/// What the list has, in the order of the report's columns.
const KINDS: [&str; 5] = ["modules", "classes", "methods", "properties", "events"];

/// An entry of the list: its tier and kind, as indices into [`TIERS`] and [`KINDS`].
type Entries = BTreeMap<String, (usize, usize)>;

pub(crate) fn run(yes: bool, missing: bool, record: bool) -> Result<(), Failure> {
    packages::ensure(Need::Headless, yes)?;
    commands::cargo(&["build"])?;
    let (list, present) = (read_list()?, walk()?);
    report(&list, &present);
    if missing {
        for name in list.keys().filter(|name| !present.contains(*name)) {
            say(name);
        }
    }
    if record {
        let lines: String = present.iter().map(|name| format!("{name}\n")).collect();
        return std::fs::write(recorded(), lines).map_err(|e| Failure::new(e.to_string()));
    }
    compare(&present)
}

/// For the test run, which has built everything: fails if something is gone.
pub(crate) fn check() -> Result<(), Failure> {
    let (list, present) = (read_list()?, walk()?);
    report(&list, &present);
    compare(&present)
}

fn list() -> PathBuf {
    commands::root().join("docs/surface.json")
}

fn recorded() -> PathBuf {
    commands::root().join("docs/surface-present.txt")
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|e| Failure::new(format!("{} cannot be read: {e}", path.display())))
}

fn read_list() -> Result<Entries, Failure> {
    let malformed = |what: &str| Failure::new(format!("docs/surface.json: {what}"));
    let list: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_str(&read(&list())?).map_err(|e| malformed(&e.to_string()))?;
    let tier_of = |name: &str| {
        let found = TIERS.iter().position(|tier| *tier == name);
        found.ok_or_else(|| malformed(&format!("{name:?} is no tier")))
    };
    let mut entries = Entries::new();
    for (owner, fields) in list {
        for (field, value) in fields {
            if field == "about" {
                let kind = usize::from(value["kind"] != "module");
                let tier = tier_of(value["tier"].as_str().unwrap_or_default())?;
                entries.insert(owner.clone(), (tier, kind));
                continue;
            }
            let tier = tier_of(&field)?;
            for entry in value.as_str().unwrap_or_default().split(' ') {
                entries.insert(format!("{owner} {entry}"), (tier, kind_of(entry)));
            }
        }
    }
    Ok(entries)
}

/// The kind of a member, by how it is written.
fn kind_of(entry: &str) -> usize {
    match entry {
        event if event.starts_with('\'') => 4,
        method if method.ends_with("()") => 2,
        _ => 3,
    }
}

/// Runs the app that looks, and gives what it found.
fn walk() -> Result<BTreeSet<String>, Failure> {
    let display = Display::start()?;
    let app = Setting::new(&commands::conch("debug"))
        .on(&display)
        .arg(commands::root().join("xtask/surface"))
        .arg(list())
        .start()?
        .ended()?;
    if app.output.last().map(String::as_str) != Some("done") {
        return Err(Failure::new(format!("the app did not look at everything: {}", app.errors)));
    }
    let names = app.output.iter().filter_map(|line| line.strip_prefix("present "));
    let silent: Vec<&str> =
        app.output.iter().filter_map(|line| line.strip_prefix("silent ")).collect();
    if !silent.is_empty() {
        return Err(Failure::new(format!(
            "missing without a word (an error or a warning must name it):\n  {}",
            silent.join("\n  ")
        )));
    }
    Ok(names.map(str::to_owned).collect())
}

/// A line for each tier: how many of each kind are there, of how many.
fn report(list: &Entries, present: &BTreeSet<String>) {
    let row = |name: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>13}")).collect();
        say(format!("{name:<8}{cells}"));
    };
    row("", KINDS.map(str::to_owned).to_vec());
    for (tier, name) in TIERS.iter().enumerate() {
        let count = |kind: usize, counts: &dyn Fn(&str) -> bool| {
            list.iter().filter(|(entry, at)| **at == (tier, kind) && counts(entry)).count()
        };
        let cell = |kind| {
            format!("{} of {}", count(kind, &|name| present.contains(name)), count(kind, &|_| true))
        };
        row(name, (0..KINDS.len()).map(cell).collect());
    }
}

/// Fails if something is gone that was recorded, and says if there is something new.
fn compare(present: &BTreeSet<String>) -> Result<(), Failure> {
    let text = read(&recorded())?;
    let known: BTreeSet<&str> = text.lines().collect();
    let new = present.iter().filter(|name| !known.contains(name.as_str())).count();
    if new > 0 {
        say(format!("{new} more than recorded: `cargo xtask surface --record` makes them stay"));
    }
    let gone: Vec<&str> = known.into_iter().filter(|name| !present.contains(*name)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "gone from the API (recorded in docs/surface-present.txt):\n  {}",
        gone.join("\n  ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read() {
        let list = read_list().unwrap();
        assert_eq!(list.get("app"), Some(&(0, 0)));
        assert_eq!(list.get("MessagePortMain"), Some(&(0, 1)));
        assert_eq!(list.get("app exit()"), Some(&(0, 2)));
        assert_eq!(list.get("BrowserWindow .fromId()"), Some(&(0, 2)));
        assert_eq!(list.get("app name"), Some(&(0, 3)));
        assert_eq!(list.get("app 'ready'"), Some(&(0, 4)));
    }

    #[test]
    fn everything_recorded_is_on_the_list() {
        let (list, recorded) = (read_list().unwrap(), read(&recorded()).unwrap());
        let strangers: Vec<&str> = recorded.lines().filter(|n| !list.contains_key(*n)).collect();
        assert_eq!(strangers, Vec::<&str>::new());
    }

    #[test]
    fn what_is_gone_is_named() {
        let text = read(&recorded()).unwrap();
        let mut present: BTreeSet<String> = text.lines().map(str::to_owned).collect();
        assert!(compare(&present).is_ok());
        present.insert("app 'something new'".to_owned());
        assert!(compare(&present).is_ok());
        present.remove("app 'ready'");
        let failure = compare(&present).unwrap_err().to_string();
        assert!(failure.ends_with(":\n  app 'ready'"), "{failure}");
    }
}

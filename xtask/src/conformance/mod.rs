//! `cargo xtask conformance`: which facts of Electron's behaviour hold, from the tests' own names.
//!
//! `docs/facts.json` has the facts by number. One is shown by a test whose name begins with its
//! number ([`names`]). What differs or is absent on purpose stands with its reason in
//! `docs/differences.json`. Of these the command makes `docs/compatibility.md`.

mod names;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Failure, commands, say};

/// Facts about one part of Electron, by their numbers.
#[derive(Deserialize)]
struct Section {
    section: String,
    facts: BTreeMap<u32, String>,
}

/// What differs from Electron, written by hand.
#[derive(Deserialize)]
struct Differences {
    facts: BTreeMap<u32, Difference>,
    /// What no fact is about.
    others: Vec<Other>,
    /// Where Conch does better on purpose.
    beyond: Vec<Beyond>,
}

/// Why a fact does not hold as it is.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Difference {
    Differs(String),
    Absent(String),
}

#[derive(Deserialize)]
struct Other {
    what: String,
    why: String,
}

#[derive(Deserialize)]
struct Beyond {
    electron: String,
    conch: String,
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Holds,
    Differs,
    Absent,
    Open,
}

impl Verdict {
    fn text(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Differs => "differs",
            Verdict::Absent => "absent",
            Verdict::Open => "not yet shown",
        }
    }
}

/// Everything that the page is made of.
struct Facts {
    sections: Vec<Section>,
    differences: Differences,
    /// For each fact what shows it.
    shown: BTreeMap<u32, BTreeSet<String>>,
}

impl Facts {
    fn read() -> Result<Facts, Failure> {
        let facts = Facts {
            sections: read_json("facts.json")?,
            differences: read_json("differences.json")?,
            shown: names::shown()?,
        };
        facts.validate()?;
        Ok(facts)
    }

    fn validate(&self) -> Result<(), Failure> {
        for (number, places) in &self.shown {
            if !self.numbers().any(|known| known == *number) {
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                let places = places.join(", ");
                return Err(Failure::new(format!("{number} is no fact, but tested in {places}")));
            }
        }
        for (number, difference) in &self.differences.facts {
            if !self.numbers().any(|known| known == *number) {
                let text = format!("docs/differences.json: {number} is no fact");
                return Err(Failure::new(text));
            }
            if matches!(difference, Difference::Absent(_)) && self.shown.contains_key(number) {
                let text = format!("docs/differences.json: {number} is not absent, tests show it");
                return Err(Failure::new(text));
            }
        }
        Ok(())
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.sections.iter().flat_map(|section| section.facts.keys().copied())
    }

    fn verdict(&self, number: u32) -> Verdict {
        match self.differences.facts.get(&number) {
            Some(Difference::Differs(_)) => Verdict::Differs,
            Some(Difference::Absent(_)) => Verdict::Absent,
            None if self.shown.contains_key(&number) => Verdict::Holds,
            None => Verdict::Open,
        }
    }

    fn of(&self, verdict: Verdict) -> Vec<u32> {
        self.numbers().filter(|number| self.verdict(*number) == verdict).collect()
    }
}

/// Writes the page. Fails if a fact has neither a test nor a reason.
pub(crate) fn run() -> Result<(), Failure> {
    let facts = Facts::read()?;
    std::fs::write(written(), page::made_of(&facts)).map_err(|e| Failure::new(e.to_string()))?;
    report(&facts);
    refuse_open(&facts)
}

/// For the test run: fails too if the page is not what the command makes.
pub(crate) fn check() -> Result<(), Failure> {
    let facts = Facts::read()?;
    let page = std::fs::read_to_string(written()).unwrap_or_default();
    report(&facts);
    refuse_open(&facts)?;
    if page == page::made_of(&facts) {
        return Ok(());
    }
    Err(Failure::new("docs/compatibility.md is not up to date: run `cargo xtask conformance`"))
}

fn refuse_open(facts: &Facts) -> Result<(), Failure> {
    let open = facts.of(Verdict::Open);
    if open.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "no test shows these facts, and docs/differences.json gives no reason: {}",
        list(&open)
    )))
}

fn report(facts: &Facts) {
    let verdicts = [Verdict::Holds, Verdict::Differs, Verdict::Absent, Verdict::Open];
    let counts = verdicts.map(|verdict| format!("{} {}", verdict.text(), facts.of(verdict).len()));
    say(format!("facts of Electron's: {}", counts.join(", ")));
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn written() -> PathBuf {
    commands::root().join("docs/compatibility.md")
}

fn read_json<T: DeserializeOwned>(name: &str) -> Result<T, Failure> {
    let fail = |e: String| Failure::new(format!("docs/{name}: {e}"));
    let text = std::fs::read_to_string(commands::root().join("docs").join(name))
        .map_err(|e| fail(e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| fail(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Facts {
        Facts {
            sections: serde_json::from_str(
                r#"[{"section": "All", "facts": {"1": "one", "2": "two", "3": "three", "4": "four"}}]"#,
            )
            .unwrap(),
            differences: serde_json::from_str(
                r#"{"facts": {"2": {"differs": "why"}, "3": {"absent": "no | way"}},
                    "others": [], "beyond": [{"electron": "waits", "conch": "answers"}]}"#,
            )
            .unwrap(),
            shown: BTreeMap::from([(1, BTreeSet::from(["an app".to_owned()]))]),
        }
    }

    #[test]
    fn a_fact_has_the_verdict_of_its_tests_and_differences() {
        let facts = example();
        let verdicts = [1, 2, 3, 4].map(|number| facts.verdict(number));
        let expected = [Verdict::Holds, Verdict::Differs, Verdict::Absent, Verdict::Open];
        assert_eq!(verdicts, expected);
    }

    #[test]
    fn what_has_neither_a_test_nor_a_reason_is_refused() {
        let mut facts = example();
        let said = refuse_open(&facts).unwrap_err().to_string();
        assert!(said.ends_with("reason: 4"), "{said}");
        facts.shown.insert(4, BTreeSet::from(["an app".to_owned()]));
        assert!(refuse_open(&facts).is_ok());
    }

    #[test]
    fn what_is_no_fact_or_not_absent_is_named() {
        let mut facts = example();
        assert!(facts.validate().is_ok());
        facts.shown.insert(3, BTreeSet::from(["b".to_owned()]));
        let said = facts.validate().unwrap_err().to_string();
        assert!(said.ends_with("3 is not absent, tests show it"), "{said}");
        facts.shown.insert(99, BTreeSet::from(["c".to_owned()]));
        facts.shown.remove(&3);
        assert_eq!(facts.validate().unwrap_err().to_string(), "99 is no fact, but tested in c");
    }

    #[test]
    fn the_files_are_read() {
        assert!(Facts::read().unwrap().numbers().count() > 100);
    }
}

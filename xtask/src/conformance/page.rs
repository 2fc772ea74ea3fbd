//! `docs/compatibility.md` as text.

use super::{Difference, Facts, Section, Verdict};

const BEGINNING: &str = "\
# Compatibility with Electron

What Electron does, fact by fact, and whether Conch does the same. `cargo xtask conformance` makes
this page from the names of the tests: where a fact holds there is a test that begins with its
number (`git grep \"'17: \"`, in Rust `fact_17_`). What differs or is absent has its reason.
Electron's API by name is in [surface.json](surface.json).

";

/// The whole page.
pub(super) fn made_of(facts: &Facts) -> String {
    let mut text = BEGINNING.to_owned();
    let verdicts = [Verdict::Holds, Verdict::Differs, Verdict::Absent, Verdict::Open];
    text += &row(verdicts.map(|verdict| verdict.text().to_owned()));
    text += "|---|---|---|---|\n";
    text += &row(verdicts.map(|verdict| facts.of(verdict).len().to_string()));
    for section in &facts.sections {
        text += &part(facts, section);
    }
    let differences = &facts.differences;
    if !differences.others.is_empty() {
        text += "\n## Other differences\n\n| what | why |\n|---|---|\n";
        for other in &differences.others {
            text += &row([other.what.clone(), other.why.clone()]);
        }
    }
    if !differences.beyond.is_empty() {
        text += "\n## Beyond\n\nWhere Conch does better on purpose.\n\n";
        text += "| Electron | Conch |\n|---|---|\n";
        for beyond in &differences.beyond {
            text += &row([beyond.electron.clone(), beyond.conch.clone()]);
        }
    }
    text
}

fn part(facts: &Facts, section: &Section) -> String {
    let mut text =
        format!("\n## {}\n\n| | fact | | shown by |\n|---|---|---|---|\n", section.section);
    for (number, fact) in &section.facts {
        let reason = match facts.differences.facts.get(number) {
            Some(Difference::Differs(reason) | Difference::Absent(reason)) => {
                format!("{fact}. *{reason}*")
            }
            None => fact.clone(),
        };
        let places = facts.shown.get(number).into_iter().flatten();
        let places: Vec<&str> = places.map(String::as_str).collect();
        let verdict = facts.verdict(*number).text().to_owned();
        text += &row([number.to_string(), reason, verdict, places.join(", ")]);
    }
    text
}

/// A line of a table.
fn row<const N: usize>(cells: [String; N]) -> String {
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_in_a_cell_is_no_border() {
        assert_eq!(row(["a | b".to_owned()]), "| a \\| b |\n");
    }
}

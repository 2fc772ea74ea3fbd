//! The facts that tests name: `check('17, 18: ...')` in an app, a title that begins with `17: ` in
//! the tests of the JavaScript, a function `fact_17_18_...` in those of the Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{Failure, commands};

/// Folders with tests that Node runs.
const SCRIPTS: [&str; 4] =
    ["preload/tests", "crates/runtime/js/tests", "crates/node/js/tests", "npm/electron/tests"];

/// For each number the tests that name it: the app, or the file.
pub(super) fn shown() -> Result<BTreeMap<u32, BTreeSet<String>>, Failure> {
    let root = commands::root();
    let mut found = Found::default();
    for folder in SCRIPTS {
        found.add_each(&root.join(folder), of_script)?;
    }
    for entry in entries(&root.join("crates"))? {
        found.add_each(&entry, of_rust)?;
    }
    found.add_each(&root.join("shell/tests"), of_rust)?;
    let run = run_apps(&root.join("shell/tests"))?;
    for app in entries(&root.join("shell/tests/apps"))?.iter().filter(|entry| entry.is_dir()) {
        let name = name_of(app);
        if run.contains(&format!("\"{name}\"")) {
            found.add_app(app, &format!("apps/{name}"))?;
        }
    }
    for app in entries(&root.join("examples"))?.iter().filter(|entry| entry.is_dir()) {
        found.add_app(app, &format!("examples/{}", name_of(app)))?;
    }
    Ok(found.0)
}

#[derive(Default)]
struct Found(BTreeMap<u32, BTreeSet<String>>);

impl Found {
    fn add(&mut self, numbers: Vec<u32>, place: &str) {
        for number in numbers {
            self.0.entry(number).or_default().insert(place.to_owned());
        }
    }

    /// Each file is a place of its own.
    fn add_each(&mut self, folder: &Path, read: fn(&str, &str) -> Vec<u32>) -> Result<(), Failure> {
        visit(folder, &mut |path, text| self.add(read(&extension(path), text), &name_of(path)))
    }

    fn add_app(&mut self, folder: &Path, name: &str) -> Result<(), Failure> {
        visit(folder, &mut |path, text| self.add(of_script(&extension(path), text), name))
    }
}

/// The numbers at the beginning of literals, where the line is no comment.
fn of_script(extension: &str, text: &str) -> Vec<u32> {
    if !matches!(extension, "js" | "mjs" | "cjs" | "html") {
        return vec![];
    }
    let lines = text.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.starts_with("//") && !line.starts_with('*'));
    let literals = code.flat_map(|line| line.split(['\'', '"', '`']).skip(1));
    literals.flat_map(|literal| leading(literal, ", ", ": ")).collect()
}

/// The numbers in the names of functions.
fn of_rust(extension: &str, text: &str) -> Vec<u32> {
    if extension != "rs" {
        return vec![];
    }
    let lines = text.lines().map(str::trim_start);
    let names = lines.filter_map(|line| line.strip_prefix("fn fact_"));
    names.flat_map(|name| leading(name, "_", "_")).collect()
}

/// The numbers that a name begins with: with `between` between two, and `behind` the last.
fn leading(name: &str, between: &str, behind: &str) -> Vec<u32> {
    let (mut numbers, mut rest) = (vec![], name);
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let Ok(number) = digits.parse() else { break };
        numbers.push(number);
        match after.strip_prefix(between) {
            Some(more) => rest = more,
            None if after.starts_with(behind) => return numbers,
            None => return vec![],
        }
    }
    // Only where both are one may a number be followed by what is none.
    if between == behind { numbers } else { vec![] }
}

/// What the tests in Rust are written as, to see which apps they run.
fn run_apps(folder: &Path) -> Result<String, Failure> {
    let mut all = String::new();
    for path in entries(folder)?.iter().filter(|path| extension(path) == "rs") {
        all.push_str(&std::fs::read_to_string(path).map_err(|e| fail(path, &e))?);
    }
    Ok(all)
}

/// Calls `with` for each file with text; what is installed or built is left out.
fn visit(folder: &Path, with: &mut impl FnMut(&Path, &str)) -> Result<(), Failure> {
    for path in entries(folder)? {
        if path.is_dir() {
            if !matches!(name_of(&path).as_str(), "node_modules" | "target" | "dist") {
                visit(&path, with)?;
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            with(&path, &text);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let read = std::fs::read_dir(folder).map_err(|e| fail(folder, &e))?;
    Ok(read.flatten().map(|entry| entry.path()).collect())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

fn fail(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_checks() {
        assert_eq!(of_script("js", "check('17: a text', a === 1)"), [17]);
        assert_eq!(of_script("mjs", "  test(\"17, 18: two\", () => {"), [17, 18]);
        assert_eq!(
            of_script("js", "for (const [n] of [['3: a', 1], ['4: b', 2]]) check(n)"),
            [3, 4]
        );
        assert_eq!(of_script("js", "check(`9: ${size} bytes`, true)"), [9]);
        let others = [
            "check('a text (17)', x)",
            "// check('17: out of use', x)",
            "check('17 and: more', x)",
            "log(17, ': ')",
            "'12:30'",
            "'12, a: b'",
        ];
        for text in others {
            assert_eq!(of_script("js", text), Vec::<u32>::new(), "{text}");
        }
        assert_eq!(of_script("json", "{\"17: \": 1}"), Vec::<u32>::new());
    }

    #[test]
    fn names_of_functions() {
        assert_eq!(of_rust("rs", "    fn fact_17_18_two_at_once() {"), [17, 18]);
        assert_eq!(of_rust("rs", "fn fact_9_3_mib(engine: Engine) {\nfn fact_() {"), [9, 3]);
        assert_eq!(of_rust("rs", "// fn fact_17_x()\nfn other() {"), Vec::<u32>::new());
    }

    #[test]
    fn a_name_needs_more_than_its_number() {
        assert_eq!(of_rust("rs", "fn fact_17() {"), Vec::<u32>::new());
        assert_eq!(of_script("js", "check('17')"), Vec::<u32>::new());
    }
}

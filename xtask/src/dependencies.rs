//! `cargo xtask dependencies`: whether what Conch depends on has a licence that is allowed, and is
//! there in one version. `deny.toml` says what is allowed, in the words of cargo-deny.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::{Failure, commands, say};

/// What of deny.toml is checked here.
#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

#[derive(Deserialize)]
struct Skip {
    /// A name, `@`, and the beginning of a version.
    #[serde(rename = "crate")]
    spec: String,
}

/// Something that is depended on.
struct Package {
    name: String,
    version: String,
    license: String,
}

pub(crate) fn run() -> Result<(), Failure> {
    let path = commands::root().join("deny.toml");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| Failure::new(format!("deny.toml cannot be read: {e}")))?;
    let rules: Rules =
        toml::from_str(&text).map_err(|e| Failure::new(format!("deny.toml: {e}")))?;
    let packages = packages()?;
    say(format!("{} packages of others", packages.len()));
    let wrong = [wrong_licenses(&rules.licenses, &packages), duplicates(&rules.bans, &packages)];
    let wrong = wrong.concat();
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// What is built or linked on this system, but for the workspace's own.
fn packages() -> Result<Vec<Package>, Failure> {
    let host = commands::host()?;
    let mut cargo = commands::cargo_command();
    cargo.current_dir(commands::root());
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host]);
    let output = cargo.output().map_err(|e| Failure::new(format!("cargo metadata: {e}")))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|e| Failure::new(format!("cargo metadata gave no JSON: {e}")))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let others = all.iter().filter(|package| !package["source"].is_null());
    Ok(others
        .map(|package| Package {
            name: text(&package["name"]),
            version: text(&package["version"]),
            license: text(&package["license"]),
        })
        .collect())
}

fn wrong_licenses(rules: &Licenses, packages: &[Package]) -> Vec<String> {
    let wrong = packages.iter().filter(|package| {
        let own = rules.exceptions.iter().filter(|exception| exception.name == package.name);
        let allowed: Vec<&String> =
            own.flat_map(|exception| &exception.allow).chain(&rules.allow).collect();
        !is_allowed(&package.license, &allowed)
    });
    wrong
        .map(|Package { name, version, license }| {
            format!("{name} {version} has the licence {license:?}, which deny.toml does not allow")
        })
        .collect()
}

/// Whether the terms can be kept with these licences alone.
fn is_allowed(terms: &str, allowed: &[&String]) -> bool {
    // `MIT/Apache-2.0` is how it was written once.
    let Ok(terms) = Expression::parse_mode(terms, ParseMode::LAX) else { return false };
    terms.evaluate(|requirement: &LicenseReq| {
        let requirement = requirement.to_string();
        allowed.iter().any(|license| **license == requirement)
    })
}

/// What is there in several versions and not listed, and what is listed for no reason.
fn duplicates(rules: &Bans, packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let listed: Vec<(&str, &str)> = rules.of(name).collect();
        let mut kept = 0;
        for version in versions {
            match listed.iter().find(|(_, start)| is_of(version, start)) {
                Some((spec, _)) => drop(used.insert(*spec)),
                None => kept += 1,
            }
        }
        if kept > 1 {
            let all: Vec<&str> = versions.iter().copied().collect();
            wrong.push(format!("{name} is there as {}: see deny.toml", all.join(" and ")));
        }
    }
    let unused = rules.skip.iter().filter(|skip| !used.contains(&*skip.spec));
    wrong.extend(unused.map(|skip| format!("{} in deny.toml is there once or not", skip.spec)));
    wrong
}

impl Bans {
    /// What is listed for a name, and the versions that are meant.
    fn of(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        let specs = self.skip.iter().map(|skip| &*skip.spec);
        specs.filter_map(move |spec| Some((spec, spec.strip_prefix(name)?.strip_prefix('@')?)))
    }
}

/// Whether a version begins with these numbers.
fn is_of(version: &str, start: &str) -> bool {
    version.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str, license: &str) -> Package {
        Package { name: name.into(), version: version.into(), license: license.into() }
    }

    #[test]
    fn terms_are_kept_by_what_is_allowed() {
        let rules = Licenses {
            allow: vec!["MIT".into(), "Apache-2.0 WITH LLVM-exception".into()],
            exceptions: vec![Exception { name: "odd".into(), allow: vec!["MPL-2.0".into()] }],
        };
        let wrong =
            |name, license| wrong_licenses(&rules, &[package(name, "1.0.0", license)]).len();
        for terms in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "Apache-2.0 WITH LLVM-exception"] {
            assert_eq!(wrong("a", terms), 0, "{terms}");
        }
        for terms in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "MPL-2.0", "", "none at all"] {
            assert_eq!(wrong("a", terms), 1, "{terms}");
        }
        assert_eq!(wrong("odd", "MPL-2.0"), 0);
    }

    #[test]
    fn versions_are_one_or_listed_and_what_is_listed_is_there() {
        let packages =
            [package("a", "1.2.3", ""), package("a", "10.0.0", ""), package("b", "1.0.0", "")];
        let wrong = |specs: &[&str]| {
            let skip = specs.iter().map(|spec| Skip { spec: (*spec).into() }).collect();
            duplicates(&Bans { skip }, &packages)
        };
        assert_eq!(wrong(&["a@1"]), Vec::<String>::new());
        assert_eq!(wrong(&["a@1.2"]), Vec::<String>::new());
        assert_eq!(wrong(&[]).len(), 1);
        assert_eq!(wrong(&["a@1", "b@1"]), ["b@1 in deny.toml is there once or not"]);
        assert_eq!(wrong(&["a@2"]).len(), 2);
    }
}

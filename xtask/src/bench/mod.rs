//! `cargo xtask bench`: Conch on both its engines beside the raw socket, in one run.
//!
//! Rounds of all take turns, so that a machine that gets slow or busy does so for all. What is
//! printed are medians over the rounds and their ratios, which are what carries over to another
//! machine; the absolute figures do not.

mod first_line;
mod floor;
mod memory;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use conch_stage::{Display, Performance, Setting};

use crate::packages::{self, Need};
use crate::{Failure, commands, say};

pub(crate) use floor::echo;

/// What one measurement gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Figure {
    /// Microseconds.
    Time { p50: f64, p99: f64 },
    /// Messages a second.
    Rate(f64),
}

pub(crate) fn run(yes: bool, quick: bool) -> Result<(), Failure> {
    packages::ensure(Need::Headless, yes)?;
    commands::cargo(&["build", "--release"])?;
    let conch = commands::conch("release");
    let display = Display::start()?;
    let rounds = if quick { 1 } else { 3 };

    let mut floors = Table::default();
    let mut ours = ENGINES.map(|_| Table::default());
    for _ in 0..rounds {
        floors.add(floor::measure(quick)?);
        for (table, engine) in ours.iter_mut().zip(ENGINES) {
            table.add(messages(&conch, &display, engine, quick)?);
        }
    }
    let [embedded, node] = &ours;
    say(format!("medians of {rounds} rounds, which took turns; ratios to the raw socket\n"));
    say(row("", [("Conch", ""), ("Conch on Node", ""), ("raw socket", "")]));
    for (name, figures) in &embedded.0 {
        let floor = floors.0.get(floor::of(name)).and_then(|figures| median(figures));
        let columns = [Some(figures), node.0.get(name)].map(|figures| {
            let figure = figures.and_then(|figures| median(figures));
            (show(figure), ratio(figure, floor))
        });
        let [(a, a_ratio), (b, b_ratio)] = &columns;
        say(row(name, [(a, a_ratio), (b, b_ratio), (&show(floor), "")]));
    }
    let starts = if quick { 3 } else { 7 };
    for engine in ENGINES {
        first_line::report(&conch, &display, engine, if quick { 5 } else { 21 })?;
        start_up(&conch, &display, engine, starts)?;
        memory_of(&conch, &display, engine)?;
    }
    Ok(())
}

/// The engines, as the command line names them.
const ENGINES: [&str; 2] = ["--embedded", "--node"];

/// Figures by the name of the work, in the order of their names.
#[derive(Default)]
struct Table(BTreeMap<String, Vec<Figure>>);

impl Table {
    fn add(&mut self, figures: Vec<(String, Figure)>) {
        for (name, figure) in figures {
            self.0.entry(name).or_default().push(figure);
        }
    }
}

fn median(figures: &[Figure]) -> Option<Figure> {
    let key = |figure: &Figure| match figure {
        Figure::Time { p50, .. } => *p50,
        Figure::Rate(rate) => *rate,
    };
    let mut sorted = figures.to_vec();
    sorted.sort_by(|a, b| key(a).total_cmp(&key(b)));
    sorted.get(sorted.len() / 2).copied()
}

fn row(name: &str, [a, b, c]: [(&str, &str); 3]) -> String {
    format!("{name:<34} {:>20} {:>6} {:>20} {:>6} {:>20}", a.0, a.1, b.0, b.1, c.0)
}

fn show(figure: Option<Figure>) -> String {
    match figure {
        Some(Figure::Time { p50, p99 }) if p50 < 1000.0 => format!("{p50:.1} us p99 {p99:.0}"),
        Some(Figure::Time { p50, p99 }) => {
            format!("{:.2} ms p99 {:.1}", p50 / 1000.0, p99 / 1000.0)
        }
        Some(Figure::Rate(rate)) => format!("{rate:.0}/s"),
        None => "-".into(),
    }
}

fn ratio(own: Option<Figure>, floor: Option<Figure>) -> String {
    match (own, floor) {
        (Some(Figure::Time { p50: a, .. }), Some(Figure::Time { p50: b, .. })) => {
            format!("{:.2}", a / b)
        }
        (Some(Figure::Rate(a)), Some(Figure::Rate(b))) => format!("{:.2}", a / b),
        _ => "-".into(),
    }
}

fn start(
    conch: &Path,
    display: &Display,
    engine: &str,
    arguments: &[&str],
) -> Result<Performance, Failure> {
    let app = commands::root().join("xtask/bench");
    let mut setting = Setting::new(conch).on(display).arg(engine).arg(app).arg("--");
    for argument in arguments {
        setting = setting.arg(*argument);
    }
    Ok(setting.start()?)
}

fn messages(
    conch: &Path,
    display: &Display,
    engine: &str,
    quick: bool,
) -> Result<Vec<(String, Figure)>, Failure> {
    let mut app = start(conch, display, engine, if quick { &["--quick"] } else { &[] })?;
    let mut figures = vec![];
    loop {
        let line = app.expect_that("a figure", |line| line.starts_with("BENCH "))?;
        match line.trim_start_matches("BENCH ") {
            "started" => {}
            "end" => return Ok(figures),
            json => figures.push(parse(json)?),
        }
    }
}

fn parse(json: &str) -> Result<(String, Figure), Failure> {
    let fail = || Failure::new(format!("the benchmark's app printed {json:?}"));
    let value: serde_json::Value = serde_json::from_str(json).map_err(|_| fail())?;
    let name = value.get("name").and_then(|n| n.as_str()).ok_or_else(fail)?.to_owned();
    let number = |key: &str| value.get(key).and_then(serde_json::Value::as_f64);
    let figure = match (number("rate"), number("p50"), number("p99")) {
        (Some(rate), _, _) => Figure::Rate(rate),
        (None, Some(p50), Some(p99)) => Figure::Time { p50, p99 },
        _ => return Err(fail()),
    };
    Ok((name, figure))
}

/// From the start of the process to the first invoke that was answered.
fn start_up(conch: &Path, display: &Display, engine: &str, runs: usize) -> Result<(), Failure> {
    let mut times = vec![];
    for _ in 0..runs {
        let begin = Instant::now();
        let mut app = start(conch, display, engine, &["--idle"])?;
        app.expect("BENCH started")?;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    if let Some(median) = times.get(runs / 2) {
        say(format!("start to first invoke answered       {median:.0} ms (median of {runs})"));
    }
    Ok(())
}

fn memory_of(conch: &Path, display: &Display, engine: &str) -> Result<(), Failure> {
    for windows in [1, 4] {
        let mut app = start(conch, display, engine, &[&format!("--windows={windows}"), "--idle"])?;
        app.expect("BENCH idle")?;
        // The first seconds of a page are not what it settles at.
        std::thread::sleep(std::time::Duration::from_secs(3));
        let usage = memory::of_tree(app.pid());
        say(format!(
            "{windows} window{}: {:.0} MB PSS in {} processes, the main process {:.0} MB",
            if windows == 1 { " " } else { "s" },
            usage.total_mb,
            usage.processes,
            usage.root_mb
        ));
    }
    Ok(())
}

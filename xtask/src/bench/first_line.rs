//! What a start costs up to the first line of the main script.

use std::path::Path;

use conch_stage::{Display, Setting};

use crate::{Failure, commands, say};

/// Medians over some starts.
pub(crate) struct FirstLine {
    /// Milliseconds since the process was started.
    pub(crate) after_ms: f64,
    /// The main process's proportional set size, with its share of what others have loaded too.
    pub(crate) pss_mb: f64,
    /// What the main process has to itself.
    pub(crate) uss_mb: f64,
}

/// Says what a start costs before there is a window.
pub(crate) fn report(
    conch: &Path,
    display: &Display,
    engine: &str,
    runs: usize,
) -> Result<(), Failure> {
    let FirstLine { after_ms, pss_mb, uss_mb } = measure(conch, display, engine, runs)?;
    say(format!(
        "\n{engine}\nstart to first line of main.js       {after_ms:.1} ms (median of {runs})"
    ));
    say(format!("main process at that line            {pss_mb:.1} MB PSS, {uss_mb:.1} MB USS"));
    Ok(())
}

/// Starts the app some times. It reads its own clock and memory in its first lines, so that
/// neither the way of its output nor what is loaded behind its first turn counts.
pub(crate) fn measure(
    conch: &Path,
    display: &Display,
    engine: &str,
    runs: usize,
) -> Result<FirstLine, Failure> {
    let script = commands::root().join("xtask/bench/first-line.js");
    let mut figures = [const { vec![] }; 3];
    for _ in 0..runs {
        let begin = now_ms();
        let mut app = Setting::new(conch).on(display).arg(engine).arg(&script).start()?;
        let line = app.expect_that("a figure", |line| line.starts_with("BENCH "))?;
        app.ended()?;
        let [after, pss, uss] = parse(line.trim_start_matches("BENCH "))
            .ok_or_else(|| Failure::new(format!("the benchmark's app printed {line:?}")))?;
        for (all, figure) in figures.iter_mut().zip([after - begin, pss, uss]) {
            all.push(figure);
        }
    }
    let [after_ms, pss_mb, uss_mb] = figures.map(median);
    Ok(FirstLine { after_ms, pss_mb, uss_mb })
}

/// The clock that `process.hrtime` reads.
fn now_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn parse(json: &str) -> Option<[f64; 3]> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let number = |name: &str| value.get(name)?.as_f64();
    Some([number("at")?, number("pss")?, number("uss")?])
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_and_their_median_taken() {
        assert_eq!(parse(r#"{"at":5.5,"pss":7,"uss":6.25}"#), Some([5.5, 7.0, 6.25]));
        assert_eq!(parse(r#"{"at":5.5,"pss":7}"#), None);
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
    }
}

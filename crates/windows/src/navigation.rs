//! Which navigation WebKit's signals are about: a state machine without WebKit.
//!
//! WebKit says started, redirected, committed, finished and failed of "the" load, without saying
//! which. Its word is late: when one load replaces another, the end of the first may be told before
//! the second starts, after it, or never. And there is none at all for a load that is stopped before
//! it started, or that stays within the document. Whoever waits for a load must hear of its end
//! once, so what was asked for is kept here, and the signals are weighed against it.

use crate::load_error::{self, LoadError};

/// What became of the page's navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Started(String),
    Redirected(String),
    Committed(String),
    InPage(String),
    Finished(String),
    Failed(String, LoadError),
    /// Nothing is being loaded any more.
    Stopped,
}

/// The navigation under way.
#[derive(Debug)]
struct Current {
    url: String,
    progress: Progress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Asked for; WebKit has not said a word of it.
    Asked,
    Started,
    Committed,
}

/// A `finished` that WebKit owes after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owed {
    Nothing,
    /// It ends the navigation that failed.
    Stop,
    /// It is about a navigation that was replaced, and whose end has been told.
    Echo,
}

/// The navigations of one page.
#[derive(Debug)]
pub(crate) struct Navigation {
    current: Option<Current>,
    /// Replaced navigations of which WebKit may yet have something to say.
    replaced: Vec<String>,
    owed: Owed,
    /// The document's URL as last told.
    shown: String,
}

impl Navigation {
    pub(crate) fn new() -> Navigation {
        Navigation {
            current: None,
            replaced: Vec::new(),
            owed: Owed::Nothing,
            shown: String::new(),
        }
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.current.is_some()
    }

    /// Whether a command asked for what WebKit has not started yet.
    pub(crate) fn is_asked(&self) -> bool {
        matches!(&self.current, Some(Current { progress: Progress::Asked, .. }))
    }

    /// Whether it asked for this.
    pub(crate) fn is_asked_for(&self, url: &str) -> bool {
        self.is_asked() && self.current.as_ref().is_some_and(|it| it.url == url)
    }

    /// Whether WebKit loads something of which there is no document yet.
    pub(crate) fn is_started(&self) -> bool {
        matches!(&self.current, Some(Current { progress: Progress::Started, .. }))
    }

    /// A command asks for a navigation. One under way has failed with that (semantics 104).
    pub(crate) fn asked(&mut self, url: String) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some(old) = self.current.take() {
            self.replaced.push(old.url.clone());
            steps.push(Step::Failed(old.url, load_error::ABORTED));
        }
        steps.push(Step::Started(url.clone()));
        self.current = Some(Current { url, progress: Progress::Asked });
        steps
    }

    /// The URL of what was asked for, as WebKit writes it.
    pub(crate) fn asked_as(&mut self, url: String) {
        if let Some(current) = &mut self.current
            && !url.is_empty()
        {
            current.url = url;
        }
    }

    /// A command stops the navigation. WebKit may or may not have a word to say of that.
    pub(crate) fn stop_asked(&mut self) -> Vec<Step> {
        let Some(old) = self.current.take() else { return Vec::new() };
        self.replaced.push(old.url.clone());
        vec![Step::Failed(old.url, load_error::ABORTED), Step::Stopped]
    }

    pub(crate) fn started(&mut self, url: String) -> Vec<Step> {
        if self.current.is_none() && self.replaced.contains(&url) {
            // Stopped by a command before WebKit got so far; it stops soon.
            return Vec::new();
        }
        let asked = self.is_asked();
        // Without an asker, the page itself navigates. With one, this is what was asked for, or
        // what that replaced; then it fails yet, see `failed`.
        let steps = if asked { Vec::new() } else { self.asked(url) };
        if let Some(current) = &mut self.current {
            current.progress = Progress::Started;
        }
        steps
    }

    pub(crate) fn redirected(&mut self, url: String) -> Vec<Step> {
        if let Some(current) = &mut self.current {
            current.url.clone_from(&url);
        }
        vec![Step::Redirected(url)]
    }

    pub(crate) fn committed(&mut self, url: String) -> Vec<Step> {
        self.shown.clone_from(&url);
        let Some(current) = &mut self.current else {
            // It was stopped too late.
            self.replaced.clear();
            let progress = Progress::Committed;
            self.current = Some(Current { url: url.clone(), progress });
            return vec![Step::Started(url.clone()), Step::Committed(url)];
        };
        if url != current.url && self.replaced.contains(&url) {
            // The replaced one had come this far already; ours is still to start.
            current.progress = Progress::Asked;
            return vec![Step::Committed(url)];
        }
        if url == "about:blank" && current.url.starts_with("http") {
            // What WebKit shows instead of a port that the web may not reach.
            let url = std::mem::take(&mut current.url);
            self.current = None;
            self.owed = Owed::Stop;
            return vec![Step::Failed(url, load_error::UNSAFE_PORT)];
        }
        current.progress = Progress::Committed;
        current.url.clone_from(&url);
        self.replaced.clear();
        vec![Step::Committed(url)]
    }

    /// `error` is `None` when the navigation became something else, such as a download.
    pub(crate) fn failed(&mut self, url: String, error: Option<LoadError>) -> Vec<Step> {
        let interrupted = error.is_none_or(|error| error == load_error::ABORTED);
        if interrupted && self.is_echo(&url) {
            self.owed = Owed::Echo;
            if let Some(current) = &mut self.current {
                current.progress = Progress::Asked;
            }
            return Vec::new();
        }
        if self.current.take().is_none() {
            self.owed = Owed::Echo;
            return Vec::new();
        }
        self.replaced.clear();
        self.owed = Owed::Stop;
        error.map(|error| Step::Failed(url, error)).into_iter().collect()
    }

    /// Whether an interruption is that of a replaced navigation, and not of the current one.
    fn is_echo(&mut self, url: &str) -> bool {
        if let Some(at) = self.replaced.iter().position(|it| it == url) {
            self.replaced.remove(at);
            return true;
        }
        // A redirected one may be told under either of its URLs.
        !self.replaced.is_empty() && self.current.as_ref().is_none_or(|it| it.url != url)
    }

    pub(crate) fn finished(&mut self, url: String) -> Vec<Step> {
        match std::mem::replace(&mut self.owed, Owed::Nothing) {
            Owed::Echo => return Vec::new(),
            Owed::Stop if self.current.is_none() => return vec![Step::Stopped],
            Owed::Stop | Owed::Nothing => {}
        }
        match &self.current {
            // A navigation commits before it finishes: what finished is the document before it.
            Some(current) if current.progress == Progress::Committed => {
                self.current = None;
                vec![Step::Finished(url), Step::Stopped]
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// The document's URL may have changed without a load.
    pub(crate) fn url_is(&mut self, url: String) -> Vec<Step> {
        // To where it is already, by a fragment, is a way too.
        let again = self.shown == url && !(url.contains('#') && self.is_asked_for(&url));
        if again || !same_document(&self.shown, &url) {
            return Vec::new();
        }
        let arrived = match &self.current {
            None => false,
            Some(current) if current.progress == Progress::Asked && current.url == url => true,
            // Between two documents the URL says nothing yet.
            Some(_) => return Vec::new(),
        };
        self.shown.clone_from(&url);
        let mut steps = vec![Step::InPage(url)];
        if arrived {
            self.current = None;
            steps.push(Step::Stopped);
        }
        steps
    }

    /// A command asks for what is no navigation.
    pub(crate) fn refused(&mut self, url: String) -> Vec<Step> {
        let mut steps = self.asked(url.clone());
        self.current = None;
        steps.extend([Step::Failed(url, load_error::FAILED), Step::Stopped]);
        steps
    }

    /// The web process is gone, and with it what it was loading.
    pub(crate) fn process_gone(&mut self) -> Vec<Step> {
        self.replaced.clear();
        self.owed = Owed::Nothing;
        // There is no document left to stay within.
        self.shown.clear();
        match self.current.take() {
            Some(old) => vec![Step::Failed(old.url, load_error::FAILED), Step::Stopped],
            None => Vec::new(),
        }
    }
}

fn same_document(url: &str, other: &str) -> bool {
    let page =
        |url: &str| url.split_once('#').map_or_else(|| url.to_owned(), |(it, _)| it.to_owned());
    page(url) == page(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "file:///a";
    const B: &str = "file:///b";

    fn aborted(url: &str) -> Step {
        Step::Failed(url.into(), load_error::ABORTED)
    }

    /// Plays WebKit's side: `+` asked, `s` started, `c` committed, `x` cancelled, `!` broken,
    /// `f` finished, each followed by the URL's letter.
    fn play(script: &str) -> Vec<Step> {
        let mut navigation = Navigation::new();
        let steps = script.split(' ').flat_map(|word| {
            let (signal, page) = word.split_at(1);
            let url = format!("file:///{page}");
            match signal {
                "+" => navigation.asked(url),
                "s" => navigation.started(url),
                "c" => navigation.committed(url),
                "x" => navigation.failed(url, Some(load_error::ABORTED)),
                "!" => navigation.failed(url, Some(load_error::FAILED)),
                "d" => navigation.failed(url, None),
                "f" => navigation.finished(url),
                "u" => navigation.url_is(url),
                "." => navigation.stop_asked(),
                "k" => navigation.process_gone(),
                other => panic!("{other}"),
            }
        });
        steps.collect()
    }

    fn whole(url: &str) -> Vec<Step> {
        let url = url.to_owned();
        vec![
            Step::Started(url.clone()),
            Step::Committed(url.clone()),
            Step::Finished(url),
            Step::Stopped,
        ]
    }

    fn replaced_by_b() -> Vec<Step> {
        let mut steps = vec![Step::Started(A.into()), aborted(A)];
        steps.extend(whole(B));
        steps
    }

    #[test]
    fn a_load_is_told_from_start_to_end() {
        assert_eq!(play("+a sa ca fa"), whole(A));
        assert_eq!(play("sa ca fa"), whole(A), "the page's own");
    }

    #[test]
    fn a_failure_stops_and_does_not_finish() {
        let steps =
            [Step::Started(A.into()), Step::Failed(A.into(), load_error::FAILED), Step::Stopped];
        assert_eq!(play("+a sa !a fb"), steps);
    }

    #[test]
    fn a_download_neither_fails_nor_finishes() {
        assert_eq!(play("+a sa da fa"), [Step::Started(A.into()), Step::Stopped]);
    }

    #[test]
    fn the_replaced_load_fails_once_and_the_other_ends_once() {
        // The orders in which WebKit tells it, as it happens to be caught by the second.
        assert_eq!(play("+a +b sa cb fb"), replaced_by_b(), "the first only started");
        assert_eq!(play("+a +b sb cb fb"), replaced_by_b(), "the first never started");
        assert_eq!(play("+a +b sa da fb sb cb fb"), replaced_by_b(), "interrupted by a policy");
        assert_eq!(play("+a sa +b xa fb sb cb fb"), replaced_by_b(), "cancelled");
    }

    #[test]
    fn the_end_of_the_document_before_is_not_the_end_of_the_load() {
        let steps = play("+a sa ca +b fa sb cb fb");
        let ends = steps.iter().filter(|&step| *step == Step::Finished(B.into())).count();
        assert_eq!((ends, steps.last()), (1, Some(&Step::Stopped)), "{steps:?}");
        assert!(!steps.contains(&Step::Finished(A.into())));
        let steps = play("+a +b sa ca fa sb cb fb");
        assert!(!steps.contains(&Step::Finished(A.into())), "{steps:?}");
        assert_eq!(steps.last(), Some(&Step::Stopped));
    }

    #[test]
    fn a_later_failure_is_not_taken_for_that_of_a_replaced_load() {
        let mut expected = replaced_by_b();
        expected.extend([Step::Started("file:///c".into()), aborted("file:///c"), Step::Stopped]);
        assert_eq!(play("+a +b sb cb fb +c sc xc fb"), expected);
    }

    #[test]
    fn a_load_stopped_before_it_started_has_failed() {
        assert_eq!(play("+a ."), [Step::Started(A.into()), aborted(A), Step::Stopped]);
        assert_eq!(play("+a sa . xa fa"), [Step::Started(A.into()), aborted(A), Step::Stopped]);
        assert_eq!(play("+a . sa xa fa"), [Step::Started(A.into()), aborted(A), Step::Stopped]);
        let mut expected = vec![Step::Started(A.into()), aborted(A), Step::Stopped];
        expected.extend(whole(A));
        assert_eq!(play("+a . sa ca fa"), expected, "too late");
        let mut expected = vec![Step::Started(A.into()), aborted(A), Step::Stopped];
        expected.extend(whole(B));
        assert_eq!(play("+a . +b sa xa fa sb cb fb"), expected, "and WebKit tells it late");
        assert_eq!(play("+a . +b sb cb fb"), expected, "or not at all");
    }

    #[test]
    fn a_load_stopped_once_does_not_swallow_the_next_one_s_end() {
        let mut expected = vec![Step::Started(A.into()), aborted(A), Step::Stopped];
        expected.extend([Step::Started(B.into()), Step::Stopped]);
        assert_eq!(play("+a . +b sb db fa"), expected, "a download");
    }

    #[test]
    fn a_fragment_arrives_without_a_load() {
        let mut expected = whole(A);
        let fragment = "file:///a#x".to_owned();
        expected.extend([Step::Started(fragment.clone()), Step::InPage(fragment), Step::Stopped]);
        assert_eq!(play("+a sa ca fa +a#x ua#x"), expected);
        assert_eq!(play("+a sa ca fa +a#x ua#x +a#x ua#x").len(), 10, "twice to the same place");
        let mut expected = whole(A);
        expected.push(Step::InPage("file:///a#y".into()));
        assert_eq!(play("+a sa ca fa ua#y ua#y"), expected, "the page's own, told once");
    }

    #[test]
    fn what_a_dead_process_was_loading_has_failed() {
        let failed = Step::Failed(A.into(), load_error::FAILED);
        assert_eq!(play("+a sa k"), [Step::Started(A.into()), failed, Step::Stopped]);
        let mut twice = whole(A);
        twice.extend(whole(A));
        assert_eq!(play("+a sa ca fa k +a ua sa ca fa"), twice, "a reload is none in the page");
    }
}

//! A running UI, and the thread that drives it.
#![allow(unsafe_code)]

use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use conch_windows::{Options, Remote, Ui, UiError};
use gtk::prelude::*;
use serde_json::{Value, json};

pub(crate) type Check = (&'static str, fn(&mut Session));

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Session {
    pub(crate) remote: Remote,
    /// Ours alone, and empty at first but for the extension.
    pub(crate) dir: PathBuf,
    pub(crate) server: String,
    events: Receiver<Value>,
    /// What was received and not yet waited for.
    unread: Vec<Value>,
    last_id: u32,
}

impl Session {
    pub(crate) fn try_call(&self, command: Value) -> Result<Value, String> {
        let answer = self.remote.call_json(&command.to_string());
        answer.map(|json| json.parse().unwrap()).map_err(|error| error.to_string())
    }

    pub(crate) fn call(&self, command: Value) -> Value {
        self.try_call(command.clone()).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Opens a window; its page has the same id.
    pub(crate) fn open(&mut self, options: Value) -> u32 {
        self.open_with(options, json!({}))
    }

    pub(crate) fn open_with(&mut self, options: Value, preferences: Value) -> u32 {
        self.last_id += 1;
        let id = self.last_id;
        self.call(json!({
            "cmd": "createWindow", "window": id, "contents": id,
            "options": options, "preferences": preferences,
        }));
        id
    }

    pub(crate) fn window(&self, id: u32, command: &str) -> Value {
        self.call(json!({ "cmd": command, "window": id }))
    }

    pub(crate) fn page(&self, id: u32, command: &str) -> Value {
        self.call(json!({ "cmd": command, "contents": id }))
    }

    pub(crate) fn ask_load(&self, id: u32, url: &str) {
        self.call(json!({ "cmd": "load", "contents": id, "url": url }));
    }

    /// Loads a page to its end.
    pub(crate) fn load(&mut self, id: u32, url: &str) {
        self.ask_load(id, url);
        self.wait("finished", id);
        self.wait("stopped", id);
    }

    /// Writes a page and gives its URL.
    pub(crate) fn write(&self, name: &str, html: &str) -> String {
        let path = self.dir.join(name);
        std::fs::write(&path, html).unwrap();
        format!("file://{}", path.display())
    }

    /// Waits for the event about that window or page, and forgets those about it that came before.
    pub(crate) fn wait(&mut self, event: &str, id: u32) -> Value {
        self.trace(event, id).pop().unwrap()
    }

    /// As `wait`, and gives all about it up to and with that event.
    pub(crate) fn trace(&mut self, event: &str, id: u32) -> Vec<Value> {
        let about = |it: &Value| it["window"] == id || it["contents"] == id;
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.unread.iter().position(|it| about(it) && it["event"] == event);
            if let Some(found) = found {
                let rest = self.unread.split_off(found + 1);
                let (mine, others) = self.unread.drain(..).partition(about);
                self.unread = others;
                self.unread.extend(rest);
                return mine;
            }
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => self.unread.push(event),
                Err(_) => panic!("no {event} of {id}, only {:#?}", self.unread),
            }
        }
    }

    /// Waits for an event that is about no window and no page.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = self.unread.iter().position(&wanted) {
                return self.unread.remove(found);
            }
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => self.unread.push(event),
                Err(_) => panic!("not there, only {:#?}", self.unread),
            }
        }
    }

    /// The events about it that come within the time.
    pub(crate) fn quiet(&mut self, id: u32, milliseconds: u64) -> Vec<Value> {
        let end = Instant::now() + Duration::from_millis(milliseconds);
        while let Ok(event) =
            self.events.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.unread.push(event);
        }
        let about = |it: &Value| it["window"] == id || it["contents"] == id;
        let (mine, others) = self.unread.drain(..).partition(about);
        self.unread = others;
        mine
    }

    /// Waits until the page's title begins so, and gives the title.
    pub(crate) fn title(&mut self, id: u32, start: &str) -> String {
        loop {
            let event = self.wait("titleChanged", id);
            let title = event["title"].as_str().unwrap();
            if title.starts_with(start) {
                return title.to_owned();
            }
        }
    }

    /// As `title`, without a word from the events.
    pub(crate) fn title_now(&self, id: u32, start: &str) -> String {
        let title = || self.page(id, "title").as_str().map(str::to_owned).unwrap_or_default();
        eventually(start, || title().starts_with(start));
        title()
    }

    pub(crate) fn destroy(&mut self, id: u32) {
        self.window(id, "destroy");
        self.wait("windowDestroyed", id);
    }

    /// Every web process so far: its id, and the user data it was started with.
    pub(crate) fn processes(&self) -> Vec<(u32, Value)> {
        let log = std::fs::read_to_string(self.dir.join("probe.log")).unwrap_or_default();
        let line = |line: &str| {
            let (pid, data) = line.split_once(' ').unwrap();
            (pid.parse().unwrap(), data.parse().unwrap())
        };
        log.lines().map(line).collect()
    }

    /// The web processes of one page, oldest first.
    pub(crate) fn processes_of(&self, id: u32) -> Vec<(u32, Value)> {
        self.processes().into_iter().filter(|(_, data)| data["contents"] == id).collect()
    }

    /// Runs something on the UI thread, with all GTK windows.
    pub(crate) fn on_ui<T: Send + 'static>(
        &self,
        run: impl FnOnce(Vec<gtk::Window>) -> T + Send + 'static,
    ) -> T {
        let (sender, answer) = mpsc::channel();
        gtk::glib::idle_add_once(move || {
            let windows = gtk::Window::list_toplevels();
            let windows = windows.into_iter().filter_map(|it| it.downcast().ok()).collect();
            let _ = sender.send(run(windows));
        });
        answer.recv_timeout(PATIENCE).unwrap()
    }
}

/// Tries again until it holds.
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Starts this program anew under Xvfb, unless it is.
pub(crate) fn under_xvfb() {
    if std::env::var_os("CONCH_UNDER_XVFB").is_some() {
        return;
    }
    let error = Command::new("xvfb-run")
        .args(["-a", "-s", "-screen 0 1280x1024x24"])
        .arg(std::env::current_exe().unwrap())
        .args(std::env::args_os().skip(1))
        .env("CONCH_UNDER_XVFB", "1")
        .env("GDK_BACKEND", "x11")
        .exec();
    eprintln!("These tests need xvfb-run (package xvfb): {error}");
    std::process::exit(1);
}

/// The options of a test's UI, with its data in the folder.
pub(crate) fn options(dir: &Path) -> Options {
    Options {
        extension_dir: dir.join("extensions"),
        private_dir: dir.to_owned(),
        app_name: "Conch Windows Test".to_owned(),
        app_version: "1.2.3".to_owned(),
        electron_version: "45.0.0".to_owned(),
        data_dir: Some(dir.join("data")),
    }
}

fn trace() {
    use tracing_subscriber::filter::Targets;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;
    let traced = std::env::var("RUST_LOG").unwrap_or_default();
    tracing_subscriber::registry()
        .with(traced.parse::<Targets>().unwrap_or_default())
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
        .init();
}

/// Lets pages go where they want, as an app does that does not care. Everything else is passed on.
fn allow_navigations(told: mpsc::Receiver<Value>, remote: Remote) -> mpsc::Receiver<Value> {
    let (sender, events) = mpsc::channel();
    thread::spawn(move || {
        for event in told {
            if event["decision"].is_null() {
                let _ = sender.send(event);
                continue;
            }
            let (contents, decision) = (&event["contents"], &event["decision"]);
            let command = json!({
                "cmd": "decide", "contents": contents, "decision": decision,
                "allow": true, "navigator": "unknown",
            });
            // The page may be gone by now.
            let _ = remote.call_json(&command.to_string());
        }
    });
    events
}

/// Runs the checks that the arguments name; the process ends with the outcome.
pub(crate) fn run(bare: &'static [Check], managed: &'static [Check], more: fn(&mut Report)) -> ! {
    trace();
    let dir = std::env::temp_dir().join(format!("conch-windows-test-{}", std::process::id()));
    let extensions = dir.join("extensions");
    std::fs::create_dir_all(&extensions).unwrap();
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap().join("examples");
    let extension = "libconch_probe_extension.so";
    std::fs::copy(built.join(extension), extensions.join(extension)).unwrap();
    // SAFETY: there is no other thread yet.
    unsafe { std::env::set_var("CONCH_PROBE_LOG", dir.join("probe.log")) };

    let (sender, told) = mpsc::channel();
    let token = AtomicU32::new(0);
    let user_data = move |contents: u32| {
        json!({ "contents": contents, "token": token.fetch_add(1, Ordering::Relaxed) }).to_string()
    };
    let ui = Ui::new(options(&dir), Box::new(user_data), move |event| {
        let _ = sender.send(serde_json::to_value(event).unwrap());
    });
    let ui = ui.unwrap_or_else(|error: UiError| panic!("{error}"));
    let server = crate::server::start();
    let remote = ui.remote();
    let events = allow_navigations(told, remote.clone());
    let mut session = Session { remote, dir, server, events, unread: Vec::new(), last_id: 0 };
    thread::spawn(move || {
        let mut report = Report { failed: 0 };
        more(&mut report);
        for (name, check) in bare {
            report.run(name, || check(&mut session));
        }
        match Command::new("openbox").spawn() {
            Ok(mut openbox) => {
                thread::sleep(Duration::from_millis(500));
                for (name, check) in managed {
                    report.run(name, || check(&mut session));
                }
                let _ = openbox.kill();
            }
            Err(error) => println!("not run, for want of openbox: {error}"),
        }
        let _ = std::fs::remove_dir_all(&session.dir);
        session.call(json!({ "cmd": "quit", "code": i32::from(report.failed > 0) }));
    });
    ui.run()
}

/// Counts what failed.
pub(crate) struct Report {
    failed: u32,
}

impl Report {
    pub(crate) fn run(&mut self, name: &str, check: impl FnOnce()) {
        let mut wanted = std::env::args().skip(1).filter(|it| !it.starts_with('-')).peekable();
        if wanted.peek().is_some() && !wanted.any(|it| name.contains(&it)) {
            return;
        }
        let start = Instant::now();
        let passed = catch_unwind(AssertUnwindSafe(check)).is_ok();
        self.failed += u32::from(!passed);
        let outcome = if passed { "ok" } else { "FAILED" };
        println!("test {name} ... {outcome} ({} ms)", start.elapsed().as_millis());
    }
}

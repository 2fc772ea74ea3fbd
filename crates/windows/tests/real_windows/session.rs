//! A running UI and the thread that drives it.
#![allow(unsafe_code)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use conch_windows::{Options, Remote, Ui};

pub(crate) struct Session {
    pub(crate) remote: Remote,
    pub(crate) dir: PathBuf,
    events: Receiver<String>,
}

impl Session {
    pub(crate) fn call(&mut self, json: &str) -> String {
        self.remote.call_json(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    pub(crate) fn collect(&mut self, seconds: f64) -> Vec<String> {
        let end = Instant::now() + Duration::from_secs_f64(seconds);
        let mut all = Vec::new();
        while let Ok(event) =
            self.events.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            all.push(event);
        }
        all
    }

    pub(crate) fn probes(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.dir.join("probe.log")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) fn slow_server(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                std::thread::spawn(move || {
                    let mut buffer = [0; 4096];
                    let n = stream.read(&mut buffer).unwrap_or(0);
                    let request = String::from_utf8_lossy(&buffer[..n]).into_owned();
                    let path = request.split(' ').nth(1).unwrap_or("").to_owned();
                    let answer = match path.as_str() {
                        "/head" => {
                            std::thread::sleep(Duration::from_secs(600));
                            ""
                        }
                        "/body" => {
                            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<title>slow</title>part"
                        }
                        "/redirect" => {
                            "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n"
                        }
                        "/coop" => {
                            "HTTP/1.1 200 OK\r\nCross-Origin-Opener-Policy: same-origin\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n<title>coop</title>ok"
                        }
                        "/download" => {
                            "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Disposition: attachment\r\nContent-Length: 2\r\n\r\nPK"
                        }
                        "/404" => {
                            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno"
                        }
                        _ => {
                            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19\r\n\r\n<title>ok</title>ok"
                        }
                    };
                    let _ = stream.write_all(answer.as_bytes());
                    std::thread::sleep(Duration::from_secs(600));
                });
            }
        });
        url
    }
}

pub(crate) fn run(checks: &'static [(&'static str, fn(&mut Session))]) -> ! {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        let me = std::env::current_exe().unwrap();
        let error =
            Command::new("xvfb-run").arg("-a").arg(me).args(std::env::args_os().skip(1)).exec();
        eprintln!("No display, and no xvfb-run: {error}");
        std::process::exit(1);
    }
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let dir = std::env::temp_dir().join(format!("conch-windows-test-{}", std::process::id()));
    let extension_dir = dir.join("extensions");
    std::fs::create_dir_all(&extension_dir).unwrap();
    let built = std::env::current_exe().unwrap();
    let built = built.parent().and_then(|deps| deps.parent()).unwrap();
    let name = "libconch_probe_extension.so";
    std::fs::copy(built.join("examples").join(name), extension_dir.join(name)).unwrap();
    // SAFETY: nothing else runs yet.
    unsafe { std::env::set_var("CONCH_PROBE_LOG", dir.join("probe.log")) };

    let token = AtomicU32::new(0);
    let (sender, events) = mpsc::channel();
    let options = Options {
        extension_dir,
        app_name: "conch-windows-test".into(),
        app_version: "1.2.3".into(),
        electron_version: "45.0.0".into(),
        data_dir: Some(dir.join("data")),
    };
    let user_data = move |contents: u32| {
        format!(r#"{{"contents":{contents},"token":{}}}"#, token.fetch_add(1, Ordering::Relaxed))
    };
    let ui = Ui::new(options, Box::new(user_data), move |event| {
        let _ = sender.send(serde_json::to_string(&event).unwrap());
    });
    let ui = ui.unwrap_or_else(|error| panic!("{error}"));
    let mut session = Session { remote: ui.remote(), dir, events };
    std::thread::spawn(move || {
        let mut code = 0;
        for (name, check) in checks {
            let result =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&mut session)));
            println!(
                "test {name} ... {}",
                if result.is_ok() {
                    "ok"
                } else {
                    code = 1;
                    "FAILED"
                }
            );
        }
        let _ = std::fs::remove_dir_all(&session.dir);
        session.call(&format!(r#"{{"cmd":"quit","code":{code}}}"#));
    });
    ui.run()
}

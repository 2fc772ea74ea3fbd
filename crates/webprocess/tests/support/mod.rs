//! Plays the main process for one real web process: a window of `examples/window.rs` under a
//! display of its own, with the extension in its web process and the test at the other end of the
//! pipe.
#![allow(dead_code)]
// Each test file uses its part.
// What fails here fails a test; clippy sees only functions with the test attribute as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

pub(crate) mod value;

use conch_wire::{
    Call, DocumentId, Envelope, FrameId, FromRenderer, HEADER_LENGTH, Header, ToRenderer,
};
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::os::unix::fs::symlink;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use value::Value;

const TOKEN: &str = "00112233-4455-6677-8899-aabbccddeeff";
/// A web process takes half a second to start, ten times that on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// What differs between tests in a renderer's start-up data.
#[derive(Default)]
pub(crate) struct Setup {
    /// Text of the preload script.
    pub(crate) preload: Option<String>,
    /// Overrides of the start-up data.
    pub(crate) config: serde_json::Map<String, serde_json::Value>,
}

impl Setup {
    pub(crate) fn preload(text: &str) -> Setup {
        Setup { preload: Some(text.to_owned()), ..Setup::default() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Setup {
        self.config.insert(name.to_owned(), value.into());
        self
    }
}

/// A window, its web process, and our end of the pipe.
pub(crate) struct Renderer {
    folder: PathBuf,
    display: Child,
    window: Child,
    commands: ChildStdin,
    output: BufReader<ChildStdout>,
    listener: UnixListener,
    stream: Option<UnixStream>,
    document: DocumentId,
}

impl Renderer {
    /// Starts a window that shows nothing yet. WebKit starts a web process with the first page.
    pub(crate) fn start(setup: Setup) -> Renderer {
        let folder = std::env::temp_dir().join(format!("conch-renderer-{}", unique()));
        fs::create_dir_all(folder.join("extension")).unwrap();
        let built = built_files();
        let library = built.join("deps/libconch_webprocess.so");
        symlink(library, folder.join("extension/libconch_webprocess.so")).unwrap();
        let socket = folder.join("socket");
        let listener = UnixListener::bind(&socket).unwrap();
        listener.set_nonblocking(true).unwrap();

        let mut data = serde_json::json!({
            "socket": socket, "token": TOKEN, "webContentsId": 1, "contextIsolation": true,
            "nodeIntegration": false, "sandbox": true, "preload": null, "preloads": [],
            "argv": ["/usr/bin/conch", "--type=renderer"], "execPath": "/usr/bin/conch",
            "appPath": folder, "versions": {"conch": "0.1.0", "electron": "45.0.0"},
            "platform": "linux", "arch": "x64", "env": {"HOME": "/home/someone"},
        });
        if let Some(text) = setup.preload {
            let path = folder.join("preload.js");
            fs::write(&path, text).unwrap();
            data["preload"] = path.to_str().into();
        }
        for (name, value) in setup.config {
            data[name] = value;
        }

        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb runs");
        let mut number = String::new();
        BufReader::new(display.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let mut window = Command::new(built.join("examples/window"))
            .args([folder.join("extension").to_str().unwrap(), &data.to_string()])
            .env("DISPLAY", format!(":{}", number.trim()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the window example runs");
        let commands = window.stdin.take().unwrap();
        let output = BufReader::new(window.stdout.take().unwrap());
        let document = DocumentId(0);
        let stream = None;
        Renderer { folder, display, window, commands, output, listener, stream, document }
    }

    /// The pipe, once there is a web process.
    fn stream(&mut self) -> &mut UnixStream {
        if self.stream.is_none() {
            self.stream = Some(accept(&self.listener));
            match self.next() {
                FromRenderer::Hello { version, token } => {
                    assert_eq!(version, conch_wire::PROTOCOL_VERSION);
                    assert_eq!(&token[..3], [0x00, 0x11, 0x22]);
                }
                other => panic!("the first message is {other:?}"),
            }
        }
        self.stream.as_mut().unwrap()
    }

    /// Writes a file into the test's folder and returns its address.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        format!("file://{}", path.display())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Tells the window something.
    pub(crate) fn command(&mut self, line: &str) {
        writeln!(self.commands, "{line}").unwrap();
    }

    /// Shows a page and waits for its document.
    pub(crate) fn load(&mut self, html: &str) -> DocumentId {
        let url = self.write("page.html", &format!("<meta charset=utf-8>{html}"));
        self.command(&format!("load {url}"));
        self.await_document().0
    }

    /// Waits for a new document, which becomes the one that [`Renderer::emit`] and the like use.
    pub(crate) fn await_document(&mut self) -> (DocumentId, FrameId, String) {
        let found = self.find(|message| match message {
            FromRenderer::Document { document, frame, is_main: true, url, .. } => {
                Some((*document, *frame, url.clone()))
            }
            _ => None,
        });
        self.document = found.0;
        found
    }

    /// Waits until the document is parsed and returns its title.
    pub(crate) fn await_ready(&mut self) -> String {
        self.find(|message| match message {
            FromRenderer::DomReady { title, .. } => Some(title.clone()),
            _ => None,
        })
    }

    /// The next message, whatever it is.
    pub(crate) fn next(&mut self) -> FromRenderer {
        let mut head = [0; HEADER_LENGTH];
        self.stream().read_exact(&mut head).expect("a message in time");
        let header = Header::decode(&head).unwrap();
        let mut body = vec![0; header.length as usize];
        self.stream().read_exact(&mut body).unwrap();
        FromRenderer::try_from(Envelope::decode(header, body).unwrap()).unwrap()
    }

    /// The first message that `pick` takes; those before it are dropped.
    pub(crate) fn find<T>(&mut self, pick: impl Fn(&FromRenderer) -> Option<T>) -> T {
        loop {
            let message = self.next();
            match &message {
                FromRenderer::Document { document, is_main: true, .. } => {
                    self.document = *document;
                }
                FromRenderer::ConsoleMessage { message, .. } => println!("console: {message}"),
                _ => {}
            }
            if let Some(found) = pick(&message) {
                return found;
            }
        }
    }

    /// The arguments of the next `ipcRenderer.send` on a channel.
    pub(crate) fn sent(&mut self, channel: &str) -> Vec<Value> {
        self.find(|message| match message {
            FromRenderer::Send(call) if call.channel == channel => Some(arguments(call)),
            _ => None,
        })
    }

    /// The next `ipcRenderer.send` on `result`, whose one argument is JSON.
    pub(crate) fn result(&mut self) -> serde_json::Value {
        match self.sent("result").as_slice() {
            [Value::String(json)] => serde_json::from_str(json).unwrap(),
            other => panic!("no JSON: {other:?}"),
        }
    }

    /// `webContents.send`
    pub(crate) fn emit(&mut self, channel: &str, arguments: &[Value]) {
        let payload = value::encode(&Value::Array(arguments.to_vec()));
        let document = self.document;
        self.send(ToRenderer::Send(Call { document, channel: channel.to_owned(), payload }));
    }

    /// `webContents.executeJavaScript`, or a script in the preload's world, and what came of it.
    pub(crate) fn evaluate(&mut self, code: &str, isolated: bool) -> Result<Value, Value> {
        self.evaluate_in(if isolated { 999 } else { 0 }, code)
    }

    /// A script in a world by its number, and what came of it.
    pub(crate) fn evaluate_in(&mut self, world: u32, code: &str) -> Result<Value, Value> {
        let (document, call) = (self.document, conch_wire::CallId(7));
        self.send(ToRenderer::Evaluate { document, call, world, code: code.to_owned() });
        self.find(|message| match message {
            FromRenderer::EvalResult { call: answered, is_rejected, value } => {
                assert_eq!(*answered, call);
                let value = value::decode(value);
                Some(if *is_rejected { Err(value) } else { Ok(value) })
            }
            _ => None,
        })
    }

    pub(crate) fn send(&mut self, message: ToRenderer) {
        let mut bytes = Vec::new();
        Envelope::from(message).encode(&mut bytes).unwrap();
        self.send_bytes(&bytes);
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        self.stream().write_all(bytes).unwrap();
    }

    pub(crate) fn document(&self) -> DocumentId {
        self.document
    }

    /// Closes our end of the pipe and waits until WebKit says that the web process is gone.
    pub(crate) fn hang_up(mut self) -> String {
        self.stream().shutdown(std::net::Shutdown::Both).unwrap();
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the window ended");
            if line.starts_with("terminated") {
                return line;
            }
        }
    }
}

impl Drop for Renderer {
    fn drop(&mut self) {
        let _ = self.window.kill();
        let _ = self.window.wait();
        let _ = self.display.kill();
        let _ = self.display.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Starts a window whose extension is told `user_data`, and returns what it prints until a page
/// without preload script is loaded.
pub(crate) fn window_without_main(user_data: &str) -> bool {
    let setup = Setup::default().with("token", user_data);
    let mut renderer = Renderer::start(setup);
    let url = renderer.write("page.html", "<title>x</title>");
    renderer.command(&format!("load {url}"));
    let mut line = String::new();
    while renderer.output.read_line(&mut line).unwrap() != 0 {
        match line.trim() {
            "load-changed Finished" => return true,
            text if text.starts_with("terminated") => return false,
            _ => line.clear(),
        }
    }
    false
}

pub(crate) fn arguments(call: &Call) -> Vec<Value> {
    match value::decode(&call.payload) {
        Value::Array(arguments) => arguments,
        other => panic!("arguments are an array, not {other:?}"),
    }
}

/// Where cargo put the extension and the example.
fn built_files() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().and_then(Path::parent).unwrap().to_owned()
}

fn accept(listener: &UnixListener) -> UnixStream {
    let started = Instant::now();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).unwrap();
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                return stream;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(started.elapsed() < PATIENCE, "the web process did not connect");
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

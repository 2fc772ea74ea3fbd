//! The app on the user's Node: how it is chosen, what can be wrong with it, how both processes end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use support::{
    Display, Ended, Engine, Performance, Setting, Sockets, conch, eventually, undecided,
};

/// An app made for one test: its index.js, and a package.json if there is something in it.
fn app(sockets: &Sockets, package: &str, main: &str) -> PathBuf {
    let folder = sockets.0.join("app");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.js"), main).unwrap();
    if !package.is_empty() {
        std::fs::write(folder.join("package.json"), package).unwrap();
    }
    folder
}

/// A program that stands where Node should be.
fn program(sockets: &Sockets, script: &str) -> PathBuf {
    let path = sockets.0.join("fake-node");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn ended(setting: Setting) -> Ended {
    let display = Display::start().unwrap();
    setting.on(&display).start().unwrap().ended().unwrap()
}

/// One plain line on standard error, and nothing left.
fn refused(sockets: &Sockets, ended: &Ended, saying: &[&str]) {
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<&str> = ended.errors.lines().filter(|l| l.starts_with("conch: ")).collect();
    let [line] = lines.as_slice() else { panic!("{ended:?}") };
    for part in saying {
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
    assert!(sockets.left().is_empty());
}

const WHO: &str = "console.log(process.versions.v8 ? 'node' : 'embedded'); process.exit(0)";

#[test]
fn package_json_and_the_command_line_choose_the_engine() {
    let sockets = Sockets::new();
    for (package, argument, expected) in [
        ("", None, "embedded"),
        (r#"{ "conch": { "engine": "node" } }"#, None, "node"),
        (r#"{ "conch": { "engine": "embedded" } }"#, None, "embedded"),
        (r#"{ "conch": { "engine": "node" } }"#, Some("--embedded"), "embedded"),
        (r#"{ "conch": { "engine": "embedded" } }"#, Some("--node"), "node"),
        ("{}", Some("--enable-source-maps"), "node"),
    ] {
        let app = app(&sockets, package, WHO);
        let setting = argument.into_iter().fold(undecided(&sockets), Setting::arg);
        let ended = ended(setting.arg(app));
        assert_eq!(ended.output, [expected], "{package} {argument:?} {ended:?}");
    }
    let app = app(&sockets, r#"{ "conch": { "engine": "deno" } }"#, WHO);
    let ended = ended(undecided(&sockets).arg(app));
    refused(&sockets, &ended, &["package.json", "deno", "embedded", "node"]);
}

#[test]
fn an_app_that_needs_node_is_started_again_on_it() {
    let sockets = Sockets::new();
    let main = "const { Worker } = require('worker_threads')\n\
                new Worker('require(\"worker_threads\").parentPort.postMessage(6 * 7)', { eval: true })\n\
                .on('message', (n) => { console.log('worker:', n); process.exit(0) })";
    let ended = ended(undecided(&sockets).arg(app(&sockets, "", main)));
    assert_eq!(ended.output, ["worker: 42"], "{ended:?}");
    let said: Vec<&str> = ended.errors.lines().filter(|l| l.starts_with("conch: ")).collect();
    assert!(matches!(said.as_slice(), [line] if line.contains("worker_threads")), "{ended:?}");
}

#[test]
fn where_there_is_no_node_the_app_is_told_how_to_get_it() {
    let sockets = Sockets::new();
    let main =
        "try { require('worker_threads') } catch (e) { console.log(e.code) }; process.exit(0)";
    let app = app(&sockets, "", main);
    let nowhere =
        |setting: Setting| setting.env("PATH", "/nowhere").env("CONCH_NODE", "").arg(&app);
    let tolerant = ended(nowhere(undecided(&sockets)));
    assert_eq!(tolerant.output, ["ERR_CONCH_UNSUPPORTED_MODULE"], "{tolerant:?}");
    assert!(tolerant.errors.contains("apt-get install nodejs"), "{tolerant:?}");
    let asked = ended(nowhere(conch(Engine::Node, &sockets)));
    refused(&sockets, &asked, &["no `node` in PATH", "apt-get install nodejs"]);
    let wrong = conch(Engine::Node, &sockets).env("CONCH_NODE", "/nowhere/node").arg(&app);
    refused(&sockets, &ended(wrong), &["CONCH_NODE", "/nowhere/node"]);
}

/// Runs the app with this script in the place of Node.
fn with_program(sockets: &Sockets, script: &str) -> Ended {
    let node = program(sockets, script);
    ended(conch(Engine::Node, sockets).env("CONCH_NODE", node).arg(app(sockets, "", WHO)))
}

/// Writes bytes to the pipe for requests, whose number is in the file beside the one that Node is
/// to require first.
fn writing(bytes: &str) -> String {
    format!(
        "#!/bin/bash\n\
         while [ \"$1\" != --require ]; do shift; done\n\
         fd=$(sed 's/.*\"requests\":\\([0-9]*\\).*/\\1/' \"$(dirname \"$2\")/config.json\")\n\
         printf '{bytes}' >&$fd\n"
    )
}

#[test]
fn a_node_that_is_too_old_is_named_with_its_version() {
    let sockets = Sockets::new();
    let hello = r#"{"version":"16.20.2","execPath":"/usr/bin/node","pid":1}"#;
    let length = 8 + hello.len();
    let head = format!(
        "\\0\\0\\0\\0\\0\\0\\0\\0\\x{length:02x}\\0\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
    );
    let ended = with_program(&sockets, &writing(&(head + &hello.replace('"', "\\\""))));
    refused(&sockets, &ended, &["Node 16.20.2", "18.19"]);
}

#[test]
fn what_is_no_node_is_refused() {
    let sockets = Sockets::new();
    let quiet = with_program(&sockets, "#!/bin/sh\nexit 3\n");
    refused(&sockets, &quiet, &["fake-node", "exit status: 3"]);
    let garbage = with_program(&sockets, &writing(&"garbage ".repeat(8)));
    refused(&sockets, &garbage, &["no message of Conch's"]);
    let halfway = with_program(&sockets, &writing("\\0\\0\\0\\0"));
    refused(&sockets, &halfway, &["fake-node", "before it answered"]);
    let silent = with_program(&sockets, "#!/bin/sh\nexec sleep 1000\n");
    refused(&sockets, &silent, &["fake-node", "did not answer within 30 seconds"]);
    let unreadable = with_program(&sockets, "#!/nowhere/interpreter\n");
    refused(&sockets, &unreadable, &["fake-node", "cannot be started"]);
}

#[test]
fn a_script_that_stands_before_node_is_seen_through() {
    let sockets = Sockets::new();
    let node = conch_node_in_path();
    // One that becomes Node, and one that runs it as its child.
    for script in ["exec NODE \"$@\"", "NODE \"$@\"\nexit $?"] {
        let script = format!("#!/bin/sh\n{}\n", script.replace("NODE", node.to_str().unwrap()));
        let ended = with_program(&sockets, &script);
        assert_eq!(
            (ended.output.as_slice(), ended.code),
            (&["node".to_owned()][..], Some(0)),
            "{ended:?}"
        );
    }
}

fn conch_node_in_path() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path).map(|folder| folder.join("node")).find(|p| p.is_file()).unwrap()
}

/// The process of Node under a shell.
fn node_of(app: &Performance) -> u32 {
    let children = format!("/proc/{0}/task", app.pid());
    let tasks = std::fs::read_dir(children).unwrap().flatten();
    let all = tasks.flat_map(|task| {
        let list = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        list.split_whitespace().map(|pid| pid.parse::<u32>().unwrap()).collect::<Vec<_>>()
    });
    let is_node = |pid: &u32| {
        let command = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&command).contains("--require")
    };
    all.into_iter().find(is_node).unwrap()
}

fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.starts_with('Z') && !rest.is_empty())
}

const WINDOW: &str = "const { app, BrowserWindow } = require('electron')\n\
    app.whenReady().then(() => { new BrowserWindow().loadURL('about:blank').then(() => console.log('up')) })\n";

fn up(sockets: &Sockets, display: &Display, more: &str) -> Performance {
    let app = app(sockets, "", &[WINDOW, more].concat());
    let mut running = conch(Engine::Node, sockets).on(display).arg(app).start().unwrap();
    running.expect("up").unwrap_or_else(|e| panic!("{e}"));
    running
}

#[test]
fn a_node_that_dies_takes_its_windows_along() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = up(&sockets, &display, "");
    let node = i32::try_from(node_of(&app)).unwrap();
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(node).unwrap(),
        rustix::process::Signal::KILL,
    )
    .unwrap();
    let ended = app.ended().unwrap();
    assert_eq!(ended.code, Some(128 + 9), "{ended:?}");
    assert!(ended.errors.contains("conch: node ended before the app quit"), "{ended:?}");
    assert!(sockets.left().is_empty());
}

#[test]
fn a_shell_that_dies_takes_node_along_even_a_busy_one() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    for more in ["", "setTimeout(() => { for (;;); }, 3000)"] {
        let app = up(&sockets, &display, more);
        let node = node_of(&app);
        app.signal("KILL");
        app.ended().unwrap();
        eventually("node outlived the shell", || !lives(node));
    }
}

#[test]
fn codes_and_signals_pass_both_ways() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let exits = |main: &str| ended(conch(Engine::Node, &sockets).arg(app(&sockets, "", main)));
    assert_eq!(exits("process.exit(5)").code, Some(5));
    assert_eq!(exits("process.exitCode = 6; require('electron').app.quit()").code, Some(0));
    let aborted = exits("process.reallyExit(7)");
    assert_eq!(aborted.code, Some(7));
    assert!(aborted.errors.contains("exit status: 7"), "{aborted:?}");

    let more = "process.on('SIGUSR2', () => console.log('told')); app.on('before-quit', () => console.log('quit'))";
    let mut app = up(&sockets, &display, more);
    app.signal("USR2");
    app.expect("told").unwrap_or_else(|e| panic!("{e}"));
    app.signal("TERM");
    app.expect("quit").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(app.ended().unwrap().code, Some(0));
}

#[test]
fn electron_run_as_node_is_node() {
    let sockets = Sockets::new();
    let script = sockets.0.join("script.js");
    std::fs::write(&script, "console.log(process.argv.length, process.type)").unwrap();
    let setting = undecided(&sockets).env("ELECTRON_RUN_AS_NODE", "1").arg(&script).arg("one");
    assert_eq!(setting.start().unwrap().ended().unwrap().output, ["3 undefined"]);
}

#[test]
fn a_main_script_may_start_another_app_or_a_script() {
    let sockets = Sockets::new();
    let child = sockets.0.join("child.js");
    std::fs::write(&child, "process.send(['child', typeof require('os').cpus])").unwrap();
    let main = "const { spawn, fork } = require('child_process')\n\
        if (process.argv[2] === 'again') { console.log('second'); process.exit(0) }\n\
        const twin = spawn(process.execPath, ['--node', __dirname, 'again'], { stdio: 'inherit' })\n\
        twin.on('exit', (code) => {\n\
          console.log('twin', code)\n\
          fork(process.argv[2]).on('message', (m) => { console.log(...m); process.exit(0) })\n\
        })";
    let app = app(&sockets, "", main);
    let ended = ended(conch(Engine::Node, &sockets).arg(app).arg(child));
    assert_eq!(ended.output, ["second", "twin 0", "child function"], "{ended:?}");
}

#[test]
fn a_busy_main_script_freezes_no_window() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let page = "data:text/html,<script>let n = 0; setInterval(() => n++, 20)</script>";
    let main = format!(
        "const {{ app, BrowserWindow }} = require('electron')\n\
         app.whenReady().then(async () => {{\n\
           const win = new BrowserWindow(); await win.loadURL({page:?})\n\
           const end = Date.now() + 1000; while (Date.now() < end) win.isFocused()\n\
           const beats = await win.webContents.executeJavaScript('n')\n\
           console.log(beats > 5, win.isVisible(), win.getBounds().width); app.exit(0)\n\
         }})"
    );
    let setting = conch(Engine::Node, &sockets).on(&display).arg(app(&sockets, "", &main));
    let ended = setting.start().unwrap().ended().unwrap();
    assert_eq!(ended.output, ["true true 800"], "{ended:?}");
}

#[test]
fn source_maps_show_the_places_of_the_sources() {
    let sockets = Sockets::new();
    // The first mapping of the second line: to the first column of line 40 of the source.
    let map = r#"{"version":3,"sources":["written.ts"],"names":[],"mappings":";AAuCA"}"#;
    let main = "// made from something else\n\
        setTimeout(() => { throw new Error('of the source') })\n\
        process.on('uncaughtException', (e) => { console.log(e.stack.split('\\n')[1]); process.exit(0) })\n\
        //# sourceMappingURL=index.js.map\n";
    let app = app(&sockets, "", main);
    std::fs::write(app.join("index.js.map"), map).unwrap();
    let ended = ended(undecided(&sockets).arg("--enable-source-maps").arg(app));
    assert!(ended.output[0].contains("written.ts:40"), "{ended:?}");
}

#[test]
fn a_debugger_can_attach() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = app(&sockets, "", "console.log('ran'); process.exit(0)");
    let setting = conch_inspected(&sockets).on(&display).arg(&app);
    let running = setting.start().unwrap();
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/debugger.mjs");
    let mut address = None;
    eventually("no debugger listens", || running.errors().contains("ws://"));
    for word in running.errors().split_whitespace() {
        if word.starts_with("ws://") {
            address = Some(word.to_owned());
        }
    }
    let output = std::process::Command::new(conch_node_in_path())
        .args([client.to_str().unwrap(), &address.unwrap()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("paused in index.js line 0"), "{said} {output:?}");
    assert_eq!(running.ended().unwrap().output, ["ran"]);
}

fn conch_inspected(sockets: &Sockets) -> Setting {
    undecided(sockets).arg("--inspect-brk=127.0.0.1:0")
}

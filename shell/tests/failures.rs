//! What goes wrong is said in one plain message, with what to do, and the right exit code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use support::{Display, Ended, Engine, Setting, Sockets, conch, on_both_engines};

on_both_engines! {
    no_display,
    a_display_that_only_gtk_knows_is_none,
    no_webkitgtk,
    an_app_that_does_not_exist,
    a_folder_that_is_no_app,
    a_broken_package_json,
    a_main_script_that_is_not_there,
    a_read_only_runtime_directory,
    a_runtime_directory_with_too_long_a_name,
    a_runtime_directory_that_others_could_enter_is_closed_to_them,
    a_syntax_error_in_the_main_script_names_file_and_line,
    fact_138_an_uncaught_exception_names_file_and_line_and_the_app_goes_on,
    fact_138_an_unhandled_rejection_names_file_and_line_and_the_app_goes_on,
    an_unsupported_api_throws_and_names_itself,
    output_that_nobody_reads_is_no_failure,
    an_app_that_never_asks_for_electron_runs_until_it_is_told_to_end,
    a_main_script_that_blocks_is_waited_for,
    exit_codes_of_the_app_are_those_of_conch,
    arguments_reach_process_argv,
    switches_before_the_app_are_the_apps_and_named,
    help_and_version_need_no_display,
}

/// An app made for one test.
struct App(PathBuf);

impl App {
    fn new(sockets: &Sockets, files: &[(&str, &str)]) -> App {
        let folder = sockets.0.join("app");
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        App(folder)
    }
}

/// Runs an app that ends by itself.
fn ended(engine: Engine, sockets: &Sockets, app: &Path) -> Ended {
    let display = Display::start().unwrap();
    conch(engine, sockets).on(&display).arg(app).start().unwrap().ended().unwrap()
}

/// The app did not start: exit code 1 and a message that begins with `conch:` and says this.
fn refused(ended: &Ended, saying: &[&str]) {
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let line = ended.errors.lines().find(|l| l.starts_with("conch: "));
    let line = line.unwrap_or_else(|| panic!("{ended:?}"));
    for part in saying {
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
    assert!(!ended.errors.contains("panicked"), "{}", ended.errors);
}

fn no_display(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "console.log('it ran')")]);
    let without = conch(engine, &sockets).arg(&app.0).start().unwrap().ended().unwrap();
    refused(&without, &["display"]);
    let gone = conch(engine, &sockets).env("DISPLAY", ":4711").arg(&app.0).start().unwrap();
    let gone = gone.ended().unwrap();
    refused(&gone, &["display"]);
    assert!(without.output.is_empty() && gone.output.is_empty(), "{without:?} {gone:?}");
}

fn a_display_that_only_gtk_knows_is_none(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", READY)]);
    let ended = conch(engine, &sockets).env("GDK_BACKEND", "x11").arg(&app.0).start().unwrap();
    let ended = ended.ended().unwrap();
    refused(&ended, &["display"]);
    assert!(ended.output.is_empty(), "{ended:?}");
    assert!(sockets.left().is_empty());
}

/// Says when the app is ready, and that a window was opened before it was.
const READY: &str = "const { app, BrowserWindow } = require('electron')\n\
    app.whenReady().then(() => console.log('ready', new BrowserWindow().id))\n\
    setTimeout(() => console.log(process.versions.webkit), 0)";

fn no_webkitgtk(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", READY)]);
    let ended = without_webkitgtk(engine, &sockets, &app.0);
    refused(&ended, &["WebKitGTK", "libwebkit2gtk-4.1-0"]);
    // Nothing else is heard of the app: neither that it is ready nor that it has no windows.
    assert_eq!(ended.errors.lines().count(), 1, "{ended:?}");
    assert!(ended.output.is_empty(), "{ended:?}");
    assert!(sockets.left().is_empty());
}

#[test]
fn an_app_that_ends_in_its_first_turn_needs_no_webkitgtk() {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "console.log('done'); process.exit(3)")]);
    let ended = without_webkitgtk(Engine::Embedded, &sockets, &app.0);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(3), ""), "{ended:?}");
    assert_eq!(ended.output, ["done"]);
    assert!(sockets.left().is_empty());
}

#[test]
fn a_window_system_that_is_missing_or_not_ours() {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = App::new(&sockets, &[("index.js", READY)]);
    let built = Path::new(env!("CARGO_BIN_EXE_conch"));
    let folder = sockets.0.join("bin");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(built, folder.join("conch")).unwrap();
    let renderer = built.with_file_name("libconch_webprocess.so");
    std::fs::copy(&renderer, folder.join("libconch_webprocess.so")).unwrap();
    let run = || {
        let setting = Setting::new(&folder.join("conch")).env("XDG_RUNTIME_DIR", &sockets.0);
        setting.on(&display).arg("--embedded").arg(&app.0).start().unwrap().ended().unwrap()
    };
    let missing = run();
    refused(&missing, &["libconch_windows.so was found neither in"]);
    assert!(missing.output.is_empty(), "{missing:?}");
    std::fs::copy(&renderer, folder.join("libconch_windows.so")).unwrap();
    refused(&run(), &["libconch_windows.so is not Conch's: ", "conch_windows_version"]);
    assert!(sockets.left().is_empty());
}

/// Runs an app where WebKitGTK cannot be loaded.
fn without_webkitgtk(engine: Engine, sockets: &Sockets, app: &Path) -> Ended {
    let display = Display::start().unwrap();
    // A library that is none stands for one that is not there.
    let folder = sockets.0.join("lib");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("libwebkit2gtk-4.1.so.0"), "").unwrap();
    let setting = conch(engine, sockets).env("LD_LIBRARY_PATH", &folder).on(&display).arg(app);
    setting.start().unwrap().ended().unwrap()
}

fn an_app_that_does_not_exist(engine: Engine) {
    let sockets = Sockets::new();
    refused(
        &ended(engine, &sockets, Path::new("/nowhere/at/all")),
        &["/nowhere/at/all", "does not exist"],
    );
}

fn a_folder_that_is_no_app(engine: Engine) {
    let sockets = Sockets::new();
    refused(&ended(engine, &sockets, &sockets.0), &["package.json"]);
}

fn a_broken_package_json(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("package.json", "{ \"main\": ")]);
    refused(&ended(engine, &sockets, &app.0), &["package.json", "not valid JSON", "line 1"]);
}

fn a_main_script_that_is_not_there(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("package.json", r#"{ "main": "gone.js" }"#)]);
    refused(&ended(engine, &sockets, &app.0), &["gone.js", "does not exist"]);
}

fn a_read_only_runtime_directory(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "")]);
    // Root may write anywhere, so the way is blocked by a file.
    std::fs::write(sockets.0.join("conch"), "").unwrap();
    refused(&ended(engine, &sockets, &app.0), &["XDG_RUNTIME_DIR"]);
    std::fs::remove_file(sockets.0.join("conch")).unwrap();
}

fn a_runtime_directory_with_too_long_a_name(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "")]);
    let long = sockets.0.join("x".repeat(120));
    let display = Display::start().unwrap();
    let setting = conch(engine, &sockets).env("XDG_RUNTIME_DIR", &long).on(&display).arg(&app.0);
    refused(&setting.start().unwrap().ended().unwrap(), &["too long", "XDG_RUNTIME_DIR"]);
}

fn a_runtime_directory_that_others_could_enter_is_closed_to_them(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "process.exit(0)")]);
    let folder = sockets.0.join("conch");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(ended(engine, &sockets, &app.0).code, Some(0));
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

fn a_syntax_error_in_the_main_script_names_file_and_line(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(&sockets, &[("index.js", "const a = 1\nconst = 2\n")]);
    let display = Display::start().unwrap();
    let app = conch(engine, &sockets).on(&display).arg(&app.0).start().unwrap();
    let errors = wait_for_errors(&app, "SyntaxError");
    assert!(errors.contains("index.js:2"), "{errors}");
    close_dialog(&display);
    assert_eq!(app.ended().unwrap().code, Some(1));
}

fn fact_138_an_uncaught_exception_names_file_and_line_and_the_app_goes_on(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(
        &sockets,
        &[(
            "index.js",
            "\nsetTimeout(() => {\n  throw new RangeError('out')\n})\nsetTimeout(() => console.log('goes on'), 1)",
        )],
    );
    let display = Display::start().unwrap();
    let mut app = conch(engine, &sockets).on(&display).arg(&app.0).start().unwrap();
    let errors = wait_for_errors(&app, "RangeError: out");
    assert!(errors.contains("index.js:3"), "{errors}");
    app.expect("goes on").unwrap();
}

fn fact_138_an_unhandled_rejection_names_file_and_line_and_the_app_goes_on(engine: Engine) {
    let sockets = Sockets::new();
    let main =
        "Promise.reject(new Error('nobody catches'))\nsetTimeout(() => process.exit(7), 100)";
    let app = App::new(&sockets, &[("index.js", main)]);
    let ended = ended(engine, &sockets, &app.0);
    assert_eq!(ended.code, Some(7), "{ended:?}");
    assert!(
        ended.errors.contains("nobody catches") && ended.errors.contains("index.js:1"),
        "{ended:?}"
    );
}

#[test]
fn a_module_that_conch_lacks_is_named() {
    let sockets = Sockets::new();
    let main = "try { require('inspector') } catch (e) { console.log(e.message) }\n\
                try { require('left-pad') } catch (e) { console.log(e.code, e.message.split('\\n')[0]) }\n\
                process.exit(0)";
    let app = App::new(&sockets, &[("index.js", main)]);
    let ended = ended(Engine::Embedded, &sockets, &app.0);
    assert!(ended.output[0].contains("inspector"), "{ended:?}");
    assert_eq!(ended.output[1], "MODULE_NOT_FOUND Cannot find module 'left-pad'");
}

fn an_unsupported_api_throws_and_names_itself(engine: Engine) {
    let sockets = Sockets::new();
    let main = "const { app, Tray } = require('electron')\n\
                try { new Tray('x.png') } catch (e) { console.log(e.message) }\n\
                process.exit(0)";
    let app = App::new(&sockets, &[("index.js", main)]);
    let ended = ended(engine, &sockets, &app.0);
    assert!(
        ended.output[0].contains("Tray") && ended.output[0].contains("not supported"),
        "{ended:?}"
    );
}

fn output_that_nobody_reads_is_no_failure(engine: Engine) {
    let sockets = Sockets::new();
    let main = "const { app } = require('electron')\n\
                let n = 0\n\
                setInterval(() => { console.log('out'); console.error('err'); if (++n === 50) app.exit(9) }, 5)";
    let app = App::new(&sockets, &[("index.js", main)]);
    let display = Display::start().unwrap();
    let flag = if engine == Engine::Node { "--node" } else { "--embedded" };
    // Both ends of a pipe that is read for one line.
    let script = "{ \"$0\" \"$1\" \"$2\" 2>&1; echo \"code $?\" >&3; } | head -1";
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("exec 3>&1; {script}"), env!("CARGO_BIN_EXE_conch"), flag])
        .arg(&app.0)
        .env("DISPLAY", display.name())
        .env("XDG_RUNTIME_DIR", &sockets.0)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("code 9"), "{said}");
}

fn an_app_that_never_asks_for_electron_runs_until_it_is_told_to_end(engine: Engine) {
    let (sockets, display) = (Sockets::new(), Display::start().unwrap());
    let app = App::new(&sockets, &[("index.js", "console.log('started')")]);
    let mut app = conch(engine, &sockets).on(&display).arg(&app.0).start().unwrap();
    app.expect("started").unwrap_or_else(|e| panic!("{e}"));
    std::thread::sleep(std::time::Duration::from_secs(1));
    app.signal("TERM");
    let ended = app.ended().unwrap();
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{ended:?}");
    assert!(sockets.left().is_empty());
}

fn a_main_script_that_blocks_is_waited_for(engine: Engine) {
    let sockets = Sockets::new();
    let main = "const { app, BrowserWindow } = require('electron')\n\
                const end = Date.now() + 5000; while (Date.now() < end);\n\
                app.whenReady().then(() => new BrowserWindow().loadURL('about:blank'))\n\
                  .then(() => { console.log('up'); app.exit(0) })";
    let app = App::new(&sockets, &[("index.js", main)]);
    let ended = ended(engine, &sockets, &app.0);
    assert_eq!(
        (ended.output.as_slice(), ended.errors.as_str()),
        (&["up".to_owned()][..], ""),
        "{ended:?}"
    );
}

fn exit_codes_of_the_app_are_those_of_conch(engine: Engine) {
    let sockets = Sockets::new();
    let main = "const { app } = require('electron')\napp.whenReady().then(() => app.exit(42))";
    let app = App::new(&sockets, &[("index.js", main)]);
    assert_eq!(ended(engine, &sockets, &app.0).code, Some(42));
}

fn arguments_reach_process_argv(engine: Engine) {
    let sockets = Sockets::new();
    let app = App::new(
        &sockets,
        &[("index.js", "console.log(process.argv.slice(2).join(' ')); process.exit(0)")],
    );
    let display = Display::start().unwrap();
    let setting =
        conch(engine, &sockets).on(&display).arg(&app.0).arg("--").arg("--flag").arg("value");
    let ended = setting.start().unwrap().ended().unwrap();
    assert_eq!(ended.output, ["--flag value"], "{ended:?}");
}

fn switches_before_the_app_are_the_apps_and_named(engine: Engine) {
    let sockets = Sockets::new();
    let main = "const { app } = require('electron')
        const { commandLine } = app
        console.log(process.argv.slice(1).join(' ').replace(__dirname, 'here'))
        console.log(commandLine.hasSwitch('no-sandbox'), commandLine.getSwitchValue('js-flags'))
        app.exit(0)";
    let app = App::new(&sockets, &[("index.js", main)]);
    let display = Display::start().unwrap();
    let mut setting = conch(engine, &sockets).on(&display);
    for argument in ["--no-sandbox", "--js-flags=--a", app.0.to_str().unwrap(), "--mine"] {
        setting = setting.arg(argument);
    }
    let ended = setting.start().unwrap().ended().unwrap();
    assert_eq!(ended.output, ["--no-sandbox --js-flags=--a here --mine", "true --a"], "{ended:?}");
    assert!(ended.errors.contains("conch: --no-sandbox has no effect in Conch"), "{ended:?}");
}

fn help_and_version_need_no_display(engine: Engine) {
    let sockets = Sockets::new();
    let help = conch(engine, &sockets).arg("--help").start().unwrap().ended().unwrap();
    assert_eq!(help.code, Some(0));
    assert!(help.output.iter().any(|line| line.contains("Usage: conch")), "{help:?}");
    let version = conch(engine, &sockets).arg("--version").start().unwrap().ended().unwrap();
    assert_eq!(version.output, [format!("conch {}", env!("CARGO_PKG_VERSION"))]);
    let wrong = conch(engine, &sockets).arg("--no-such-option").start().unwrap().ended().unwrap();
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
}

/// Presses the button of the error dialog once it is there, as a person would.
fn close_dialog(display: &Display) {
    let xdotool = |arguments: &[&str]| {
        let mut command = std::process::Command::new("xdotool");
        command.args(arguments).env("DISPLAY", display.name()).output().unwrap()
    };
    let title = "A JavaScript error occurred in the main process";
    let found = xdotool(&["search", "--sync", "--onlyvisible", "--name", title]);
    let window = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    xdotool(&["windowfocus", "--sync", &window]);
    xdotool(&["key", "Return"]);
}

/// Waits until standard error has `text`; the app may go on behind an error dialog.
fn wait_for_errors(app: &support::Performance, text: &str) -> String {
    for _ in 0..900 {
        let errors = app.errors();
        if errors.contains(text) {
            return errors;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{text:?} was not printed: {}", app.errors());
}

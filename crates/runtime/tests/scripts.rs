//! Whole scripts, each in a process of its own: this test's executable runs them as its child.
//!
//! `fixtures/NAME.js` must print what Node printed, which is in `fixtures/NAME.expected`. With
//! `CONCH_RECORD` set in the environment, those are written anew from the `node` in the path,
//! which has to be of version 20. `FAILURES` are scripts that go wrong.

#[path = "../examples/run_script.rs"]
#[allow(missing_docs)]
mod run_script;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

/// Compared with Node.
const SCRIPTS: &[&str] = &[
    "assert",
    "async-hooks",
    "buffer",
    "channels",
    "child_process",
    "console",
    "crypto",
    "crypto-stream",
    "dns",
    "errors",
    "events",
    "events2",
    "fetch",
    "fs",
    "fs-more",
    "fs-streams",
    "fs-watch",
    "http",
    "http-hostile",
    "https",
    "inspect",
    "inspect2",
    "locale",
    "modules/main",
    "modules/require-esm",
    "net",
    "order",
    "path",
    "process",
    "readline",
    "stdin",
    "stdio",
    "stream",
    "stream-web",
    "text",
    "timers",
    "url",
    "functions",
    "util",
    "util2",
    "vm",
    "zlib",
    "zlib-stream",
];

/// The scripts that read standard input, and what is there.
const INPUTS: &[(&str, &str)] =
    &[("readline", "one\r\ntwo\n"), ("stdin", "first line\nsecond €\n\nlast")];

/// A script that fails, what stderr must then hold, and the exit code.
struct Failure {
    name: &'static str,
    file: &'static str,
    source: &'static str,
    stderr: &'static [&'static str],
    stdout: &'static str,
    code: i32,
}

const FAILURES: &[Failure] = &[
    Failure {
        name: "an uncaught exception is printed with its place and stack",
        file: "throw.js",
        source: "function f() {\n  throw new TypeError('bad thing');\n}\nf();",
        stderr: &[
            "throw.js:2\n  throw new TypeError('bad thing');\n",
            "^\n\nTypeError: bad thing\n    at f (",
            "throw.js:2:",
            "    at Object.<anonymous> (",
            "throw.js:4:1)",
        ],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "an exception of a timer is printed and later timers would have run",
        file: "timer.js",
        source: "setTimeout(() => { throw new Error('late') }, 1); console.log('first')",
        stderr: &["timer.js:1\n", "Error: late\n    at "],
        stdout: "first\n",
        code: 1,
    },
    Failure {
        name: "a syntax error names its file and line",
        file: "syntax.js",
        source: "const x = 1;\nlet y = ;",
        stderr: &["syntax.js:2\nlet y = ;\n", "SyntaxError: ", "syntax.js:2:"],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "a syntax error in an ES module names its file and line",
        file: "syntax.mjs",
        source: "export const a = 1;\n\nconst q = {;",
        stderr: &["syntax.mjs:3\nconst q = {;\n", "SyntaxError: "],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "a thrown value that is no error has a place",
        file: "value.js",
        source: "try {} finally { throw { code: 5 } }",
        stderr: &["value.js:1\n", "Uncaught:\n{ code: 5 }\n"],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "an exception after a top-level await is printed",
        file: "tla.mjs",
        source: "console.log('a');\nawait new Promise((r) => setTimeout(r, 1));\nthrow new Error('b');",
        stderr: &["tla.mjs:3\nthrow new Error('b');\n", "Error: b\n    at "],
        stdout: "a\n",
        code: 1,
    },
    Failure {
        name: "a module that is not there is named with who wanted it",
        file: "missing.mjs",
        source: "import './nope.mjs';",
        stderr: &["Cannot find module '", "nope.mjs' imported from ", "ERR_MODULE_NOT_FOUND"],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "an unhandled rejection warns with its place and ends nothing",
        file: "rejection.js",
        source: "async function go() { await null; throw new Error('r1'); }\ngo();\n\
            Promise.reject(5);\nsetTimeout(() => console.log('goes on'), 5)",
        stderr: &[
            "UnhandledPromiseRejectionWarning: Error: r1\n    at go (",
            "rejection.js:1:",
            "rejected with the reason \"5\"",
            "rejection.js:3:",
        ],
        stdout: "goes on\n",
        code: 0,
    },
    Failure {
        name: "a rejection that is handled in the same turn is none",
        file: "handled.js",
        source: "const p = Promise.reject(new Error('x')); process.nextTick(() => p.catch(() => {}));",
        stderr: &[],
        stdout: "",
        code: 0,
    },
    Failure {
        name: "process.exit does not return",
        file: "exit.js",
        source: "process.on('exit', (c) => console.log('exit', c));\n\
            try { process.exit(5); } catch { console.log('caught') } finally { console.log('no') }",
        stderr: &[],
        stdout: "exit 5\n",
        code: 5,
    },
    Failure {
        name: "a Node module that is absent says so",
        file: "absent.js",
        source: "require('worker_threads')",
        stderr: &[
            "The Node module 'worker_threads' is not supported by Conch's embedded engine",
            "ERR_CONCH_UNSUPPORTED_MODULE",
        ],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "a server of TLS is absent and says so",
        file: "tls.js",
        source: "for (const f of [() => require('https').createServer(), () => require('tls').createServer(), () => new (require('https').Server)(), () => new (require('net').BlockList)()])\n\
            try { f(); } catch (e) { console.log(e.code, e.message); }",
        stderr: &[],
        stdout: "ERR_CONCH_UNSUPPORTED https.createServer is not supported by Conch's embedded engine\n\
            ERR_CONCH_UNSUPPORTED A TLS server is not supported by Conch's embedded engine\n\
            ERR_CONCH_UNSUPPORTED https.createServer is not supported by Conch's embedded engine\n\
            ERR_CONCH_UNSUPPORTED net.BlockList is not supported by Conch's embedded engine\n",
        code: 0,
    },
    Failure {
        name: "Intl is absent, and what needs it says so",
        file: "intl.js",
        source: "const say = (f) => { try { f(); } catch (e) { console.log(e.name, e.message.includes('conch --node')); } };\n\
            console.log(typeof Intl); say(() => new Intl.Collator()); say(() => (1).toLocaleString('de-DE'));\n\
            say(() => new Date().toLocaleDateString('en-US', { year: 'numeric' })); say(() => 'I'.toLocaleLowerCase('tr'));\n\
            say(() => 'a'.localeCompare('b', 'sv')); Intl.NumberFormat('en');",
        stderr: &[
            "ReferenceError: Intl is not defined: Conch's embedded engine has none",
            "conch --node",
        ],
        stdout: "undefined\nReferenceError true\nError true\nError true\nError true\nError true\n",
        code: 1,
    },
    Failure {
        name: "a named import of an absent Node module says so each time",
        file: "absent.mjs",
        source: "for (const file of ['data1.mjs', 'data2.mjs']) {\n\
            (await import('fs')).writeFileSync(new URL(file, import.meta.url), 'import { Worker } from \"worker_threads\"');\n\
            await import(`./${file}`).catch((e) => console.log(e.code));\n}",
        stderr: &[],
        stdout: "ERR_CONCH_UNSUPPORTED_MODULE\nERR_CONCH_UNSUPPORTED_MODULE\n",
        code: 0,
    },
    Failure {
        name: "endless recursion is an error and not a crash",
        file: "deep.js",
        source: "function r(n) { return r(n + 1) + 1; }\n\
            try { r(0) } catch (e) { console.log(e.name, e.message) }",
        stderr: &[],
        stdout: "RangeError Maximum call stack size exceeded\n",
        code: 0,
    },
    Failure {
        name: "a listener of uncaughtException that throws is printed itself",
        file: "second.js",
        source: "process.on('uncaughtException', () => { throw new Error('second') });\nthrow new Error('first')",
        stderr: &["second.js:1\n", "Error: second\n"],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "an error shows its properties and its cause",
        file: "cause.js",
        source: "throw Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 'E1' })",
        stderr: &["Error: outer\n", "code: 'E1'", "[cause]: Error: inner\n"],
        stdout: "",
        code: 1,
    },
    Failure {
        name: "a warning goes to stderr",
        file: "warning.js",
        source: "process.emitWarning('careful', 'CustomWarning', 'C01')",
        stderr: &["[C01] CustomWarning: careful\n"],
        stdout: "",
        code: 0,
    },
    Failure {
        name: "a broken JSON file is named",
        file: "json.js",
        source: "require('fs').writeFileSync(__dirname + '/broken.json', '{ \"a\": }'); require('./broken.json')",
        stderr: &["SyntaxError: ", "broken.json: "],
        stdout: "",
        code: 1,
    },
];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--script") {
        arguments.remove(0);
        return run_script::run_script(arguments);
    }
    if arguments.iter().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<&String> = arguments.iter().filter(|word| !word.starts_with('-')).collect();
    let is_wanted =
        |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let folder = std::env::temp_dir().join(format!("conch-scripts-{}", std::process::id()));
    let (mut passed, mut failed) = (0, 0);
    let mut report = |name: &str, outcome: Result<(), String>| match outcome {
        Ok(()) => {
            passed += 1;
            say(&format!("test {name} ... ok"));
        }
        Err(why) => {
            failed += 1;
            say(&format!("test {name} ... FAILED\n{why}"));
        }
    };
    for name in SCRIPTS.iter().filter(|name| is_wanted(name)) {
        report(&format!("like Node: {name}"), compare(name));
    }
    for failure in FAILURES.iter().filter(|failure| is_wanted(failure.name)) {
        report(failure.name, fail(failure, &folder));
    }
    let _ = std::fs::remove_dir_all(&folder);
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    say(&format!("\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored"));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a line. Nobody is left to tell when stdout is closed.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn compare(name: &str) -> Result<(), String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let script = fixtures.join(format!("{name}.js"));
    let expected = fixtures.join(format!("{name}.expected"));
    if std::env::var_os("CONCH_RECORD").is_some() {
        record(&script, &expected, name)?;
    }
    let wanted =
        std::fs::read(&expected).map_err(|error| format!("{}: {error}", expected.display()))?;
    let output = child(&script, name)?;
    let (wanted, found) =
        (String::from_utf8_lossy(&wanted), String::from_utf8_lossy(&output.stdout));
    if wanted == found {
        return Ok(());
    }
    let line = wanted.lines().zip(found.lines()).take_while(|(left, right)| left == right).count();
    let (left, right) = (wanted.lines().nth(line), found.lines().nth(line));
    let mut why = format!("  line {}\n  Node:  {left:?}\n  Conch: {right:?}\n", line + 1);
    let _ = write!(why, "{}", String::from_utf8_lossy(&output.stderr));
    Err(why)
}

fn record(script: &Path, expected: &Path, name: &str) -> Result<(), String> {
    let node = |argument: &std::ffi::OsStr| run(Command::new("node").arg(argument), name);
    let version = node("--version".as_ref()).map_err(|error| format!("node: {error}"))?;
    if !version.stdout.starts_with(b"v20.") {
        return Err("what is expected is recorded from Node 20".to_owned());
    }
    let output = node(script.as_os_str()).map_err(|error| format!("node: {error}"))?;
    std::fs::write(expected, output.stdout).map_err(|error| error.to_string())
}

fn fail(failure: &Failure, folder: &Path) -> Result<(), String> {
    let script: PathBuf = folder.join(failure.file);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    std::fs::write(&script, failure.source).map_err(|error| error.to_string())?;
    let output = child(&script, failure.name)?;
    let (stdout, stderr) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut why = String::new();
    for part in failure.stderr.iter().filter(|part| !stderr.contains(**part)) {
        let _ = writeln!(why, "  stderr lacks {part:?}");
    }
    if failure.stderr.is_empty() && !stderr.is_empty() {
        let _ = writeln!(why, "  stderr is not empty");
    }
    if stdout != failure.stdout {
        let _ = writeln!(why, "  stdout is {stdout:?}");
    }
    if output.status.code() != Some(failure.code) {
        let _ = writeln!(why, "  it ended with {}", output.status);
    }
    if why.is_empty() { Ok(()) } else { Err(format!("{why}{stderr}")) }
}

fn child(script: &Path, name: &str) -> Result<Output, String> {
    let executable = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(executable);
    command.arg("--script").arg(script).env_remove("FORCE_COLOR").env_remove("NO_COLOR");
    run(&mut command, name).map_err(|error| error.to_string())
}

/// Runs a command, with something to read for the scripts that read.
fn run(command: &mut Command, name: &str) -> std::io::Result<Output> {
    let Some((_, input)) = INPUTS.iter().find(|(reader, _)| *reader == name) else {
        return command.output();
    };
    let (stdin, stdout) = (Stdio::piped(), Stdio::piped());
    let mut child = command.stdin(stdin).stdout(stdout).stderr(Stdio::piped()).spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(input.as_bytes())?;
    }
    child.wait_with_output()
}

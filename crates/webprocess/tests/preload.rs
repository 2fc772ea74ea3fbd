//! Preload scripts and what they find (semantics 88 to 101), and how a web process lives and ends.

mod support;

use conch_wire::{ConsoleLevel, FromRenderer};
use support::value::{self, Value};
use support::{Renderer, Setup};

#[test]
fn a_sandboxed_preload_may_require_little() {
    let mut renderer = Renderer::start(Setup::preload(
        "const electron = require('electron');
         const refused = (name) => { try { require(name); } catch (error) { return error.message; } };
         electron.ipcRenderer.send('result', JSON.stringify({
           same: electron === require('electron/renderer') && electron === require('electron/common'),
           emitter: electron.ipcRenderer instanceof require('events').EventEmitter,
           names: electron.ipcRenderer.eventNames(),
           timers: typeof require('node:timers').setImmediate,
           url: new (require('url').URL)('a', 'https://x/').href,
           refused: ['fs', 'node:fs', './x', 'path', 'lodash'].map(refused),
           wrapper: [typeof module, typeof exports, typeof global, typeof setImmediate],
           process: [process.type, process.sandboxed, process.contextIsolated, process.isMainFrame,
             process.platform, process.versions.electron, process.env.HOME, process.argv.length],
           globals: Object.keys(window).includes('require'),
         }));",
    ));
    renderer.load("");
    let found = renderer.result();
    assert_eq!(
        found,
        serde_json::json!({
            "same": true, "emitter": true, "names": [], "timers": "function",
            "url": "https://x/a",
            "refused": ["module not found: fs", "module not found: node:fs",
                "module not found: ./x", "module not found: path", "module not found: lodash"],
            "wrapper": ["object", "object", "object", "function"],
            "process": ["renderer", true, true, true, "linux", "45.0.0", "/home/someone", 2],
            "globals": false,
        })
    );
}

#[test]
fn process_tells_of_the_documents_life() {
    let mut renderer = Renderer::start(Setup::preload(
        "const seen = [];
         for (const event of ['loaded', 'document-start', 'document-end']) {
           process.on(event, () => seen.push(event + ' ' + Boolean(document.documentElement)));
         }
         process.on('document-end', () =>
           require('electron').ipcRenderer.send('result', JSON.stringify(seen)));
         process.on('exit', () => require('electron').ipcRenderer.send('exit'));",
    ));
    renderer.load("<p>text</p>");
    assert_eq!(
        renderer.result(),
        serde_json::json!(["loaded false", "document-start true", "document-end true"])
    );
    renderer.command("load about:blank");
    // Sent while the page goes: before the main process hears that the document is gone.
    assert_eq!(renderer.sent("exit"), []);
    renderer.find(|m| matches!(m, FromRenderer::DocumentGone { .. }).then_some(()));
}

#[test]
fn a_failing_preload_is_reported_and_the_page_goes_on() {
    let setup = Setup::preload("let fine;\n\nthrow new TypeError('first');");
    let mut renderer = Renderer::start(setup);
    let path = renderer.path("preload.js").display().to_string();
    renderer.load("<title>é</title><script>document.title += ' still here'</script>");
    find_console(&mut renderer, &format!("Unable to load preload script: {path}"));
    let line = renderer.find(|message| match message {
        FromRenderer::ConsoleMessage { level, message, .. } if message.contains("first") => {
            assert_eq!(*level, ConsoleLevel::Error);
            Some(message.clone())
        }
        _ => None,
    });
    assert!(line.contains("TypeError"), "{line}");
    assert_eq!(find_preload_error(&mut renderer), (path, Value::Error("first".to_owned())));
    assert_eq!(renderer.await_ready(), "é still here");
}

#[test]
fn a_missing_and_a_broken_preload_are_reported_in_turn() {
    let mut renderer = Renderer::start(
        Setup::preload("let x = ;").with("preloads", vec!["/nowhere/preload.js".to_owned()]),
    );
    renderer.load("");
    let (path, error) = find_preload_error(&mut renderer);
    assert_eq!(path, "/nowhere/preload.js");
    let text = "ENOENT: no such file or directory, open '/nowhere/preload.js'";
    assert_eq!(error, Value::Error(text.to_owned()));
    let (path, error) = find_preload_error(&mut renderer);
    assert!(path.ends_with("/preload.js"), "{path}");
    assert!(matches!(error, Value::Error(text) if text.contains("Unexpected token")));
}

#[test]
fn stack_traces_name_the_preload_files_own_lines() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');\n\n\
         function here() { ipcRenderer.send('result', JSON.stringify(new Error('x').stack)); }\n\
         here();",
    ));
    renderer.load("");
    let stack = renderer.result();
    let stack = stack.as_str().unwrap();
    assert!(stack.contains("/preload.js:3:"), "{stack}");
    assert!(stack.contains("/preload.js:4:"), "{stack}");
}

#[test]
fn without_isolation_preload_and_page_share_a_world() {
    let setup = Setup::preload(
        "const { contextBridge, ipcRenderer } = require('electron');
         window.tell = (text) => ipcRenderer.send('told', text);
         try { contextBridge.exposeInMainWorld('x', {}); } catch (error) { window.why = error.message; }",
    );
    let mut renderer = Renderer::start(setup.with("contextIsolation", false));
    renderer.load("<script>tell(why + ' ' + typeof require)</script>");
    assert_eq!(
        renderer.sent("told"),
        [Value::from(
            "contextBridge API can only be used when contextIsolation is enabled undefined"
        )]
    );
    assert_eq!(renderer.evaluate("typeof tell", true), Ok("function".into()));
}

#[test]
fn node_integration_gives_the_page_require() {
    let setup = Setup::default()
        .with("contextIsolation", false)
        .with("nodeIntegration", true)
        .with("sandbox", false);
    let mut renderer = Renderer::start(setup);
    renderer
        .write("local.js", "exports.name = require('./data.json').name; exports.dir = __dirname;");
    renderer.write("data.json", "{\"name\": \"from a file\"}");
    renderer.load(
        "<script>
           const refused = (name) => { try { require(name); } catch (error) { return error.message.split('\\n')[0]; } };
           require('electron').ipcRenderer.send('result', JSON.stringify({
             types: [typeof require, typeof module, typeof process, typeof global, typeof setImmediate],
             file: __filename.endsWith('/page.html'),
             directory: __dirname + '/page.html' === __filename,
             path: require('node:path').join('a', '..', 'b'),
             util: require('util').inspect({ a: [new Map([[1, Promise.resolve()]])] }),
             format: require('url').format({ protocol: 'file:', slashes: true, pathname: '/a b' }),
             buffer: Buffer.from('aGVsbG8=', 'base64').toString() + Buffer.from('é€').toString('hex'),
             local: require('./local.js').name,
             localDirectory: require('./local').dir === __dirname,
             refused: [refused('http'), refused('node:child_process'), refused('./none')],
           }));
         </script>",
    );
    assert_eq!(
        renderer.result(),
        serde_json::json!({
            "types": ["function", "object", "object", "object", "function"],
            "file": true, "directory": true, "path": "b",
            "util": "{ a: [ Map(1) { 1 => [Promise] } ] }", "format": "file:///a b",
            "buffer": "helloc3a9e282ac", "local": "from a file",
            "localDirectory": true,
            "refused": ["The Node module 'http' in a renderer is not supported by Conch",
                "The Node module 'child_process' in a renderer is not supported by Conch",
                "Cannot find module './none'"],
        })
    );
}

#[test]
fn what_electron_has_and_conch_has_not_says_so() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { webFrame, nativeImage, clipboard, ipcRenderer } = require('electron');
         const refused = (use) => { try { use(); } catch (error) { return error.message; } };
         ipcRenderer.send('result', JSON.stringify([
           refused(() => webFrame.setZoomFactor(2)), refused(() => nativeImage.createEmpty()),
           refused(() => clipboard.readText()),
           refused(() => process.getHeapStatistics()),
         ]));",
    ));
    renderer.load("");
    for text in renderer.result().as_array().unwrap() {
        assert!(text.as_str().unwrap().ends_with("is not supported by Conch"), "{text}");
    }
}

#[test]
fn the_console_is_told_with_level_and_place() {
    let mut renderer = Renderer::start(Setup::default());
    // With a function in it: WebKit knows no places in a script of nothing but such calls.
    renderer.load("<script>\nconsole.debug('d');\nconsole.warn('w');\n(() => {})();</script>");
    let mut seen = Vec::new();
    while seen.len() < 2 {
        if let FromRenderer::ConsoleMessage { level, line, source, message, .. } = renderer.next() {
            assert!(source.ends_with("/page.html"), "{source} {message}");
            seen.push((level, line, message));
        }
    }
    assert_eq!(
        seen,
        [(ConsoleLevel::Verbose, 2, "d".to_owned()), (ConsoleLevel::Warning, 3, "w".to_owned())]
    );
}

#[test]
fn a_web_process_ends_with_its_link() {
    let mut renderer = Renderer::start(Setup::default());
    renderer.load("<script>setInterval(() => {}, 1)</script>");
    renderer.await_ready();
    assert!(renderer.hang_up().starts_with("terminated"));
}

#[test]
fn a_web_process_that_waits_in_send_sync_ends_with_its_link() {
    let mut renderer = Renderer::start(Setup::preload(
        "require('electron').ipcRenderer.sendSync('never answered')",
    ));
    renderer.load("");
    renderer.find(|m| matches!(m, FromRenderer::SendSync(..)).then_some(()));
    assert!(renderer.hang_up().starts_with("terminated"));
}

#[test]
fn bytes_that_are_no_message_end_the_web_process() {
    let mut renderer = Renderer::start(Setup::default());
    renderer.load("");
    renderer.send_bytes(&[0xff; 64]);
    assert!(renderer.hang_up().starts_with("terminated"));
}

#[test]
fn without_a_main_process_the_page_still_shows() {
    assert!(support::window_without_main("not a token"));
}

fn find_preload_error(renderer: &mut Renderer) -> (String, Value) {
    renderer.find(|message| match message {
        FromRenderer::PreloadError { path, error } => Some((path.clone(), value::decode(error))),
        _ => None,
    })
}

fn find_console(renderer: &mut Renderer, text: &str) {
    renderer.find(|message| match message {
        FromRenderer::ConsoleMessage { message, .. } => (message == text).then_some(()),
        _ => None,
    });
}

//! What scripts find that may have Node: `sandbox: false`, `nodeIntegration` (semantics 95, 96).

mod support;

use conch_wire::FromRenderer;
use serde_json::json;
use support::value::{self, Value};
use support::{Renderer, Setup};

const REPORT: &str = "const report = (value) =>
    require('electron').ipcRenderer.send('result', JSON.stringify(value));
  const refused = (use) => { try { use(); } catch (error) {
    return `${error.code}: ${error.message.split('\\n')[0]}`; } };\n";

fn unsandboxed(preload: &str) -> Renderer {
    Renderer::start(Setup::preload(&format!("{REPORT}{preload}")).with("sandbox", false))
}

#[test]
fn a_preload_loads_files_and_packages() {
    let mut renderer = unsandboxed(
        "report({
           file: require('./lib').name,
           once: require('./lib/index.js') === require('./lib'),
           data: require('./data').list,
           main: require('main-field'),
           exports: [require('exports-map'), require('exports-map/feature')],
           hidden: refused(() => require('exports-map/inner.js')),
           scoped: require('@scope/pkg'),
           cycle: require('./cycle-a').seen,
           resolved: [require.resolve('main-field'), require.resolve('node:path')]
             .map((name) => name.replace(__dirname, '')),
           own: [__filename === __dirname + '/preload.js', module.filename === __filename,
             require.cache[__filename] === module, this === module.exports],
           parent: require('./parent'),
           missing: refused(() => require('./none')),
           absent: refused(() => require('no-such-package')),
           json: refused(() => require('./broken')),
           esm: refused(() => require('./module.mjs')),
           addon: refused(() => require('./addon.node')).replace(__dirname, ''),
         });",
    );
    for (name, text) in [
        (
            "lib/index.js",
            "#!/usr/bin/env node\nexports.name = `${__dirname.split('/').pop()} of files`",
        ),
        ("data.json", "\u{feff}{\"list\": [1]}"),
        ("broken.json", "{"),
        ("module.mjs", "export default 1"),
        ("addon.node", ""),
        ("cycle-a.js", "exports.early = 1; exports.seen = require('./cycle-b').saw"),
        ("cycle-b.js", "exports.saw = Object.keys(require('./cycle-a'))"),
        ("parent.js", "module.exports = module.parent.filename.split('/').pop()"),
        ("node_modules/main-field/package.json", "{\"main\": \"./out\"}"),
        ("node_modules/main-field/out/index.js", "module.exports = 'by main'"),
        (
            "node_modules/exports-map/package.json",
            r#"{"exports": {".": {"import": "./x.mjs", "require": "./x.cjs"}, "./feature": "./f.js"}}"#,
        ),
        ("node_modules/exports-map/x.cjs", "module.exports = 'by exports'"),
        ("node_modules/exports-map/f.js", "module.exports = 'a feature'"),
        ("node_modules/exports-map/inner.js", ""),
        ("node_modules/@scope/pkg/index.js", "module.exports = 'scoped'"),
    ] {
        renderer.write(name, text);
    }
    renderer.load("");
    let mut found = renderer.result();
    let resolved = found["json"].take();
    assert!(resolved.as_str().unwrap().contains("broken.json: "), "{resolved}");
    assert_eq!(
        found,
        json!({
            "file": "lib of files", "once": true, "data": [1], "main": "by main",
            "exports": ["by exports", "a feature"],
            "hidden": format!(
                "ERR_PACKAGE_PATH_NOT_EXPORTED: Package subpath './inner.js' is not defined by \"exports\" in {}",
                renderer.path("node_modules/exports-map/package.json").display(),
            ),
            "scoped": "scoped", "cycle": ["early"],
            "resolved": ["/node_modules/main-field/out/index.js", "node:path"],
            "own": [true, true, true, true], "parent": "preload.js",
            "missing": "MODULE_NOT_FOUND: Cannot find module './none'",
            "absent": "MODULE_NOT_FOUND: Cannot find module 'no-such-package'",
            "json": null,
            "addon": "ERR_CONCH_UNSUPPORTED_MODULE: Loading the native addon /addon.node in a renderer is not supported by Conch",
            "esm": format!(
                "undefined: An ES module as preload script, or by require, is not supported by Conch: {}",
                renderer.path("module.mjs").display(),
            ),
        })
    );
}

#[test]
fn with_isolation_nodes_globals_are_the_preloads() {
    let mut renderer = unsandboxed(
        "const names = ['process', 'global', 'Buffer', 'setImmediate', 'clearImmediate'];
         const types = () => names.map((name) => typeof window[name]);
         const first = types();
         window.addEventListener('DOMContentLoaded', () => report([
           first, types(), process.sandboxed, global === window, Buffer.from('é').length,
           document.title, require('process') === process,
         ]));",
    );
    renderer
        .load("<script>document.title = [typeof process, typeof require, typeof Buffer]</script>");
    let all = ["object", "object", "function", "function", "function"];
    assert_eq!(
        renderer.result(),
        json!([all, all, false, true, 2, "undefined,undefined,undefined", true])
    );
}

#[test]
fn without_isolation_they_go_when_the_preload_has_run() {
    let setup = Setup::preload(&format!(
        "{REPORT}
         window.early = [typeof process, typeof Buffer, typeof require, typeof window.require];
         window.late = () => report([window.early, typeof window.process, typeof window.Buffer,
           typeof window.setImmediate, typeof process, typeof Buffer, typeof setImmediate,
           require('./file')()]);"
    ));
    let mut renderer =
        Renderer::start(setup.with("sandbox", false).with("contextIsolation", false));
    renderer.write("file.js", "module.exports = () => [typeof process, Buffer.from([1]).length]");
    renderer.load("<script>window.late()</script>");
    assert_eq!(
        renderer.result(),
        json!([
            ["object", "function", "function", "undefined"],
            "undefined",
            "undefined",
            "undefined",
            "object",
            "function",
            "function",
            ["object", 1]
        ])
    );
}

#[test]
fn nodes_modules_are_there_or_refused_by_name() {
    let mut renderer = unsandboxed(
        "const assert = require('node:assert');
         report([
           require('path').resolve('a'), require('module').builtinModules.includes('path'),
           refused(() => assert.deepStrictEqual({ a: 1 }, { a: 2 })), require('url').URL === URL,
           require('module').createRequire(__filename)('./file.js'),
           refused(() => require('http')), refused(() => require('node:worker_threads')),
           refused(() => require('node:nothing')), refused(() => require('')),
           typeof require('stream').Transform, typeof require('string_decoder').StringDecoder, require('querystring').stringify({ a: 1 }),
           require('util').promisify(setTimeout) !== undefined, require('events').once !== undefined,
         ]);",
    );
    renderer.write("file.js", "module.exports = 'a file'");
    renderer.load("");
    let found = renderer.result();
    let unsupported = |name: &str| {
        format!(
            "ERR_CONCH_UNSUPPORTED_MODULE: The Node module '{name}' in a renderer is not supported by Conch"
        )
    };
    assert_eq!(
        found,
        json!([
            "/a",
            true,
            "ERR_ASSERTION: Expected values to be strictly deep-equal:",
            true,
            "a file",
            unsupported("http"),
            unsupported("worker_threads"),
            "ERR_UNKNOWN_BUILTIN_MODULE: No such built-in module: node:nothing",
            "ERR_INVALID_ARG_VALUE: The argument 'id' must be a non-empty string. Received ''",
            "function",
            "function",
            "a=1",
            true,
            true,
        ])
    );
}

#[test]
fn a_file_may_declare_what_is_a_global_of_nodes() {
    let mut renderer = unsandboxed(
        "const { Buffer } = require('buffer'), process = require('process');
         report([Buffer.from('a').length, process.type, require('./file')]);",
    );
    renderer.write("file.js", "let global = 1; class setImmediate {}; module.exports = global");
    renderer.load("");
    assert_eq!(renderer.result(), json!([1, "renderer", 1]));
}

#[test]
fn timers_promises_end_by_themselves_or_by_a_signal() {
    let mut renderer = unsandboxed(
        "const { setTimeout: after, setImmediate, setInterval } = require('timers/promises');
         const failure = (promise) => promise.then(() => 'none', (error) =>
           [error.name, error.code, error.cause]);
         (async () => {
           const controller = new AbortController();
           const { signal } = controller;
           const waiting = failure(after(1e6, 1, { signal }));
           const ticks = [];
           for await (const tick of setInterval(1, 't')) if (ticks.push(tick) === 2) break;
           controller.abort('why');
           report([await after(1, 'value'), await setImmediate('now'), ticks, await waiting,
             await failure(after(1, 1, { signal })), await failure(after(1, 1, { signal: 1 }))]);
         })();",
    );
    renderer.load("");
    let aborted = json!(["AbortError", "ABORT_ERR", "why"]);
    assert_eq!(
        renderer.result(),
        json!([
            "value",
            "now",
            ["t", "t"],
            aborted,
            aborted,
            ["TypeError", "ERR_INVALID_ARG_TYPE", null]
        ])
    );
}

#[test]
fn process_is_nodes_as_far_as_a_page_may() {
    let mut renderer = unsandboxed(
        "report([process.memoryUsage().rss > 1e6, process.getuid(), process.cwd(),
           typeof process.stdout.write, process.stderr.fd, typeof process.hrtime.bigint(),
           refused(() => process.exit()), refused(() => process.stdin)]);",
    );
    renderer.load("");
    let uid = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap());
    assert_eq!(
        renderer.result(),
        json!([
            true,
            uid,
            "/",
            "function",
            2,
            "bigint",
            "undefined: process.exit is not supported by Conch",
            "undefined: process.stdin is not supported by Conch",
        ])
    );
}

#[test]
fn a_preload_that_cannot_be_loaded_is_reported() {
    let broken = |name: &str| {
        let mut renderer = Renderer::start(
            Setup::default().with("preload", format!("/nowhere/{name}")).with("sandbox", false),
        );
        renderer.load("");
        renderer.find(|message| match message {
            FromRenderer::PreloadError { error, .. } => Some(value::decode(error)),
            _ => None,
        })
    };
    let error = |text: &str| Value::Error(text.to_owned());
    assert_eq!(broken("preload.js"), error("Cannot find module '/nowhere/preload.js'"));
    assert_eq!(
        broken("preload.mjs"),
        error(
            "An ES module as preload script, or by require, is not supported by Conch: /nowhere/preload.mjs"
        )
    );
}

#[test]
fn stacks_name_the_lines_of_required_files() {
    let mut renderer = unsandboxed("report(require('./lib/a b').stack().stack)");
    renderer.write("lib/a b.js", "exports.stack = function here() { return new Error('x'); }");
    renderer.load("");
    let stack = renderer.result();
    assert!(stack.as_str().unwrap().contains("/lib/a%20b.js:1:"), "{stack}");
}

#[test]
fn the_bindings_that_packages_ask_for_are_there() {
    let mut renderer = unsandboxed(
        "const v8Util = process._linkedBinding('electron_common_v8_util');
         const before = v8Util.getHiddenValue(global, 'contextId');
         v8Util.setHiddenValue(report, 'a', 1);
         v8Util.requestGarbageCollectionForTesting();
         report([before, v8Util.getHiddenValue(report, 'a'), process.pid,
           refused(() => process._linkedBinding('nothing'))]);",
    );
    renderer.load("");
    let first = renderer.result();
    let pid = first[2].as_u64().unwrap();
    assert!(first[0].as_str().unwrap().starts_with(&format!("{pid}-")), "{first}");
    assert_eq!(first[1], 1);
    assert_eq!(first[3], "ERR_INVALID_MODULE: No such binding: nothing");
    renderer.load("again");
    let second = renderer.result();
    assert_ne!(second[0], first[0]);
}

#[test]
fn a_preload_reads_and_writes_files() {
    let mut renderer = unsandboxed(
        "const fs = require('fs'), path = require('path');
         const at = (name) => path.join(__dirname, name);
         (async () => {
           const seen = [];
           fs.writeFileSync(at('a.txt'), 'über');
           fs.appendFileSync(at('a.txt'), Buffer.from([33]));
           seen.push(fs.readFileSync(at('a.txt'), 'utf8'), fs.readFileSync(at('a.txt')).length);
           fs.mkdirSync(at('b/c'), { recursive: true });
           seen.push(fs.readdirSync(__dirname).filter((name) => name.length < 6));
           seen.push(fs.readdirSync(__dirname, { withFileTypes: true })
             .filter((entry) => entry.isDirectory()).map(({ name }) => name).includes('b'));
           const stats = fs.statSync(at('a.txt'));
           seen.push(stats.size, stats.isFile(), fs.existsSync(at('none')));
           seen.push(refused(() => fs.readFileSync(at('none')))
             .replace(__dirname, ''), refused(() => fs.readFileSync(7.5)));
           const error = await fs.promises.stat(at('none')).catch((error) => error);
           seen.push([error.code, error.errno, error.syscall, error.path === at('none')]);
           seen.push(await fs.promises.readFile(at('a.txt'), 'latin1'));
           const order = ['first'];
           await new Promise((done) => {
             fs.readFile(new URL('file://' + at('a.txt')), 'utf8', (error, text) => {
               order.push(text);
               done();
             });
             order.push('then');
           });
           seen.push(order);
           const fd = fs.openSync(at('a.txt'), 'r');
           const bytes = new Uint8Array(3);
           seen.push(fs.readSync(fd, bytes, 0, 3, 1), [...bytes]);
           fs.closeSync(fd);
           fs.renameSync(at('a.txt'), at('d.txt'));
           fs.rmSync(at('b'), { recursive: true });
           seen.push(fs.existsSync(at('a.txt')), fs.existsSync(at('b')));
           report(seen);
         })().catch((error) => report(String(error)));",
    );
    renderer.load("");
    assert_eq!(
        renderer.result(),
        json!([
            "über!",
            6,
            ["a.txt", "b"],
            true,
            6,
            true,
            false,
            "ENOENT: ENOENT: no such file or directory, open '/none'",
            "ERR_INVALID_ARG_TYPE: The \"path\" argument must be of type string or an instance of Buffer or URL. Received type number (7.5)",
            ["ENOENT", -2, "stat", true],
            "Ã¼ber!",
            ["first", "then", "über!"],
            3,
            [0xbc, b'b', b'e'],
            false,
            false,
        ])
    );
    let written = std::fs::read_to_string(renderer.path("d.txt"));
    assert_eq!(written.unwrap(), "über!");
}

#[test]
fn a_preload_learns_of_the_system() {
    let mut renderer = unsandboxed(
        "const os = require('os');
         report([os.hostname(), os.platform(), os.EOL, os.homedir(), os.totalmem() > os.freemem(),
           os.cpus().length > 0, os.userInfo().uid, os.constants.errno.ENOENT, os.tmpdir(),
           os.type(), typeof os.getPriority(), os.arch(), refused(() => os.networkInterfaces()),
           require('util').getSystemErrorName(-2)]);",
    );
    renderer.load("");
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let uid = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap());
    assert_eq!(
        renderer.result(),
        json!([
            host.trim(),
            "linux",
            "\n",
            "/home/someone",
            true,
            true,
            uid,
            2,
            "/tmp",
            "Linux",
            "number",
            "x64",
            "undefined: os.networkInterfaces in a renderer is not supported by Conch",
            "ENOENT"
        ])
    );
}

#[test]
fn a_preload_hashes_and_has_random_bytes() {
    let mut renderer = unsandboxed(
        "const crypto = require('crypto');
         const sha256 = crypto.createHash('sha256').update('a');
         const half = sha256.copy();
         const key = crypto.createHmac('sha1', 'key').update(Buffer.from('text')).digest('base64');
         crypto.pbkdf2('secret', 'salt', 2, 8, 'sha512', (error, derived) => report([
           sha256.update('bc').digest('hex'), half.digest('hex').slice(0, 8), key,
           derived.toString('hex') === crypto.pbkdf2Sync('secret', 'salt', 2, 8, 'sha512').toString('hex'),
           crypto.randomBytes(70000).length, crypto.randomUUID().length,
           crypto.randomBytes(8).equals(crypto.randomBytes(8)), crypto.randomInt(5) < 5,
           crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')),
           crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')),
           refused(() => crypto.createHash('none')),
           refused(() => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16))),
         ]));",
    );
    renderer.load("");
    let found = renderer.result();
    assert_eq!(
        found,
        json!([
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ca978112",
            "Np4pWetJRQM4shJ0j3fY3tdIR7s=",
            true,
            70000,
            36,
            false,
            true,
            true,
            false,
            "undefined: Digest method not supported",
            "undefined: Ciphers of crypto in a renderer are not supported by Conch",
        ])
    );
}

//! What a renderer does, seen from the main process's end of the pipe.

mod support;

use conch_wire::{Call, CallId, Envelope, FromRenderer, Reply, ToRenderer};
use support::value::{self, Value};
use support::{Renderer, Setup, arguments};

#[test]
fn preload_runs_before_the_page_and_a_page_sees_nothing_of_it() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         window.fromPreload = 1;
         document.addEventListener('DOMContentLoaded', () => {
           ipcRenderer.send('result', JSON.stringify({
             order: document.title, element: document.documentElement.tagName }));
         });",
    ));
    renderer.load(
        "<script>document.title = ['fromPreload', 'require', 'ipcRenderer', 'process', 'native']
           .filter((name) => name in window).join() || 'clean'</script>",
    );
    assert_eq!(renderer.result(), serde_json::json!({"order": "clean", "element": "HTML"}));
}

#[test]
fn messages_keep_their_order_whatever_their_kind() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         for (let i = 0; i < 200; i++) {
           ipcRenderer.send('a', i);
           ipcRenderer.invoke('a', i).catch(() => {});
           ipcRenderer.postMessage('a', i);
         }
         ipcRenderer.send('end');",
    ));
    renderer.load("");
    let mut seen = Vec::new();
    loop {
        match renderer.next() {
            FromRenderer::Send(call) if call.channel == "end" => break,
            FromRenderer::Send(call) => seen.push(('s', arguments(&call)[0].clone())),
            FromRenderer::Invoke(_, call) => seen.push(('i', arguments(&call)[0].clone())),
            FromRenderer::PostMessage(call, ports) => {
                assert!(ports.is_empty());
                seen.push(('p', value::decode(&call.payload)));
            }
            _ => {}
        }
    }
    let expected: Vec<(char, Value)> = (0..200)
        .flat_map(|i| ['s', 'i', 'p'].map(|kind| (kind, Value::Number(f64::from(i)))))
        .collect();
    assert_eq!(seen, expected);
}

#[test]
fn promises_settle_between_two_messages() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const order = [];
         ipcRenderer.on('m', (event, n) => {
           order.push('message ' + n);
           Promise.resolve().then(() => order.push('promise ' + n));
         });
         ipcRenderer.on('end', () => ipcRenderer.send('result', JSON.stringify(order)));",
    ));
    renderer.load("");
    renderer.await_ready();
    for number in [1.0, 2.0] {
        renderer.emit("m", &[Value::Number(number)]);
    }
    renderer.emit("end", &[]);
    assert_eq!(
        renderer.result(),
        serde_json::json!(["message 1", "promise 1", "message 2", "promise 2"])
    );
}

#[test]
fn what_a_listener_throws_is_an_uncaught_error_of_the_page() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         ipcRenderer.on('m', () => { throw new Error('thrown by a listener'); });",
    ));
    renderer.load("");
    renderer.await_ready();
    renderer.emit("m", &[]);
    renderer.find(|message| match message {
        FromRenderer::ConsoleMessage { message, .. }
            if message.contains("thrown by a listener") =>
        {
            Some(())
        }
        _ => None,
    });
    // And the next message is delivered.
    assert_eq!(renderer.evaluate("1 + 1", false), Ok(Value::Number(2.0)));
}

#[test]
fn invoke_resolves_and_rejects_with_the_texts_of_electron() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         (async () => {
           const results = [await ipcRenderer.invoke('double', 21)];
           for (const channel of ['fails', 'empty']) {
             results.push(await ipcRenderer.invoke(channel).catch((error) => error.message));
           }
           results.push(await ipcRenderer.invoke('f', () => {}).catch((error) => error.message));
           results.push(await ipcRenderer.invoke(5).catch((error) => String(error)));
           ipcRenderer.send('result', JSON.stringify(results));
         })();",
    ));
    renderer.load("");
    for _ in 0..3 {
        let (call, channel, document) = renderer.find(|message| match message {
            FromRenderer::Invoke(id, call) => Some((*id, call.channel.clone(), call.document)),
            _ => None,
        });
        let (is_error, answer) = match channel.as_str() {
            "double" => (false, Value::Number(42.0)),
            "fails" => (true, "TypeError: no".into()),
            _ => (true, "".into()),
        };
        let payload = value::encode(&answer);
        renderer.send(ToRenderer::InvokeReply(Reply { document, call, is_error, payload }));
    }
    assert_eq!(
        renderer.result(),
        serde_json::json!([
            42,
            "Error invoking remote method 'fails': TypeError: no",
            null,
            "() => {} could not be cloned.",
            "TypeError: Error processing argument at index 1, conversion failure from 5"
        ])
    );
}

#[test]
fn send_sync_blocks_the_page_and_keeps_what_else_arrives() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const seen = [];
         ipcRenderer.on('other', (event, n) => seen.push(n));
         ipcRenderer.on('go', () => {
           seen.push(ipcRenderer.sendSync('ask', 'one'), ipcRenderer.sendSync('ask', 'two'));
           seen.push(ipcRenderer.sendSync('nobody'));
           seen.push('listened ' + seen.includes(1));
         });
         ipcRenderer.on('end', () => ipcRenderer.send('result', JSON.stringify(seen)));",
    ));
    renderer.load("");
    renderer.await_ready();
    renderer.emit("go", &[]);
    for number in 0..3 {
        let (call, document) = renderer.find(|message| match message {
            FromRenderer::SendSync(id, call) => Some((*id, call.document)),
            _ => None,
        });
        renderer.emit("other", &[Value::Number(f64::from(number))]);
        let (is_error, answer) = match number {
            0 => (false, Value::Null),
            1 => (false, Value::Bytes(vec![7; 1 << 20])),
            _ => (true, "reply was never sent".into()),
        };
        let payload = value::encode(&answer);
        let reply = |call| Reply { document, call, is_error, payload: payload.clone() };
        // An answer to another call is not taken for this one's.
        renderer.send(ToRenderer::SyncReply(reply(CallId(999))));
        renderer.send(ToRenderer::SyncReply(reply(call)));
    }
    renderer.emit("end", &[]);
    let seen = renderer.result();
    assert_eq!(seen[0], serde_json::Value::Null);
    assert_eq!(seen[1]["1048575"], 7);
    assert_eq!(seen[2], serde_json::json!({"error": "reply was never sent"}));
    assert_eq!(seen[3], "listened false");
    assert_eq!((&seen[4], &seen[5], &seen[6]), (&0.into(), &1.into(), &2.into()));
}

#[test]
fn what_arrives_together_with_an_answer_is_delivered_without_more_traffic() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const seen = [];
         ipcRenderer.on('behind', (event, n) => {
           if (seen.push(n) === 3) ipcRenderer.send('result', JSON.stringify(seen));
         });
         // In a task of the page's own: nothing reads the pipe when it is over.
         setTimeout(() => seen.push(ipcRenderer.sendSync('ask')));",
    ));
    renderer.load("");
    let (call, document) = renderer.find(|message| match message {
        FromRenderer::SendSync(id, call) => Some((*id, call.document)),
        _ => None,
    });
    let payload = value::encode(&"answer".into());
    let reply = Reply { document, call, is_error: false, payload };
    let behind = |number: f64| {
        let payload = value::encode(&Value::Array(vec![Value::Number(number)]));
        ToRenderer::Send(Call { document, channel: "behind".to_owned(), payload })
    };
    let mut bytes = Vec::new();
    for message in [ToRenderer::SyncReply(reply), behind(1.0), behind(2.0)] {
        let mut one = Vec::new();
        Envelope::from(message).encode(&mut one).unwrap();
        bytes.extend(one);
    }
    renderer.send_bytes(&bytes);
    assert_eq!(renderer.result(), serde_json::json!(["answer", 1, 2]));
}

#[test]
fn each_navigation_is_a_new_document_of_the_same_frame() {
    let mut renderer = Renderer::start(Setup::preload(
        "require('electron').ipcRenderer.send('result', JSON.stringify(location.hash));",
    ));
    let first = renderer.load("");
    assert_eq!(renderer.result(), "");
    renderer.command("reload");
    renderer.find(|message| match message {
        FromRenderer::DocumentGone { document, .. } if *document == first => Some(()),
        _ => None,
    });
    let (second, frame, url) = renderer.await_document();
    assert_ne!(second, first);
    assert!(url.ends_with("/page.html"), "{url}");
    assert_eq!(renderer.result(), "");
    renderer.await_ready();

    // What is addressed to the old document reaches nobody, and nothing breaks.
    renderer.emit("x", &[]);
    let payload = value::encode(&Value::Bytes(vec![1; 300_000]));
    let reply = Reply { document: first, call: CallId(1), is_error: false, payload };
    renderer.send(ToRenderer::InvokeReply(reply));
    assert_eq!(renderer.evaluate("2 + 2", false), Ok(Value::Number(4.0)));

    renderer.command("load about:blank");
    let (third, third_frame, url) = renderer.await_document();
    assert_ne!(third, second);
    assert_eq!((third_frame, url.as_str()), (frame, "about:blank"));
}

#[test]
fn scripts_of_the_main_process_run_in_either_world() {
    let setup = Setup::preload("globalThis.mine = 'preload';");
    let mut renderer = Renderer::start(setup);
    renderer.load(
        "<meta http-equiv='Content-Security-Policy' content=\"script-src 'unsafe-inline'\">
         <script>
           globalThis.mine = 'page';
           Promise.prototype.then = function (resolve) {
             globalThis.caught = resolve.constructor('return typeof mine + typeof caught')();
           };
         </script>",
    );
    renderer.await_ready();
    let text = |text: &str| Ok(Value::from(text));
    assert_eq!(renderer.evaluate("mine", false), text("page"));
    assert_eq!(renderer.evaluate("mine", true), text("preload"));
    assert_eq!(renderer.evaluate("(async () => 'awaited')()", false), text("awaited"));
    assert_eq!(renderer.evaluate("(async () => 'awaited')()", true), text("awaited"));
    assert_eq!(renderer.evaluate("undefined", false), Ok(Value::Undefined));
    let error = |text: &str| Err(Value::Error(text.to_owned()));
    assert_eq!(renderer.evaluate("throw new TypeError('no')", false), error("no"));
    assert_eq!(renderer.evaluate("Promise.reject('plain')", false), Err("plain".into()));
    assert_eq!(renderer.evaluate("(() => {})", false), error("An object could not be cloned."));
    assert_eq!(renderer.evaluate("document.body", true), error("An object could not be cloned."));
    assert!(matches!(renderer.evaluate("this is no script", false), Err(Value::Error(_))));
    // A thenable of the page's is called with functions of the page's realm alone.
    let code = "({ then(resolve) { resolve(String(resolve.constructor === Function)); } })";
    assert_eq!(renderer.evaluate(code, false), text("true"));
}

#[test]
fn large_messages_pass_both_ways_unchanged() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         ipcRenderer.on('echo', (event, ...args) => ipcRenderer.send('echo', ...args));",
    ));
    renderer.load("");
    renderer.await_ready();
    for length in [0, 1, 65_000, 65_536, 70_000, (3 << 20) + 1, 16 << 20] {
        let bytes: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
        let text: String =
            (0..length.min(200_000)).map(|i| (b'a' + (i % 26) as u8) as char).collect();
        let values = [Value::Bytes(bytes), Value::String(text.clone()), Value::String(text + "ßЖ")];
        renderer.emit("echo", &values);
        assert_eq!(renderer.sent("echo"), values, "{length}");
    }
}

#[test]
fn a_frame_in_a_page_gets_no_internals() {
    let mut renderer = Renderer::start(Setup::preload("window.mine = 1;"));
    renderer.write("inner.html", "<script>parent.postMessage('loaded', '*')</script>");
    let document = renderer.load(
        "<script>window.onmessage = () => { document.title = 'inner ran'; }</script>
         <iframe src='inner.html'></iframe>",
    );
    while renderer.evaluate("document.title", false) != Ok("inner ran".into()) {}
    assert_eq!(renderer.document(), document);
    assert_eq!(renderer.evaluate("typeof frames[0].mine", true), Ok("undefined".into()));
}

#[test]
fn a_page_that_floods_a_busy_main_process_gets_an_error_and_nothing_is_lost() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const chunk = new Uint8Array(4 << 20);
         let sent = 0;
         let text;
         while (text === undefined && sent < 200) {
           try { ipcRenderer.send('chunk', sent, chunk); sent++; } catch (error) { text = error.message; }
         }
         const timer = setInterval(() => {
           try {
             ipcRenderer.send('result', JSON.stringify({ sent, text }));
             clearInterval(timer);
           } catch { /* Still full. */ }
         }, 10);",
    ));
    renderer.load("");
    let mut received = 0;
    let result = loop {
        match renderer.next() {
            FromRenderer::Send(call) if call.channel == "chunk" => {
                assert_eq!(arguments(&call)[0], Value::Number(f64::from(received)));
                received += 1;
            }
            FromRenderer::Send(call) => break arguments(&call),
            _ => {}
        }
    };
    let expected = serde_json::json!({
        "sent": received, "text": "the pipe to the main process is full" });
    let [Value::String(result)] = result.as_slice() else { panic!("{result:?}") };
    assert_eq!(serde_json::from_str::<serde_json::Value>(result).unwrap(), expected);
    assert!(received >= 60, "{received}");
}

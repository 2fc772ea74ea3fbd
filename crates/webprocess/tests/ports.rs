//! MessagePorts that lead out of a renderer (semantics 48 to 64), in a real page.

mod support;

use conch_wire::{Call, DocumentId, FromRenderer, PortHandle, PortParcel, ToRenderer};
use support::value::{self, Value};
use support::{Renderer, Setup};

#[test]
fn a_port_from_a_page_carries_a_stream_and_hears_the_end() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const { port1, port2 } = new MessageChannel();
         const seen = [];
         port1.onmessage = (event) => seen.push(event.data);
         port1.onclose = () => seen.push('onclose');
         port1.addEventListener('close', (event) => {
           seen.push(event.type, event.target === port1);
           ipcRenderer.send('result', JSON.stringify(seen));
         });
         ipcRenderer.postMessage('stream', { count: 3 }, [port2]);
         port1.postMessage('from the page');",
    ));
    let document = renderer.load("");
    let (ours, shipped) = channel(&mut renderer);
    let (call, ports) = posted(&mut renderer);
    assert_eq!(call.channel, "stream");
    assert_eq!(ports, [shipped]);
    let parcel = renderer.find(|message| match message {
        FromRenderer::PortPost(parcel) => Some(parcel.clone()),
        _ => None,
    });
    assert_eq!(parcel.port, ours);
    assert_eq!(value::decode(&parcel.payload), "from the page".into());
    for number in 0..3 {
        deliver(&mut renderer, document, ours, &Value::Number(f64::from(number)), vec![]);
    }
    renderer.send(ToRenderer::PortClosed(document, ours));
    assert_eq!(renderer.result(), serde_json::json!([0, 1, 2, "onclose", "close", true]));
}

#[test]
fn a_port_from_main_is_forwarded_to_the_page_with_what_was_sent_before_it_listened() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const loaded = new Promise((resolve) => { window.onload = resolve; });
         ipcRenderer.on('port', async (event, message) => {
           await loaded;
           window.postMessage(message, '*', event.ports);
         });",
    ));
    let document = renderer.load(
        "<script>
           window.onmessage = (event) => {
             const [port] = event.ports;
             port.onmessage = ({ data, ports }) => {
               port.postMessage([data, port instanceof MessagePort, event.source === window]);
               if (ports.length > 0) ports[0].postMessage('through a port');
             };
           };
         </script>",
    );
    let handle = PortHandle(1);
    let call =
        Call { document, channel: "port".into(), payload: value::encode(&"main-world".into()) };
    renderer.send(ToRenderer::PostMessage(call, vec![handle]));
    deliver(&mut renderer, document, handle, &"early".into(), vec![]);
    deliver(&mut renderer, document, handle, &"second".into(), vec![PortHandle(3)]);

    let mut seen = Vec::new();
    while seen.len() < 3 {
        if let FromRenderer::PortPost(parcel) = renderer.next() {
            seen.push((parcel.port.0, value::decode(&parcel.payload)));
        }
    }
    let answer = |text: &str| Value::Array(vec![text.into(), Value::Bool(true), Value::Bool(true)]);
    let through = seen.iter().position(|(port, _)| *port == 3).map(|at| seen.remove(at));
    assert_eq!(through, Some((3, "through a port".into())));
    assert_eq!(seen, [(1, answer("early")), (1, answer("second"))]);
}

#[test]
fn a_bad_transfer_list_throws_and_costs_nothing() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { ipcRenderer } = require('electron');
         const { port1, port2 } = new MessageChannel();
         const refused = (...args) => {
           try { ipcRenderer.postMessage('x', ...args); } catch (error) { return String(error); }
         };
         const results = [
           refused(1, [new ArrayBuffer(1)]), refused(1, [1]), refused(1, [null]), refused(1, 'no'),
           refused(() => {}, [port1]),
         ];
         port2.onmessage = (event) => {
           ipcRenderer.send('result', JSON.stringify([...results, event.data]));
         };
         port1.postMessage('still a pair');",
    ));
    renderer.load("");
    let invalid = "TypeError: Invalid value for transfer";
    assert_eq!(
        renderer.result(),
        serde_json::json!([
            invalid,
            invalid,
            invalid,
            invalid,
            "Error: () => {} could not be cloned.",
            "still a pair"
        ])
    );
}

#[test]
fn handles_are_never_used_twice_on_a_link() {
    let mut renderer = Renderer::start(Setup::preload(
        "const { port1, port2 } = new MessageChannel();
         require('electron').ipcRenderer.postMessage('x', 1, [port2]);
         window.keep = port1;",
    ));
    renderer.load("");
    let first = channel(&mut renderer);
    renderer.command("reload");
    renderer.await_document();
    let second = channel(&mut renderer);
    let all = [first.0, first.1, second.0, second.1];
    assert!(all.iter().all(|handle| handle.0 % 2 == 0 && handle.0 > 0), "{all:?}");
    assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0), "{all:?}");
}

fn channel(renderer: &mut Renderer) -> (PortHandle, PortHandle) {
    renderer.find(|message| match message {
        FromRenderer::ChannelNew(_, a, b) => Some((*a, *b)),
        _ => None,
    })
}

fn posted(renderer: &mut Renderer) -> (Call, Vec<PortHandle>) {
    renderer.find(|message| match message {
        FromRenderer::PostMessage(call, ports) => Some((call.clone(), ports.clone())),
        _ => None,
    })
}

fn deliver(
    renderer: &mut Renderer,
    document: DocumentId,
    port: PortHandle,
    message: &Value,
    ports: Vec<PortHandle>,
) {
    let payload = value::encode(message);
    renderer.send(ToRenderer::PortMessage(document, PortParcel { port, payload, ports }));
}

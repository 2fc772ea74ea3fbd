//! A QuickJS context with the corpus in it, and a Node that reads and writes beside it.
#![allow(dead_code)]

use std::{
    cell::RefCell,
    fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use rquickjs::{Context, Ctx, Function, Object, Runtime, Value};

pub(crate) fn golden(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(file)
}

/// Runs `test` with a fresh context and the corpus.
pub(crate) fn with_corpus(test: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>)) {
    let runtime = Runtime::new().unwrap();
    let context = Context::full(&runtime).unwrap();
    context.with(|ctx| {
        conch_clone::install(&ctx).unwrap();
        let source = fs::read(golden("corpus.js")).unwrap();
        let corpus: Object<'_> = ctx.eval(source).unwrap();
        test(&ctx, &corpus);
    });
}

/// The entries of one of the corpus's tables.
pub(crate) fn table<'js>(corpus: &Object<'js>, name: &str) -> Vec<Object<'js>> {
    let entries: Vec<Object<'js>> = corpus.get(name).unwrap();
    assert!(!entries.is_empty());
    entries
}

pub(crate) fn name(entry: &Object<'_>) -> String {
    entry.get("name").unwrap()
}

/// Calls a factory of an entry.
pub(crate) fn make<'js>(entry: &Object<'js>, factory: &str) -> Value<'js> {
    entry.get::<_, Function<'js>>(factory).unwrap().call(()).unwrap()
}

/// What should arrive when the entry's value is sent.
pub(crate) fn arrival<'js>(entry: &Object<'js>) -> Value<'js> {
    make(entry, if entry.contains_key("clone").unwrap() { "clone" } else { "make" })
}

pub(crate) fn describe<'js>(corpus: &Object<'js>, value: Value<'js>) -> String {
    corpus.get::<_, Function<'js>>("describe").unwrap().call((value,)).unwrap()
}

pub(crate) fn serialize<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Vec<u8> {
    let mut out = Vec::new();
    if conch_clone::serialize(ctx, value, &mut out).is_err() {
        panic!("not cloned: {}", thrown(ctx));
    }
    out
}

pub(crate) fn deserialize<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Value<'js> {
    match conch_clone::deserialize(ctx, bytes) {
        Ok(value) => value,
        Err(_) => panic!("not read: {}", thrown(ctx)),
    }
}

/// The pending exception: `name: message` of an error, the text of anything else.
pub(crate) fn thrown(ctx: &Ctx<'_>) -> String {
    let value = ctx.catch();
    match value.as_exception() {
        Some(error) => {
            let name: String = error.get("name").unwrap();
            format!("{name}: {}", error.message().unwrap_or_default())
        }
        None => value.get().unwrap_or_else(|_| "something that is no string".into()),
    }
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn from_hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

const NODE: &str = r"
const v8 = require('node:v8');
const corpus = require(process.argv[1]);
const read = (hex) => {
  const deserializer = new v8.Deserializer(Buffer.from(hex, 'hex'));
  deserializer.readHeader();
  return deserializer.readValue();
};
const write = (value) => {
  const serializer = new v8.Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer().toString('hex');
};
process.stdout.write(Number.parseInt(process.versions.node, 10) + '\n');
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [what, hex] = line.split(' ');
  let answer;
  try {
    const value = read(hex);
    answer = what === 'describe' ? corpus.describe(value) : write(value);
  } catch (error) {
    answer = 'node: ' + error.message;
  }
  process.stdout.write(answer + '\n');
});
";

/// A Node process with V8's own codec.
pub(crate) struct Node {
    version: u32,
    child: Child,
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Node {
    pub(crate) fn start() -> Node {
        let mut child = Command::new("node")
            .args(["-e", NODE])
            .arg(golden("corpus.js"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("these tests compare with V8 and need `node` (18 or later) on the PATH");
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut version = String::new();
        output.read_line(&mut version).unwrap();
        let version = version.trim().parse().unwrap();
        Node { version, child, pipes: RefCell::new((input, output)) }
    }

    /// Whether its V8 has such a value at all.
    pub(crate) fn knows(&self, entry: &Object<'_>) -> bool {
        entry.get::<_, Option<u32>>("node").unwrap().is_none_or(|first| self.version >= first)
    }

    fn ask(&self, what: &str, bytes: &[u8]) -> String {
        let (input, output) = &mut *self.pipes.borrow_mut();
        writeln!(input, "{what} {}", to_hex(bytes)).unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        answer.trim_end_matches('\n').to_owned()
    }

    /// What Node reads, as the corpus describes it.
    pub(crate) fn describe(&self, bytes: &[u8]) -> String {
        self.ask("describe", bytes)
    }

    /// What Node writes of what it reads.
    pub(crate) fn rewrite(&self, bytes: &[u8]) -> Vec<u8> {
        let answer = self.ask("rewrite", bytes);
        assert!(!answer.starts_with("node: "), "{answer}");
        from_hex(&answer)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

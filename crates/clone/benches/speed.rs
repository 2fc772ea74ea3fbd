//! Microseconds to write and to read typical messages: `cargo bench -p conch-clone`.
//! Each figure is the median of many runs, since the machine is seldom quiet.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use rquickjs::{Context, Ctx, Runtime, Value};

const MESSAGES: [(&str, &str); 9] = [
    (
        "100 B object",
        "({ id: 1234567, name: 'window-main', ok: true, size: [800, 600], path: '/home/user/file' })",
    ),
    (
        "nested 11 KB",
        "({ rows: Array.from({ length: 100 }, (_, i) => ({ id: i, name: 'row number ' + i, at: { x: i * 1.5, y: -i }, tags: ['a', 'b', 'c'] })) })",
    ),
    (
        "10,000 objects",
        "Array.from({ length: 10000 }, (_, i) => ({ id: i, name: 'item ' + i, price: i / 3, open: i % 2 === 0 }))",
    ),
    ("10,000 numbers", "Array.from({ length: 10000 }, (_, i) => i * 3)"),
    ("1 MiB Uint8Array", "new Uint8Array(1 << 20).fill(7)"),
    ("64 KB ASCII", "'x'.repeat(65536)"),
    ("64 KB Latin-1", "'\\u00e9'.repeat(65536)"),
    ("64 KB two-byte", "'\\u20ac'.repeat(32768)"),
    ("map of 1,000", "new Map(Array.from({ length: 1000 }, (_, i) => ['key' + i, i]))"),
];

fn main() {
    let runtime = Runtime::new().unwrap();
    let context = Context::full(&runtime).unwrap();
    context.with(|ctx| {
        let start = Instant::now();
        conch_clone::install(&ctx).unwrap();
        println!("install {:.1} us", micros(start.elapsed()));
        println!("{:18} {:>9} {:>9} {:>9}", "us", "bytes", "write", "read");
        for (name, source) in MESSAGES {
            let value: Value<'_> = ctx.eval(source).unwrap();
            let (bytes, write, read) = measure(&ctx, &value);
            println!("{name:18} {bytes:>9} {write:>9.2} {read:>9.2}");
        }
    });
}

fn measure<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> (usize, f64, f64) {
    let mut out = Vec::new();
    let write = median(|| {
        out.clear();
        conch_clone::serialize(ctx, value, &mut out).unwrap();
    });
    let read = median(|| drop(conch_clone::deserialize(ctx, &out).unwrap()));
    (out.len(), micros(write), micros(read))
}

/// The median of about half a second of runs; short ones are timed in bunches.
fn median(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    run();
    let bunch = (20_000 / start.elapsed().as_nanos().max(1)).max(1) as u32;
    let mut times = Vec::new();
    let end = Instant::now() + Duration::from_millis(500);
    while Instant::now() < end {
        let start = Instant::now();
        (0..bunch).for_each(|_| run());
        times.push(start.elapsed() / bunch);
    }
    times.sort();
    times[times.len() / 2]
}

fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e3
}

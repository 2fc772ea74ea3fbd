//! Any bytes are refused or make a value, and such a value can be written and read again.
//! The golden files are seeds beside the corpus.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rquickjs::{Context, Runtime};

thread_local! {
    static ENGINE: (Runtime, Context) = {
        let runtime = Runtime::new().expect("a runtime");
        runtime.set_memory_limit(256 << 20);
        let context = Context::full(&runtime).expect("a context");
        (runtime, context)
    };
}

fuzz_target!(|bytes: &[u8]| {
    ENGINE.with(|(_, context)| {
        context.with(|ctx| {
            let Ok(value) = conch_clone::read(&ctx, bytes) else {
                drop(ctx.catch());
                return;
            };
            let mut first = Vec::new();
            if conch_clone::serialize(&ctx, &value, &mut first).is_err() {
                // Only memory may stop what was just read.
                let error = format!("{:?}", ctx.catch());
                assert!(error.contains("out of memory"), "{error}");
                return;
            }
            let Ok(again) = conch_clone::read(&ctx, &first) else { panic!("not read again") };
            let mut second = Vec::new();
            let written = conch_clone::serialize(&ctx, &again, &mut second);
            assert!(written.is_ok() && first == second, "not the same again");
        })
    });
});

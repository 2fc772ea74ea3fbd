//! The corpus of golden/, against its golden bytes and against V8 itself.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{fs, process::Command};

use common::*;
use rquickjs::{Function, Object};

/// Runs a check over a table and reports all that fail, not only the first.
fn each<'js>(table: Vec<Object<'js>>, check: impl Fn(&Object<'js>) -> Result<(), String>) {
    let failed: Vec<String> = table
        .iter()
        .filter_map(|entry| check(entry).err().map(|text| format!("{}: {text}", name(entry))))
        .collect();
    assert!(failed.is_empty(), "{} wrong:\n{}", failed.len(), failed.join("\n"));
}

fn same(got: &str, expected: &str) -> Result<(), String> {
    if got == expected { Ok(()) } else { Err(format!("\n  {got}\nand not\n  {expected}")) }
}

/// The values that Node can be asked about.
fn known_values<'js>(node: &Node, corpus: &Object<'js>) -> Vec<Object<'js>> {
    let mut values = table(corpus, "values");
    values.retain(|entry| node.knows(entry));
    values
}

#[test]
fn golden_bytes_are_what_this_node_writes() {
    let status = Command::new("node").arg(golden("golden.mjs")).arg("--check").status();
    let status = status.expect("these tests compare with V8 and need `node` (18 or later)");
    assert!(status.success());
}

#[test]
fn golden_bytes_are_read_as_the_values_of_the_corpus() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "values"), |entry| {
            let bytes = fs::read(golden(&format!("{}.bin", name(entry)))).unwrap();
            let expected = describe(corpus, arrival(entry));
            match conch_clone::deserialize(ctx, &bytes) {
                Ok(value) => same(&describe(corpus, value), &expected),
                Err(_) => Err(thrown(ctx)),
            }
        });
    });
}

#[test]
fn values_are_written_as_the_golden_bytes() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "values"), |entry| {
            let bytes = fs::read(golden(&format!("{}.bin", name(entry)))).unwrap();
            let mut out = vec![1, 2, 3];
            match conch_clone::serialize(ctx, &make(entry, "make"), &mut out) {
                Ok(()) if entry.contains_key("loose").unwrap() => Ok(()),
                Ok(()) => same(&to_hex(&out[3..]), &to_hex(&bytes)),
                Err(_) => Err(thrown(ctx)),
            }
        });
    });
}

#[test]
fn node_reads_what_is_written() {
    let node = Node::start();
    with_corpus(|ctx, corpus| {
        each(known_values(&node, corpus), |entry| {
            let bytes = serialize(ctx, &make(entry, "make"));
            same(&node.describe(&bytes), &describe(corpus, arrival(entry)))
        });
    });
}

#[test]
fn what_node_makes_of_it_comes_back_the_same() {
    let node = Node::start();
    with_corpus(|ctx, corpus| {
        each(known_values(&node, corpus), |entry| {
            let there = serialize(ctx, &make(entry, "make"));
            let back = deserialize(ctx, &node.rewrite(&there));
            same(&describe(corpus, back), &describe(corpus, arrival(entry)))
        });
    });
}

#[test]
fn what_cannot_be_cloned_throws_v8s_words_and_leaves_the_buffer_alone() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "uncloneable"), |entry| {
            let mut out = vec![1, 2, 3];
            if conch_clone::serialize(ctx, &make(entry, "make"), &mut out).is_ok() {
                return Err("was cloned".into());
            }
            let error = ctx.catch();
            let plain: bool = ctx
                .eval::<Function<'_>, _>("e => Object.getPrototypeOf(e) === Error.prototype")
                .unwrap()
                .call((error.clone(),))
                .unwrap();
            let message = error.as_exception().unwrap().message().unwrap();
            if !plain || out != [1, 2, 3] {
                return Err("not a plain error, or something was written".into());
            }
            match entry.get::<_, Option<String>>("message").unwrap() {
                Some(expected) => same(&message, &expected),
                None if message.ends_with(" could not be cloned.") => Ok(()),
                None => Err(message),
            }
        });
    });
}

#[test]
fn what_a_getter_throws_comes_out_as_it_is() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "throwing"), |entry| {
            let mut out = Vec::new();
            if conch_clone::serialize(ctx, &make(entry, "make"), &mut out).is_ok() {
                return Err("was cloned".into());
            }
            assert!(out.is_empty());
            same(&thrown(ctx), &entry.get::<_, String>("thrown").unwrap())
        });
    });
}

#[test]
fn older_forms_are_read() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "readable"), |entry| {
            let bytes = from_hex(&entry.get::<_, String>("hex").unwrap());
            match conch_clone::deserialize(ctx, &bytes) {
                Ok(value) => same(&describe(corpus, value), &describe(corpus, make(entry, "make"))),
                Err(_) => Err(thrown(ctx)),
            }
        });
    });
}

#[test]
fn malformed_bytes_are_refused_with_a_reason() {
    with_corpus(|ctx, corpus| {
        each(table(corpus, "malformed"), |entry| {
            let bytes = from_hex(&entry.get::<_, String>("hex").unwrap());
            match conch_clone::read(ctx, &bytes) {
                Err(conch_clone::ReadError::Malformed(_)) => Ok(()),
                Err(error) => Err(format!("{error}: {}", thrown(ctx))),
                Ok(value) => Err(format!("read as {}", describe(corpus, value))),
            }
        });
    });
}

#[test]
fn a_message_cut_anywhere_is_refused_or_is_a_shorter_message() {
    with_corpus(|ctx, corpus| {
        for entry in table(corpus, "values") {
            let bytes = fs::read(golden(&format!("{}.bin", name(&entry)))).unwrap();
            let step = bytes.len() / 200 + 1;
            for end in (0..bytes.len()).step_by(step) {
                match conch_clone::read(ctx, &bytes[..end]) {
                    Err(conch_clone::ReadError::Malformed(_)) => {}
                    Err(error) => panic!("{} {end}: {error}, {}", name(&entry), thrown(ctx)),
                    // A buffer whose view was cut off is a buffer.
                    Ok(value) => assert!(value.as_object().unwrap().as_array_buffer().is_some()),
                }
            }
        }
    });
}

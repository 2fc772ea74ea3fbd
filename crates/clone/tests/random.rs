//! Random values survive the way there and back, through V8 too; random bytes do no harm.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::*;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use rquickjs::{Ctx, Function, Value};

/// A JavaScript expression. `keep` registers an object in `kept`, so that a later part of the value
/// can refer to it.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("undefined".to_owned()),
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i32>().prop_map(|value| value.to_string()),
        any::<f64>().prop_map(number),
        (-300_i32..300).prop_map(|value| value.to_string()),
        any::<i128>().prop_map(|value| format!("{value}n")),
        "[1-9][0-9]{30,90}".prop_map(|digits| format!("-{digits}n")),
        text(),
        any::<i64>().prop_map(|time| format!("keep(new Date({}))", time % 8_640_000_000_000_000)),
        text().prop_map(|text| format!("keep(Object({text}))")),
        any::<f64>().prop_map(|value| format!("keep(Object({}))", number(value))),
        "[a-z.+\\\\/]{0,6}[gimsuy]?".prop_map(|source| {
            format!("((s) => {{ try {{ return keep(new RegExp(s)) }} catch {{ return s }} }})({source:?})")
        }),
        (0..30_usize).prop_map(|place| format!("kept[{place} % (kept.length + 1)]")),
        view(),
        (text(), 0..3_usize).prop_map(|(message, kind)| {
            let kind = ["Error", "TypeError", "URIError"][kind];
            format!("keep(Object.assign(new {kind}({message}), {{ stack: 'fixed' }}))")
        }),
    ];
    leaf.prop_recursive(6, 80, 8, |inner| {
        prop_oneof![
            vec(prop_oneof![4 => inner.clone(), 1 => Just(String::new())], 0..8)
                .prop_map(|items| format!("keep([{}])", items.join(","))),
            vec((key(), inner.clone()), 0..8).prop_map(|entries| {
                let entries: Vec<_> =
                    entries.into_iter().map(|(key, value)| format!("[{key}]:{value}")).collect();
                format!("keep({{{}}})", entries.join(","))
            }),
            vec((inner.clone(), inner.clone()), 0..6).prop_map(|entries| {
                let entries: Vec<_> =
                    entries.into_iter().map(|(key, value)| format!("[{key},{value}]")).collect();
                format!("keep(new Map([{}]))", entries.join(","))
            }),
            vec(inner.clone(), 0..6)
                .prop_map(|items| format!("keep(new Set([{}]))", items.join(","))),
            (text(), inner).prop_map(|(message, cause)| format!(
                "keep(Object.assign(new RangeError({message}, {{cause:{cause}}}), {{stack:'s'}}))"
            )),
        ]
    })
}

fn number(value: f64) -> String {
    match value {
        value if value.is_nan() => "NaN".into(),
        value if value.is_infinite() => format!("{}Infinity", if value < 0.0 { "-" } else { "" }),
        value => format!("{value:e}"),
    }
}

/// A string literal of any code units, often few and often narrow.
fn text() -> impl Strategy<Value = String> {
    let unit = prop_oneof![4 => 0x20..0x7f_u16, 1 => 0x80..0x100_u16, 1 => any::<u16>()];
    vec(unit, 0..20).prop_map(|units| {
        let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        format!("'{escaped}'")
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-e]".prop_map(|name| format!("'{name}'")),
        any::<u32>().prop_map(|index| index.to_string()),
        (0..9_u8).prop_map(|index| index.to_string()),
        Just("'__proto__'".to_owned()),
        text(),
    ]
}

fn view() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(vec![
        ("Int8Array", 1),
        ("Uint8Array", 1),
        ("Uint16Array", 2),
        ("Float32Array", 4),
        ("Float64Array", 8),
        ("BigInt64Array", 8),
        ("DataView", 1),
    ]);
    (kinds, vec(any::<u8>(), 64), 0..5_usize, 0..3_usize, any::<bool>()).prop_map(
        |((kind, size), bytes, offset, length, alone)| {
            let buffer = format!("keep(new Uint8Array({bytes:?}).buffer)");
            match alone {
                true => buffer,
                false => format!("keep(new {kind}({buffer}, {}, {length}))", offset * size),
            }
        },
    )
}

/// Makes the value and ties it into cycles here and there.
fn evaluate<'js>(ctx: &Ctx<'js>, expression: &str, links: &[(usize, usize)]) -> Value<'js> {
    let program = format!(
        "(links) => {{
           const kept = [];
           const keep = (object) => (kept.push(object), object);
           const value = {expression};
           for (const [from, to] of links) {{
             const target = kept[from % kept.length];
             if (Array.isArray(target) || Object.prototype.toString.call(target) === '[object Object]')
               target['link' + to % 3] = kept[to % kept.length];
           }}
           return value;
         }}"
    );
    let make: Function<'js> = ctx.eval(program).unwrap();
    let links: Vec<Vec<usize>> = links.iter().map(|(from, to)| vec![*from, *to]).collect();
    match make.call((links,)) {
        Ok(value) => value,
        Err(_) => panic!("{}: {expression}", thrown(ctx)),
    }
}

#[test]
fn random_values_come_back_the_same_directly_and_through_v8() {
    let node = Node::start();
    with_corpus(|ctx, corpus| {
        let values = (expression(), vec((0..50_usize, 0..50_usize), 0..4));
        let mut runner = TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(400)
        });
        let outcome = runner.run(&values, |(expression, links)| {
            let value = evaluate(ctx, &expression, &links);
            let expected = describe(corpus, value.clone());
            let bytes = serialize(ctx, &value);
            prop_assert_eq!(describe(corpus, deserialize(ctx, &bytes)), &*expected);
            // V8 reads no reference from a cause back to its error; the corpus has other causes.
            if !expected.contains(" cause=") {
                prop_assert_eq!(node.describe(&bytes), &*expected);
                let back = deserialize(ctx, &node.rewrite(&bytes));
                prop_assert_eq!(describe(corpus, back), &*expected);
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    });
}

#[test]
fn random_bytes_and_damaged_messages_do_no_harm() {
    let files: Vec<Vec<u8>> = fs::read_dir(golden(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "bin"))
        .map(|path| fs::read(path).unwrap())
        .collect();
    assert!(files.len() > 200);
    let damaged = (0..files.len(), vec((any::<prop::sample::Index>(), any::<u8>()), 1..5))
        .prop_map(move |(file, changes)| {
            let mut bytes = files[file].clone();
            for (place, byte) in changes {
                // The header stays: without it nothing else is looked at.
                let place = 2 + place.index(bytes.len() - 2);
                bytes[place] = byte;
            }
            bytes
        });
    let noise = vec(any::<u8>(), 0..200).prop_map(|bytes| [vec![0xff, 15], bytes].concat());
    let tags = vec(
        prop::sample::select(b"_0TFIUNZ\"c^o{aA@$Dyxnzs-R;:',BV~r?\x00\x01\x02".to_vec()),
        0..60,
    )
    .prop_map(|bytes| [vec![0xff, 15], bytes].concat());
    with_corpus(|ctx, corpus| {
        let mut runner = TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(4000)
        });
        let outcome = runner.run(&prop_oneof![3 => damaged, 1 => noise, 2 => tags], |bytes| {
            if let Ok(value) = conch_clone::read(ctx, &bytes) {
                let seen = describe(corpus, value.clone());
                // Whatever was read can be written, and is then the same again.
                let again = deserialize(ctx, &serialize(ctx, &value));
                prop_assert_eq!(describe(corpus, again), seen);
            } else {
                drop(ctx.catch());
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    });
}

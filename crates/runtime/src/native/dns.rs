//! Names of hosts to addresses and back, by the system's resolver.

use super::{background, define};
use dns_lookup::{AddrInfoHints, LookupError, LookupErrorKind, getaddrinfo, getnameinfo};
use rquickjs::{Ctx, Function};
use rquickjs::{IntoJs, Object};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// AF_UNSPEC, AF_INET, AF_INET6 and SOCK_STREAM on Linux.
const ANY: i32 = 0;
const INET: i32 = 2;
const INET6: i32 = 10;
const STREAM: i32 = 1;

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // 4, 6, or 0 for a text that is no address.
    define!(table, "isIp", |text: String| family(&text));
    // lookup(callback, name, family, hints): calls back with a list of addresses, or an error's
    // number: libuv's for the resolver's, or an errno.
    define!(table, "lookup", |ctx: Ctx<'js>,
                              callback: Function<'js>,
                              name: String,
                              family: i32,
                              hints: i32| {
        let work = move || addresses(&name, family, hints).map_err(|error| number(&error));
        background::run(&ctx, callback, work, |ctx, callback, found| {
            let answer = match found {
                Ok(list) => list.into_js(ctx)?,
                Err(number) => number.into_js(ctx)?,
            };
            callback.call::<_, ()>((answer,))
        })
    });
    // lookupService(callback, address, port): calls back with [name, service] or a number.
    define!(table, "lookupService", |ctx: Ctx<'js>,
                                     callback: Function<'js>,
                                     address: String,
                                     port: u16| {
        let work = move || {
            let address = address.parse().unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
            getnameinfo(&SocketAddr::new(address, port), 0).map_err(|error| number(&error))
        };
        background::run(&ctx, callback, work, |ctx, callback, found| {
            let answer = match found {
                Ok((name, service)) => vec![name, service].into_js(ctx)?,
                Err(number) => number.into_js(ctx)?,
            };
            callback.call::<_, ()>((answer,))
        })
    });
    Ok(())
}

fn family(text: &str) -> u8 {
    match text.parse() {
        Ok(IpAddr::V4(_)) => 4,
        Ok(IpAddr::V6(_)) => 6,
        // An address of version 6 may name its interface.
        Err(_) => match text.split_once('%') {
            Some((address, zone)) if !zone.is_empty() && address.parse::<Ipv6Addr>().is_ok() => 6,
            _ => 0,
        },
    }
}

fn addresses(name: &str, family: i32, flags: i32) -> Result<Vec<String>, LookupError> {
    let address = match family {
        4 => INET,
        6 => INET6,
        _ => ANY,
    };
    let hints = AddrInfoHints { flags, address, socktype: STREAM, protocol: 0 };
    let found = getaddrinfo(Some(name), None, Some(hints))?;
    Ok(found.filter_map(Result::ok).map(|info| info.sockaddr.ip().to_string()).collect())
}

/// libuv's number for an error of the resolver.
fn number(error: &LookupError) -> i32 {
    match error.kind() {
        LookupErrorKind::Again => -3001,
        LookupErrorKind::Badflags => -3002,
        LookupErrorKind::Fail => -3004,
        LookupErrorKind::Family => -3005,
        LookupErrorKind::Memory => -3006,
        LookupErrorKind::NoData => -3007,
        LookupErrorKind::NoName => -3008,
        LookupErrorKind::Service => -3010,
        LookupErrorKind::Socktype => -3011,
        _ => -3004,
    }
}

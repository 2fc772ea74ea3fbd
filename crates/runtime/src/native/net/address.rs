//! Addresses: what a socket is to connect to or to listen on, and names of hosts.

use crate::native::{define, system_error};
use rquickjs::{Ctx, IntoJs, Object, Value};
use rustix::net::SocketAddrAny;
use std::io;
use std::net::{IpAddr, SocketAddr};

/// Where a socket goes.
pub(super) enum Target {
    Internet { address: SocketAddr, local: Option<SocketAddr> },
    Path(String),
}

/// Reads `{ path }` or `{ address, port, localAddress?, localPort? }`.
pub(super) fn target(from: &Object<'_>) -> rquickjs::Result<io::Result<Target>> {
    if let Some(path) = from.get::<_, Option<String>>("path")? {
        return Ok(Ok(Target::Path(path)));
    }
    let port: u16 = from.get("port")?;
    let Some(address) = parse(&from.get::<_, String>("address")?, port) else {
        return Ok(Err(io::Error::from_raw_os_error(22)));
    };
    let local_port = from.get::<_, Option<u16>>("localPort")?;
    let local_address = from.get::<_, Option<String>>("localAddress")?;
    let local = if local_port.is_some() || local_address.is_some() {
        let any = if address.is_ipv6() { "::" } else { "0.0.0.0" };
        let text = local_address.as_deref().unwrap_or(any);
        match parse(text, local_port.unwrap_or(0)) {
            Some(local) => Some(local),
            None => return Ok(Err(io::Error::from_raw_os_error(22))),
        }
    } else {
        None
    };
    Ok(Ok(Target::Internet { address, local }))
}

/// An address with an optional zone (`fe80::1%2`).
fn parse(text: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(SocketAddr::new(address, port));
    }
    let (address, zone) = text.split_once('%')?;
    let scope = match zone.parse::<u32>() {
        Ok(number) => number,
        Err(_) => std::fs::read_to_string(format!("/sys/class/net/{zone}/ifindex"))
            .ok()?
            .trim()
            .parse()
            .ok()?,
    };
    Some(std::net::SocketAddrV6::new(address.parse().ok()?, port, 0, scope).into())
}

/// [address, port, 4 or 6], a path, or null.
pub(super) fn name<'js>(
    ctx: &Ctx<'js>,
    address: Option<SocketAddrAny>,
) -> rquickjs::Result<Value<'js>> {
    let Some(address) = address else { return Ok(Value::new_null(ctx.clone())) };
    if let Ok(address) = SocketAddr::try_from(address.clone()) {
        let family = if address.is_ipv6() { 6 } else { 4 };
        return (vec![
            address.ip().to_string().into_js(ctx)?,
            address.port().into_js(ctx)?,
            family.into_js(ctx)?,
        ])
        .into_js(ctx);
    }
    match rustix::net::SocketAddrUnix::try_from(address) {
        Ok(address) => {
            let path = address.path().map(|path| path.to_string_lossy().into_owned());
            path.unwrap_or_default().into_js(ctx)
        }
        Err(_) => Ok(Value::new_null(ctx.clone())),
    }
}

pub(super) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // 4, 6, or 0 for what is no IP address.
    define!(table, "isIP", |text: String| match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => 4,
        Ok(IpAddr::V6(_)) => 6,
        Err(_) if is_zoned(&text) => 6,
        Err(_) => 0,
    });
    // The name of an errno and the words for it.
    define!(table, "describe", |errno: i32| {
        let (name, words) = system_error::describe(errno);
        vec![name, words]
    });
    Ok(())
}

fn is_zoned(text: &str) -> bool {
    let Some((address, zone)) = text.split_once('%') else { return false };
    let letters = zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte));
    !zone.is_empty() && letters && address.parse::<std::net::Ipv6Addr>().is_ok()
}

//! The URL standard, by the `url` crate.

use super::define;
use crate::internals::throw_error;
use rquickjs::function::Opt;
use rquickjs::{Ctx, Object};
use url::{Url, form_urlencoded, quirks};

pub(crate) fn install<'js>(table: &Object<'js>) -> rquickjs::Result<()> {
    // The parts of a URL as an array (see `parts`), or null when the text is none.
    define!(table, "parse", |text: String, base: Opt<Option<String>>| {
        let url = match base.0.flatten() {
            Some(base) => Url::parse(&base).and_then(|base| base.join(&text)),
            None => Url::parse(&text),
        };
        url.ok().map(|url| parts(&url))
    });
    // Sets one part of a URL as its setters do; gives the new parts.
    define!(table, "set", |ctx: Ctx<'js>, href: String, part: String, value: String| {
        let mut url = Url::parse(&href).map_err(|_| throw_error(&ctx, "not a URL"))?;
        match part.as_str() {
            "protocol" => drop(quirks::set_protocol(&mut url, &value)),
            "username" => drop(quirks::set_username(&mut url, &value)),
            "password" => drop(quirks::set_password(&mut url, &value)),
            "host" => drop(quirks::set_host(&mut url, &value)),
            "hostname" => drop(quirks::set_hostname(&mut url, &value)),
            "port" => drop(quirks::set_port(&mut url, &value)),
            "pathname" => quirks::set_pathname(&mut url, &value),
            "search" => quirks::set_search(&mut url, &value),
            _ => quirks::set_hash(&mut url, &value),
        }
        Ok::<_, rquickjs::Error>(parts(&url))
    });
    // [name, value, name, value, ...] of application/x-www-form-urlencoded.
    define!(table, "parseQuery", |text: String| {
        form_urlencoded::parse(text.as_bytes())
            .flat_map(|(name, value)| [name.into_owned(), value.into_owned()])
            .collect::<Vec<String>>()
    });
    define!(table, "formatQuery", |list: Vec<String>| {
        let mut text = form_urlencoded::Serializer::new(String::new());
        for pair in list.chunks_exact(2) {
            text.append_pair(&pair[0], &pair[1]);
        }
        text.finish()
    });
    define!(table, "domainToAscii", |domain: String| url::quirks::domain_to_ascii(&domain));
    define!(table, "domainToUnicode", |domain: String| url::quirks::domain_to_unicode(&domain));
    Ok(())
}

/// href, origin, protocol, username, password, host, hostname, port, pathname, search, hash.
fn parts(url: &Url) -> Vec<String> {
    vec![
        quirks::href(url).to_owned(),
        quirks::origin(url),
        quirks::protocol(url).to_owned(),
        quirks::username(url).to_owned(),
        quirks::password(url).to_owned(),
        quirks::host(url).to_owned(),
        quirks::hostname(url).to_owned(),
        quirks::port(url).to_owned(),
        quirks::pathname(url).to_owned(),
        quirks::search(url).to_owned(),
        quirks::hash(url).to_owned(),
    ]
}

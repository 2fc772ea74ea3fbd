//! Real windows on a real display, driven as the JavaScript side drives them: commands in, events
//! out. Without a display it runs itself under Xvfb.

mod session;

use session::Session;

fn main() {
    session::run(&[("explore", explore as fn(&mut Session))]);
}

fn explore(s: &mut Session) {
    let dir = s.dir.clone();
    let page = |name: &str, body: &str| {
        let path = dir.join(name);
        std::fs::write(&path, body).unwrap();
        format!("file://{}", path.display())
    };
    let a = page("a.html", "<title>A</title><p id=x>a</p>");
    let b = page("b.html", "<title>B</title>b");
    let dump = |s: &mut Session, what: &str, secs: f64| {
        println!("--- {what}");
        for e in s.collect(secs) {
            println!("   {e}");
        }
    };
    s.call(r#"{"cmd":"createWindow","window":1,"contents":11,"options":{"title":"one"}}"#);
    dump(s, "created", 1.0);
    println!("probe {:?}", s.probes());
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{a}"}}"#));
    dump(s, "load a", 2.0);
    println!("probe {:?}", s.probes());
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{a}#frag"}}"#));
    dump(s, "load a#frag", 1.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{a}"}}"#));
    dump(s, "load a (from a#frag)", 1.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{a}"}}"#));
    dump(s, "load a again", 1.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{a}"}}"#));
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{b}"}}"#));
    dump(s, "load a then b", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{b}"}}"#));
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{b}"}}"#));
    dump(s, "load b then b", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{b}"}}"#));
    s.call(r#"{"cmd":"stop","contents":11}"#);
    dump(s, "load b then stop", 2.0);
    s.call(r#"{"cmd":"reload","contents":11}"#);
    dump(s, "reload", 2.0);
    for bad in [
        "file:///nope/x.html",
        "file:///tmp",
        "foo:bar",
        "not a url",
        "http://127.0.0.1:1/",
        "http://nope.invalid/",
        "about:blank",
        "data:text/html,<title>D</title>d",
        "data:application/zip,xx",
        "mailto:a@b.c",
        "javascript:void 0",
        "http://127.0.0.1:22",
        "",
    ] {
        s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{bad}"}}"#));
        dump(s, bad, 1.5);
        println!("   url now {}", s.call(r#"{"cmd":"url","contents":11}"#));
    }
    // slow server, second load while connecting / while body is coming
    let slow = s.slow_server();
    for path in ["head", "body"] {
        s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/{path}"}}"#));
        dump(s, &format!("slow {path}"), 1.0);
        s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{b}"}}"#));
        dump(s, "then b", 2.0);
        s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/{path}"}}"#));
        dump(s, &format!("slow {path}"), 1.0);
        s.call(r#"{"cmd":"stop","contents":11}"#);
        dump(s, "then stop", 2.0);
        s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/{path}"}}"#));
        dump(s, &format!("slow {path}"), 1.0);
        s.call(r#"{"cmd":"terminate","contents":11}"#);
        dump(s, "then terminate", 2.0);
    }
    println!("probe {:?}", s.probes());
    s.call(r#"{"cmd":"reload","contents":11}"#);
    dump(s, "reload after terminate", 2.0);
    println!("probe {:?}", s.probes());
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/download"}}"#));
    dump(s, "download", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/redirect"}}"#));
    dump(s, "redirect", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/coop"}}"#));
    dump(s, "coop", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{slow}/404"}}"#));
    dump(s, "404", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{}"}}"#, page("inpage.html", "<title>I</title><script>setTimeout(()=>{history.pushState(1,'','#p');setTimeout(()=>{location.hash='q';setTimeout(()=>location='b.html',200)},200)},200)</script>")));
    dump(s, "in page", 2.0);
    s.call(&format!(r#"{{"cmd":"load","contents":11,"url":"{}"}}"#, page("open.html", "<title>O</title><script>let w = window.open('b.html'); document.title='opened '+w+' '+navigator.userAgent;setTimeout(()=>window.close(),500)</script>")));
    dump(s, "open+close", 2.0);
    s.call(&format!(
        r#"{{"cmd":"createWindow","window":2,"contents":12,"options":{{"show":false}}}}"#
    ));
    s.call(&format!(r#"{{"cmd":"load","contents":12,"url":"{}"}}"#, page("hidden.html", "<title>H</title><script>let n=0;setInterval(()=>n++,10);setTimeout(()=>document.title=`ticks ${n} ${innerWidth}x${innerHeight} ${document.visibilityState}`,2000)</script>")));
    dump(s, "hidden", 4.0);
    println!("probe {:?}", s.probes());
    println!("state {}", s.call(r#"{"cmd":"state","window":2}"#));
    println!("bounds {}", s.call(r#"{"cmd":"getBounds","window":2}"#));
    println!("display {}", s.call(r#"{"cmd":"displayInfo"}"#));
    s.call(r#"{"cmd":"openDevTools","contents":11}"#);
    dump(s, "devtools", 2.0);
    s.call(r#"{"cmd":"closeDevTools","contents":11}"#);
    dump(s, "devtools", 2.0);
    println!("probe {:?}", s.probes());
    println!(
        "shot {}",
        s.call(r#"{"cmd":"screenshot","contents":11,"path":"/tmp/shot-windows.png"}"#)
    );
    s.call(r#"{"cmd":"destroy","window":1}"#);
    dump(s, "destroy", 2.0);
    s.call(&format!(r#"{{"cmd":"createWindow","window":3,"contents":13}}"#));
    s.call(&format!(r#"{{"cmd":"load","contents":13,"url":"{b}"}}"#));
    dump(s, "third", 2.0);
    println!("probe {:?}", s.probes());
}

//! A web server with the answers that loads are tested with.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Starts it, and gives its `http://127.0.0.1:port`.
pub(crate) fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    url
}

fn answer(mut stream: TcpStream) {
    let mut request = [0; 4096];
    let length = stream.read(&mut request).unwrap_or(0);
    let request = String::from_utf8_lossy(&request[..length]);
    let (status, headers, body) = match request.split(' ').nth(1).unwrap_or("") {
        "/never" => return thread::sleep(Duration::from_secs(600)),
        "/redirect" => ("302 Found", "Location: /ok\r\n", ""),
        "/opener-policy" => {
            ("200 OK", "Cross-Origin-Opener-Policy: same-origin\r\n", "<title>policy</title>")
        }
        "/download" => ("200 OK", "Content-Disposition: attachment\r\n", "saved"),
        "/missing" => ("404 Not Found", "", "<title>missing</title>"),
        _ => ("200 OK", "", "<title>ok</title>"),
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
         Connection: close\r\n{headers}\r\n{body}",
        body.len(),
    );
}

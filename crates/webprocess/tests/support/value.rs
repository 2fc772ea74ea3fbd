//! As much of V8's serialisation format as the tests need; conch-clone has all of it.

/// A value of a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Value>),
    /// An array buffer's bytes, with or without a view.
    Bytes(Vec<u8>),
    /// An error's message.
    Error(String),
    Object(Vec<(String, Value)>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.to_owned())
    }
}

pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut out = vec![0xff, 15];
    write(&mut out, value);
    out
}

pub(crate) fn decode(bytes: &[u8]) -> Value {
    let mut reader = Reader { bytes, at: 0 };
    assert_eq!((reader.byte(), reader.byte()), (0xff, 15), "the format's version");
    reader.value()
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Undefined => out.push(b'_'),
        Value::Null => out.push(b'0'),
        Value::Bool(value) => out.push(if *value { b'T' } else { b'F' }),
        Value::Number(number) => {
            out.push(b'N');
            out.extend_from_slice(&number.to_le_bytes());
        }
        Value::String(text) => {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if text.is_ascii() {
                out.push(b'"');
                varint(out, text.len());
                out.extend_from_slice(text.as_bytes());
            } else {
                // The padding depends on the position in the whole message, which readers of
                // ours do not rely on.
                out.push(b'c');
                varint(out, units.len());
                out.extend_from_slice(&units);
            }
        }
        Value::Array(values) => {
            out.push(b'A');
            varint(out, values.len());
            values.iter().for_each(|value| write(out, value));
            out.extend_from_slice(b"$\0");
            varint(out, values.len());
        }
        Value::Bytes(bytes) => {
            out.push(b'B');
            varint(out, bytes.len());
            out.extend_from_slice(bytes);
            out.extend_from_slice(b"VB\0");
            varint(out, bytes.len());
            out.push(0);
        }
        Value::Error(_) | Value::Object(_) => panic!("not written by these tests"),
    }
}

fn varint(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn varint(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    fn take(&mut self, length: usize) -> &[u8] {
        self.at += length;
        &self.bytes[self.at - length..self.at]
    }

    fn double(&mut self) -> f64 {
        f64::from_le_bytes(self.take(8).try_into().unwrap())
    }

    fn string(&mut self) -> String {
        match self.value() {
            Value::String(text) => text,
            other => panic!("not a string: {other:?}"),
        }
    }

    fn value(&mut self) -> Value {
        match self.byte() {
            0 => self.value(),
            b'_' => Value::Undefined,
            b'0' => Value::Null,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'I' => {
                let zigzag = self.varint() as u32;
                Value::Number(f64::from((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)))
            }
            b'N' => Value::Number(self.double()),
            b'"' => {
                let length = self.varint();
                Value::String(self.take(length).iter().copied().map(char::from).collect())
            }
            b'c' => {
                let length = self.varint();
                let pairs = self.take(length).chunks_exact(2);
                let units: Vec<u16> = pairs.map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
                Value::String(String::from_utf16(&units).unwrap())
            }
            b'A' => {
                let length = self.varint();
                let values = (0..length).map(|_| self.value()).collect();
                assert_eq!(self.byte(), b'$');
                self.varint();
                self.varint();
                Value::Array(values)
            }
            b'o' => {
                let mut members = Vec::new();
                while self.bytes[self.at] != b'{' {
                    let name = self.string();
                    members.push((name, self.value()));
                }
                self.at += 1;
                self.varint();
                Value::Object(members)
            }
            b'B' => {
                let length = self.varint();
                let bytes = self.take(length).to_vec();
                if self.bytes.get(self.at) == Some(&b'V') {
                    self.at += 2;
                    for _ in 0..3 {
                        self.varint();
                    }
                }
                Value::Bytes(bytes)
            }
            b'r' => {
                let mut message = String::new();
                loop {
                    match self.byte() {
                        b'm' => message = self.string(),
                        b's' => drop(self.string()),
                        b'c' => drop(self.value()),
                        b'.' => return Value::Error(message),
                        _ => {} // The name of a built-in class.
                    }
                }
            }
            tag => panic!("tag {tag} at {}", self.at - 1),
        }
    }
}

//! The tags and numbers of V8's serialisation format, and nothing else. A record is a tag byte and
//! what the tag calls for; lengths and ids are base-128 varints, the rest is little endian.

/// First byte of every message; the version follows as a varint.
pub(crate) const VERSION: u8 = 0xff;
/// The version that is written: what Node 20 and later write.
pub(crate) const WRITTEN_VERSION: u8 = 15;
/// The oldest version that is read. Version 13 views carry no flags; the rest is the same.
pub(crate) const OLDEST_VERSION: u32 = 13;

/// Deepest nesting that is written or read. The codec keeps its own stack, so the limit does not
/// protect the native one: it bounds the memory of a hostile message, and is well above the depth
/// (about 3,000) at which V8 itself gives up.
pub const MAX_DEPTH: usize = 10_000;

pub(crate) const PADDING: u8 = 0;
pub(crate) const OBJECT_COUNT: u8 = b'?';
pub(crate) const HOLE: u8 = b'-';
pub(crate) const UNDEFINED: u8 = b'_';
pub(crate) const NULL: u8 = b'0';
pub(crate) const TRUE: u8 = b'T';
pub(crate) const FALSE: u8 = b'F';
pub(crate) const INT: u8 = b'I';
pub(crate) const UINT: u8 = b'U';
pub(crate) const DOUBLE: u8 = b'N';
pub(crate) const BIG_INT: u8 = b'Z';
pub(crate) const UTF8_STRING: u8 = b'S';
pub(crate) const ONE_BYTE_STRING: u8 = b'"';
pub(crate) const TWO_BYTE_STRING: u8 = b'c';
pub(crate) const REFERENCE: u8 = b'^';
pub(crate) const OBJECT: u8 = b'o';
pub(crate) const OBJECT_END: u8 = b'{';
pub(crate) const SPARSE_ARRAY: u8 = b'a';
pub(crate) const SPARSE_ARRAY_END: u8 = b'@';
pub(crate) const DENSE_ARRAY: u8 = b'A';
pub(crate) const DENSE_ARRAY_END: u8 = b'$';
pub(crate) const DATE: u8 = b'D';
pub(crate) const TRUE_OBJECT: u8 = b'y';
pub(crate) const FALSE_OBJECT: u8 = b'x';
pub(crate) const NUMBER_OBJECT: u8 = b'n';
pub(crate) const BIG_INT_OBJECT: u8 = b'z';
pub(crate) const STRING_OBJECT: u8 = b's';
pub(crate) const REGEXP: u8 = b'R';
pub(crate) const MAP: u8 = b';';
pub(crate) const MAP_END: u8 = b':';
pub(crate) const SET: u8 = b'\'';
pub(crate) const SET_END: u8 = b',';
pub(crate) const ARRAY_BUFFER: u8 = b'B';
pub(crate) const RESIZABLE_BUFFER: u8 = b'~';
pub(crate) const VIEW: u8 = b'V';
pub(crate) const ERROR: u8 = b'r';

/// Tags for what only moves inside one V8 process; they are never cloned.
pub(crate) const NOT_DATA: [u8; 6] = [b'\\', b't', b'u', b'p', b'w', b'm'];

/// Parts of an error, in the order in which V8 writes them.
pub(crate) mod error {
    pub(crate) const MESSAGE: u8 = b'm';
    pub(crate) const CAUSE: u8 = b'c';
    pub(crate) const STACK: u8 = b's';
    pub(crate) const END: u8 = b'.';
    /// Names that survive, with their tags. `Error` itself has none, and any other name becomes it.
    pub(crate) const NAMES: [(u8, &str); 6] = [
        (b'E', "EvalError"),
        (b'R', "RangeError"),
        (b'F', "ReferenceError"),
        (b'S', "SyntaxError"),
        (b'T', "TypeError"),
        (b'U', "URIError"),
    ];
}

/// View flags of versions 14 and up.
pub(crate) mod view_flags {
    pub(crate) const LENGTH_TRACKING: u32 = 1;
    pub(crate) const RESIZABLE: u32 = 2;
    pub(crate) const ALL: u32 = LENGTH_TRACKING | RESIZABLE;
}

/// `RegExp` flags in the order of V8's bits. The bit between `s` and `d` is V8's private
/// "linear time" flag.
pub(crate) const REGEXP_FLAGS: [(u32, char); 8] = [
    (1, 'g'),
    (1 << 1, 'i'),
    (1 << 2, 'm'),
    (1 << 3, 'y'),
    (1 << 4, 'u'),
    (1 << 5, 's'),
    (1 << 7, 'd'),
    (1 << 8, 'v'),
];

/// Element kinds of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ViewKind {
    Int8,
    Uint8,
    Uint8Clamped,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Float16,
    Float32,
    Float64,
    BigInt64,
    BigUint64,
    Data,
}

impl ViewKind {
    pub(crate) const ALL: [ViewKind; 13] = [
        ViewKind::Int8,
        ViewKind::Uint8,
        ViewKind::Uint8Clamped,
        ViewKind::Int16,
        ViewKind::Uint16,
        ViewKind::Int32,
        ViewKind::Uint32,
        ViewKind::Float16,
        ViewKind::Float32,
        ViewKind::Float64,
        ViewKind::BigInt64,
        ViewKind::BigUint64,
        ViewKind::Data,
    ];

    pub(crate) const fn tag(self) -> u8 {
        match self {
            ViewKind::Int8 => b'b',
            ViewKind::Uint8 => b'B',
            ViewKind::Uint8Clamped => b'C',
            ViewKind::Int16 => b'w',
            ViewKind::Uint16 => b'W',
            ViewKind::Int32 => b'd',
            ViewKind::Uint32 => b'D',
            ViewKind::Float16 => b'h',
            ViewKind::Float32 => b'f',
            ViewKind::Float64 => b'F',
            ViewKind::BigInt64 => b'q',
            ViewKind::BigUint64 => b'Q',
            ViewKind::Data => b'?',
        }
    }

    pub(crate) fn from_tag(tag: u8) -> Option<ViewKind> {
        ViewKind::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// Bytes of one element; 1 for a `DataView`.
    pub(crate) const fn element_size(self) -> usize {
        match self {
            ViewKind::Int8 | ViewKind::Uint8 | ViewKind::Uint8Clamped | ViewKind::Data => 1,
            ViewKind::Int16 | ViewKind::Uint16 | ViewKind::Float16 => 2,
            ViewKind::Int32 | ViewKind::Uint32 | ViewKind::Float32 => 4,
            ViewKind::Float64 | ViewKind::BigInt64 | ViewKind::BigUint64 => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_kind_has_a_tag_of_its_own() {
        for kind in ViewKind::ALL {
            assert_eq!(ViewKind::from_tag(kind.tag()), Some(kind));
        }
    }
}

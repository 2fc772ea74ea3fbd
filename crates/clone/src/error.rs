//! What goes wrong when bytes are not a value.

use thiserror::Error;

/// Why bytes were refused. `at` is the offset in the message of the byte that was read last.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The message ends in the middle of a record, or a length in it is more than what follows.
    #[error("the message ends early at byte {at}")]
    Truncated {
        /// Offset where more was needed.
        at: usize,
    },
    /// No header, or a version other than 13 to 15.
    #[error("version {version} is not supported")]
    Version {
        /// The version in the header; 0 without a header.
        version: u32,
    },
    /// A tag that the format does not have, or that cannot stand here.
    #[error("tag 0x{tag:02x} is not expected at byte {at}")]
    Tag {
        /// The tag.
        tag: u8,
        /// Its offset.
        at: usize,
    },
    /// A tag of something that cannot be copied: host object, transfer, shared memory, wasm.
    #[error("tag 0x{tag:02x} at byte {at} is not data")]
    NotData {
        /// The tag.
        tag: u8,
        /// Its offset.
        at: usize,
    },
    /// A varint of more than 32 bits.
    #[error("a number has too many bits at byte {at}")]
    Varint {
        /// Offset after the number.
        at: usize,
    },
    /// A string whose bytes are not what its tag says.
    #[error("a string is malformed at byte {at}")]
    Text {
        /// Offset after the string.
        at: usize,
    },
    /// A property key that is neither a string nor a number.
    #[error("a property key is malformed at byte {at}")]
    Key {
        /// Offset of the key.
        at: usize,
    },
    /// A back reference to an object that was not there yet.
    #[error("reference to object {id}, which does not exist, at byte {at}")]
    Reference {
        /// The id that was named.
        id: u32,
        /// Offset after the reference.
        at: usize,
    },
    /// A count at the end of an object, array, map or set differs from what was there.
    #[error("a count is wrong at byte {at}")]
    Count {
        /// Offset after the count.
        at: usize,
    },
    /// A view that does not fit its buffer, or of an unknown kind, or with unknown flags.
    #[error("a view is malformed at byte {at}")]
    View {
        /// Offset after the view.
        at: usize,
    },
    /// A resizable buffer that is longer than its own maximum.
    #[error("a buffer is longer than its maximum at byte {at}")]
    Buffer {
        /// Offset after the lengths.
        at: usize,
    },
    /// A regular expression with unknown flags, or that does not compile.
    #[error("a regular expression is malformed at byte {at}")]
    RegExp {
        /// Offset after the expression.
        at: usize,
    },
    /// A BigInt of more bits than the engine can hold.
    #[error("a BigInt is too large at byte {at}")]
    BigInt {
        /// Offset after the BigInt.
        at: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    #[error("nested too deeply at byte {at}")]
    Depth {
        /// Offset where the limit was passed.
        at: usize,
    },
}

/// Why [`read`](crate::read) gave no value.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not a value.
    #[error(transparent)]
    Malformed(#[from] DecodeError),
    /// The engine refused: out of memory, a string or buffer above its limits. The exception is
    /// pending in the context.
    #[error(transparent)]
    Engine(#[from] rquickjs::Error),
}

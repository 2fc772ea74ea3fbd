//! Header and body of a message, without their meaning.

use crate::PortHandle;

/// Bytes in a header.
pub const HEADER_LENGTH: usize = 16;
/// Longest body in bytes. A header that claims more is a violation: no receiver has to find room
/// for it. Electron's own limit for one message is of the same order.
pub const MAX_BODY: usize = 512 << 20;
/// Longest channel name in bytes.
pub const MAX_CHANNEL: usize = 1 << 20;
/// Most ports that one message may carry.
pub const MAX_PORTS: usize = 1024;

/// Why bytes are not a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// The header claims a body longer than [`MAX_BODY`].
    #[error("a message of {0} bytes is longer than the limit of {MAX_BODY}")]
    TooLong(u32),
    /// Reserved header bytes are not zero.
    #[error("reserved header bytes are not zero")]
    Reserved,
    /// The body ends before the fields it announces.
    #[error("a message body is cut short")]
    Truncated,
    /// The channel name is longer than [`MAX_CHANNEL`].
    #[error("a channel name of {0} bytes is longer than the limit of {MAX_CHANNEL}")]
    ChannelTooLong(u32),
    /// The channel name is not UTF-8.
    #[error("a channel name is not UTF-8")]
    ChannelNotUtf8,
    /// More ports than [`MAX_PORTS`].
    #[error("a message with {0} ports is over the limit of {MAX_PORTS}")]
    TooManyPorts(u32),
    /// No message of this kind exists in this direction.
    #[error("unknown message kind {0}")]
    UnknownKind(u8),
    /// A field has a value that its kind does not allow.
    #[error("{0}")]
    Invalid(&'static str),
}

/// The fixed part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Bytes that follow the header.
    pub length: u32,
    /// What the message is; see [`crate::kind`].
    pub kind: u8,
    /// Bits whose meaning depends on the kind.
    pub flags: u8,
    /// The document that sent the message or is to get it; 0 where there is none.
    pub document: u32,
    /// A call, port, frame or line number, depending on the kind.
    pub id: u32,
}

impl Header {
    /// Reads a header and checks its length field.
    ///
    /// # Errors
    /// [`WireError::TooLong`] and [`WireError::Reserved`].
    pub fn decode(bytes: &[u8; HEADER_LENGTH]) -> Result<Header, WireError> {
        let [l0, l1, l2, l3, kind, flags, z0, z1, d0, d1, d2, d3, i0, i1, i2, i3] = *bytes;
        let length = u32::from_le_bytes([l0, l1, l2, l3]);
        if length as usize > MAX_BODY {
            return Err(WireError::TooLong(length));
        }
        if (z0, z1) != (0, 0) {
            return Err(WireError::Reserved);
        }
        Ok(Header {
            length,
            kind,
            flags,
            document: u32::from_le_bytes([d0, d1, d2, d3]),
            id: u32::from_le_bytes([i0, i1, i2, i3]),
        })
    }

    /// Appends the header's bytes to `out`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&[self.kind, self.flags, 0, 0]);
        out.extend_from_slice(&self.document.to_le_bytes());
        out.extend_from_slice(&self.id.to_le_bytes());
    }
}

/// A message taken apart, its fields still without meaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Envelope {
    /// What the message is; see [`crate::kind`].
    pub kind: u8,
    /// Bits whose meaning depends on the kind.
    pub flags: u8,
    /// The document that sent the message or is to get it.
    pub document: u32,
    /// A call, port, frame or line number, depending on the kind.
    pub id: u32,
    /// A channel name, path or address.
    pub channel: String,
    /// Ports that move with the message.
    pub ports: Vec<PortHandle>,
    /// The rest of the body.
    pub payload: Vec<u8>,
}

impl Envelope {
    /// Takes a body apart. The payload keeps the allocation of `body`.
    ///
    /// # Errors
    /// Any [`WireError`] that a body can show.
    pub fn decode(header: Header, mut body: Vec<u8>) -> Result<Envelope, WireError> {
        let mut reader = Reader { bytes: &body, at: 0 };
        let channel_length = reader.u32()?;
        if channel_length as usize > MAX_CHANNEL {
            return Err(WireError::ChannelTooLong(channel_length));
        }
        let channel = reader.take(channel_length as usize)?;
        let channel = std::str::from_utf8(channel).map_err(|_| WireError::ChannelNotUtf8)?;
        let channel = channel.to_owned();
        let count = reader.u32()?;
        if count as usize > MAX_PORTS {
            return Err(WireError::TooManyPorts(count));
        }
        let mut ports = Vec::with_capacity(count as usize);
        for _ in 0..count {
            ports.push(PortHandle(reader.u32()?));
        }
        let start = reader.at;
        body.drain(..start);
        Ok(Envelope {
            kind: header.kind,
            flags: header.flags,
            document: header.document,
            id: header.id,
            channel,
            ports,
            payload: body,
        })
    }

    /// Appends header and body to `out`.
    ///
    /// # Errors
    /// [`WireError::TooLong`], [`WireError::ChannelTooLong`] or [`WireError::TooManyPorts`] where
    /// the receiver would refuse the message; `out` is unchanged then.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), WireError> {
        let too_long = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if self.channel.len() > MAX_CHANNEL {
            return Err(WireError::ChannelTooLong(too_long(self.channel.len())));
        }
        if self.ports.len() > MAX_PORTS {
            return Err(WireError::TooManyPorts(too_long(self.ports.len())));
        }
        let length = 8 + self.channel.len() + 4 * self.ports.len() + self.payload.len();
        if length > MAX_BODY {
            return Err(WireError::TooLong(too_long(length)));
        }
        out.reserve(HEADER_LENGTH + length);
        let header = Header {
            length: too_long(length),
            kind: self.kind,
            flags: self.flags,
            document: self.document,
            id: self.id,
        };
        header.encode(out);
        out.extend_from_slice(&too_long(self.channel.len()).to_le_bytes());
        out.extend_from_slice(self.channel.as_bytes());
        out.extend_from_slice(&too_long(self.ports.len()).to_le_bytes());
        for port in &self.ports {
            out.extend_from_slice(&port.0.to_le_bytes());
        }
        out.extend_from_slice(&self.payload);
        Ok(())
    }
}

/// A cursor that cannot leave its bytes.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let end = self.at.checked_add(length).ok_or(WireError::Truncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(WireError::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, WireError> {
        let taken = self.take(4)?;
        let array: [u8; 4] = taken.try_into().map_err(|_| WireError::Truncated)?;
        Ok(u32::from_le_bytes(array))
    }
}

//! The envelope: what goes out comes back, and nothing that comes in can hurt.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use conch_wire::{Envelope, FromRenderer, HEADER_LENGTH, Header, MAX_BODY, PortHandle, WireError};
use proptest::prelude::*;

fn split(bytes: &[u8]) -> (Header, Vec<u8>) {
    let header = Header::decode(bytes[..HEADER_LENGTH].try_into().unwrap()).unwrap();
    (header, bytes[HEADER_LENGTH..].to_vec())
}

prop_compose! {
    fn envelopes()(
        kind in any::<u8>(), flags in any::<u8>(), document in any::<u32>(), id in any::<u32>(),
        channel in ".{0,40}", ports in prop::collection::vec(any::<u32>(), 0..20),
        payload in prop::collection::vec(any::<u8>(), 0..400),
    ) -> Envelope {
        let ports = ports.into_iter().map(PortHandle).collect();
        Envelope { kind, flags, document, id, channel, ports, payload }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same(envelope in envelopes()) {
        let mut bytes = vec![];
        envelope.encode(&mut bytes).unwrap();
        let (header, body) = split(&bytes);
        prop_assert_eq!(header.length as usize, body.len());
        prop_assert_eq!(Envelope::decode(header, body).unwrap(), envelope);
    }

    #[test]
    fn every_prefix_of_the_fields_is_refused(envelope in envelopes()) {
        let mut bytes = vec![];
        envelope.encode(&mut bytes).unwrap();
        let (header, body) = split(&bytes);
        let fields = body.len() - envelope.payload.len();
        for end in 0..fields {
            prop_assert_eq!(Envelope::decode(header, body[..end].to_vec()), Err(WireError::Truncated));
        }
    }

    #[test]
    fn any_bytes_give_a_message_or_an_error(
        head in prop::array::uniform16(any::<u8>()), body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        if let Ok(header) = Header::decode(&head)
            && let Ok(envelope) = Envelope::decode(header, body)
        {
            let _ = FromRenderer::try_from(envelope);
        }
    }
}

#[test]
fn a_claim_of_four_gibibytes_is_refused_before_any_allocation() {
    let mut bytes = [0; HEADER_LENGTH];
    bytes[..4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(Header::decode(&bytes), Err(WireError::TooLong(u32::MAX)));
    bytes[..4].copy_from_slice(&(MAX_BODY as u32).to_le_bytes());
    assert!(Header::decode(&bytes).is_ok());
}

#[test]
fn a_kind_of_the_other_direction_is_unknown() {
    let envelope = Envelope { kind: conch_wire::kind::TO_SEND, ..Envelope::default() };
    assert_eq!(FromRenderer::try_from(envelope), Err(WireError::UnknownKind(64)));
}

#[test]
fn document_zero_cannot_be_announced() {
    let envelope = Envelope { kind: conch_wire::kind::DOCUMENT, ..Envelope::default() };
    assert!(matches!(FromRenderer::try_from(envelope), Err(WireError::Invalid(_))));
}

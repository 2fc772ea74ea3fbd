//! Any bytes from a renderer are a message or an error; a message that decodes encodes to the same
//! bytes.
#![no_main]

use conch_wire::{Envelope, FromRenderer, HEADER_LENGTH, Header};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((head, body)) = bytes.split_first_chunk::<HEADER_LENGTH>() else { return };
    // As the link does, which reads as many bytes as the header says: by chance that seldom fits.
    let mut head = *head;
    head[..4].copy_from_slice(&u32::to_le_bytes(body.len() as u32));
    let Ok(header) = Header::decode(&head) else { return };
    let Ok(envelope) = Envelope::decode(header, body.to_vec()) else { return };
    let mut again = Vec::new();
    assert_eq!(envelope.encode(&mut again), Ok(()));
    assert_eq!(again.split_first_chunk(), Some((&head, body)));
    let _ = FromRenderer::try_from(envelope);
});

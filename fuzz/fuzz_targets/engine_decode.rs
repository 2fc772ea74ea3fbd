//! Any bytes from an engine are a message or an error; a message that decodes encodes to the same
//! bytes. An engine may be Node with the app in it: what comes from there is not the shell's own.
#![no_main]

use conch_wire::{ENGINE_HEADER_LENGTH, EngineHeader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((head, body)) = bytes.split_first_chunk::<ENGINE_HEADER_LENGTH>() else { return };
    // Whoever reads a message reads as many bytes as it says; a length by chance seldom fits.
    let mut head = *head;
    head[8..12].copy_from_slice(&u32::to_le_bytes(body.len() as u32));
    let Ok(header) = EngineHeader::decode(&head) else { return };
    assert_eq!(header.length(), body.len());
    let Ok(message) = header.message(body.to_vec()) else { return };
    let mut again = Vec::new();
    assert_eq!(message.encode(&mut again), Ok(()));
    assert_eq!(again.split_first_chunk(), Some((&head, body)));
});

//! Callers who keep no rule: the router refuses or does as told, and stays sound.

use conch_ports::{Census, DocumentId, Effect, Handle, Limits, NodeId, Router, Seat, Transit};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Call {
    Open(Seat, Handle, Handle),
    Create(Seat),
    Post(NodeId, Handle, Vec<Handle>),
    Close(NodeId, Handle),
    Start(NodeId, Handle),
    Ship(NodeId, Vec<Handle>),
    Land(usize, Seat),
    Discard(usize),
    Returned(NodeId, Handle, Vec<Handle>),
    Settled(NodeId, Handle),
    DocumentGone(Seat),
    NodeGone(NodeId),
    Effects(usize),
}

fn any_call() -> impl Strategy<Value = Call> {
    let node = || (0u32..3).prop_map(NodeId::new);
    let seat = || (node(), 0u32..2).prop_map(|(n, d)| Seat::new(n, DocumentId::new(d)));
    let handle = || (0u32..24).prop_map(Handle::new);
    let list = || proptest::collection::vec(handle(), 0..3);
    prop_oneof![
        4 => (seat(), handle(), handle()).prop_map(|(s, a, b)| Call::Open(s, a, b)),
        3 => seat().prop_map(Call::Create),
        9 => (node(), handle(), list()).prop_map(|(n, h, l)| Call::Post(n, h, l)),
        3 => (node(), handle()).prop_map(|(n, h)| Call::Close(n, h)),
        3 => (node(), handle()).prop_map(|(n, h)| Call::Start(n, h)),
        6 => (node(), list()).prop_map(|(n, l)| Call::Ship(n, l)),
        5 => (0usize..4, seat()).prop_map(|(i, s)| Call::Land(i, s)),
        1 => (0usize..4).prop_map(Call::Discard),
        5 => (node(), handle(), list()).prop_map(|(n, h, l)| Call::Returned(n, h, l)),
        5 => (node(), handle()).prop_map(|(n, h)| Call::Settled(n, h)),
        1 => seat().prop_map(Call::DocumentGone),
        1 => node().prop_map(Call::NodeGone),
        5 => (0usize..6).prop_map(Call::Effects),
    ]
}

fn call(router: &mut Router<Vec<u8>>, kept: &mut Vec<Transit>, call: Call) -> usize {
    let message = vec![0; 3];
    match call {
        Call::Open(seat, a, b) => drop(router.open(seat, a, b)),
        Call::Create(seat) => drop(router.create(seat)),
        Call::Post(node, handle, list) => drop(router.post(node, handle, message, &list)),
        Call::Close(node, handle) => drop(router.close(node, handle)),
        Call::Start(node, handle) => router.start(node, handle),
        Call::Ship(node, list) => kept.extend(router.ship(node, &list)),
        Call::Land(index, seat) if index < kept.len() => {
            let transit = kept.swap_remove(index);
            let expected = transit.len();
            assert_eq!(router.land(transit, seat).len(), expected);
        }
        Call::Discard(index) if index < kept.len() => router.discard(kept.swap_remove(index)),
        Call::Land(..) | Call::Discard(_) => {}
        Call::Returned(node, handle, list) => drop(router.returned(node, handle, message, &list)),
        Call::Settled(node, handle) => drop(router.settled(node, handle)),
        Call::DocumentGone(seat) => router.document_gone(seat),
        Call::NodeGone(node) => router.node_gone(node),
        Call::Effects(count) => {
            let effects = std::iter::from_fn(|| router.next_effect()).take(count);
            return effects.filter(|e| matches!(e, Effect::Deliver { .. })).count();
        }
    }
    0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_called_the_router_stays_sound_and_bounded_and_can_be_emptied(
        calls in proptest::collection::vec(any_call(), 0..150),
    ) {
        let limits = Limits { handles: 10, held_items: 12, held_bytes: 40, nesting: 6 };
        let mut router = Router::with_limits(limits);
        let mut kept = Vec::new();
        for step in calls {
            call(&mut router, &mut kept, step.clone());
            prop_assert_eq!(router.audit(), Ok(()), "after {:?}", step);
            let census = router.census();
            // Three nodes, and one message over the bound where it was to be handed on at once.
            prop_assert!(census.handles <= 30);
        }
        for node in 0..3 {
            router.node_gone(NodeId::new(node));
            prop_assert_eq!(router.audit(), Ok(()));
        }
        for transit in kept {
            router.discard(transit);
        }
        prop_assert_eq!(router.next_effect(), None);
        prop_assert_eq!(router.census(), Census::default());
    }
}

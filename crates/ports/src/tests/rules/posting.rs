//! Posting: who gets what, and what is refused.

use super::*;
use conch_ports::{Census, Violation};

#[test]
fn messages_arrive_in_the_order_in_which_they_were_posted() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(MAIN, ours, "a", &[]).unwrap();
    router.post(MAIN, ours, "b", &[]).unwrap();
    router.post(ONE, theirs, "c", &[]).unwrap();
    assert_eq!(
        told(&mut router),
        [deliver(PAGE, theirs, "a"), deliver(PAGE, theirs, "b"), deliver(Seat::MAIN, ours, "c")],
    );
}

#[test]
fn a_port_of_main_holds_messages_and_close_until_it_is_started() {
    let mut router = Router_::new();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.post(MAIN, a, "early", &[]).unwrap();
    router.close(MAIN, a).unwrap();
    assert_eq!(told(&mut router), [close(Seat::MAIN, a)]);
    router.start(MAIN, b);
    router.start(MAIN, b);
    assert_eq!(told(&mut router), [deliver(Seat::MAIN, b, "early"), close(Seat::MAIN, b)]);
}

#[test]
fn a_port_of_a_renderer_needs_no_start() {
    let mut router = Router_::new();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.post(ONE, h(2), "a", &[]).unwrap();
    router.start(ONE, h(4));
    assert_eq!(told(&mut router), [deliver(PAGE, h(4), "a")]);
}

#[test]
fn ports_in_a_message_arrive_with_it_and_carry_what_was_posted_on_them() {
    let (mut router, ours, theirs) = main_and_page();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.post(MAIN, a, "inside", &[]).unwrap();
    router.post(MAIN, ours, "outside", &[b]).unwrap();
    let effects = told(&mut router);
    let Effect::Deliver { seat, handle, message, ports } = &effects[0] else { panic!() };
    assert_eq!((*seat, *handle, *message, ports.len()), (PAGE, theirs, "outside", 1));
    assert_eq!(effects[1..], [deliver(PAGE, ports[0], "inside")]);
}

#[test]
fn a_post_to_a_closed_peer_goes_nowhere_and_closes_the_ports_in_it() {
    let mut router = Router_::new();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    let (c, d) = router.create(Seat::MAIN).unwrap();
    router.start(MAIN, c);
    router.close(MAIN, b).unwrap();
    router.post(MAIN, a, "nobody", &[d]).unwrap();
    assert_eq!(told(&mut router), [close(Seat::MAIN, b), close(Seat::MAIN, c)]);
    assert_eq!(router.census().held_messages, 0);
}

#[test]
fn a_port_posted_through_its_own_peer_is_lost_with_the_message_and_the_channel_closes() {
    let (mut router, ours, _) = main_and_page();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.start(MAIN, a);
    router.post(MAIN, ours, "before", &[]).unwrap();
    router.post(MAIN, a, "doomed", &[b]).unwrap();
    assert_eq!(told(&mut router)[1..], [close(Seat::MAIN, a)]);
}

#[test]
fn ports_posted_into_each_other_are_lost() {
    let mut router = Router_::new();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    let (c, d) = router.create(Seat::MAIN).unwrap();
    router.start(MAIN, a);
    router.start(MAIN, c);
    router.post(MAIN, a, "d in b", &[d]).unwrap();
    router.post(MAIN, c, "b in d", &[b]).unwrap();
    let mut effects = told(&mut router);
    effects.sort_by_key(|effect| format!("{effect:?}"));
    assert_eq!(effects, [close(Seat::MAIN, a), close(Seat::MAIN, c)]);
    assert_eq!(router.census(), Census::default());
}

#[test]
fn ports_that_lie_in_each_others_queues_on_a_page_do_not_chase_each_other_for_ever() {
    let mut router = Router_::new();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(PAGE, h(6), h(8)).unwrap();
    router.post(ONE, h(2), "8 in the queue of 4", &[h(8)]).unwrap();
    let effects = told(&mut router);
    let Effect::Deliver { ports, .. } = &effects[1] else { panic!("{effects:?}") };
    let eight = ports[0];
    router.settled(ONE, h(8)).unwrap();
    // The page ships 4 to where 8 is, and its queue has to follow.
    router.post(ONE, h(6), "4 in the queue of 8", &[h(4)]).unwrap();
    let effects = told(&mut router);
    assert_eq!(effects[0], fence(PAGE, h(4)));
    let Effect::Deliver { handle, ports, .. } = &effects[1] else { panic!("{effects:?}") };
    assert_eq!(*handle, eight);
    let four = ports[0];
    router.returned(ONE, h(4), "8 in the queue of 4", &[eight]).unwrap();
    router.settled(ONE, h(4)).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, eight)]);
    router.returned(ONE, eight, "4 in the queue of 8", &[four]).unwrap();
    router.settled(ONE, eight).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, four), close(PAGE, h(6))]);
    router.settled(ONE, four).unwrap();
    assert_eq!(told(&mut router), [close(PAGE, h(2))]);
}

#[test]
fn a_port_that_its_user_has_is_not_taken_for_lost_because_of_where_it_came_from() {
    let mut router = Router_::new();
    for name in [2, 6, 10] {
        router.open(PAGE, h(name), h(name + 2)).unwrap();
    }
    let arrived = |router: &mut Router_| {
        told(router).into_iter().find_map(|effect| match effect {
            Effect::Deliver { ports, .. } => ports.first().copied(),
            _ => None,
        })
    };
    router.post(ONE, h(6), "12 in the queue of 8", &[h(12)]).unwrap();
    let twelve = arrived(&mut router).unwrap();
    router.settled(ONE, h(12)).unwrap();
    router.post(ONE, h(2), "8 for the user of 4", &[h(8)]).unwrap();
    let eight = arrived(&mut router).unwrap();
    // The user has it. Now 4 goes into the queue of 12, and only then comes back what lay in 8.
    router.post(ONE, h(10), "4 in the queue of 12", &[h(4)]).unwrap();
    let four = arrived(&mut router).unwrap();
    router.returned(ONE, h(8), "12 in the queue of 8", &[twelve]).unwrap();
    router.settled(ONE, h(8)).unwrap();
    let effects = told(&mut router);
    assert_eq!(effects[0], fence(PAGE, twelve));
    let Effect::Deliver { handle, .. } = effects[1] else { panic!("{effects:?}") };
    assert_eq!(handle, eight);
    assert_eq!(router.returned(ONE, twelve, "4 in the queue of 12", &[four]), Ok(()));
    assert_eq!(router.audit(), Ok(()));
}

#[test]
fn what_is_for_main_is_told_to_main_only_when_it_asks() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(MAIN, ours, "to a page that has shipped the port to main", &[]).unwrap();
    let landed = ship(&mut router, ONE, theirs, Seat::MAIN);
    router.settled(ONE, theirs).unwrap();
    router.start(MAIN, landed);
    assert_eq!(router.next_renderer_effect(), Some(fence(PAGE, theirs)));
    assert_eq!(router.next_renderer_effect(), None);
    let message = "to a page that has shipped the port to main";
    assert_eq!(router.next_main_effect(), Some(deliver(Seat::MAIN, landed, message)));
}

#[test]
fn a_refused_list_detaches_nothing() {
    let mut router = Router_::new();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    let (c, gone) = router.create(Seat::MAIN).unwrap();
    router.close(MAIN, gone).unwrap();
    let refusals = [
        (vec![c, a], Violation::SourceInList { index: 1 }),
        (vec![c, b, c], Violation::Duplicate { index: 2 }),
        (vec![c, gone], Violation::Neutered { index: 1 }),
        (vec![c, h(99)], Violation::NotOwned { index: 1 }),
    ];
    let before = router.clone();
    for (list, violation) in refusals {
        assert_eq!(router.post(MAIN, a, "no", &list), Err(violation));
        if !list.contains(&a) {
            assert_eq!(router.ship(MAIN, &list), Err(violation));
        }
    }
    assert_eq!(router, before);
}

#[test]
fn a_port_in_shipping_cannot_be_shipped_again() {
    let (mut router, _, theirs) = main_and_page();
    let transit = router.ship(ONE, &[theirs]).unwrap();
    assert_eq!(router.ship(ONE, &[theirs]), Err(Violation::Neutered { index: 0 }));
    router.discard(transit);
}

#[test]
fn a_message_given_to_main_may_make_it_ship_the_port_and_the_rest_goes_along() {
    let mut router = Router_::new();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.start(MAIN, b);
    for message in ["1", "2", "3"] {
        router.post(MAIN, a, message, &[]).unwrap();
    }
    assert_eq!(router.next_effect(), Some(deliver(Seat::MAIN, b, "1")));
    let landed = ship(&mut router, MAIN, b, PAGE);
    assert_eq!(told(&mut router), [deliver(PAGE, landed, "2"), deliver(PAGE, landed, "3")]);
}

#[test]
fn an_inert_port_of_main_ignores_everything_and_takes_no_ports() {
    let (mut router, ours, _) = main_and_page();
    let (a, _b) = router.create(Seat::MAIN).unwrap();
    let transit = router.ship(MAIN, &[ours]).unwrap();
    let before = router.clone();
    assert_eq!(router.post(MAIN, ours, "into the void", &[a]), Ok(()));
    router.start(MAIN, ours);
    assert_eq!(router.close(MAIN, ours), Ok(()));
    assert_eq!(router, before);
    router.discard(transit);
}

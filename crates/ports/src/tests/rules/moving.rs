//! Moving: fences, returns, late posts, chains.

use super::*;
use conch_ports::{Census, Violation};

#[test]
fn a_renderer_that_ships_is_fenced_and_hears_nothing_more() {
    let (mut router, ours, theirs) = main_and_page();
    let transit = router.ship(ONE, &[theirs]).unwrap();
    router.post(MAIN, ours, "for the next", &[]).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, theirs)]);
    let landed = router.land(transit, OTHER);
    assert_eq!(told(&mut router), [], "the old holder may still return messages");
    router.settled(ONE, theirs).unwrap();
    assert_eq!(told(&mut router), [deliver(OTHER, landed[0], "for the next")]);
}

#[test]
fn what_was_not_consumed_comes_first_for_the_new_holder() {
    let (mut router, ours, theirs) = main_and_page();
    for message in ["1", "2", "3"] {
        router.post(MAIN, ours, message, &[]).unwrap();
    }
    assert_eq!(told(&mut router).len(), 3);
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.post(MAIN, ours, "4", &[]).unwrap();
    router.returned(ONE, theirs, "2", &[]).unwrap();
    router.returned(ONE, theirs, "3", &[]).unwrap();
    router.settled(ONE, theirs).unwrap();
    let rest = ["2", "3", "4"].map(|message| deliver(OTHER, landed, message));
    assert_eq!(told(&mut router)[1..], rest);
}

#[test]
fn late_posts_of_the_old_holder_go_before_those_of_the_new_one() {
    let (mut router, ours, theirs) = main_and_page();
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.post(TWO, landed, "new", &[]).unwrap();
    router.post(ONE, theirs, "old", &[]).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, theirs), deliver(Seat::MAIN, ours, "old")]);
    router.settled(ONE, theirs).unwrap();
    assert_eq!(told(&mut router), [deliver(Seat::MAIN, ours, "new")]);
}

#[test]
fn a_chain_of_holders_keeps_both_directions_in_order_however_they_settle() {
    let (mut router, ours, first) = main_and_page();
    router.post(MAIN, ours, "in 1", &[]).unwrap();
    assert_eq!(told(&mut router).len(), 1);
    let second = ship(&mut router, ONE, first, OTHER);
    router.post(TWO, second, "out 2", &[]).unwrap();
    let third = ship(&mut router, TWO, second, FRAME);
    router.post(ONE, third, "out 4", &[]).unwrap();
    router.post(TWO, second, "out 3", &[]).unwrap();
    router.settled(TWO, second).unwrap();
    router.post(MAIN, ours, "in 2", &[]).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, first), fence(OTHER, second)]);
    router.post(ONE, first, "out 1", &[]).unwrap();
    router.returned(ONE, first, "in 1", &[]).unwrap();
    router.settled(ONE, first).unwrap();
    let mut effects = told(&mut router);
    effects.sort_by_key(|effect| format!("{effect:?}"));
    let out = ["out 1", "out 2", "out 3", "out 4"].map(|m| deliver(Seat::MAIN, ours, m));
    let come = ["in 1", "in 2"].map(|m| deliver(FRAME, third, m));
    assert_eq!(effects, [out.to_vec(), come.to_vec()].concat());
}

#[test]
fn a_chain_through_main_needs_no_word_of_it() {
    let (mut router, ours, first) = main_and_page();
    let second = ship(&mut router, ONE, first, Seat::MAIN);
    router.post(MAIN, second, "2", &[]).unwrap();
    let third = ship(&mut router, MAIN, second, OTHER);
    router.post(TWO, third, "3", &[]).unwrap();
    router.post(ONE, first, "1", &[]).unwrap();
    router.settled(ONE, first).unwrap();
    let effects = told(&mut router);
    assert_eq!(effects[1..], ["1", "2", "3"].map(|message| deliver(Seat::MAIN, ours, message)));
}

#[test]
fn a_returned_message_takes_the_ports_in_it_along() {
    let (mut router, ours, theirs) = main_and_page();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.post(MAIN, ours, "outer", &[b]).unwrap();
    let effects = told(&mut router);
    let Effect::Deliver { ports, .. } = &effects[0] else { panic!() };
    let inner = ports[0];
    router.post(MAIN, a, "inner", &[]).unwrap();
    assert_eq!(told(&mut router), [deliver(PAGE, inner, "inner")]);

    let landed = ship(&mut router, ONE, theirs, OTHER);
    assert_eq!(told(&mut router), [fence(PAGE, theirs)]);
    router.returned(ONE, theirs, "outer", &[inner]).unwrap();
    router.settled(ONE, theirs).unwrap();
    let effects = told(&mut router);
    assert_eq!(effects[0], fence(PAGE, inner));
    let Effect::Deliver { handle, ports, .. } = &effects[1] else { panic!() };
    assert_eq!((*handle, effects.len()), (landed, 2));
    router.returned(ONE, inner, "inner", &[]).unwrap();
    router.settled(ONE, inner).unwrap();
    assert_eq!(told(&mut router), [deliver(OTHER, ports[0], "inner")]);
}

#[test]
fn a_holder_returns_no_more_than_it_was_given_and_only_what_it_ships() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(MAIN, ours, "1", &[]).unwrap();
    assert_eq!(told(&mut router).len(), 1);
    assert_eq!(router.returned(ONE, theirs, "1", &[]), Err(Violation::NotShipping(theirs)));
    assert_eq!(router.settled(ONE, theirs), Err(Violation::NotShipping(theirs)));
    let transit = router.ship(ONE, &[theirs]).unwrap();
    assert_eq!(router.returned(ONE, theirs, "1", &[]), Ok(()));
    assert_eq!(router.returned(ONE, theirs, "2", &[]), Err(Violation::ReturnedTooMuch(theirs)));
    router.discard(transit);
}

#[test]
fn after_settling_a_name_is_dead() {
    let (mut router, _, theirs) = main_and_page();
    let transit = router.ship(ONE, &[theirs]).unwrap();
    router.settled(ONE, theirs).unwrap();
    let dead = Err(Violation::Settled(theirs));
    assert_eq!(router.post(ONE, theirs, "late", &[]), dead);
    assert_eq!(router.returned(ONE, theirs, "late", &[]), dead);
    assert_eq!(router.settled(ONE, theirs), dead);
    assert_eq!(router.ship(ONE, &[theirs]), Err(Violation::Neutered { index: 0 }));
    assert_eq!(router.close(ONE, theirs), Ok(()), "a finalizer may say so, and changes nothing");
    router.discard(transit);
}

#[test]
fn closing_a_shipped_port_changes_nothing() {
    let (mut router, ours, theirs) = main_and_page();
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.close(ONE, theirs).unwrap();
    router.settled(ONE, theirs).unwrap();
    router.post(MAIN, ours, "alive", &[]).unwrap();
    assert_eq!(told(&mut router)[1..], [deliver(OTHER, landed, "alive")]);
}

#[test]
fn a_port_sent_round_and_round_through_main_leaves_no_trail() {
    let (mut router, ours, theirs) = main_and_page();
    let mut handle = ship(&mut router, ONE, theirs, Seat::MAIN);
    for _ in 0..100 {
        handle = ship(&mut router, MAIN, handle, Seat::MAIN);
    }
    assert_eq!(
        router.census(),
        Census { channels: 1, ends: 2, handles: 3, ..Census::default() },
        "ours, the unsettled one, and where it is now",
    );
    router.settled(ONE, theirs).unwrap();
    router.post(MAIN, handle, "back", &[]).unwrap();
    assert_eq!(told(&mut router)[1..], [deliver(Seat::MAIN, ours, "back")]);
}

#[test]
fn a_discarded_parcel_closes_its_ports_and_the_late_posts_still_arrive() {
    let (mut router, ours, theirs) = main_and_page();
    let transit = router.ship(ONE, &[theirs]).unwrap();
    router.discard(transit);
    router.post(ONE, theirs, "late", &[]).unwrap();
    router.settled(ONE, theirs).unwrap();
    assert_eq!(
        told(&mut router),
        [fence(PAGE, theirs), deliver(Seat::MAIN, ours, "late"), close(Seat::MAIN, ours)],
    );
    assert_eq!(router.census(), Census::default());
}

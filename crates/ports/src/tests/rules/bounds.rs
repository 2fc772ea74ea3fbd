//! Bounds: what a node may make the router keep.

use super::*;
use conch_ports::{Census, Violation};

#[test]
fn a_node_holds_only_so_many_ports() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(PAGE, h(6), h(8)).unwrap();
    assert_eq!(router.open(PAGE, h(10), h(12)), Err(Violation::TooManyPorts));
    router.open(OTHER, h(2), h(4)).unwrap();
    router.close(ONE, h(2)).unwrap();
    router.close(ONE, h(4)).unwrap();
    assert_eq!(router.open(PAGE, h(10), h(12)), Ok(()));
    router.create(Seat::MAIN).unwrap();
    router.create(Seat::MAIN).unwrap();
    assert_eq!(router.create(Seat::MAIN), Err(Violation::TooManyPorts));
}

#[test]
fn shipped_ports_count_until_they_settle() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(PAGE, h(6), h(8)).unwrap();
    let transit = router.ship(ONE, &[h(2), h(4)]).unwrap();
    assert_eq!(router.open(PAGE, h(10), h(12)), Err(Violation::TooManyPorts));
    router.settled(ONE, h(2)).unwrap();
    router.settled(ONE, h(4)).unwrap();
    assert_eq!(router.open(PAGE, h(10), h(12)), Ok(()));
    router.discard(transit);
}

#[test]
fn a_node_that_is_full_gives_up_the_ports_whose_close_it_was_told_oldest_first() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(PAGE, h(6), h(8)).unwrap();
    router.close(ONE, h(4)).unwrap();
    router.close(ONE, h(8)).unwrap();
    assert_eq!(told(&mut router), [close(PAGE, h(2)), close(PAGE, h(6))]);
    router.open(PAGE, h(10), h(12)).unwrap();
    assert_eq!(router.census().handles, 4);
    let (a, _) = router.create(Seat::MAIN).unwrap();
    let landed = ship(&mut router, MAIN, a, PAGE);
    assert_eq!(told(&mut router), []);
    assert_eq!(router.post(ONE, landed, "lives", &[]), Ok(()));
    assert_eq!(router.post(ONE, h(2), "given up", &[]), Ok(()));
    assert_eq!(router.audit(), Ok(()));
}

#[test]
fn a_port_that_lands_on_a_full_node_arrives_closed() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(PAGE, h(6), h(8)).unwrap();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    router.start(MAIN, a);
    let landed = ship(&mut router, MAIN, b, PAGE);
    assert_eq!(told(&mut router), [close(PAGE, landed), close(Seat::MAIN, a)]);
    assert_eq!(router.audit(), Ok(()));
}

#[test]
fn only_so_many_messages_wait_and_they_are_charged_to_who_posted_them() {
    let mut router = small();
    let (a, b) = router.create(Seat::MAIN).unwrap();
    for message in ["1", "2", "3"] {
        router.post(MAIN, a, message, &[]).unwrap();
    }
    assert_eq!(router.post(MAIN, a, "4", &[]), Err(Violation::TooMuchHeld));
    router.open(PAGE, h(2), h(4)).unwrap();
    let theirs = ship(&mut router, ONE, h(4), Seat::MAIN);
    router.settled(ONE, h(4)).unwrap();
    assert_eq!(router.post(ONE, h(2), "a node's own", &[]), Err(Violation::TooMuchHeld));
    assert_eq!(router.post(ONE, h(2), "1234567890", &[]), Ok(()));
    router.start(MAIN, theirs);
    router.start(MAIN, b);
    assert_eq!(told(&mut router).len(), 5);
    assert_eq!(router.post(MAIN, a, "again", &[]), Ok(()));
}

#[test]
fn ports_in_messages_count_as_much_as_messages() {
    let mut router = small();
    let (a, _b) = router.create(Seat::MAIN).unwrap();
    let (c, d) = router.create(Seat::MAIN).unwrap();
    router.post(MAIN, a, "1", &[c]).unwrap();
    assert_eq!(router.post(MAIN, a, "2", &[d]), Err(Violation::TooMuchHeld));
    assert_eq!(router.post(MAIN, a, "2", &[]), Ok(()));
}

#[test]
fn what_is_for_main_waits_even_when_its_port_is_started() {
    let mut router = small();
    let (ours, theirs) = router.create(Seat::MAIN).unwrap();
    let theirs = ship(&mut router, MAIN, theirs, PAGE);
    router.start(MAIN, ours);
    for message in ["1", "2", "3"] {
        router.post(ONE, theirs, message, &[]).unwrap();
    }
    assert_eq!(router.post(ONE, theirs, "4", &[]), Err(Violation::TooMuchHeld));
    assert_eq!(router.next_renderer_effect(), None);
    assert_eq!(router.next_main_effect(), Some(deliver(Seat::MAIN, ours, "1")));
    assert_eq!(router.post(ONE, theirs, "4", &[]), Ok(()));
}

#[test]
fn a_message_that_need_not_wait_is_never_refused() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    for _ in 0..10 {
        router.post(ONE, h(2), "a long one, beyond any budget", &[]).unwrap();
        assert_eq!(told(&mut router).len(), 1);
    }
    router.close(ONE, h(4)).unwrap();
    assert_eq!(router.post(ONE, h(2), "a long one to nobody", &[]), Ok(()));
}

#[test]
fn returned_messages_are_charged_to_who_returns_them() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    for message in ["123456", "789012"] {
        router.post(ONE, h(2), message, &[]).unwrap();
    }
    assert_eq!(told(&mut router).len(), 2);
    let transit = router.ship(ONE, &[h(4)]).unwrap();
    assert_eq!(router.returned(ONE, h(4), "123456", &[]), Ok(()));
    assert_eq!(router.returned(ONE, h(4), "789012", &[]), Err(Violation::TooMuchHeld));
    router.discard(transit);
    let heavy = "a long one, beyond any budget";
    assert_eq!(router.returned(ONE, h(4), heavy, &[]), Ok(()), "dropped, so it weighs nothing");
}

#[test]
fn what_waits_for_an_earlier_holder_to_settle_is_charged_too() {
    let mut router = small();
    router.open(PAGE, h(2), h(4)).unwrap();
    let landed = ship(&mut router, ONE, h(2), OTHER);
    assert_eq!(router.post(TWO, landed, "beyond any budget", &[]), Err(Violation::TooMuchHeld));
    assert_eq!(router.post(ONE, h(2), "beyond any budget", &[]), Ok(()), "the first holder's flow");
}

#[test]
fn what_is_posted_too_deep_goes_nowhere() {
    let mut router =
        Router_::with_limits(Limits { handles: 100, held_items: 100, held_bytes: 100, nesting: 4 });
    let (mut outer, held) = router.create(Seat::MAIN).unwrap();
    for depth in 0..6 {
        let (a, b) = router.create(Seat::MAIN).unwrap();
        router.start(MAIN, a);
        router.post(MAIN, outer, "", &[b]).unwrap();
        let lost = told(&mut router).contains(&close(Seat::MAIN, a));
        assert_eq!(lost, depth >= 4, "at depth {depth}");
        if lost {
            break;
        }
        outer = a;
    }
    router.start(MAIN, held);
    assert_eq!(told(&mut router).len(), 1);
}

#[test]
fn names_without_gaps_do_not_run_out_in_whatever_order() {
    let mut router = small();
    for name in [2, 10, 6, 30, 26, 22, 18, 14] {
        router.open(PAGE, h(name + 2), h(name)).unwrap();
        router.close(ONE, h(name)).unwrap();
        router.close(ONE, h(name + 2)).unwrap();
    }
    assert_eq!(router.audit(), Ok(()));
}

#[test]
fn names_with_gaps_run_out() {
    let mut router = small();
    for name in [4, 12, 20, 28] {
        let opened = router.open(PAGE, h(name), h(name + 4));
        assert_eq!(opened.is_ok(), name < 20);
        router.close(ONE, h(name)).ok();
        router.close(ONE, h(name + 4)).ok();
        told(&mut router);
    }
    assert_eq!(router.census(), Census::default());
}

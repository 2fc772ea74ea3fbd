//! Closing: once, last, and of everything that dies.

use super::*;
use conch_ports::Census;

#[test]
fn close_comes_once_after_every_message() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(ONE, theirs, "last", &[]).unwrap();
    router.close(ONE, theirs).unwrap();
    router.close(ONE, theirs).unwrap();
    assert_eq!(told(&mut router), [deliver(Seat::MAIN, ours, "last"), close(Seat::MAIN, ours)]);
    assert_eq!(router.census(), Census::default());
}

#[test]
fn a_renderer_that_closes_hears_no_close_and_main_hears_its_own_once() {
    let (mut router, ours, theirs) = main_and_page();
    router.close(MAIN, ours).unwrap();
    router.close(MAIN, ours).unwrap();
    assert_eq!(told(&mut router), [close(PAGE, theirs), close(Seat::MAIN, ours)]);
    router.close(ONE, theirs).unwrap();
    assert_eq!(told(&mut router), []);
    assert_eq!(router.census(), Census::default());
}

#[test]
fn main_hears_one_close_when_both_ends_close_at_a_time() {
    let (mut router, ours, theirs) = main_and_page();
    router.close(ONE, theirs).unwrap();
    router.close(MAIN, ours).unwrap();
    assert_eq!(told(&mut router), [close(Seat::MAIN, ours)]);
}

#[test]
fn a_port_of_main_that_heard_close_is_inert() {
    let (mut router, ours, theirs) = main_and_page();
    router.close(ONE, theirs).unwrap();
    assert_eq!(told(&mut router).len(), 1);
    assert_eq!(router.post(MAIN, ours, "nobody", &[]), Ok(()));
    assert_eq!(
        router.ship(MAIN, &[ours]).unwrap_err().to_string(),
        "port at index 0 is already neutered"
    );
}

#[test]
fn a_port_shipped_after_its_close_tells_the_new_holder_what_was_unconsumed_and_close() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(MAIN, ours, "last", &[]).unwrap();
    router.close(MAIN, ours).unwrap();
    assert_eq!(
        told(&mut router),
        [deliver(PAGE, theirs, "last"), close(PAGE, theirs), close(Seat::MAIN, ours)],
    );
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.returned(ONE, theirs, "last", &[]).unwrap();
    router.settled(ONE, theirs).unwrap();
    assert_eq!(
        told(&mut router),
        [fence(PAGE, theirs), deliver(OTHER, landed, "last"), close(OTHER, landed)],
    );
}

#[test]
fn a_new_holder_that_closes_waits_for_the_late_posts_of_the_old_one() {
    let (mut router, ours, theirs) = main_and_page();
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.post(TWO, landed, "2", &[]).unwrap();
    router.close(TWO, landed).unwrap();
    router.post(ONE, theirs, "1", &[]).unwrap();
    router.settled(ONE, theirs).unwrap();
    assert_eq!(
        told(&mut router)[1..],
        [deliver(Seat::MAIN, ours, "1"), deliver(Seat::MAIN, ours, "2"), close(Seat::MAIN, ours)],
    );
}

#[test]
fn the_end_of_a_process_closes_what_it_held_after_what_it_had_posted() {
    let (mut router, ours, theirs) = main_and_page();
    router.post(ONE, theirs, "last words", &[]).unwrap();
    router.node_gone(ONE);
    assert_eq!(
        told(&mut router),
        [deliver(Seat::MAIN, ours, "last words"), close(Seat::MAIN, ours)],
    );
    assert_eq!(router.census(), Census::default());
}

#[test]
fn what_a_process_had_shipped_outlives_it() {
    let (mut router, ours, theirs) = main_and_page();
    let landed = ship(&mut router, ONE, theirs, OTHER);
    router.post(MAIN, ours, "in", &[]).unwrap();
    router.post(TWO, landed, "out", &[]).unwrap();
    router.node_gone(ONE);
    let effects = told(&mut router);
    assert_eq!(effects, [deliver(OTHER, landed, "in"), deliver(Seat::MAIN, ours, "out")]);
}

#[test]
fn a_document_takes_only_its_own_ports_with_it() {
    let mut router = Router_::new();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(FRAME, h(6), h(8)).unwrap();
    let two = ship(&mut router, ONE, h(2), FRAME);
    router.settled(ONE, h(2)).unwrap();
    assert_eq!(told(&mut router), [fence(PAGE, h(2))]);
    router.document_gone(PAGE);
    assert_eq!(told(&mut router), [close(FRAME, two)]);
    router.post(ONE, h(6), "alive", &[]).unwrap();
    assert_eq!(told(&mut router), [deliver(FRAME, h(8), "alive")]);
}

#[test]
fn nothing_is_said_to_a_document_that_is_gone() {
    let (mut router, _, theirs) = main_and_page();
    let transit = router.ship(ONE, &[theirs]).unwrap();
    router.document_gone(PAGE);
    assert_eq!(told(&mut router), []);
    router.discard(transit);
}

#[test]
fn late_words_about_a_lost_port_go_nowhere_and_close_the_ports_in_them() {
    let mut router = Router_::new();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.open(FRAME, h(6), h(8)).unwrap();
    router.document_gone(PAGE);
    assert_eq!(router.post(ONE, h(2), "late", &[h(8)]), Ok(()));
    assert_eq!(told(&mut router), [fence(FRAME, h(8)),]);
    router.settled(ONE, h(8)).unwrap();
    assert_eq!(told(&mut router), [close(FRAME, h(6))]);
    assert_eq!(router.returned(ONE, h(2), "late", &[]), Ok(()));
    assert_eq!(router.settled(ONE, h(2)), Ok(()));
    assert_eq!(router.close(ONE, h(2)), Ok(()));
}

#[test]
fn a_lost_port_that_is_shipped_arrives_closed() {
    let mut router = Router_::new();
    router.open(PAGE, h(2), h(4)).unwrap();
    router.document_gone(PAGE);
    let landed = ship(&mut router, ONE, h(2), OTHER);
    assert_eq!(told(&mut router), [close(OTHER, landed)]);
    router.close(TWO, landed).unwrap();
    assert_eq!(router.census(), Census::default());
}

#[test]
fn ports_inside_what_a_dead_port_was_to_get_die_too_however_deep() {
    let mut router = Router_::new();
    let (outer, held) = router.create(Seat::MAIN).unwrap();
    let mut outer = outer;
    for _ in 0..50 {
        let (a, b) = router.create(Seat::MAIN).unwrap();
        router.post(MAIN, outer, "nested", &[b]).unwrap();
        router.close(MAIN, outer).unwrap();
        outer = a;
    }
    router.start(MAIN, outer);
    told(&mut router);
    router.close(MAIN, held).unwrap();
    let effects = told(&mut router);
    assert_eq!(effects, [close(Seat::MAIN, held), close(Seat::MAIN, outer)]);
    assert_eq!(router.census(), Census::default());
}

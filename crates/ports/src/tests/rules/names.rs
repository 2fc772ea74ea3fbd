//! Names: whose is what.

use super::*;
use conch_ports::Violation;

#[test]
fn a_renderer_names_its_channels_evenly_and_never_twice() {
    let mut router = Router_::new();
    for bad in [0, 1, 7] {
        assert_eq!(router.open(PAGE, h(2), h(bad)), Err(Violation::BadName(h(bad))));
    }
    assert_eq!(router.open(PAGE, h(2), h(2)), Err(Violation::BadName(h(2))));
    router.open(PAGE, h(6), h(2)).unwrap();
    router.close(ONE, h(6)).unwrap();
    assert_eq!(router.open(PAGE, h(4), h(6)), Err(Violation::BadName(h(6))));
    router.open(PAGE, h(4), h(8)).unwrap();
    router.open(OTHER, h(2), h(4)).unwrap();
    assert_eq!(router.open(FRAME, h(8), h(10)), Err(Violation::BadName(h(8))));
    router.open(FRAME, h(4_294_967_294), h(12)).unwrap();
    assert_eq!(router.audit(), Ok(()));
}

#[test]
fn a_node_can_name_only_what_is_or_was_its_own() {
    let (mut router, ours, theirs) = main_and_page();
    router.open(PAGE, h(2), h(4)).unwrap();
    let unknown = Err(Violation::Unknown(h(2)));
    assert_eq!(router.post(TWO, h(2), "stolen", &[]), unknown);
    assert_eq!(router.close(TWO, h(2)), unknown);
    assert_eq!(router.returned(TWO, h(2), "stolen", &[]), unknown);
    assert_eq!(router.settled(TWO, h(2)), unknown);
    assert_eq!(router.ship(TWO, &[h(2)]), Err(Violation::NotOwned { index: 0 }));
    assert_eq!(router.post(MAIN, ours, "stolen", &[h(2)]), Err(Violation::NotOwned { index: 0 }));
    assert!(router.post(ONE, h(theirs.get() + 2), "none", &[]).is_err());
    assert_eq!(told(&mut router), []);
}

#[test]
fn the_router_gives_odd_names_and_none_twice() {
    let (mut router, _, theirs) = main_and_page();
    assert_eq!(theirs, h(1));
    let again = ship(&mut router, ONE, theirs, PAGE);
    assert_eq!(again, h(3));
    router.settled(ONE, theirs).unwrap();
    router.close(ONE, again).unwrap();
    let (_, fresh) = router.create(Seat::MAIN).unwrap();
    assert_eq!(ship(&mut router, MAIN, fresh, PAGE), h(5));
}

#[test]
fn a_node_that_died_has_no_names() {
    let (mut router, _, theirs) = main_and_page();
    router.node_gone(ONE);
    assert_eq!(router.post(ONE, theirs, "ghost", &[]), Err(Violation::Unknown(theirs)));
}

#[test]
fn main_has_nothing_to_settle_or_return() {
    let (mut router, ours, _) = main_and_page();
    let not = Err(Violation::NotShipping(ours));
    assert_eq!(router.settled(MAIN, ours), not);
    let transit = router.ship(MAIN, &[ours]).unwrap();
    assert_eq!(router.settled(MAIN, ours), not);
    assert_eq!(router.returned(MAIN, ours, "no", &[]), not);
    router.discard(transit);
}

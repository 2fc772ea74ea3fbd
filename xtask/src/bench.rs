//! `cargo xtask bench`.

use crate::Failure;

pub(crate) fn run(_yes: bool, _quick: bool) -> Result<(), Failure> {
    Err(Failure::new("not yet"))
}

//! Script worlds of the app's own, by number (semantics 84).

use crate::context::{Instance, run};
use crate::engine::World;
use crate::natives::{self, instance_of};
use crate::script::{Call, Native, Realm, Thrown, Value};
use crate::session;
use crate::sources;
use std::cell::RefCell;
use std::ffi::CString;
use std::rc::Rc;

/// Most worlds of a process: WebKit never frees one.
const MOST: usize = 100;

/// The worlds that were asked for so far, in any document of the process.
#[derive(Default)]
pub(crate) struct OwnWorlds(RefCell<Vec<(u32, World)>>);

impl OwnWorlds {
    /// The world with this number; `None` if there are too many.
    fn find(&self, number: u32) -> Option<World> {
        let mut worlds = self.0.borrow_mut();
        if let Some((_, world)) = worlds.iter().find(|(known, _)| *known == number) {
            return Some(*world);
        }
        let name = CString::new(format!("Electron Isolated World {number}")).ok()?;
        if worlds.len() >= MOST {
            return None;
        }
        let world = World::named(&name);
        worlds.push((number, world));
        Some(world)
    }
}

/// The calling document's context in the world that the first argument numbers.
fn realm(call: &Call<'_>, instance: &Instance) -> Result<Rc<Realm>, Thrown<'static>> {
    let number = call.index(0).ok().and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| Thrown::Error("A world has a whole number".to_owned()))?;
    let world = session::current().and_then(|session| session.own_worlds.find(number));
    let world = world
        .ok_or_else(|| Thrown::Error(format!("There are more than {MOST} isolated worlds")))?;
    instance.world(number, world).ok_or_else(|| Thrown::Error("The frame is gone".to_owned()))
}

/// `worldSide(number)`: what `world-side.js` exports in that world of this document. To be called
/// once for a number.
pub(crate) struct WorldSide;

impl Native for WorldSide {
    const NAME: &'static str = "worldSide";

    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
        let instance = instance_of(call)?;
        let realm = realm(call, &instance)?;
        match run(&realm, sources::OWN_WORLD, natives::for_page(&realm)) {
            Ok(value) => Ok(call.return_kept(value)),
            Err(error) => Err(Thrown::Value(call.return_kept(error))),
        }
    }
}

/// `evaluateIn(number, code, url)`: runs a script in that world of this document and returns its
/// value as it is.
pub(crate) struct EvaluateIn;

impl Native for EvaluateIn {
    const NAME: &'static str = "evaluateIn";

    fn call<'a>(call: &Call<'a>) -> Result<Value<'a>, Thrown<'a>> {
        let instance = instance_of(call)?;
        let realm = realm(call, &instance)?;
        match realm.evaluate(&call.text(1)?, &call.text(2)?.to_utf8()) {
            Ok(value) => Ok(call.return_kept(value)),
            Err(error) => Err(Thrown::Value(call.return_kept(error))),
        }
    }
}

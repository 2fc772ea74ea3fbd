//! What the codec needs of the language's own objects, kept so that an application that patches
//! them changes nothing here: the class ids of the engine, once a runtime, and the functions of
//! intrinsics.js, once a context.

use std::rc::Rc;

use rquickjs::{
    Array, Constructor, Ctx, FromJs, Function, Result, Value,
    context::EvalOptions,
    function::{IntoArgs, This},
};

use crate::{
    engine::{self, PerRuntime},
    format::{ViewKind, error},
};

/// How a class of objects is cloned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Not at all.
    Refused,
    Plain,
    Array,
    Error,
    Boolean,
    Number,
    Text,
    BigInt,
    Date,
    RegExp,
    Map,
    Set,
    Buffer,
    View(ViewKind),
}

/// The kinds of the samples in intrinsics.js, in their order; views follow as `ViewKind::ALL`.
const SAMPLES: [Kind; 12] = [
    Kind::Plain,
    Kind::Array,
    Kind::Error,
    Kind::Boolean,
    Kind::Number,
    Kind::Text,
    Kind::BigInt,
    Kind::Date,
    Kind::RegExp,
    Kind::Map,
    Kind::Set,
    Kind::Buffer,
];

/// The functions and objects of intrinsics.js, in their order.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    MapEntries,
    SetValues,
    Map,
    MapSet,
    Set,
    SetAdd,
    DateGetTime,
    RegExp,
    RegExpSource,
    RegExpFlags,
    BooleanValueOf,
    NumberValueOf,
    StringValueOf,
    BigIntValueOf,
    BigIntToHex,
    BigIntFromHex,
    Object,
    NewResizable,
    BufferResizable,
    BufferMaxLength,
    BufferDetached,
    TypedArrayBuffer,
    DataView,
    DataViewBuffer,
    DataViewOffset,
    DataViewLength,
    Error,
    ErrorPrototype,
    Uint8ArrayPrototype,
    ObjectToString,
    FunctionToString,
    Uncloneable,
    /// The first of the six of `error::NAMES`, in that order.
    NamedErrorPrototypes,
}

/// The class ids of one runtime.
struct Classes {
    /// By class id; what lies beyond is not cloned.
    kinds: Vec<Kind>,
    error: u32,
    holder: u32,
}

/// The intrinsics of one context.
pub(crate) struct Intrinsics<'js> {
    ctx: Ctx<'js>,
    classes: Rc<Classes>,
    functions: Value<'js>,
}

impl<'js> Intrinsics<'js> {
    /// Those of this context, captured now if they were not before.
    pub(crate) fn of(ctx: &Ctx<'js>) -> Result<Intrinsics<'js>> {
        let known = ctx.userdata::<PerRuntime<Rc<Classes>>>().map(|classes| Rc::clone(&classes.0));
        if let Some(classes) = known {
            let functions = engine::held(ctx, classes.holder);
            if functions.is_object() {
                return Ok(Intrinsics { ctx: ctx.clone(), classes, functions });
            }
        }
        Intrinsics::capture(ctx)
    }

    fn capture(ctx: &Ctx<'js>) -> Result<Intrinsics<'js>> {
        let mut options = EvalOptions::default();
        options.filename = Some("conch:clone".into());
        let parts: Array<'js> = ctx.eval_with_options(include_str!("intrinsics.js"), options)?;
        let functions: Value<'js> = parts.get(0)?;
        let known = ctx.userdata::<PerRuntime<Rc<Classes>>>().map(|classes| Rc::clone(&classes.0));
        let classes = match known {
            Some(classes) => classes,
            None => {
                let classes = Rc::new(Classes::learn(ctx, &parts.get(1)?)?);
                ctx.store_userdata(PerRuntime(Rc::clone(&classes)))
                    .map_err(|_| rquickjs::Error::Unknown)?;
                classes
            }
        };
        engine::hold(ctx, classes.holder, &functions);
        Ok(Intrinsics { ctx: ctx.clone(), classes, functions })
    }

    pub(crate) fn ctx(&self) -> &Ctx<'js> {
        &self.ctx
    }

    /// How this object is cloned.
    pub(crate) fn kind(&self, object: &Value<'js>) -> Kind {
        let class = engine::class_id(object) as usize;
        self.classes.kinds.get(class).copied().unwrap_or(Kind::Refused)
    }

    /// Whether a plain object has the key that says that it may not be cloned, its own or inherited.
    /// One that is of no class costs a comparison: a few nanoseconds of the 300 that it takes to write.
    pub(crate) fn is_marked(&self, object: &Value<'js>) -> Result<bool> {
        if engine::has_first_prototype(&self.ctx, object) {
            return Ok(false);
        }
        let Some(object) = object.as_object() else { return Ok(false) };
        object.contains_key(self.get(Slot::Uncloneable)?)
    }

    pub(crate) fn get(&self, slot: Slot) -> Result<Value<'js>> {
        engine::element(&self.ctx, &self.functions, slot as u32)
    }

    /// Calls a function of intrinsics.js without arguments.
    pub(crate) fn ask<R: FromJs<'js>>(&self, slot: Slot, this: &Value<'js>) -> Result<R> {
        self.call(slot, (This(this.clone()),))
    }

    pub(crate) fn call<A: IntoArgs<'js>, R: FromJs<'js>>(&self, slot: Slot, args: A) -> Result<R> {
        Function::from_value(self.get(slot)?)?.call(args)
    }

    pub(crate) fn construct<A: IntoArgs<'js>>(&self, slot: Slot, args: A) -> Result<Value<'js>> {
        Constructor::from_value(self.get(slot)?)?.construct(args)
    }

    /// An `Error` without message and without stack.
    pub(crate) fn new_error(&self) -> Result<Value<'js>> {
        engine::new_of_class(&self.ctx, &self.get(Slot::ErrorPrototype)?, self.classes.error)
    }

    /// The prototype of the errors of this place in `error::NAMES`.
    pub(crate) fn named_error_prototype(&self, name: usize) -> Result<Value<'js>> {
        debug_assert!(name < error::NAMES.len());
        let slot = Slot::NamedErrorPrototypes as u32 + name as u32;
        engine::element(&self.ctx, &self.functions, slot)
    }
}

impl Classes {
    fn learn<'js>(ctx: &Ctx<'js>, samples: &Array<'js>) -> Result<Classes> {
        let mut classes = Classes { kinds: Vec::new(), error: 0, holder: 0 };
        let views = ViewKind::ALL.into_iter().map(Kind::View);
        for (sample, kind) in samples.iter::<Value<'js>>().zip(SAMPLES.into_iter().chain(views)) {
            let class = engine::class_id(&sample?);
            let place = class as usize;
            if classes.kinds.len() <= place {
                classes.kinds.resize(place + 1, Kind::Refused);
            }
            if let Some(slot) = classes.kinds.get_mut(place) {
                *slot = kind;
            }
            if kind == Kind::Error {
                classes.error = class;
            }
        }
        classes.holder = engine::register_holder(ctx)?;
        Ok(classes)
    }
}

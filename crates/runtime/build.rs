//! Compiles the crate's own JavaScript, every file under `js/node` and `js/electron`, to bytecode
//! of the engine, and writes tables of it for `src/internals.rs` and `src/electron/modules.rs`.
#![allow(unsafe_code)]

use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Runtime, Value, qjs};
use std::error::Error;
use std::ffi::{CStr, CString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, slice};

/// The folders, and what the names of their modules begin with.
const FOLDERS: [(&str, &str); 2] = [("js/node", ""), ("js/electron", "electron/")];

/// Every internal module is the body of this function. It takes no line of its own, so that the
/// lines of the file are those that errors name.
const HEAD: &str = "(function (exports, require, module, process, internalBinding) {";

/// A file, by the name that other internal modules require it by.
struct Module {
    name: String,
    path: PathBuf,
}

fn main() -> ExitCode {
    let folder = |variable| PathBuf::from(env::var_os(variable).unwrap_or_default());
    match run(&folder("CARGO_MANIFEST_DIR"), &folder("OUT_DIR")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={}", error.to_string().replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

/// Compiles what is in `root` and writes the tables to `out`.
pub(crate) fn run(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let runtime = Runtime::new()?;
    runtime.set_max_stack_size(4 << 20);
    let context = Context::full(&runtime)?;

    // SAFETY: the engine gives the address of a constant of its own.
    let engine = unsafe { CStr::from_ptr(qjs::JS_GetVersion()) }.to_str()?;
    let mut bytecode = format!(
        "/// The engine that the bytecode is for.\n\
         pub(crate) const ENGINE: &str = {engine:?};\n\
         /// The internal modules as bytecode, sorted by name.\n\
         pub(crate) const MODULES: &[(&str, &[u8])] = &[\n"
    );
    let mut sources = String::from("&[\n");
    for (number, module) in find_modules(root)?.iter().enumerate() {
        let Module { name, path } = module;
        let code = context.with(|ctx| compile(&ctx, root, module))?;
        let file = out.join(format!("{number}.bytecode"));
        fs::write(&file, code)?;
        bytecode += &format!("    ({name:?}, include_bytes!({file:?})),\n");
        if name.starts_with("electron/") {
            sources += &format!("    ({name:?}, include_str!({path:?})),\n");
        }
    }
    fs::write(out.join("bytecode.rs"), bytecode + "];\n")?;
    fs::write(out.join("electron_sources.rs"), sources + "]\n")?;
    Ok(())
}

/// All modules, sorted by name.
fn find_modules(root: &Path) -> Result<Vec<Module>, Box<dyn Error>> {
    let mut modules = Vec::new();
    for (folder, prefix) in FOLDERS {
        // Cargo looks at everything in a folder that it is told.
        println!("cargo::rerun-if-changed={folder}");
        walk(&root.join(folder), prefix, &mut modules)?;
    }
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(modules)
}

fn walk(folder: &Path, prefix: &str, modules: &mut Vec<Module>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem =
            path.file_stem().and_then(|stem| stem.to_str()).ok_or("a name is not Unicode")?;
        let name = format!("{prefix}{stem}");
        if path.is_dir() {
            walk(&path, &format!("{name}/"), modules)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            modules.push(Module { name, path });
        }
    }
    Ok(())
}

/// The bytecode of a script whose value is the module's function: without its source, with its
/// lines and columns.
fn compile(ctx: &Ctx<'_>, root: &Path, module: &Module) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = fs::read_to_string(&module.path)?;
    let source = CString::new([HEAD, &text, "\n})"].concat())?;
    let file = format!("node:{}", module.name);
    let name = CString::new(file.as_str())?;
    let flags =
        qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_STRICT | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
    // SAFETY: texts with their closing zeros that outlive the call, the length without that zero.
    // The value is owned, and of this context.
    let script = unsafe {
        let length = source.as_bytes().len() as qjs::size_t;
        let raw = ctx.as_raw().as_ptr();
        let value = qjs::JS_Eval(raw, source.as_ptr(), length, name.as_ptr(), flags as i32);
        Value::from_raw(ctx.clone(), value)
    };
    if script.is_exception() {
        let path = module.path.strip_prefix(root).unwrap_or(&module.path);
        return Err(describe(ctx, &file, path).into());
    }
    let flags = qjs::JS_WRITE_OBJ_BYTECODE | qjs::JS_WRITE_OBJ_STRIP_SOURCE;
    let mut length: qjs::size_t = 0;
    // SAFETY: a compiled script of this context. The bytes are copied before they are freed.
    unsafe {
        let raw = ctx.as_raw().as_ptr();
        let bytes = qjs::JS_WriteObject(raw, &mut length, script.as_raw(), flags as i32);
        if bytes.is_null() {
            return Err(format!("{file} cannot be written as bytecode").into());
        }
        let code = slice::from_raw_parts(bytes, length as usize).to_vec();
        qjs::js_free(raw, bytes.cast());
        Ok(code)
    }
}

/// The pending exception as `path:line:column: SyntaxError: what is wrong`.
fn describe(ctx: &Ctx<'_>, file: &str, path: &Path) -> String {
    let error = match Err::<(), _>(rquickjs::Error::Exception).catch(ctx) {
        Err(CaughtError::Exception(error)) => error,
        other => return format!("{}: {other:?}", path.display()),
    };
    let stack = error.stack().unwrap_or_default();
    let place = stack.lines().find_map(|line| line.split_once(file)).map_or("", |(_, place)| place);
    let message = error.message().unwrap_or_default();
    format!("{}{place}: SyntaxError: {message}", path.display())
}

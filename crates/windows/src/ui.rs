//! The UI thread: how it starts, its loop, how it ends.

use std::path::PathBuf;
use std::rc::Rc;

use serde_json::Value;
use tao::event_loop::{ControlFlow, EventLoop, EventLoopBuilder};
use tao::platform::unix::EventLoopBuilderExtUnix;

use crate::command::Command;
use crate::event::Event;
use crate::remote::{Remote, Request};
use crate::windows::Windows;

/// Called on the UI thread whenever WebKit is about to start the web process of a WebContents,
/// whose id it is given. What it returns, JSON, becomes the user data of the web-process extension:
/// a GVariant string. Every process is asked for anew, also the one after a crash.
pub type UserData = Box<dyn Fn(u32) -> String>;

/// Told everything that happens.
pub(crate) type Events = Rc<dyn Fn(Event)>;

/// What is the same for all windows of the app.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that WebKit loads every web-process extension from: only ours may be in it.
    pub extension_dir: PathBuf,
    /// A folder of this process alone, for sockets.
    pub private_dir: PathBuf,
    /// The app's name: in the user agent, for the window manager, and in the default data folders.
    pub app_name: String,
    /// The app's version, for the user agent.
    pub app_version: String,
    /// The version of Electron that Conch stands in for, for the user agent.
    pub electron_version: String,
    /// Where storage, cookies and caches go. WebKit's folders for the app's name without.
    pub data_dir: Option<PathBuf>,
}

/// Why there is no UI.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UiError {
    /// There is no display, or it cannot be used.
    #[error("{}", conch_windows_abi::NO_DISPLAY)]
    NoDisplay,
    /// GTK belongs to the thread that first used it.
    #[error("The UI was already started on another thread")]
    OtherThread,
}

/// The UI, not yet running. Belongs to the thread that made it.
pub struct Ui {
    event_loop: EventLoop<Request>,
    windows: Windows,
}

impl Ui {
    /// Connects to the display. `events` is told everything that happens, on this thread, and must
    /// not block.
    ///
    /// # Errors
    /// [`UiError::NoDisplay`] without a display.
    pub fn new(
        options: Options,
        user_data: UserData,
        events: impl Fn(Event) + Send + 'static,
    ) -> Result<Ui, UiError> {
        if gtk::is_initialized() && !gtk::is_initialized_main_thread() {
            return Err(UiError::OtherThread);
        }
        // The program's name is in the window class and in WebKit's default folders.
        gtk::glib::set_prgname(Some(options.app_name.as_str()));
        gtk::glib::set_application_name(&options.app_name);
        // tao would panic where this returns an error.
        gtk::init().map_err(|_| UiError::NoDisplay)?;
        let event_loop = EventLoopBuilder::with_user_event().with_any_thread(true).build();
        Ok(Ui { event_loop, windows: Windows::new(options, user_data, Rc::new(events)) })
    }

    /// A handle for other threads.
    pub fn remote(&self) -> Remote {
        Remote::new(self.event_loop.create_proxy())
    }

    /// Shows windows until [`Command::Quit`], which ends the process.
    pub fn run(self) -> ! {
        let Ui { event_loop, mut windows } = self;
        event_loop.run(move |event, target, flow| {
            if *flow == ControlFlow::Poll {
                *flow = ControlFlow::Wait;
            }
            let tao::event::Event::UserEvent(Request { command, reply }) = event else { return };
            if let Command::Quit { code } = command {
                windows.destroy_all();
                windows.relaunches.start();
                reply.send(Ok(Value::Null));
                *flow = ControlFlow::ExitWithCode(code);
            } else {
                windows.carry_out(command, reply, target);
            }
        })
    }
}

//! All windows, and which of them a command is for.

use std::collections::HashMap;
use std::rc::Rc;

use gtk::prelude::*;
use serde_json::{Value, json};
use tao::event_loop::EventLoopWindowTarget;
use webkit2gtk::{DownloadExt, URIRequestExt, WebContextExt};
use wry::WebContext;

use crate::answer::Answer;
use crate::command::{Command, CommandError};
use crate::contents::Contents;
use crate::event::{Bounds, ContentsId, Event, WindowId};
use crate::file_dialogs::FileDialogOptions;
use crate::instance::Instance;
use crate::menu::{MenuId, Popup};
use crate::options::{MessageBoxOptions, Preferences, WindowOptions};
use crate::relaunch::Relaunches;
use crate::remote::{Reply, Request};
use crate::theme::Theme;
use crate::ui::{Events, Options, UserData};
use crate::web_process::ProcessStarts;
use crate::window::{AppWindow, Frame};
use crate::window_bounds::Limit;
use crate::{clipboard, desktop, dialogs, display, ffi, file_dialogs, menu};

type Target = EventLoopWindowTarget<Request>;

/// The open windows, and what they share.
pub(crate) struct Windows {
    options: Options,
    context: WebContext,
    /// Until the first view gives us the context that asks for it.
    user_data: Option<UserData>,
    events: Events,
    starts: ProcessStarts,
    open: HashMap<WindowId, AppWindow>,
    window_of: HashMap<ContentsId, WindowId>,
    theme: Theme,
    instance: Instance,
    pub(crate) relaunches: Relaunches,
    /// The menu that was shown last.
    popup: Option<(MenuId, gtk::Menu)>,
}

impl Windows {
    pub(crate) fn new(options: Options, user_data: UserData, events: Events) -> Windows {
        display::watch(&events);
        Windows {
            theme: Theme::watch(&events),
            instance: Instance::default(),
            relaunches: Relaunches::default(),
            popup: None,
            context: WebContext::new(options.data_dir.clone()),
            options,
            user_data: Some(user_data),
            events,
            starts: ProcessStarts::default(),
            open: HashMap::new(),
            window_of: HashMap::new(),
        }
    }

    /// Closes everything, without a word to anyone.
    pub(crate) fn destroy_all(&mut self) {
        self.open.clear();
        self.window_of.clear();
    }

    /// Carries a command out. What waits for the user or for a file is answered later.
    pub(crate) fn carry_out(&mut self, command: Command, reply: Reply, target: &Target) {
        match command {
            Command::Screenshot { contents, path } => match self.contents(contents) {
                Ok(page) => page.screenshot(&path, reply),
                Err(error) => reply.send(Err(error)),
            },
            Command::ErrorBox { title, content } => {
                let options = MessageBoxOptions {
                    kind: "error".to_owned(),
                    message: title.clone(),
                    title,
                    detail: content,
                    ..MessageBoxOptions::default()
                };
                dialogs::show(None, &options, move |_| reply.send(Ok(Value::Null)));
            }
            Command::MessageBox(options) => self.message_box(&options, reply),
            Command::FileDialog(options) => self.file_dialog(&options, reply),
            Command::ReadClipboard { kind, format } => clipboard::read(kind, &format, reply),
            Command::ClipboardFormats { kind } => clipboard::formats(kind, reply),
            Command::OpenUri { uri, request } => {
                desktop::open_uri(&uri, Answer::new(reply, request, &self.events));
            }
            Command::OpenPath { path, request } => {
                desktop::open_path(&path, Answer::new(reply, request, &self.events));
            }
            Command::Trash { path, request } => {
                desktop::trash(&path, Answer::new(reply, request, &self.events));
            }
            Command::LockInstance { folder, data } => {
                let socket = self.options.private_dir.join("i");
                self.instance.lock(&folder, socket, data, &self.events, reply);
            }
            other => {
                let answer = self.answer(other, target);
                reply.send(answer);
            }
        }
    }

    fn answer(&mut self, command: Command, target: &Target) -> Result<Value, CommandError> {
        match command {
            Command::CreateWindow { window, contents, options, preferences } => {
                self.create((window, contents), &options, &preferences, target)?;
            }
            Command::Destroy { window } => self.destroy(window)?,
            Command::Show { window } => self.frame(window)?.show(),
            Command::ShowInactive { window } => self.frame(window)?.show_inactive(),
            Command::Hide { window } => self.frame(window)?.hide(),
            Command::Focus { window } => self.frame(window)?.focus(),
            Command::SetTitle { window, title } => self.frame(window)?.set_title(&title),
            Command::GetBounds { window } => return Ok(json!(self.frame(window)?.bounds())),
            Command::SetBounds { window, x, y, width, height } => {
                let window = self.window(window)?;
                let now = window.frame.bounds();
                window.frame.set_bounds(Bounds {
                    x: x.unwrap_or(now.x),
                    y: y.unwrap_or(now.y),
                    width: width.unwrap_or(now.width),
                    height: height.unwrap_or(now.height),
                });
                window.size_hidden_page();
            }
            Command::Center { window } => self.frame(window)?.center(),
            Command::Minimize { window } => self.frame(window)?.minimize(),
            Command::Maximize { window } => self.frame(window)?.maximize(),
            Command::Unmaximize { window } => self.frame(window)?.unmaximize(),
            Command::Restore { window } => self.frame(window)?.restore(),
            Command::SetFullScreen { window, flag } => self.frame(window)?.set_full_screen(flag),
            Command::SetResizable { window, flag } => self.frame(window)?.set_resizable(flag),
            Command::SetAlwaysOnTop { window, flag } => {
                self.frame(window)?.set_always_on_top(flag);
            }
            Command::SetBackgroundColor { window, color } => {
                self.window(window)?.set_background_color(&color);
            }
            Command::SetMinimumSize { window, width, height } => {
                self.frame(window)?.set_minimum(Limit { width, height });
            }
            Command::SetMaximumSize { window, width, height } => {
                self.frame(window)?.set_maximum(Limit { width, height });
            }
            Command::State { window } => return Ok(self.frame(window)?.state()),
            Command::Load { contents, url, user_agent } => {
                self.contents(contents)?.load(&url, user_agent.as_deref());
            }
            Command::Reload { contents, ignore_cache } => {
                self.contents(contents)?.reload(ignore_cache);
            }
            Command::Decide { contents, decision, allow, navigator } => {
                self.contents(contents)?.decide(decision, allow, navigator);
            }
            Command::Stop { contents } => self.contents(contents)?.stop(),
            Command::Url { contents } => return Ok(json!(self.contents(contents)?.url())),
            Command::Title { contents } => return Ok(json!(self.contents(contents)?.title())),
            Command::IsLoading { contents } => {
                return Ok(json!(self.contents(contents)?.is_loading()));
            }
            Command::CanGoBack { contents } => {
                return Ok(json!(self.contents(contents)?.can_go_back()));
            }
            Command::CanGoForward { contents } => {
                return Ok(json!(self.contents(contents)?.can_go_forward()));
            }
            Command::GoBack { contents } => self.contents(contents)?.go_back(),
            Command::GoForward { contents } => self.contents(contents)?.go_forward(),
            Command::UserAgent { contents } => {
                return Ok(json!(self.contents(contents)?.user_agent()));
            }
            Command::SetUserAgent { contents, user_agent } => {
                return Ok(json!(self.contents_mut(contents)?.set_user_agent(&user_agent)));
            }
            Command::OpenDevTools { contents } => self.contents(contents)?.open_dev_tools(),
            Command::CloseDevTools { contents } => self.contents(contents)?.close_dev_tools(),
            Command::IsDevToolsOpened { contents } => {
                return Ok(json!(self.contents(contents)?.is_dev_tools_opened()));
            }
            Command::Terminate { contents } => self.contents(contents)?.terminate(),
            Command::Edit { contents, action, text } => {
                self.contents(contents)?.edit(&action, text.as_deref());
            }
            Command::ZoomFactor { contents } => {
                return Ok(json!(self.contents(contents)?.zoom_factor()));
            }
            Command::SetZoomFactor { contents, factor } => {
                self.contents(contents)?.set_zoom_factor(factor.get());
            }
            Command::SetMenuBar { window, bar, visible, auto_hide } => {
                let frame = self.frame(window)?;
                frame.set_menu_bar(bar.as_ref())?;
                frame.show_menu_bar(visible, auto_hide);
            }
            Command::ShowMenuBar { window, visible, auto_hide } => {
                self.frame(window)?.show_menu_bar(visible, auto_hide);
            }
            other => return self.answer_without_window(other),
        }
        Ok(Value::Null)
    }

    /// What concerns the desktop rather than a window.
    fn answer_without_window(&mut self, command: Command) -> Result<Value, CommandError> {
        match command {
            Command::PopupMenu(popup) => self.popup_menu(&popup)?,
            Command::ClosePopup { menu } => {
                if let Some(popup) = &self.popup
                    && popup.0 == menu
                {
                    popup.1.popdown();
                }
            }
            Command::WriteClipboard { kind, data } => clipboard::write(kind, data)?,
            Command::ClearClipboard { kind } => clipboard::clear(kind),
            Command::ShowInFolder { path } => desktop::show_in_folder(path),
            Command::Beep => desktop::beep(),
            Command::Theme => return Ok(self.theme.info()),
            Command::SetThemeSource { source } => self.theme.set(source),
            Command::DisplayInfo => return Ok(display::info()),
            Command::WebkitVersion => return Ok(json!(ffi::webkit_version())),
            Command::CursorPoint => return Ok(display::cursor()),
            Command::UnlockInstance => self.instance.unlock(),
            Command::IsInstanceLocked => return Ok(json!(self.instance.is_locked())),
            Command::Relaunch { program, args } => self.relaunches.add(program, args),
            // The loop, `carry_out` and `answer` keep the rest for themselves.
            other => return Err(CommandError::UnknownCommand(format!("{other:?}"))),
        }
        Ok(Value::Null)
    }

    fn create(
        &mut self,
        (window, contents): (WindowId, ContentsId),
        options: &WindowOptions,
        preferences: &Preferences,
        target: &Target,
    ) -> Result<(), CommandError> {
        if self.open.contains_key(&window) {
            return Err(CommandError::DuplicateId(window.0));
        }
        if self.window_of.contains_key(&contents) {
            return Err(CommandError::DuplicateId(contents.0));
        }
        let frame = Frame::new(window, options, target, Rc::clone(&self.events))?;
        let page = Contents::new(
            (window, contents),
            frame.container()?,
            preferences,
            &self.options,
            &mut self.context,
            self.starts.clone(),
            &self.events,
        )?;
        self.prepare_context(&page);
        let app_window = AppWindow { contents: page, frame };
        if let Some(color) = &options.background_color {
            app_window.set_background_color(color);
        }
        if options.show {
            app_window.frame.show_first();
        } else {
            app_window.size_hidden_page();
        }
        self.window_of.insert(contents, window);
        self.open.insert(window, app_window);
        Ok(())
    }

    /// With the first view comes the context that all share.
    fn prepare_context(&mut self, page: &Contents) {
        let Some(context) = page.web_context() else { return };
        let Some(user_data) = self.user_data.take() else { return };
        self.starts.attach(&context, self.options.extension_dir.clone(), user_data);
        context.connect_download_started(|_, download| {
            // WebKit would write it to the user's folder without a question.
            let url = download.request().and_then(|it| it.uri()).unwrap_or_default();
            tracing::warn!("downloads are not supported, {url} is not saved");
            download.cancel();
        });
    }

    fn destroy(&mut self, id: WindowId) -> Result<(), CommandError> {
        let window = self.open.remove(&id).ok_or(CommandError::UnknownWindow(id))?;
        self.window_of.retain(|_, &mut of| of != id);
        if let Some((_, menu)) = &self.popup
            && menu.attach_widget().as_ref() == Some(window.frame.gtk().upcast_ref())
        {
            menu.popdown();
            self.popup = None;
        }
        drop(window);
        (self.events)(Event::WindowDestroyed { window: id });
        Ok(())
    }

    fn message_box(&self, options: &MessageBoxOptions, reply: Reply) {
        match self.parent(options.window) {
            Ok(parent) => {
                let answer = Answer::new(reply, options.request, &self.events);
                dialogs::show(parent, options, move |id| answer.send(Ok(json!(id))));
            }
            Err(error) => reply.send(Err(error)),
        }
    }

    fn file_dialog(&self, options: &FileDialogOptions, reply: Reply) {
        match self.parent(options.window) {
            Ok(parent) => {
                let answer = Answer::new(reply, options.request, &self.events);
                file_dialogs::show(parent, options, answer);
            }
            Err(error) => reply.send(Err(error)),
        }
    }

    /// The window that a dialog belongs to.
    fn parent(&self, window: Option<WindowId>) -> Result<Option<&gtk::Window>, CommandError> {
        let frame = window.map(|id| self.frame(id)).transpose()?;
        Ok(frame.map(|frame| frame.gtk().upcast_ref()))
    }

    fn popup_menu(&mut self, popup: &Popup) -> Result<(), CommandError> {
        // Without a window of its own it belongs to the one that is used.
        let frame = match popup.window {
            Some(id) => Some(self.frame(id)?),
            None => self.open.values().map(|it| &it.frame).find(|it| it.gtk().is_active()),
        };
        let frame = frame.or_else(|| self.open.values().map(|it| &it.frame).next());
        let frame = frame.ok_or_else(|| {
            CommandError::Failed("A menu needs a window that it belongs to".to_owned())
        })?;
        let shown = menu::popup(popup, frame.gtk(), &self.events);
        self.popup = Some((popup.menu, shown));
        Ok(())
    }

    fn window(&self, id: WindowId) -> Result<&AppWindow, CommandError> {
        self.open.get(&id).ok_or(CommandError::UnknownWindow(id))
    }

    fn frame(&self, id: WindowId) -> Result<&Frame, CommandError> {
        self.window(id).map(|window| &window.frame)
    }

    fn contents(&self, id: ContentsId) -> Result<&Contents, CommandError> {
        let window = self.window_of.get(&id).and_then(|window| self.open.get(window));
        window.map(|it| &it.contents).ok_or(CommandError::UnknownContents(id))
    }

    fn contents_mut(&mut self, id: ContentsId) -> Result<&mut Contents, CommandError> {
        let window = self.window_of.get(&id).and_then(|window| self.open.get_mut(window));
        window.map(|it| &mut it.contents).ok_or(CommandError::UnknownContents(id))
    }
}

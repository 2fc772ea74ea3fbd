//! Saving what a page shows.

use std::path::Path;

use gtk::{gdk, gio, glib};
use serde_json::Value;
use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebView, WebViewExt};

use crate::command::CommandError;
use crate::remote::Reply;

/// Writes the visible part of the page as a PNG file, then answers.
pub(crate) fn save(view: &WebView, path: &Path, reply: Reply) {
    let path = path.to_owned();
    view.snapshot(
        SnapshotRegion::Visible,
        SnapshotOptions::NONE,
        gio::Cancellable::NONE,
        move |surface| reply.send(write(surface, &path)),
    );
}

fn write(
    surface: Result<gtk::cairo::Surface, glib::Error>,
    path: &Path,
) -> Result<Value, CommandError> {
    let failed = |why: String| CommandError::Failed(format!("Cannot take a screenshot: {why}"));
    let surface = surface.map_err(|error| failed(error.to_string()))?;
    let image = gtk::cairo::ImageSurface::try_from(surface)
        .map_err(|_| failed("the page gave no image".to_owned()))?;
    let pixels = gdk::pixbuf_get_from_surface(&image, 0, 0, image.width(), image.height())
        .ok_or_else(|| failed("the page is empty".to_owned()))?;
    pixels
        .savev(path, "png", &[])
        .map(|()| Value::Null)
        .map_err(|error| failed(format!("{}: {error}", path.display())))
}

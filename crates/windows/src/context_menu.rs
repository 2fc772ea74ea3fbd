//! What a page is asked for a context menu at: WebKit's hit test in Electron's words.

use gtk::gdk;
use serde_json::{Value, json};
use webkit2gtk::{HitTestResult, HitTestResultExt, WebView, WebViewExt};

/// The parameters of Electron's `context-menu` event that WebKit knows.
pub(crate) fn parameters(view: &WebView, event: &gdk::Event, hit: &HitTestResult) -> Value {
    let place = event.coords().unwrap_or_default();
    let by_key = event.event_type() == gdk::EventType::KeyPress;
    let text = |text: Option<gtk::glib::GString>| text.map(String::from).unwrap_or_default();
    let (is_image, is_media) = (hit.context_is_image(), hit.context_is_media());
    let media_type = match (is_image, is_media) {
        (true, _) => "image",
        (_, true) => "video",
        _ => "none",
    };
    let source = if is_image { hit.image_uri() } else { hit.media_uri() };
    json!({
        "x": place.0.round() as i32,
        "y": place.1.round() as i32,
        "linkURL": text(hit.link_uri()),
        "linkText": text(hit.link_label()),
        "titleText": text(hit.link_title()),
        "pageURL": text(view.uri()),
        "srcURL": text(source),
        "mediaType": media_type,
        "hasImageContents": is_image,
        "isEditable": hit.context_is_editable(),
        "isSelection": hit.context_is_selection(),
        "menuSourceType": if by_key { "keyboard" } else { "mouse" },
    })
}

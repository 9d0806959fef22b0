//! Notes come from other people's repositories: their HTML is cleaned to an allow-list.
//!
//! The cleaning is ammonia's (the HTML5 parser of Servo behind it, so that what we check is what a browser builds).
//! It runs over a whole note body, because one HTML element in a note often spans several Markdown blocks
//! (`<details>` … `</details>`), and only over notes that hold HTML at all. Code, diagrams and everything else that
//! seoga draws itself are still holes at this point and cannot be harmed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::HOLE_START;
use super::html::escape_into;
use crate::address::HARMLESS_SCHEMES;

/// Cleans a note body.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// What a note may say in a `style` attribute, escaped.
pub fn style(declarations: &str) -> String {
    let mut html = String::from("<i style=\"");
    escape_into(&mut html, declarations);
    html.push_str("\"></i>");
    let clean = clean(&html);
    let value = clean.strip_prefix("<i style=\"").and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags([
            "figure",
            "figcaption",
            "section",
            "font",
            "input",
            "audio",
            "video",
            "source",
            "picture",
            "dl",
            "dt",
            "dd",
            "tfoot",
            "big",
            "u",
        ])
        .add_generic_attributes(["id", "class", "style", "align", "width", "height", "role", "aria-label", "hidden"])
        .add_tag_attributes("a", ["name", "title"])
        .add_tag_attributes("img", ["loading", "title", "srcset", "sizes"])
        .add_tag_attributes("font", ["color", "size"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["type"])
        .add_tag_attributes("li", ["data-task"])
        .add_tag_attributes("td", ["valign", "bgcolor"])
        .add_tag_attributes("th", ["valign", "bgcolor", "scope"])
        .add_tag_attributes("video", ["src", "controls", "muted", "loop", "poster", "playsinline"])
        .add_tag_attributes("audio", ["src", "controls", "loop"])
        .add_tag_attributes("source", ["src", "srcset", "sizes", "type", "media"])
        // `position: fixed` or a background address could cover or leave the page; these cannot.
        .filter_style_properties(HashSet::from([
            "color",
            "background-color",
            "text-align",
            "width",
            "height",
            "max-width",
            "max-height",
            "font-weight",
            "font-style",
            "font-size",
            "text-decoration",
            "margin",
            "margin-left",
            "margin-right",
            "margin-top",
            "margin-bottom",
            "padding",
            "border",
            "border-radius",
            "vertical-align",
            "float",
            "clear",
            "white-space",
            "line-height",
            "list-style-type",
        ]))
        // A checkbox is the only control a note may show.
        // (One attribute: of several, the order in which they are added is not the same twice.)
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox")]))]))
        .clean_content_tags(HashSet::from(["script", "style", "template", "noscript", "title"]))
        // Where an address leads is the library room's to judge, and its place a hole by now; this is for attributes
        // that we do not look into (`cite`) and for tags that we read otherwise than a browser does.
        .url_schemes(HARMLESS_SCHEMES.iter().copied().collect())
        // The cleaner does not look for addresses in a `srcset`: only one that we have read ourselves may stand.
        .attribute_filter(|_, attribute, value| {
            (attribute != "srcset" || value.starts_with(HOLE_START)).then(|| value.into())
        })
        // `rel` is the render room's to write, where it is known which links leave the site.
        .link_rel(None);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_handlers_and_addresses_that_run_are_gone() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">눌러</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">눌러</a>",
            "<svg onload=alert(1)></svg>",
            "<iframe src=\"https://example.com\"></iframe>",
            "<div style=\"position:fixed;inset:0;background:url(https://example.com)\">덮개</div>",
            "<form action=\"https://example.com\"><button>보내기</button></form>",
            "<meta http-equiv=refresh content=\"0;url=https://example.com\">",
        ] {
            let clean = clean(hostile);
            for trace in ["alert", "script", "onerror", "onload", "example.com", "fixed"] {
                assert!(!clean.contains(trace), "{trace} in {clean}");
            }
        }
    }

    #[test]
    fn styles_keep_what_cannot_leave_their_place() {
        assert_eq!(style("max-width: 350px; position: fixed"), "max-width:350px");
        assert!(!style("color:red\"><script>").contains(['"', '<', '>']));
        assert_eq!(style("background:url(https://example.com)"), "");
    }

    #[test]
    fn what_notes_use_stays() {
        for kept in [
            "<details open=\"\"><summary>펼치기</summary><p>안</p></details>",
            "<kbd>Ctrl</kbd> <mark>표시</mark> <sub>2</sub> <u>밑줄</u>",
            "<table><tbody><tr><td rowspan=\"2\" align=\"center\">칸</td></tr></tbody></table>",
            "<a id=\"anchor\"></a>",
            "<span style=\"color:red\">빨강</span>",
            "<a href=\"\u{2}12\u{3}\">글</a>",
        ] {
            assert_eq!(clean(kept), kept);
        }
    }
}

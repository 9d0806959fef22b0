//! Mermaid's light and dark theme, with the colours that it leaves to chance on a dark page.

use std::sync::LazyLock;

use merman::{Engine, MermaidConfig, Renderer};
use serde_json::{Value, json};

use crate::drawing::width;

pub static LIGHT: LazyLock<Renderer> = LazyLock::new(|| renderer(light()));
pub static DARK: LazyLock<Renderer> = LazyLock::new(|| renderer(dark()));

fn renderer(mut config: Value) -> Renderer {
    let more = json!({
        "fontFamily": width::FONTS,
        "securityLevel": "strict",
        "look": "classic",
        // Korean words are long, and are not to be broken inside.
        "flowchart": { "wrappingWidth": 260 },
        // White stands on them, and Mermaid's greys are too light for it.
        "c4": {
            "external_system_bg_color": "#6b6b6b",
            "external_system_db_bg_color": "#6b6b6b",
            "external_system_queue_bg_color": "#6b6b6b",
            "external_container_bg_color": "#6b6b6b",
            "external_container_db_bg_color": "#6b6b6b",
            "external_container_queue_bg_color": "#6b6b6b",
        },
    });
    merge(&mut config, more);
    Renderer::new().with_engine(Engine::new().with_site_config(MermaidConfig::from_value(config)))
}

fn merge(config: &mut Value, more: Value) {
    match (config, more) {
        (Value::Object(config), Value::Object(more)) => {
            for (key, value) in more {
                merge(config.entry(key).or_insert(Value::Null), value);
            }
        }
        (config, more) => *config = more,
    }
}

/// The page's ground: a line must not show through the words on it.
fn light() -> Value {
    json!({
        "theme": "default",
        "themeVariables": {
            "edgeLabelBackground": "#fdfcf9",
            "relationLabelBackground": "#fdfcf9",
            // White is hard to read on Mermaid's lilac and red bars.
            "taskTextColor": "#131300",
            "taskTextLightColor": "#131300",
            "taskTextClickableColor": "#00264d",
        },
    })
}

fn dark() -> Value {
    json!({
        "theme": "dark",
        "themeVariables": {
            "edgeLabelBackground": "#191b1a",
            "relationLabelBackground": "#191b1a",
            // On bars of a middle grey.
            "taskTextClickableColor": "#cfe3ff",
            // Mermaid reckons it from a grey, and comes to no colour at all.
            "quadrantPointFill": "#81b1db",
            // Just below and far below what can be read well.
            "noteTextColor": "#d6d5d5",
            "critBkgColor": "#a32020",
        },
        // Mermaid has the kinds below in black on white only.
        "packet": {
            "startByteColor": "#cccccc",
            "endByteColor": "#cccccc",
            "labelColor": "#e0dfdf",
            "titleColor": "#e0dfdf",
            "blockStrokeColor": "#cccccc",
            "blockFillColor": "#1f2020",
        },
        "c4": {
            "relationship_text_color": "#cccccc",
            "relationship_line_color": "#cccccc",
            "boundary_font_color": "#cccccc",
            "boundary_border_color": "#cccccc",
        },
    })
}

//! What stands in a node or at an edge: words, boxes and lines, around its own middle.

use super::colour::Colour;
use super::curve::{Point, Rect};
use super::label::Words;

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Words {
        /// Their middle.
        at: Point,
        words: Words,
        /// What they stand on, where that is not the node's own ground.
        ground: Option<Colour>,
    },
    Box {
        rect: Rect,
        fill: Option<Colour>,
        /// The width of its border, and the colour where it has one of its own.
        border: Option<(f64, Option<Colour>)>,
        is_rounded: bool,
    },
    Line {
        from: Point,
        to: Point,
    },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    pub width: f64,
    pub height: f64,
    /// Each with its link, if it has one.
    pub items: Vec<(Item, Option<String>)>,
    /// Parts that edges can lead to.
    pub ports: Vec<(String, Rect)>,
}

impl Content {
    pub fn words(words: Words) -> Self {
        let (width, height) = (words.width, words.height);
        let item = Item::Words { at: Point::default(), words, ground: None };
        Self { width, height, items: vec![(item, None)], ports: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.items.iter().all(|(item, _)| matches!(item, Item::Words { words, .. } if words.is_empty()))
    }

    /// What can be read in it, by its parts.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let texts = self.items.iter().filter_map(|(item, _)| match item {
            Item::Words { words, .. } => Some(words.text()),
            _ => None,
        });
        texts.filter(|text| !text.is_empty())
    }

    pub fn port(&self, name: &str) -> Option<Rect> {
        self.ports.iter().find(|(other, _)| other == name).map(|(_, rect)| *rect)
    }
}

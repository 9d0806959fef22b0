//! A text changed in places, and the way back from the new text to the old.

/// Where each piece of a changed text came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceMap {
    /// Where pieces begin: in the new text, in the old one, and whether the piece is a copy. Sorted by both.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    new: usize,
    old: usize,
    copied: bool,
}

impl SourceMap {
    /// The offset in the old text of an offset in the new one. What was put in lies where it was put.
    pub fn to_old(&self, new: usize) -> usize {
        let behind = self.pieces.partition_point(|piece| piece.new <= new);
        match behind.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.copied => piece.old + (new - piece.new),
            Some(piece) => piece.old,
            None => new,
        }
    }
}

/// A text being changed from its beginning to its end.
#[derive(Debug)]
pub struct Edits<'a> {
    old: &'a str,
    new: String,
    map: SourceMap,
    /// How much of the old text is dealt with.
    done: usize,
}

impl<'a> Edits<'a> {
    pub fn new(old: &'a str) -> Self {
        Self { old, new: String::new(), map: SourceMap::default(), done: 0 }
    }

    /// Puts `with` in the place of the bytes from `from` to `to`; what lies before them stays. Places that were dealt
    /// with before are not touched again, so that two repairs of one place do not add up to a third.
    pub fn replace(&mut self, from: usize, to: usize, with: &str) {
        if from < self.done || to < from {
            return;
        }
        let Some(kept) = self.old.get(self.done..from) else { return };
        self.copy(kept);
        if !with.is_empty() {
            self.map.pieces.push(Piece { new: self.new.len(), old: from, copied: false });
            self.new.push_str(with);
        }
        self.done = to;
    }

    pub fn remove(&mut self, from: usize, to: usize) {
        self.replace(from, to, "");
    }

    /// The new text; `None` when nothing was changed.
    pub fn finish(mut self) -> Option<(String, SourceMap)> {
        if self.done == 0 && self.map.pieces.is_empty() {
            return None;
        }
        let rest = self.old.get(self.done..).unwrap_or_default();
        self.copy(rest);
        // An offset at the very end belongs to the end, also when something was removed there.
        self.map.pieces.push(Piece { new: self.new.len(), old: self.old.len(), copied: true });
        Some((self.new, self.map))
    }

    fn copy(&mut self, kept: &str) {
        if !kept.is_empty() {
            self.map.pieces.push(Piece { new: self.new.len(), old: self.done, copied: true });
            self.new.push_str(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_of_the_new_text_leads_back() {
        let old = "가 나 다";
        let mut edits = Edits::new(old);
        edits.replace(4, 7, "[나]");
        edits.replace(8, 8, "+");
        edits.remove(1, 2);
        let (new, map) = edits.finish().unwrap();
        assert_eq!(new, "가 [나] +다");
        let back = |part: &str| map.to_old(new.find(part).unwrap());
        assert_eq!((back("가"), back("[나]"), back("다"), map.to_old(new.len())), (0, 4, 8, old.len()));
        assert_eq!(Edits::new(old).finish(), None);
    }

    #[test]
    fn a_text_may_lose_its_beginning_and_end() {
        let mut edits = Edits::new("abc");
        edits.remove(0, 1);
        edits.remove(2, 3);
        let (new, map) = edits.finish().unwrap();
        assert_eq!((new.as_str(), map.to_old(0), map.to_old(1)), ("b", 1, 3));
    }
}

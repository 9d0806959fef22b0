//! Which page a section belongs to, and the standing of pages: a file of two numbers a page.
//!
//! ```text
//! of each page, in order: how many sections it has, its standing; numbers of seven bits a byte
//! ```
//!
//! tantivy has columns for this. Reading them is a tenth of the browser's engine, and these are two numbers a page.

use super::number;

/// Writes the file.
#[derive(Default)]
pub struct PagesWriter(Vec<u8>);

impl PagesWriter {
    /// Adds a page.
    pub fn add(&mut self, sections: usize, standing: u64) {
        number::write(&mut self.0, sections as u64);
        number::write(&mut self.0, standing);
    }

    /// The file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// The pages of an index, by their sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// Page and standing, by section.
    sections: Vec<(u32, u32)>,
}

impl Pages {
    /// Reads the file; `None` when it is damaged or says that there are more sections than `most`.
    pub fn read(bytes: &[u8], most: usize) -> Option<Self> {
        let mut rest = bytes;
        let mut sections = Vec::new();
        for page in 0.. {
            if rest.is_empty() {
                break;
            }
            let count =
                usize::try_from(number::read(&mut rest)?).ok().filter(|&count| count <= most - sections.len())?;
            let standing = u32::try_from(number::read(&mut rest)?).ok()?;
            sections.resize(sections.len() + count, (page, standing));
        }
        Some(Self { sections })
    }

    /// The page of a section.
    pub fn page(&self, section: u32) -> u32 {
        self.sections.get(section as usize).map_or(0, |section| section.0)
    }

    /// The standing of a section's page.
    pub fn standing(&self, section: u32) -> u32 {
        self.sections.get(section as usize).map_or(0, |section| section.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_back() {
        let mut writer = PagesWriter::default();
        for (sections, standing) in [(2, 300), (0, 7), (1, 0)] {
            writer.add(sections, standing);
        }
        let bytes = writer.into_bytes();
        let pages = Pages::read(&bytes, 3).unwrap();
        let found: Vec<(u32, u32)> = (0..4).map(|section| (pages.page(section), pages.standing(section))).collect();
        assert_eq!(found, [(0, 300), (0, 300), (2, 0), (0, 0)]);
        assert_eq!(Pages::read(&bytes, 2), None, "more sections than the index has");
        assert_eq!(Pages::read(&bytes[..2], 3), None);
    }
}

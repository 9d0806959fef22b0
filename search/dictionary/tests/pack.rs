//! The packed file gives back what was packed, and says so when it cannot.
#![cfg(feature = "unpack")]

use seoga_dictionary::model::{Category, CharacterRun, Characters, Class, Entry, KoDic, Matrix, Ranking, Unknown};
use seoga_dictionary::pack::{self, PackError};

/// Three entries with everything that an entry can have.
fn small() -> KoDic {
    let class = |tag: &str, kind: &str| Class {
        left: 1,
        right: 2,
        pos_id: 150,
        tag: tag.into(),
        semantic: "*".into(),
        kind: kind.into(),
        first: "*".into(),
        last: "*".into(),
    };
    let entry = |surface, class, cost, reading: Option<&str>, expression: Option<&str>, final_consonant| Entry {
        surface,
        class,
        cost,
        final_consonant,
        reading: reading.map(Into::into),
        expression: expression.map(Into::into),
    };
    KoDic {
        classes: vec![class("NNG", "Compound"), class("XSV+EF", "Inflect"), class("SF", "*")],
        surfaces: vec!["!".into(), "데이터베이스".into(), "한다".into(), "漢字".into()],
        entries: vec![
            entry(0, 2, -3, Some("*"), None, '*'),
            entry(1, 0, 1200, None, Some("데이터/NNG/*+베이스/NNG/*"), 'F'),
            entry(2, 1, i16::MIN, None, Some("하/XSV/*+ᆫ다/EF/*"), 'F'),
            entry(2, 0, i16::MAX, None, None, 'T'),
            entry(3, 0, 7, Some("한자"), None, 'F'),
        ],
        matrix: Matrix { rights: 3, lefts: 2, costs: vec![0, -5, 300, i16::MAX, i16::MIN, 12] },
        characters: Characters {
            categories: vec![Category { name: "DEFAULT".into(), invoke: false, group: true, length: 2 }],
            runs: vec![CharacterRun { first: 0, categories: vec![0] }],
        },
        unknown: vec![Unknown {
            category: "DEFAULT".into(),
            left: 1,
            right: 1,
            pos_id: 3,
            cost: 4,
            features: "SY,*,*,*,*,*,*,*".into(),
        }],
        ranking: Ranking { lefts: vec![0, 1], rights: vec![0, 2, 1] },
    }
}

#[test]
fn what_was_packed_comes_back() {
    let dictionary = small();
    let packed = pack::write(&dictionary).unwrap();
    assert_eq!(pack::read(&packed).unwrap(), dictionary);
    assert_eq!(pack::write(&dictionary).unwrap(), packed, "the same input, the same bytes");
}

#[test]
fn a_damaged_pack_is_never_another_dictionary() {
    let dictionary = small();
    let packed = pack::write(&dictionary).unwrap();
    for at in 0..packed.len() {
        let mut damaged = packed.clone();
        damaged[at] ^= 0x11;
        assert!(pack::read(&damaged).map_or(true, |read| read == dictionary), "byte {at}");
        assert!(pack::read(&packed[..at]).is_err(), "cut off at {at}");
    }
    assert!(matches!(pack::read(b"something else"), Err(PackError::NotAPack)));
}

#[test]
fn the_committed_pack_is_the_whole_of_ko_dic() {
    let dictionary = pack::read(include_bytes!("../ko-dic.pack")).unwrap();
    assert_eq!((dictionary.entries.len(), dictionary.surfaces.len()), (816_283, 774_584));
    assert_eq!((dictionary.matrix.rights, dictionary.matrix.lefts), (3_822, 2_693));
    assert!(dictionary.surfaces.is_sorted());
    let features = |surface: &str| -> Vec<String> {
        let number = dictionary.surfaces.binary_search_by(|other| other.as_str().cmp(surface)).unwrap() as u32;
        let entries = dictionary.entries.iter().filter(|entry| entry.surface == number);
        entries.map(|entry| dictionary.features(entry).to_string()).collect()
    };
    assert_eq!(features("데이터베이스"), ["NNG,*,F,데이터베이스,Compound,*,*,데이터/NNG/*+베이스/NNG/*"]);
    assert!(features("한다").contains(&"XSV+EF,*,F,한다,Inflect,XSV,EF,하/XSV/*+ᆫ다/EF/*".to_owned()));
    assert!(features("漢字").iter().any(|features| features.contains("한자")));
}

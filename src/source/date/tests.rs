use super::*;

fn shown(written: &str) -> String {
    match Date::read(written) {
        Reading::Whole(date) if date.time.is_none() => date.to_string(),
        Reading::Whole(date) => date.rfc3339(),
        Reading::DayOnly(date) => format!("{date} only"),
        Reading::Unreadable => "unreadable".to_owned(),
    }
}

#[test]
fn days_in_every_notation() {
    for written in [
        "2021-06-16",
        "2021.06.16",
        "2021. 6. 16.",
        "2021. 6. 16",
        "2021/06/16",
        "2021-6-16",
        "20210616",
        "2021년 6월 16일",
        "2021년6월16일",
        "June 16, 2021",
        "16 Jun 2021",
        "Jun. 16th, 2021",
        "2021-06-16 (수)",
        "2021년 6월 16일 수요일",
        " 2021-06-16 ",
        "2021.06.16.",
    ] {
        assert_eq!(shown(written), "2021-06-16", "{written}");
    }
}

#[test]
fn times_and_offsets() {
    for (written, expected) in [
        ("2021-06-16 12:00:00 +0900", "2021-06-16T12:00:00+09:00"),
        ("2021-06-16T12:00:00Z", "2021-06-16T12:00:00Z"),
        ("2021-06-16T12:00:00.123+09:00", "2021-06-16T12:00:00+09:00"),
        ("2021-06-16 23:12", "2021-06-16T23:12:00Z"),
        ("2021-06-16 3:05 -03:30", "2021-06-16T03:05:00-03:30"),
        ("2021년 6월 16일 오후 3:20", "2021-06-16T15:20:00Z"),
        ("June 16, 2021 12:20 AM", "2021-06-16T00:20:00Z"),
        ("2021. 6. 16. 오전 9:05:01", "2021-06-16T09:05:01Z"),
        ("Wed, 16 Jun 2021 12:00:00 GMT", "2021-06-16T12:00:00Z"),
        ("Wed Jun 16 2021 12:00:00 GMT+0900 (KST)", "2021-06-16T12:00:00+09:00"),
        ("1643388849397", "2022-01-28T16:54:09Z"),
        ("1643388849", "2022-01-28T16:54:09Z"),
        ("202106161230", "2021-06-16T12:30:00Z"),
        ("20210616123059", "2021-06-16T12:30:59Z"),
    ] {
        assert_eq!(shown(written), expected, "{written}");
    }
}

#[test]
fn a_bad_time_leaves_the_day() {
    assert_eq!(shown("2020-04-05 21:04:76"), "2020-04-05 only");
    assert_eq!(shown("2021-06-16 ~ 2021-06-20"), "2021-06-16 only");
    assert_eq!(shown("2021-06-16 점심때"), "2021-06-16 only");
}

#[test]
fn what_is_no_date() {
    for written in [
        "",
        "2021-02-30",
        "2021-13-01",
        "2021",
        "2021-06",
        "어제",
        "{{date}}",
        "06/16/2021",
        "2021-06-163",
        "20211316",
        "99999999999999999999",
        "0000-01-01",
        "2021-06.16",
        "일 월 화",
    ] {
        assert_eq!(shown(written), "unreadable", "{written}");
    }
    assert_eq!(Date::from_number(-5), None);
}

#[test]
fn file_names_that_begin_with_a_date() {
    let stem = |stem| Date::from_file_stem(stem).map(|(date, rest)| format!("{date} {rest}"));
    assert_eq!(stem("2021-06-16-로드 밸런서").as_deref(), Some("2021-06-16 로드 밸런서"));
    assert_eq!(stem("2021-06-16").as_deref(), Some("2021-06-16 "));
    assert_eq!(stem("2021-06-16제목"), None);
    assert_eq!(stem("2021-02-30-제목"), None);
    assert_eq!(stem("로드 밸런서와 프록시"), None);
}

#[test]
fn order_is_by_the_day_a_reader_sees() {
    let read = |written| match Date::read(written) {
        Reading::Whole(date) => date,
        other => panic!("{other:?}"),
    };
    assert!(read("2021-06-16 00:30 +0900") > read("2021-06-15 23:00 Z"));
    assert!(read("2021-06-16 00:30 +0900") > read("2021-06-16"));
}

#[test]
fn every_day_of_four_centuries_survives_the_epoch() {
    let mut last = None;
    for days in -140_000..140_000 {
        let date = Date::from_days(days).unwrap();
        assert!(last < Some(date), "{date}");
        last = Some(date);
    }
    assert_eq!(Date::from_days(0).unwrap().to_string(), "1970-01-01");
}

#[test]
fn before_is_certain_whatever_the_offsets() {
    let date = |written| match Date::read(written) {
        Reading::Whole(date) => date,
        other => panic!("{written}: {other:?}"),
    };
    for (earlier, later, before) in [
        ("2021-06-15", "2021-06-16", true),
        ("2021-06-16", "2021-06-16 12:00", false),
        ("2021-06-16 10:00", "2021-06-16 12:00", false),
        ("2021-06-16T10:00:00Z", "2021-06-16T12:00:00Z", true),
        ("2021-06-15T16:00:00Z", "2021-06-16T01:30:00+09:00", true),
        ("2021-06-16T00:30:00+09:00", "2021-06-15T15:30:00Z", false),
        ("2021-06-15T16:00:00Z", "2021-06-16", false),
        ("2021-06-14T16:00:00Z", "2021-06-16", true),
        ("2020-12-31", "2021-01-01", true),
        ("2020-02-29", "2020-03-01", true),
    ] {
        assert_eq!(date(earlier).is_before(&date(later)), before, "{earlier} {later}");
        assert!(!date(later).is_before(&date(earlier)), "{later} {earlier}");
    }
}

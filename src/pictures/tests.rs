use super::*;

fn svg(inside: &str) -> String {
    format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" viewBox=\"0 0 100 50\">{inside}</svg>")
}

fn clean(inside: &str) -> String {
    let published = published(svg(inside).as_bytes()).unwrap();
    let inner = published.split_once('>').unwrap().1;
    inner.trim_end().strip_suffix("</svg>").unwrap_or(inner).to_owned()
}

fn looks(inside: &str) -> Looks {
    read(svg(inside).as_bytes()).unwrap().picture.looks
}

#[test]
fn what_draws_is_published_as_it_was() {
    for kept in [
        "<path d=\"M0 0L9 9\" fill=\"url(#a)\"/><text x=\"1\">가 &amp; <tspan>나</tspan> &lt;다&gt;</text>",
        "<use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AA==\"/>",
        "<style>.a{fill:red}\n@media (prefers-color-scheme: dark){.a{fill:blue}}</style>",
        "<a href=\"https://example.com\"><text xml:space=\"preserve\"> 가 </text></a>",
        "<animate attributeName=\"cx\" dur=\"1s\"/>",
    ] {
        assert_eq!(clean(kept), kept);
    }
    let label = "<foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"color: red\">가<br></br></div></foreignObject>";
    assert_eq!(clean(label), label);
}

#[test]
fn what_runs_loads_or_is_an_editors_is_not() {
    for (hostile, left) in [
        ("<script>alert(1)</script>", ""),
        ("<script xlink:href=\"//a.example\"/>", ""),
        ("<g onclick=\"alert(1)\" OnLoad=\"x\"/>", "<g/>"),
        ("<a href=\"java\nscript:alert(1)\"><g/></a>", "<a><g/></a>"),
        ("<a xlink:href=\"data:text/html,x\"/>", "<a/>"),
        ("<image href=\"https://a.example/x.png\"/>", "<image/>"),
        ("<use href=\"//a.example/x.svg#a\"/>", "<use/>"),
        ("<set attributeName=\"xlink:href\" to=\"javascript:alert(1)\"/>", ""),
        ("<animate attributeName=\"onclick\" to=\"alert(1)\"/>", ""),
        ("<rect style=\"fill:url(https://a.example/x)\"/>", "<rect style=\"fill:none\"/>"),
        ("<rect fill=\"url(//a.example)\"/>", "<rect fill=\"none\"/>"),
        ("<style>@import '//a.example';</style>", "<style></style>"),
        (
            "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"x\"/></foreignObject>",
            "<foreignObject></foreignObject>",
        ),
        ("<metadata>편집기</metadata><!-- 말 --><?php x?>", ""),
        ("<g xmlns:i=\"i\" i:label=\"x\"><i:grid/></g>", "<g></g>"),
        (
            "<h:body xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>x</h:script></h:body>",
            "<body xmlns=\"http://www.w3.org/1999/xhtml\"></body>",
        ),
    ] {
        assert_eq!(clean(hostile), left, "{hostile}");
    }
    let root = format!("<svg xmlns=\"{SVG}\" content=\"&lt;mxfile\" onload=\"x\" xml:base=\"//a\"/>");
    assert_eq!(published(root.as_bytes()).unwrap(), format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"/>\n"));
}

#[test]
fn what_was_removed_is_told_with_its_place() {
    let text = svg("<g onload=\"x\"/>\n<script>y</script><image href=\"//a.example\"/>");
    let reading = read(text.as_bytes()).unwrap();
    let told: Vec<(&Kind, &str)> =
        reading.removed.iter().map(|removed| (&removed.kind, &reading.text[removed.at..removed.at + 4])).collect();
    let expected = [
        (&Kind::Handler("onload".to_owned()), "onlo"),
        (&Kind::Script, "<scr"),
        (&Kind::Elsewhere("//a.example".to_owned()), "href"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn entities_are_what_they_stand_for_or_the_file_is_none() {
    let document = |subset: &str, body: &str| format!("<!DOCTYPE svg [{subset}]>{}", svg(body));
    let flat = document("<!ENTITY ns \"http://a.example/\">", "<g id=\"&ns;\"/>");
    assert!(published(flat.as_bytes()).unwrap().contains("<g id=\"http://a.example/\"/>"));
    let run = document("<!ENTITY x \"<script>alert(1)</script>\">", "&x;");
    assert!(!published(run.as_bytes()).unwrap().contains("alert"));
    let laughs = document("<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">", "<text>&b;</text>");
    assert!(published(laughs.as_bytes()).is_err());
    let long = document(&format!("<!ENTITY a \"{}\">", "ha".repeat(10_000)), &"<text>&a;</text>".repeat(100));
    assert!(published(long.as_bytes()).is_err());
}

#[test]
fn odd_files_are_no_drawings_and_none_ends_the_program() {
    for odd in
        ["", "<svg", "<svg><g></svg>", "<html/>", "안녕", "<svg xmlns='x'/>", "<svg><use xlink:href='#a'/></svg>"]
    {
        assert!(published(odd.as_bytes()).is_err(), "{odd}");
    }
    let deep = format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000));
    assert!(published(svg(&deep).as_bytes()).is_err());
    assert!(published(&vec![b' '; source::LARGEST + 1]).is_err());
    let circle =
        "<g id=\"a\"><use href=\"#b\"/><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/><use href=\"#a\"/></g>";
    assert!(read(svg(circle).as_bytes()).is_ok());
    let doubling: String =
        (1..60).map(|n| format!("<g id=\"a{n}\"><use href=\"#a{0}\"/><use href=\"#a{0}\"/></g>", n - 1)).collect();
    assert!(read(svg(&doubling).as_bytes()).is_ok());
    // Without its namespace a browser shows nothing; meant is SVG.
    assert!(published(b"<svg><g/></svg>").unwrap().starts_with("<svg xmlns="));
}

#[test]
fn old_encodings_are_read() {
    let text = format!("<?xml version=\"1.0\" encoding=\"EUC-KR\"?>{}", svg("<text>한글</text>"));
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(&text);
    assert_eq!(read(&bytes).unwrap().picture.words, ["한글"]);
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(svg("<text>한글</text>").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf_16).unwrap().picture.words, ["한글"]);
}

#[test]
fn ink_and_ground() {
    let page = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>";
    assert_eq!(looks("<path d=\"M0 0L9 9\" stroke=\"#000\"/>"), Looks::DarkInk);
    assert_eq!(looks("<text>검정</text>"), Looks::DarkInk);
    assert_eq!(looks("<text fill=\"currentColor\">검정</text>"), Looks::DarkInk);
    assert_eq!(looks("<text fill=\"#fff\">하양</text>"), Looks::LightInk);
    assert_eq!(looks(&format!("{page}<text>검정</text>")), Looks::Anywhere);
    assert_eq!(looks("<circle r=\"9\" fill=\"#42b883\"/>"), Looks::Anywhere);
    assert_eq!(looks("<style>.a{fill:none;stroke:#eee}</style><path class=\"a\" d=\"M0 0L9 9\"/>"), Looks::LightInk);
    // White boxes with dark edges are seen on both pages, and a line between two of them is not.
    let boxes = "<g fill=\"#fff\" stroke=\"#000\"><rect width=\"20\" height=\"20\"/><rect x=\"60\" width=\"20\" height=\"20\"/></g>\
                 <text x=\"5\" y=\"9\">가</text>";
    assert_eq!(looks(boxes), Looks::Anywhere);
    assert_eq!(looks(&format!("{boxes}<path d=\"M20 9L60 9\" stroke=\"#000\" fill=\"none\"/>")), Looks::DarkInk);
    assert_eq!(looks("<rect width=\"20\" height=\"20\" fill=\"#fff\"/>"), Looks::LightInk);
    assert_eq!(looks("<image href=\"data:image/png;base64,AA==\"/>"), Looks::DarkInk);
    // A badge: its words lie on its own areas.
    let badge = "<rect width=\"40\" height=\"50\" fill=\"#4c1\"/><rect x=\"40\" width=\"60\" height=\"50\" fill=\"#e05d44\"/>\
                 <text x=\"9\" y=\"9\">빌드</text><text x=\"60\" y=\"9\">통과</text>";
    assert_eq!(looks(badge), Looks::Anywhere);
    assert_eq!(
        looks("<style>@media (prefers-color-scheme:dark){text{fill:#fff}}</style><text>가</text>"),
        Looks::Anywhere
    );
    let moved = "<g transform=\"translate(4 46)\"><polygon fill=\"white\" points=\"-4,4 -4,-46 96,-46 96,4\"/><text>가</text></g>";
    assert_eq!(looks(moved), Looks::Anywhere);
    assert_eq!(looks("<defs><path id=\"p\" d=\"M0 0L9 9\"/></defs>"), Looks::Anywhere);
    assert_eq!(looks("<defs><path id=\"p\" d=\"M0 0L9 9L9 0z\"/></defs><use xlink:href=\"#p\"/>"), Looks::DarkInk);
}

#[test]
fn excalidraw_turns_its_own_colours_round() {
    let mark = "<!-- svg-source:excalidraw -->";
    let line = "<path d=\"M0 0L9 9\" stroke=\"#1e1e1e\" fill=\"none\"/>";
    let page = "<rect width=\"100\" height=\"50\" fill=\"#ffffff\"/>";
    assert_eq!(looks(&format!("{mark}{line}")), Looks::Inverts);
    assert_eq!(looks(&format!("{mark}{page}{line}")), Looks::Inverts);
    assert_eq!(looks(&format!("{mark}{line}<image href=\"data:image/png;base64,AA==\"/>")), Looks::DarkInk);
    assert_eq!(looks(&format!("{mark}<path d=\"M0 0L9 9\" stroke=\"#e3e3e8\" fill=\"none\"/>")), Looks::LightInk);
    let dark = svg(&format!("{mark}{line}")).replace("viewBox", "filter=\"invert(93%) hue-rotate(180deg)\" viewBox");
    assert_eq!(read(dark.as_bytes()).unwrap().picture.looks, Looks::LightInk);
}

#[test]
fn sizes() {
    let size = |attributes: &str| read(format!("<svg xmlns=\"{SVG}\" {attributes}/>").as_bytes()).unwrap().picture.size;
    assert_eq!(size("width=\"430px\" height=\"271\""), Some((430, 271)));
    assert_eq!(size("viewBox=\"0 0 300 200.4\""), Some((300, 200)));
    assert_eq!(size("width=\"100%\" viewBox=\"0 0 300 200\""), Some((300, 200)));
    assert_eq!(size("width=\"150\" viewBox=\"0 0 300 200\""), Some((150, 100)));
    assert_eq!(size("width=\"72pt\" height=\"1in\""), Some((96, 96)));
    assert_eq!(size("width=\"10em\" height=\"1e2\""), Some((160, 100)));
    assert_eq!(size("viewBox=\"0 0 1 1\""), None);
    assert_eq!(size("viewBox=\"0 0 0 x\""), None);
    assert_eq!(size("width=\"1e300\" height=\"NaN\""), None);
}

#[test]
fn words_in_reading_order() {
    let words = |inside: &str| read(svg(inside).as_bytes()).unwrap().picture.words;
    assert_eq!(words("<g><text>로드</text><text>밸런서 <tspan>둘</tspan></text></g>"), ["로드", "밸런서 둘"]);
    assert_eq!(
        words(
            "<text><tspan x=\"0\" dy=\"0\">메시</tspan><tspan dx=\"1\">지 큐</tspan><tspan x=\"0\" dy=\"1.2em\">둘째</tspan></text>"
        ),
        ["메시지 큐 둘째"]
    );
    let html = "xmlns=\"http://www.w3.org/1999/xhtml\"";
    let label = format!(
        "<switch><foreignObject><div {html}><b>요청</b><br/>응답</div></foreignObject><text>Text is not SVG</text></switch>"
    );
    assert_eq!(words(&label), ["요청 응답"]);
    let excuse = "<switch><g requiredFeatures=\"x\"/><a><text>Text is not SVG</text></a></switch>";
    assert!(words(excuse).is_empty());
    assert_eq!(words("<g id=\"text_3\"><!-- 시간 (초) --><g><use xlink:href=\"#a\"/></g></g>"), ["시간 (초)"]);
    assert!(words(&"<text>함수이름</text>".repeat(10_000)).concat().len() < 20_000);
}

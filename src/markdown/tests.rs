//! The facts that the library is told about a note. What a reader sees is in `tests/specs/`.

use super::*;

fn read(text: &str) -> Document {
    parse(
        Input { text, body_start: 0, path: "content/글.md", title: None, cover: None, extra: None },
        &Options::default(),
    )
}

fn targets(document: &Document) -> Vec<(ReferenceKind, &str)> {
    document.references.iter().map(|reference| (reference.kind, reference.target.as_str())).collect()
}

#[test]
fn the_title_is_the_opening_heading_or_the_only_big_one() {
    for (text, title) in [
        ("# 서버\n\n글", Some("서버")),
        ("## 서버\n\n글", Some("서버")),
        ("![](a.png)\n\n# 서버\n\n## 하나", Some("서버")),
        ("## 소개\n\n글\n\n## 설치", None),
        ("# 1. 개요\n\n# 2. 설치", None),
        ("# 1. 개요", Some("1. 개요")),
        ("# 목차\n\n[[toc]]\n\n## 하나", None),
        ("글\n\n# 하나\n\n# 둘", None),
        ("> # 인용", None),
        ("글뿐", None),
    ] {
        assert_eq!(read(text).title.as_deref(), title, "{text:?}");
    }
}

#[test]
fn a_title_heading_leaves_the_body_and_keeps_its_id() {
    let document = read("# 서버 `a`\n\n글 [위로](#서버-a)");
    assert_eq!(document.title_id.as_deref(), Some("서버-a"));
    assert!(!document.body.html.contains("<h1"));
    assert!(document.headings.is_empty());
}

#[test]
fn references_keep_their_kind_target_and_place() {
    let text = "---\nx: 1\n---\n[글](a%20b.md#절) [[이름#제목|보임]] ![대체](<그림 1.png>) ![[소리.mp3]] <a href='c&amp;d.html'>c</a> https://example.com에";
    let document = parse(
        Input { text, body_start: 13, path: "글.md", title: None, cover: None, extra: None },
        &Options::default(),
    );
    use ReferenceKind::*;
    let expected = [
        (Link, "a%20b.md#절"),
        (Wikilink, "이름#제목"),
        (Image, "그림 1.png"),
        (Embed, "소리.mp3"),
        (HtmlLink, "c&d.html"),
        (Link, "https://example.com"),
    ];
    assert_eq!(targets(&document), expected);
    assert_eq!(&text[document.references[0].span.clone()], "[글](a%20b.md#절)");
    assert_eq!(&text[document.references[5].span.clone()], "https://example.com");
}

#[test]
fn what_the_page_leaves_out_is_not_read() {
    for text in [
        "앞 <script>숨은 것</script> 뒤",
        "앞 <style>숨은 *것*</style> 뒤",
        "앞 <noscript>숨은 `것`</noscript> 뒤",
        "앞 <script type=\"text/x\">숨은\n것</script> 뒤",
        "앞\n\n<script>\n숨은 것\n</script>\n\n뒤",
        "앞\n\n<noscript>숨은 것</noscript>\n\n뒤",
    ] {
        let document = read(text);
        let words: Vec<&str> = document.sections.iter().flat_map(|section| section.text.split_whitespace()).collect();
        assert_eq!(words, ["앞", "뒤"], "{text}");
        assert!(!document.body.html.contains("숨은"), "{text}: {}", document.body.html);
    }
    assert_eq!(read("앞 <script> 뒤").sections[0].text.trim(), "앞 <script> 뒤");
}

#[test]
fn sections_hold_what_a_reader_reads() {
    let document = read(
        "# 제목\n\n앞 `코드` [[노트|글]]\n\n## 절\n\n- 하나\n- 둘 <b>셋</b>\n\n| 가 | 나 |\n|-|-|\n| 1 | 2 |\n\n```sh\nls\n```\n<!-- 숨김 -->",
    );
    let texts: Vec<&str> = document.sections.iter().map(|section| section.text.trim()).collect();
    assert_eq!(texts, ["앞 코드 글", "하나\n둘 셋\n가 나 \n1 2 \nls"]);
    assert_eq!(document.sections[1].heading, Some(0));
    assert_eq!(document.excerpt, None, "a few letters say nothing about a note");
}

#[test]
fn what_nobody_sees_parts_no_word() {
    let document = read("# 메시\u{200b}지 큐\n\n쿠버\u{200b}네\u{ad}티스는\u{a0}좋다\n\n글^[덧붙인 말]이다");
    assert_eq!(document.title.as_deref(), Some("메시지 큐"));
    assert_eq!(document.sections[0].text, "쿠버네티스는\u{a0}좋다\n글이다\n덧붙인 말\n");
}

#[test]
fn the_excerpt_is_the_first_paragraph_that_says_something() {
    let document =
        read("![그림](a.png)\n\n> 인용\n\n로드 밸런서는 여러 서버에 요청을 나누어 보낸다.\n\n둘째 문단은 쓰지 않는다.");
    assert_eq!(document.excerpt.as_deref(), Some("로드 밸런서는 여러 서버에 요청을 나누어 보낸다."));
    let long = read(&"가나다라 마바사 ".repeat(60));
    let excerpt = long.excerpt.unwrap();
    assert!(excerpt.ends_with('…') && excerpt.chars().count() <= 161, "{excerpt}");
}

#[test]
fn deep_nesting_is_flattened_with_one_warning() {
    let document = read(&format!("{} 바닥", ">".repeat(10_000)));
    assert_eq!(document.body.html.matches("<blockquote>").count(), nesting::DEEPEST);
    assert_eq!(document.body.html.matches("</blockquote>").count(), nesting::DEEPEST);
    assert!(document.body.html.contains("바닥"));
    let codes: Vec<_> = document.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["too-deep"]);
}

#[test]
fn hostile_sizes_take_no_more_than_linear_time() {
    // Each of these took minutes, or the stack, somewhere before.
    for text in [
        "[".repeat(200_000),
        "*a_ ".repeat(50_000),
        "`".repeat(99_999),
        "![[".repeat(50_000),
        "http://-".repeat(50_000),
        "www.a".repeat(50_000),
        "<a ".repeat(50_000),
        "<a b".repeat(100_000),
        "<a b='".repeat(100_000),
        "<a b=\"'='".repeat(50_000),
        "<!-- ".repeat(100_000),
        "&amp;".repeat(50_000),
        "](".repeat(100_000),
        "[a](b c".repeat(50_000),
        "[[".repeat(50_000) + &"]](a.md".repeat(50_000),
        "a^[가 나".repeat(50_000),
        "a^[가 나]".repeat(50_000),
        "#가".repeat(100_000),
        (0..50_000).map(|n| format!("#가{n} ")).collect(),
        ":a".repeat(100_000),
        "a^1".repeat(100_000),
        "<details>\n".repeat(20_000),
        "<div markdown=1>".repeat(20_000),
        "1. a\n - b\n".repeat(20_000),
        (0..1000).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect(),
        "a\n-|-\n".repeat(20_000),
        "가 ^name\n\n^name\n\n".repeat(20_000),
        (0..2000).map(|n| format!("*[A{n}]: 뜻\n")).collect::<String>() + &"A A A ".repeat(20_000),
        ":\n".repeat(50_000),
        "글 <b>글\n\n".repeat(40_000),
        "- 글 <font color=red>글\n".repeat(40_000),
        "<details><b></details>\n".repeat(40_000),
        "<span><details></span>\n\n".repeat(40_000),
        "$a ".repeat(100_000),
        "$$a ".repeat(100_000),
        "$$\na\n".repeat(50_000),
        "\\(".repeat(100_000),
        "\\\\[a\n".repeat(50_000),
        "\\ref{".repeat(50_000),
        "$x_1$,".repeat(50_000),
        "\\begin{align}\n".repeat(20_000),
        "$$\n\\def\\a{\\a\\a}\n\\a\n$$\n\n".repeat(2000),
        (0..2000).map(|n| format!("$\\def\\a{}{{\\a}}$ ", "b".repeat(n))).collect::<String>()
            + &"$\\a$ ".repeat(20_000),
    ] {
        parse(
            Input { text: &text, body_start: 0, path: "글.md", title: None, cover: None, extra: None },
            &Options { inline_tags: true, ..Options::default() },
        );
    }
}

/// The warnings about a text: code, line, column.
fn warnings(text: &str) -> Vec<(&'static str, usize, usize)> {
    read(text).diagnostics.iter().map(|fault| (fault.code, fault.position.line, fault.position.column)).collect()
}

#[test]
fn blocks_that_were_hardly_meant_are_reported_where_they_begin() {
    for (text, expected) in [
        ("글\n\n이 문장은 제목이 아니다.\n---\n뒤", &[("accidental-heading", 4, 1)][..]),
        ("![그림](https://example.com/a.png)\n---", &[("accidental-heading", 2, 1)]),
        ("첫 줄\n둘째 줄\n---", &[("accidental-heading", 3, 1)]),
        ("> 인용한 문장이다.\n> ---", &[("accidental-heading", 2, 3)]),
        ("제목\n---\n\n# 끝.\n\n글.\n===", &[]),
        ("- 항목이다.\n---\n\n글.\n\n---", &[]),
        ("글\n\n```js\nlet n;\n", &[("open-fence", 3, 1)]),
        ("- 가\n\n  ~~~~\n  나\n  ~~~\n\n다", &[("open-fence", 3, 3)]),
        ("```\n```\n\n> ~~~\n> 가\n> ~~~~", &[]),
        ("# 제목\n\n    여기는 네 칸 들여 쓴 글이라 코드가 된다.\n", &[("indented-prose", 3, 5)]),
        ("    let n = 1; // 한글 설명이 조금 길게 붙은 줄입니다\n    return n + 1; fn main() {}\n", &[]),
    ] {
        let found: Vec<_> = warnings(text);
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn shortcodes_that_nobody_knows_are_reported_once_a_kind() {
    let text =
        "{% include a %} {% include b %}\n\n{{< 그림 >}} {{< /그림 >}}\n\n`{% if %}` <% tp.file %> {{ page.title }}";
    let expected = [("unknown-shortcode", 1, 1), ("unknown-shortcode", 3, 1), ("unknown-shortcode", 5, 12)];
    assert_eq!(warnings(text), expected);
}

#[test]
fn the_time_it_takes_grows_with_the_text_and_not_with_its_square() {
    let lines = "a // [!code ++:99999]\n".repeat(1 << 13);
    let fence = format!("```js{{{}}}\n{lines}", "1-9999999,".repeat(1 << 15));
    let lists = format!("`x`{}", "{: .a}".repeat(1 << 16));
    let parts = [
        "{% raw %}",
        "{% raw %}{% endraw %}",
        "{{< hint >}}",
        "{{< hint >}}\n{{< /hint >}}\n",
        "{% highlight a %}",
        "{{ site.url }}/",
        "<%",
        "{:",
        "{: \"",
        "`a`{",
        "](){.a",
        "{::comment}",
        "{: .a}\n",
        "a\n{: .b}\n",
        "## a {: .b}\n",
        "- a\n{:toc}\n",
        "<!-- TOC -->\n",
        "!!! note\n",
        "=== \"a\"\n    a\n",
        "<Tabs {\n",
        "<TabItem>",
        "</TabItem>",
        "::: tip\n",
        "%% ",
        "%%a%%",
        "{:/}",
        "![a](b =1x1)",
        "`x`{: .a}",
        "<b title=\"{: .a}\">",
    ];
    for text in parts.into_iter().map(|part| part.repeat((1 << 18) / part.len())).chain([fence, lists]) {
        let started = std::time::Instant::now();
        read(&text);
        let start: String = text.chars().take(20).collect();
        assert!(started.elapsed().as_secs() < 10, "{start:?}… took {:?}", started.elapsed());
    }
}

#[test]
fn dialects_in_any_mixture_leave_no_trace_of_how_they_are_read() {
    let parts = [
        "{:",
        "}",
        " ",
        "\n",
        "\n\n",
        "가",
        ".x",
        "{: .x}",
        "{:toc}",
        "* TOC",
        "- ",
        "> ",
        "    ",
        "\t",
        "```",
        "```js{1-3}",
        "!!! note",
        "??? tip \"제목\"",
        "=== \"탭\"",
        "<Tabs>",
        "</Tabs>",
        "<TabItem value=\"가\">",
        "</TabItem>",
        "{% raw %}",
        "{% endraw %}",
        "{% highlight js %}",
        "{% endhighlight %}",
        "{{< hint info >}}",
        "{{< /hint >}}",
        "{{% notice tip \"제\" %}}",
        "{{% /notice %}}",
        "{{</* a */>}}",
        "{{ site.url }}/",
        "{{< figure src=\"가\" >}}",
        "::: tip 제목",
        ":::",
        "%%",
        "<!-- TOC -->",
        "<!-- /TOC -->",
        "{::comment}",
        "{:/}",
        "**굵게**",
        "`코드`",
        "![그림](a.png)",
        "[글](b)",
        "<b title=\"",
        "</b>",
        "<!-- ",
        " -->",
        "](",
        "[글](b \"",
        "[",
        "]: /b \"",
        "[[",
        "]]",
        "`x`{",
        "<br>",
        "## 제목",
        "---",
        "| a |\n|--|\n| 1 |",
        "[^1]",
        "[^1]: 각주",
        "// [!code ++]",
        "<details>",
        "</details>",
        "\\",
        "\"",
        "{{",
        "> [!tip] 제목",
        "1. ",
        "<div",
        "[toc]",
    ];
    // Xorshift: the same texts every time.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..=random(40) {
            text.push_str(parts[random(parts.len())]);
            text.push_str(["\n", "", ""][random(3)]);
        }
        let document = read(&text);
        let code = document.body.holes.iter().filter_map(|hole| match hole {
            Hole::Code(fence) => Some(&fence.code),
            _ => None,
        });
        let shown = code.chain([&document.body.html]).chain(document.sections.iter().map(|section| &section.text));
        // The number of a mark, however it was escaped or cleaned on its way.
        let mark = |shown: &str| {
            ["<!--", "&lt;!--"].iter().any(|open| {
                shown.match_indices(open).any(|(at, _)| {
                    let rest = shown[at + open.len()..].trim_start_matches(['\u{1}', '\u{fffd}']);
                    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    after.len() < rest.len() && after.starts_with("--")
                })
            })
        };
        let unseen = |shown: &str| !shown.contains('\u{1}') && !mark(shown);
        assert!(shown.into_iter().all(|shown| unseen(shown)), "{text:?} became {:?}", document.body.html);
        let fields = document.body.holes.iter().all(|hole| match hole {
            Hole::Image { alt, title, attributes, .. } => [alt, title, attributes].iter().all(|field| unseen(field)),
            Hole::Id(field) | Hole::Tag(field) | Hole::Frame { address: field, .. } => unseen(field),
            _ => true,
        });
        let named = |link: &Reference| unseen(&link.target) && link.label.as_deref().is_none_or(unseen);
        assert!(fields && document.references.iter().all(named), "{text:?}");
        let headings = document.headings.iter().all(|heading| unseen(&heading.id) && unseen(&heading.title));
        assert!(headings && document.anchors.iter().all(|anchor| unseen(anchor)), "{text:?}");
        assert!(document.references.iter().all(|link| text.get(link.span.clone()).is_some()), "{text:?}");
    }
}

/// Whatever the syntax around them, the words of a note are shown or are part of something that is: a link's target, a
/// picture's text, a title.
#[test]
fn no_word_is_lost_between_any_signs() {
    let signs = [
        "**",
        "*",
        "_",
        "~~",
        "==",
        "`",
        "\n```\n",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n## ",
        "\n    ",
        "[",
        "]",
        "](",
        ")",
        "[[",
        "]]",
        "![[",
        "![",
        "[^1]",
        "<b>",
        "</b>",
        "<",
        ">",
        " ",
        "\n::: tip ",
        "\n:::\n",
        "\n> [!note] ",
        "#",
        ":",
        "~",
        "^",
        "$",
        "\\",
        "&",
        "\"",
        "\n---\n",
        "\n!!! note\n    ",
        "%",
        "(",
        "\n- [ ] ",
        "<details>",
        "\n: ",
    ];
    let mut random = 11_u64;
    let mut next = |bound: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % bound
    };
    for _ in 0..8_000 {
        let mut text = String::new();
        let words: Vec<String> = (0..6).map(|number| format!("낱말{number}끝")).collect();
        for word in &words {
            for _ in 0..next(3) {
                text.push_str(signs[next(signs.len())]);
            }
            text.push_str(word);
        }
        let input = Input { text: &text, body_start: 0, path: "글.md", title: None, cover: None, extra: None };
        let document = parse(input, &Options::default());
        let shown = format!(
            "{} {:?} {:?} {:?} {:?}",
            document.body.html, document.body.holes, document.references, document.title, document.diagnostics
        );
        for word in &words {
            assert!(shown.contains(word.as_str()), "{word} is lost from {text:?}\n{}", document.body.html);
        }
    }
}

//! What tags mean: the ones that Jekyll, Hugo, Hexo and GitBook bring along and notes use.

use std::ops::Range;

use super::tags::{Notation, Tag};
use crate::markdown::attributes::{Word, words};
use crate::markdown::callouts;
use crate::markdown::dialect::BoxKind;
use crate::markdown::html::escape_into;

/// What stands in the place of a tag.
pub enum Meaning {
    /// Nobody knows.
    Unknown,
    /// Text that is meant so, or another pass's.
    Text,
    /// Nothing: the tag speaks to its own tool only.
    Nothing,
    /// Markdown in the line.
    Inline(String),
    /// The address of a note: where it stands alone, a link.
    Note(String),
    /// HTML in lines of its own.
    Block(String),
    /// The beginning of a box that a closing tag ends.
    /// Where in the arguments its title stands.
    Box { kind: BoxKind, title: Option<Range<usize>> },
    /// The beginning of code, by the info string of its fence.
    Code(String),
    /// Content that nobody reads.
    Comment,
    /// Content that is no template.
    Raw,
}

const ADMONITIONS: [&str; 6] = ["notice", "hint", "callout", "admonition", "alert", "note"];
const FOLDED: [&str; 6] = ["details", "expand", "spoiler", "collapse", "hidetoggle", "folding"];

pub fn meaning(tag: &Tag<'_>) -> Meaning {
    match tag.notation {
        Notation::Expression => expression(tag.arguments),
        Notation::Templater => Meaning::Unknown,
        Notation::Liquid | Notation::Hugo => named(tag),
    }
}

fn named(tag: &Tag<'_>) -> Meaning {
    let words = words(tag.arguments);
    let plain: Vec<&Word<'_>> = words.iter().filter(|word| word.key.is_none()).collect();
    let first = plain.first().map(|word| word.value);
    let value = |keys: &[&str]| Word::of(&words, keys);
    let liquid = tag.notation == Notation::Liquid;
    let lower = tag.name.to_lowercase();
    match lower.as_str() {
        "raw" if liquid => Meaning::Raw,
        "comment" => Meaning::Comment,
        "toc" => Meaning::Text,
        "rawhtml" | "content-ref" | "endraw" => Meaning::Nothing,
        "code" if liquid => Meaning::Nothing,
        "highlight" | "codeblock" => Meaning::Code(info(tag, &plain)),
        "mermaid" => Meaning::Code("mermaid".to_owned()),
        "link" if liquid => Meaning::Note(address(&format!("/{}", tag.arguments.trim_start_matches('/')))),
        "post_url" if liquid => {
            // By its name alone: the note may stand in any folder.
            let name = tag.arguments.rsplit('/').next().unwrap_or_default();
            Meaning::Note(address(&format!("{}.md", name.strip_suffix(".md").unwrap_or(name))))
        }
        "ref" | "relref" => first.or(value(&["path"])).map_or(Meaning::Unknown, |to| Meaning::Note(address(to))),
        "asset_img" => {
            let alt = plain.get(1..).unwrap_or_default().iter().map(|word| word.value).collect::<Vec<_>>().join(" ");
            first.map_or(Meaning::Unknown, |to| Meaning::Inline(format!("![{alt}]({})", address(to))))
        }
        "figure" => value(&["src"]).map_or(Meaning::Unknown, |source| Meaning::Block(figure(source, &words))),
        "youtube" => link(first.or(value(&["id"])), "https://www.youtube.com/watch?v="),
        "vimeo" => link(first.or(value(&["id"])), "https://vimeo.com/"),
        "gist" => {
            let path: Vec<&str> = plain.iter().take(2).map(|word| word.value).collect();
            link(Some(path.join("/")).as_deref(), "https://gist.github.com/")
        }
        "tweet" | "x" => match (value(&["user"]), value(&["id"])) {
            (Some(user), Some(id)) => link(Some(&format!("{user}/status/{id}")), "https://x.com/"),
            _ => link(first, "https://x.com/i/status/"),
        },
        "embed" => link(value(&["url"]), ""),
        "include" => include(&words),
        "tabs" | "tabpane" | "code-tabs" => Meaning::Box { kind: BoxKind::Tabs, title: None },
        "tab" | "code-tab" => {
            let name = value(&["name", "title", "header", "label"]).or(first).unwrap_or_default().to_owned();
            Meaning::Box { kind: BoxKind::Tab { name }, title: None }
        }
        name if FOLDED.contains(&name) => {
            let open = plain.iter().any(|word| !word.quoted && word.value == "open")
                || value(&["open"]) == Some("true")
                || value(&["closed"]) == Some("false");
            let keys = ["title", "summary", "label"];
            let title = Word::named(&words, &keys).map(Word::range).or_else(|| title(tag, &plain));
            Meaning::Box { kind: BoxKind::Callout { name: "details".to_owned(), fold: Some(open) }, title }
        }
        name if ADMONITIONS.contains(&name) || callouts::is_known(name) => admonition(name, &words),
        _ => Meaning::Unknown,
    }
}

/// `{{% notice tip %}}`, `{{< callout type="info" >}}`, `{% hint style="info" %}`, `{{< warning "제목" >}}`.
fn admonition(name: &str, words: &[Word<'_>]) -> Meaning {
    let plain: Vec<&Word<'_>> = words.iter().filter(|word| word.key.is_none()).collect();
    let named = Word::of(words, &["type", "style", "kind"]).or_else(|| plain.first().map(|word| word.value));
    let kind = named.map(str::to_lowercase).filter(|kind| callouts::is_known(kind));
    // What is not the kind may be the title: `{{< admonition tip "제목" >}}`.
    let rest = plain
        .iter()
        .skip(usize::from(plain.first().is_some_and(|word| callouts::is_known(&word.value.to_lowercase()))));
    let title = Word::named(words, &["title"]).or_else(|| rest.clone().find(|word| word.quoted).copied());
    let name = kind.unwrap_or_else(|| if callouts::is_known(name) { name } else { "note" }.to_owned());
    Meaning::Box {
        kind: BoxKind::Callout { name, fold: None },
        title: title.map(Word::range).filter(|title| !title.is_empty()),
    }
}

/// All arguments as the writer put them, where they are one title: `{% folding 펼쳐 보기 %}`.
fn title(tag: &Tag<'_>, plain: &[&Word<'_>]) -> Option<Range<usize>> {
    match plain.first() {
        Some(first) if first.quoted => Some(first.range()),
        Some(_) if !tag.arguments.contains('=') => Some(0..tag.arguments.len()),
        _ => None,
    }
}

/// `{{ site.baseurl }}` and `{{ "/그림.png" | relative_url }}`; anything else is text.
fn expression(inside: &str) -> Meaning {
    let mut filters = inside.split('|').map(str::trim);
    let value = filters.next().unwrap_or_default();
    let known = |filter: &str| {
        let name = filter.split(':').next().unwrap_or_default().trim();
        matches!(name, "relative_url" | "absolute_url" | "relURL" | "absURL" | "prepend" | "uri_escape" | "strip")
    };
    if !filters.clone().all(known) {
        return Meaning::Text;
    }
    if matches!(value, "site.baseurl" | "site.url" | "site.github.url" | "base_path") {
        return Meaning::Inline(String::new());
    }
    let quoted = value.strip_prefix(['"', '\'']).and_then(|value| value.strip_suffix(['"', '\'']));
    match quoted.filter(|_| filters.next().is_some()) {
        Some(path) if path.contains(':') => Meaning::Inline(address(path)),
        Some(path) => Meaning::Inline(address(&format!("/{}", path.trim_start_matches('/')))),
        None => Meaning::Text,
    }
}

/// An address that stands in a link as it is.
fn address(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.trim().trim_matches('"').chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '"' => out.push_str(&format!("%{:02X}", c as u32)),
            _ => out.push(c),
        }
    }
    out
}

/// What a page would show of another site, as a link to it.
fn link(id: Option<&str>, site: &str) -> Meaning {
    let Some(id) = id.filter(|id| !id.is_empty()) else { return Meaning::Unknown };
    let whole = if id.starts_with("http") { id.to_owned() } else { format!("{site}{id}") };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ':' | '?' | '=' | '&' | '#' | '%');
    if whole.starts_with("http") && whole.chars().all(plain) {
        Meaning::Inline(format!("<{whole}>"))
    } else {
        Meaning::Unknown
    }
}

/// The includes of Jekyll's themes that show a film or a picture.
fn include(words: &[Word<'_>]) -> Meaning {
    let file = words.first().filter(|word| word.key.is_none()).map_or("", |word| word.value);
    let provider = Word::of(words, &["provider"]).unwrap_or(file);
    if provider.contains("youtube") {
        return link(Word::of(words, &["id"]), "https://www.youtube.com/watch?v=");
    }
    match Word::of(words, &["image_path"]).filter(|_| file == "figure") {
        Some(source) => Meaning::Block(figure(source, words)),
        None => Meaning::Unknown,
    }
}

fn figure(source: &str, words: &[Word<'_>]) -> String {
    let value = |keys: &[&str]| Word::of(words, keys).unwrap_or_default();
    let (caption, title) = (value(&["caption"]), value(&["title"]));
    let mut out = String::from("<figure");
    let attribute = |out: &mut String, name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!(" {name}=\""));
            escape_into(out, value);
            out.push('"');
        }
    };
    attribute(&mut out, "class", value(&["class"]));
    out.push('>');
    let link = value(&["link"]);
    if !link.is_empty() {
        out.push_str("<a");
        attribute(&mut out, "href", link);
        out.push('>');
    }
    out.push_str("<img");
    attribute(&mut out, "src", source);
    let alt = [value(&["alt"]), caption, title].into_iter().find(|alt| !alt.is_empty()).unwrap_or_default();
    out.push_str(" alt=\"");
    escape_into(&mut out, alt);
    out.push('"');
    attribute(&mut out, "width", value(&["width"]).trim_end_matches("px"));
    attribute(&mut out, "height", value(&["height"]).trim_end_matches("px"));
    out.push_str(" loading=\"lazy\">");
    if !link.is_empty() {
        out.push_str("</a>");
    }
    if !(caption.is_empty() && title.is_empty()) {
        out.push_str("<figcaption>");
        if !title.is_empty() {
            out.push_str("<strong>");
            escape_into(&mut out, title);
            out.push_str(if caption.is_empty() { "</strong>" } else { "</strong> " });
        }
        escape_into(&mut out, caption);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>");
    // A blank line in the HTML would end it.
    out.replace(['\n', '\r'], " ")
}

/// The info string for the code of a tag: `{% highlight ruby linenos %}`, `{{< highlight go "linenos=table" >}}`,
/// `{% codeblock 제목 lang:js %}`.
fn info(tag: &Tag<'_>, plain: &[&Word<'_>]) -> String {
    if tag.name == "codeblock" {
        let language = plain.iter().find_map(|word| word.value.strip_prefix("lang:")).unwrap_or_default();
        let title: Vec<&str> = plain.iter().map(|word| word.value).filter(|word| !word.contains(':')).collect();
        let title = title.join(" ").replace(['"', '`'], "");
        return if title.is_empty() { language.to_owned() } else { format!("{language} title=\"{title}\"") };
    }
    let (language, rest) = tag.arguments.split_once(char::is_whitespace).unwrap_or((tag.arguments, ""));
    let language = language.trim_matches('"');
    let rest = rest.trim();
    let info = match rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(options) => {
            // The values of Hugo's options hold blanks without quotes: `hl_lines=1 3-5`.
            let options: Vec<String> = options
                .split(',')
                .filter_map(|option| option.split_once('='))
                .map(|(key, value)| format!("{}=\"{}\"", key.trim(), value.trim()))
                .collect();
            format!("{language} {{{}}}", options.join(","))
        }
        None => format!("{language} {rest}"),
    };
    info.trim().replace('`', "")
}

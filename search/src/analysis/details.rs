//! What ko-dic says of an entry, read.

/// Bytes of an entry among lindera's values: the number of the word, its cost and its two contexts.
pub const ENTRY_BYTES: usize = 10;

/// The stem of a verb or an adjective. An inflected form says it in its expression (`돕/VV/*+아/EC/*`), as a length in
/// bytes where the surface begins with it.
pub fn stem<'a>(surface: &'a str, kind: &str, expression: &'a str) -> &'a str {
    let written = expression.split('/').next().unwrap_or(surface);
    match written.parse::<usize>() {
        Ok(length) => surface.get(..length).unwrap_or(surface),
        Err(_) if kind == "Inflect" => written,
        Err(_) => surface,
    }
}

/// Byte lengths of a compound's parts, when the parts are the surface cut up (`9/NNG/*+6/NNG/*`); none of other words.
pub fn parts(surface: &str, kind: &str, expression: &str) -> Vec<usize> {
    if !matches!(kind, "Compound" | "Preanalysis") {
        return Vec::new();
    }
    let lengths: Option<Vec<usize>> =
        expression.split('+').map(|part| part.split('/').next().and_then(|length| length.parse().ok())).collect();
    let whole = |lengths: &Vec<usize>| lengths.len() > 1 && lengths.iter().sum::<usize>() == surface.len();
    lengths.filter(whole).unwrap_or_default()
}

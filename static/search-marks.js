// Marks the words that a search led to (`?h=단어&h=단어`) in the text of the page, until the reader has seen enough.
(function () {
  "use strict";
  var NAME = "seoga-found";
  var MOST_WORDS = 12;
  var MOST_MARKS = 2000;
  // What a word may run across; anything else ends it.
  var INLINE = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|DFN|EM|FONT|I|INS|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|WBR)$/;
  var own = window.seogaSearch;
  var clearer = null;
  var wrapped = [];

  // ── The text, block by block ──

  function blockOf(node) {
    var element = node.parentElement;
    while (element && INLINE.test(element.nodeName)) element = element.parentElement;
    return element;
  }

  // Runs of text nodes between which no block begins or ends.
  function runs() {
    var found = [];
    document.querySelectorAll("main .prose").forEach(function (prose) {
      var walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
      var block = null;
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("script, style, svg, math, button, textarea, .heading-anchor")) continue;
        var around = blockOf(node);
        if (around !== block || !found.length) found.push([]);
        block = around;
        found[found.length - 1].push(node);
      }
    });
    return found;
  }

  // The text of a run as words are compared: NFC, small letters, one space for many. `from` says for each letter where in
  // the run it comes from; a syllable written in pieces counts with its first.
  function folded(nodes) {
    var raw = nodes.map(function (node) {
      return node.data;
    }).join("");
    var text = "";
    var from = [];
    // A letter and all that combines with it.
    var cluster = /\s+|[\u1100-\u115f]+[\u1160-\u11ff]*|\P{M}\p{M}*|\p{M}+/gu;
    for (var match = cluster.exec(raw); match; match = cluster.exec(raw)) {
      var letter = /^\s/.test(match[0]) ? " " : match[0].normalize("NFC").toLowerCase();
      for (var i = 0; i < letter.length; i += 1) from.push(match.index);
      text += letter;
    }
    from.push(raw.length);
    return { text: text, from: from };
  }

  function fold(word) {
    return word.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  // A Latin word is whole: `go` is not in `category`. Particles follow Hangul, and compounds hold it.
  function isWhole(text, at, end) {
    var latin = /[\p{Script=Latin}\p{N}]/u;
    var before = text.slice(Math.max(0, at - 1), at);
    var after = text.slice(end, end + 1);
    return !(latin.test(text[at]) && latin.test(before)) && !(latin.test(text[end - 1]) && latin.test(after));
  }

  // Places of the words in a text, the longer first where two begin at one place, none in another.
  function places(text, words) {
    var found = [];
    words.forEach(function (word) {
      for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (isWhole(text, at, at + word.length)) found.push([at, at + word.length]);
      }
    });
    found.sort(function (a, b) {
      return a[0] - b[0] || b[1] - a[1];
    });
    var end = 0;
    return found.filter(function (place) {
      if (place[0] < end) return false;
      end = place[1];
      return true;
    });
  }

  // The pieces of text nodes that a place covers.
  function piecesOf(nodes, start, end) {
    var pieces = [];
    var offset = 0;
    nodes.forEach(function (node) {
      var from = Math.max(start - offset, 0);
      var to = Math.min(end - offset, node.length);
      if (from < to) pieces.push({ node: node, from: from, to: to });
      offset += node.length;
    });
    return pieces;
  }

  function find(words) {
    var found = [];
    runs().forEach(function (nodes) {
      var run = folded(nodes);
      places(run.text, words).forEach(function (place) {
        var pieces = piecesOf(nodes, run.from[place[0]], run.from[place[1]]);
        if (pieces.length && found.length < MOST_MARKS) found.push(pieces);
      });
    });
    return found;
  }

  // What stands in code that is folded is no answer to a reader who cannot see it.
  function showFolded(pieces) {
    var rest = pieces[0].node.parentElement.closest(".rest[hidden]");
    if (rest) rest.closest("figure").querySelector(".fold > input").checked = true;
  }

  // ── Marks ──

  function highlight(found) {
    var highlight = new Highlight();
    found.forEach(function (pieces) {
      var last = pieces[pieces.length - 1];
      var range = new Range();
      range.setStart(pieces[0].node, pieces[0].from);
      range.setEnd(last.node, last.to);
      highlight.add(range);
    });
    CSS.highlights.set(NAME, highlight);
  }

  // For browsers that cannot highlight without touching the page. From the end, so that earlier places stay true.
  function wrap(found) {
    found.slice().reverse().forEach(function (pieces) {
      pieces.slice().reverse().forEach(function (piece) {
        var text = piece.node.splitText(piece.from);
        text.splitText(piece.to - piece.from);
        var mark = document.createElement("mark");
        mark.className = "found";
        text.replaceWith(mark);
        mark.appendChild(text);
        wrapped.push(mark);
      });
    });
  }

  function clear() {
    if (window.CSS && CSS.highlights) CSS.highlights.delete(NAME);
    wrapped.forEach(function (mark) {
      var parent = mark.parentNode;
      if (!parent) return;
      mark.replaceWith.apply(mark, Array.from(mark.childNodes));
      parent.normalize();
    });
    wrapped = [];
    if (clearer) clearer.remove();
    clearer = null;
  }

  function offerToClear(count) {
    own.load("search-strings.js").then(function () {
      if (clearer) clearer.remove();
      var strings = own.strings[own.language()] || own.strings[own.strings.site];
      clearer = own.make("button", "found-clear", document.body);
      clearer.type = "button";
      clearer.textContent = strings.search_marks_clear.replace("{n}", count);
      clearer.setAttribute("aria-keyshortcuts", "Escape");
      own.make("kbd", "", clearer).textContent = "Esc";
      clearer.addEventListener("click", clear);
    }).catch(function () {
      // Esc works all the same.
    });
  }

  own.mark = function (words) {
    clear();
    var wanted = words.map(fold).filter(Boolean).slice(0, MOST_WORDS);
    var found = find(wanted);
    if (!found.length) return;
    found.forEach(showFolded);
    if (window.Highlight && window.CSS && CSS.highlights) highlight(found);
    else wrap(found);
    offerToClear(found.length);
  };

  // The words have done their work: the address that is kept or sent is the page's own.
  function cleanAddress(parameters) {
    parameters.delete("h");
    var rest = parameters.toString();
    try {
      history.replaceState(history.state, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
    } catch (error) {
      // From a disk some browsers keep the address as it was.
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    clear();
  });

  var parameters = new URLSearchParams(location.search);
  if (parameters.has("h")) {
    own.mark(parameters.getAll("h"));
    cleanAddress(parameters);
  }
})();

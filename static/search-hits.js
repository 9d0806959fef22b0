// What a query and its answers say, without a line drawn: filters and words of a query, addresses and groups of hits, and what
// was searched before. For search-view.js.
(function () {
  "use strict";
  var RECENT = 6;
  // Words that an address carries for the page to mark.
  var WORDS = 8;
  // What stands in quotation marks is looked for, and no filter.
  var PART = /(^|\s)(?:(-?(?:"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』))|(tag|태그|path|경로|title|제목):("[^"]+"|“[^”]+”|\S+))/gi;
  var own = window.seogaSearch;

  function fold(text) {
    return text.normalize("NFC").toLowerCase();
  }

  // ── The query: its filters and its words ──

  function placeOf(word) {
    return /^(tag|태그)$/i.test(word) ? "tag" : /^(title|제목)$/i.test(word) ? "title" : "path";
  }

  function filterOf(place, value) {
    return { place: placeOf(place), value: value.replace(/^["“]|["”]$/g, "").replace(/^#/, "") };
  }

  function filtersIn(query) {
    var found = [];
    query.replace(PART, function (all, space, phrase, place, value) {
      if (!phrase && placeOf(place) !== "title") found.push(filterOf(place, value));
    });
    return found;
  }

  function isSame(a, b) {
    return a.place === b.place && fold(a.value) === fold(b.value);
  }

  function withFilter(query, filter) {
    var value = /\s/.test(filter.value) ? '"' + filter.value + '"' : filter.value;
    return (query.trim() + " " + filter.place + ":" + value).trim();
  }

  function withoutFilter(query, filter) {
    return tidied(query.replace(PART, function (all, space, phrase, place, value) {
      return !phrase && isSame(filterOf(place, value), filter) ? space : all;
    }));
  }

  // The same without anything that keeps notes out: filters, or else quotation marks. Null where there is nothing such.
  function wider(query) {
    var open = query.replace(PART, function (all, space, phrase) {
      return phrase ? all : space;
    });
    if (open !== query) return tidied(open) ? { query: tidied(open), why: "all_notes" } : null;
    open = query.replace(PART, function (all, space, phrase) {
      return phrase && phrase[0] !== "-" ? space + phrase.slice(1, -1) : all;
    });
    return open === query || !tidied(open) ? null : { query: tidied(open), why: "without_quotes" };
  }

  // Without gaps, and without an OR that has nothing before or behind it.
  function tidied(query) {
    return query.replace(/(?:\s+OR(?=\s+OR\s|\s*$))+/g, "").replace(/^\s*(?:OR\s+)+/, "").replace(/\s+/g, " ").trim();
  }

  // What a reader wants to see marked, of what was typed.
  function wordsOf(query) {
    var words = [];
    (query.match(/-?(?:[^\s:"]+:)?(?:"[^"]+"|\S+)/g) || []).forEach(function (part) {
      if (/^-./.test(part) || /^(tag|태그|path|경로):/i.test(part) || /^(OR|\|\|?)$/.test(part)) return;
      var word = part.replace(/^(title|제목):/i, "").replace(/"/g, "").trim();
      if (word.length > 1) words.push(word);
    });
    return words;
  }

  // ── Hits ──

  // Escaped text with <mark>: read where nothing is run, and copied piece by piece.
  function pieces(snippet) {
    var template = document.createElement("template");
    template.innerHTML = snippet;
    return Array.from(template.content.childNodes).map(function (node) {
      return { text: node.textContent, marked: node.nodeName === "MARK" };
    });
  }

  function wordsFor(hit, query) {
    var words = (hit.marked || []).slice();
    pieces(hit.snippet || "").forEach(function (piece) {
      if (piece.marked) words.push(piece.text);
    });
    var seen = {};
    return words.concat(wordsOf(query)).filter(function (word) {
      var key = fold(word);
      if (seen["=" + key] || word.length > 60) return false;
      return (seen["=" + key] = true);
    }).slice(0, WORDS);
  }

  function addressOf(hit, query) {
    var path = hit.url.split("/").map(encodeURIComponent).join("/");
    var words = wordsFor(hit, query).map(function (word) {
      return "h=" + encodeURIComponent(word);
    });
    return own.root + path + (words.length ? "?" + words.join("&") : "") +
      (hit.anchor ? "#" + encodeURIComponent(hit.anchor) : "");
  }

  // Folders as `path:` knows them. The note's path may begin with the folder that all notes are in.
  function foldersOf(hit) {
    var path = hit.path || hit.url;
    if (/^content\//.test(path) && !/^content\//.test(hit.url)) path = path.slice("content/".length);
    return path.split("/").slice(0, -1);
  }

  // Pages in the order of their best hit, each with its hits in theirs.
  function grouped(hits) {
    var groups = [];
    var byUrl = new Map();
    hits.forEach(function (hit) {
      var group = byUrl.get(hit.url);
      if (!group) {
        group = { page: hit, hits: [] };
        byUrl.set(hit.url, group);
        groups.push(group);
      }
      group.hits.push(hit);
    });
    return groups;
  }

  // What would narrow these hits: the folders next below the one they share, and tags that some of them have.
  function suggestions(hits) {
    var folders = hits.map(foldersOf);
    var shared = 0;
    while (folders.length && folders[0].length > shared && folders.every(function (names) {
      return names[shared] === folders[0][shared];
    })) shared += 1;
    var counts = new Map();
    function count(place, value) {
      var key = place + ":" + value;
      var entry = counts.get(key) || { place: place, value: value, count: 0 };
      entry.count += 1;
      counts.set(key, entry);
    }
    hits.forEach(function (hit, index) {
      if (folders[index].length > shared) count("path", folders[index].slice(0, shared + 1).join("/") + "/");
      (hit.tags || []).forEach(function (tag) {
        count("tag", tag);
      });
    });
    var all = Array.from(counts.values()).filter(function (entry) {
      return entry.count < hits.length && entry.value.indexOf('"') < 0;
    });
    all.sort(function (a, b) {
      return b.count - a.count;
    });
    function first(place, most) {
      return all.filter(function (entry) {
        return entry.place === place;
      }).slice(0, most);
    }
    return first("path", 3).concat(first("tag", 6));
  }

  // ── What was searched before, for as long as the browser keeps it ──

  var STORE = "seoga-search:" + own.root;

  function recent() {
    try {
      var kept = JSON.parse(localStorage.getItem(STORE));
      return Array.isArray(kept) ? kept.filter(function (query) {
        return typeof query === "string";
      }).slice(0, RECENT) : [];
    } catch (error) {
      return [];
    }
  }

  function remember(query) {
    if (!query) return;
    var kept = [query].concat(recent().filter(function (other) {
      return fold(other) !== fold(query);
    }));
    try {
      localStorage.setItem(STORE, JSON.stringify(kept.slice(0, RECENT)));
    } catch (error) {
      // Storage can be forbidden.
    }
  }

  function forget() {
    try {
      localStorage.removeItem(STORE);
    } catch (error) {
      // As above.
    }
  }

  own.said = {
    fold: fold, filtersIn: filtersIn, isSame: isSame, withFilter: withFilter, withoutFilter: withoutFilter, wider: wider, pieces: pieces,
    wordsFor: wordsFor, addressOf: addressOf, foldersOf: foldersOf, grouped: grouped, suggestions: suggestions,
    recent: recent, remember: remember, forget: forget,
  };
})();

// What stands under the search box: answers while typing, grouped by page; filters; what to do where nothing was found or
// something went wrong. Loaded by search.js at the first search. The focus stays in the box, so that the next letter, and the
// syllable being composed, always has a place; the list follows the pattern of a combobox.
(function () {
  "use strict";
  var FIRST = 10;
  var MOST = 100;
  // Milliseconds: until a reader is told that something is under way, or that it takes long; how long a search may keep the
  // next one waiting; until the address and a screen reader follow the typing.
  var WAIT = 250;
  var LONG = 20000;
  var PATIENCE = 150;
  var SETTLED = 700;

  var own = window.seogaSearch;
  var make = own.make;
  // What search-hits.js has brought, which may come later than this.
  var said = null;

  function say(name, values) {
    var text = (own.strings[own.language()] || own.strings[own.strings.site])["search_" + name] || "";
    return text.replace(/\{(\w+)\}/g, function (all, key) {
      return values && key in values ? values[key] : all;
    });
  }

  function button(className, text, parent, act) {
    var made = make("button", className, parent);
    made.type = "button";
    made.textContent = text;
    if (act) made.addEventListener("click", act);
    return made;
  }

  // ── Pieces of an answer ──

  function writeSnippet(element, snippet) {
    said.pieces(snippet).forEach(function (piece) {
      if (piece.marked) make("mark", "", element).textContent = piece.text;
      else element.appendChild(document.createTextNode(piece.text));
    });
  }

  // A title with the words in it marked; where folding changes a length, places would be wrong.
  function writeMarked(element, text, words) {
    var folded = said.fold(text);
    var at = 0;
    while (folded.length === text.length && at < text.length) {
      var next = null;
      words.forEach(function (word) {
        var found = folded.indexOf(said.fold(word), at);
        if (found >= 0 && (!next || found < next.at || (found === next.at && word.length > next.length))) {
          next = { at: found, length: said.fold(word).length };
        }
      });
      if (!next || !next.length) break;
      element.appendChild(document.createTextNode(text.slice(at, next.at)));
      make("mark", "", element).textContent = text.slice(next.at, next.at + next.length);
      at = next.at + next.length;
    }
    element.appendChild(document.createTextNode(text.slice(at)));
  }

  // ── Pages ──

  // A server may show a page without `index.html` or `.html` in its address.
  function pageOf(url) {
    var path = url.pathname;
    try {
      path = decodeURIComponent(path);
    } catch (error) {
      // A `%` that is no encoding.
    }
    return url.origin + path.normalize("NFC").replace(/(\/index)?\.html$/, "").replace(/\/$/, "");
  }

  function isHere(link) {
    return pageOf(new URL(link.href)) === pageOf(location);
  }

  own.view = function (box) {
    said = own.said;
    var input = box.input;
    var body = box.body;
    // A page of the search is named after what is looked for; its own name may name a query already.
    var title = document.title;
    var query = null;
    var limit = FIRST;
    var ticket = 0;
    var running = null;
    var isPending = false;
    var answer = null;
    var active = null;
    var opensFirst = false;
    // How many hits there were before more were asked for.
    var before = 0;
    var timers = {};

    // ── What is always there ──

    body.textContent = "";
    var filters = make("div", "search-filters", body);
    var meta = make("p", "search-meta", body);
    var bar = make("div", "search-progress", body);
    var scroll = make("div", "search-scroll", body);
    var list = make("div", "search-list", scroll);
    var more = button("search-more", say("more"), scroll, askMore);
    var most = make("p", "search-most", scroll);
    var whole = make("a", "search-whole", scroll);
    var panel = make("div", "search-panel", scroll);
    var status = make("p", "search-status", body);
    var foot = make("p", "search-foot", body);

    filters.setAttribute("role", "group");
    filters.setAttribute("aria-label", say("filters"));
    bar.hidden = true;
    most.hidden = true;
    most.textContent = say("most");
    whole.textContent = say("whole");
    list.id = "seoga:search-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("results"));
    status.setAttribute("role", "status");
    input.placeholder = say("placeholder");
    input.setAttribute("aria-label", say("placeholder"));
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    if (box.closer) {
      box.closer.textContent = say("close");
      box.closer.title = say("close") + " (Esc)";
    }
    var keys = [["↑ ↓", "key_choose"], ["Enter", "key_open"], ["Ctrl Enter", "key_tab"]];
    if (/Mac|iPhone|iPad/.test(navigator.platform)) keys[2][0] = "⌘ Enter";
    if (box.close) keys.push(["Esc", "close"]);
    keys.forEach(function (key) {
      var hint = make("span", "search-key", foot);
      key[0].split(" ").forEach(function (name) {
        make("kbd", "", hint).textContent = name;
      });
      hint.appendChild(document.createTextNode(" " + say(key[1])));
    });

    function after(name, milliseconds, act) {
      clearTimeout(timers[name]);
      timers[name] = setTimeout(act, milliseconds);
    }

    function speak(text) {
      after("speak", SETTLED, function () {
        status.textContent = text;
      });
    }

    // ── Asking ──

    function changed() {
      var typed = input.value.normalize("NFC").trim();
      if (typed === query) return;
      query = typed;
      limit = FIRST;
      before = 0;
      opensFirst = false;
      choose(null);
      followAddress();
      if (query) return ask();
      ticket += 1;
      stopWaiting();
      drawStart();
    }

    function askMore() {
      before = options().length;
      limit = Math.min(limit * 3, MOST);
      ask();
    }

    // A search that takes its time does not hold the next one up for long, and of those that wait only the last is asked.
    function ask() {
      var mine = (ticket += 1);
      isPending = true;
      wait(mine);
      var turn = running ? Promise.race([running, new Promise(function (resolve) {
        setTimeout(resolve, PATIENCE);
      })]) : Promise.resolve();
      turn.then(function () {
        if (mine !== ticket) return;
        var asked = query;
        var found = own.search(asked, { limit: limit });
        var ended = found.then(function () {}, function () {}).then(function () {
          if (running === ended) running = null;
        });
        running = ended;
        return found.then(function (found) {
          // An answer to what was typed before is none.
          if (mine === ticket) show(asked, found);
        });
      }).catch(function (error) {
        if (mine === ticket) fail(error);
      });
    }

    // ── Waiting ──

    function wait(mine) {
      after("wait", WAIT, function () {
        if (mine !== ticket) return;
        body.classList.add("waiting");
        bar.hidden = false;
        list.setAttribute("aria-busy", "true");
        if (!answer) meta.textContent = say("loading");
        if (!answer) speak(say("loading"));
      });
      expectSoon(mine);
    }

    function expectSoon(mine) {
      after("long", LONG, function () {
        if (mine === ticket) drawFault(say("slow"), say("retry"), retry);
      });
    }

    function stopWaiting() {
      isPending = false;
      clearTimeout(timers.wait);
      clearTimeout(timers.long);
      body.classList.remove("waiting");
      bar.hidden = true;
      bar.style.removeProperty("--part");
      list.removeAttribute("aria-busy");
    }

    document.addEventListener("seoga:search-progress", function (event) {
      var step = event.detail || {};
      if (!(step.of > 0)) return;
      bar.style.setProperty("--part", Math.min(1, step.done / step.of));
      if (bar.hidden) return;
      if (!answer) meta.textContent = say("loading") + " " + step.done + "/" + step.of;
      expectSoon(ticket);
    });

    // ── Drawing ──

    function show(asked, found) {
      stopWaiting();
      var isMore = answer && answer.query === asked;
      var chosen = isMore && active ? active.href : null;
      var place = isMore ? scroll.scrollTop : 0;
      answer = { query: asked, hits: found.hits || [], note: found.note };
      drawHits(answer);
      drawFilters(answer);
      // A letter alone begins a syllable: that there is nothing of it says nothing.
      if (!answer.hits.length && /^[ㄱ-ㅎㅏ-ㅣ]$/.test(asked.trim())) return drawStart();
      if (!answer.hits.length) drawNothing(found);
      var several = answer.hits.length >= limit;
      more.hidden = !several || limit >= MOST;
      most.hidden = !several || limit < MOST;
      whole.hidden = !box.close || !answer.hits.length;
      var count = say(several ? "count_more" : "count", { n: answer.hits.length });
      if (!answer.hits.length) count = say("nothing");
      meta.textContent = "";
      if (answer.hits.length) make("span", "search-count", meta).textContent = count;
      if (found.note) make("span", "search-note", meta).textContent = found.note;
      speak(found.note ? count + ". " + found.note : count);
      scroll.scrollTop = place;
      choose(chosen && options().find(function (option) {
        return option.href === chosen;
      }) || null);
      if (before) showMore();
      var top = left(asked);
      if (top) scrollTo(0, top);
      if (opensFirst) openFirst();
    }

    // The button that was pressed is gone or has moved: the reader goes on with what is new.
    function showMore() {
      choose(options()[before] || active);
      before = 0;
      if (!isTouched()) input.focus({ preventScroll: true });
    }

    function clear() {
      list.textContent = "";
      list.hidden = true;
      panel.textContent = "";
      panel.hidden = true;
      more.hidden = most.hidden = whole.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(null);
    }

    function opened() {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function drawHits(answer) {
      clear();
      if (!answer.hits.length) return;
      var best = answer.hits[0];
      var number = 0;
      said.grouped(answer.hits).forEach(function (group, index) {
        var section = make("div", "search-page", list);
        var title = null;
        section.setAttribute("role", "group");
        // A page that is itself the best hit in it is one with its title.
        if (group.hits[0].heading) {
          var head = make("div", "search-page-head", section);
          head.setAttribute("role", "presentation");
          title = drawTitle(head, group.page, said.wordsFor(group.page, answer.query));
        }
        group.hits.forEach(function (hit, place) {
          var option = make("a", "search-hit", section);
          var words = said.wordsFor(hit, answer.query);
          option.href = said.addressOf(hit, answer.query);
          option.id = "seoga:hit-" + (number += 1);
          option.tabIndex = -1;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          if (hit === best) option.classList.add("best");
          if (!title) {
            option.classList.add("search-hit-page");
            title = drawTitle(option, hit, words);
          } else {
            option.classList.add("search-hit-section");
            writeMarked(make("span", "search-heading", option), hit.heading || hit.title, words);
          }
          if (hit.found === "some") make("span", "search-found", option).textContent = say("found_some");
          if (hit.snippet) writeSnippet(make("span", "search-snippet", option), hit.snippet);
        });
        title.id = "seoga:hits-of-" + (index + 1);
        section.setAttribute("aria-labelledby", title.id);
      });
      opened();
    }

    function drawTitle(parent, hit, words) {
      var title = make("span", "search-title", parent);
      writeMarked(title, hit.title, words);
      var where = said.foldersOf(hit).join(" / ");
      var tags = (hit.tags || []).slice(0, 3).map(function (tag) {
        return "#" + tag;
      }).join(" ");
      if (where || tags) {
        var crumb = make("span", "search-where", parent);
        if (where) make("span", "search-folder", crumb).textContent = where;
        if (tags) make("span", "search-tags", crumb).textContent = tags;
      }
      return title;
    }

    // The filters that are on, then those that could be.
    function drawFilters(answer) {
      var on = said.filtersIn(query);
      var chips = on.map(function (filter) {
        return { place: filter.place, value: filter.value, on: true };
      }).concat(answer ? said.suggestions(answer.hits).filter(function (filter) {
        return !on.some(said.isSame.bind(null, filter));
      }) : []);
      filters.textContent = "";
      filters.hidden = !chips.length;
      chips.forEach(function (chip) {
        var shown = chip.place === "tag" ? "#" + chip.value : chip.value;
        var made = button("search-filter", shown, filters, function () {
          setQuery(chip.on ? said.withoutFilter(input.value, chip) : said.withFilter(input.value, chip));
        });
        made.dataset.filter = chip.place + ":" + chip.value;
        made.setAttribute("aria-pressed", String(!!chip.on));
        made.setAttribute("aria-label", say(chip.place === "tag" ? "tag" : "folder", { name: chip.value }));
      });
    }

    function drawNothing(found) {
      panel.hidden = false;
      make("p", "search-panel-title", panel).textContent = say("nothing");
      var missing = found.missing || [];
      if (missing.length && !found.note) {
        make("p", "", panel).textContent = say("missing", { words: missing.map(function (word) {
          return "‘" + word + "’";
        }).join(", ") });
      }
      drawWider();
      var nearest = found.nearest || [];
      make("p", "", panel).textContent = say(nearest.length ? "nearest" : "advice");
      var words = make("p", "search-nearest", panel);
      nearest.forEach(function (word) {
        button("search-filter", word, words, function () {
          // In the place of the one word that is not there, with its particle, if there is one.
          var typed = query.split(/\s+/);
          var lost = typed.filter(function (part) {
            return missing.length === 1 && part.indexOf(missing[0]) === 0;
          });
          setQuery(lost.length !== 1 ? word : typed.map(function (part) {
            return part === lost[0] ? word : part;
          }).join(" "));
        });
      });
    }

    // The same without what may have kept everything out.
    function drawWider() {
      var wider = said.wider(query);
      if (!wider) return;
      button("search-filter search-wider", wider.why === "all_notes" ? say("all_notes") : say("without_quotes"), make("p", "", panel), function () {
        setQuery(wider.query);
      });
    }

    // Before anything is typed.
    function drawStart() {
      clear();
      answer = null;
      drawFilters(null);
      meta.textContent = "";
      speak("");
      var before = said.recent();
      if (before.length) {
        var section = make("div", "search-page search-recent", list);
        var head = make("div", "search-page-head", section);
        var title = make("span", "search-title", head);
        title.textContent = say("recent");
        title.id = "seoga:search-recent";
        section.setAttribute("role", "group");
        section.setAttribute("aria-labelledby", title.id);
        before.forEach(function (text, index) {
          var option = button("search-hit search-before", text, section, function () {
            setQuery(text);
          });
          option.id = "seoga:hit-" + (index + 1);
          option.tabIndex = -1;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
        });
        opened();
      }
      panel.hidden = false;
      make("p", "search-panel-title", panel).textContent = say("tips");
      var tips = make("dl", "search-tips", panel);
      ["initials", "phrase", "without", "tag", "folder"].forEach(function (tip) {
        var row = make("div", "", tips);
        make("code", "", make("dt", "", row)).textContent = say("example_" + tip);
        make("dd", "", row).textContent = say("tip_" + tip);
      });
      if (before.length) button("search-forget", say("forget"), panel, function () {
        said.forget();
        drawStart();
        input.focus();
      });
    }

    function fail(error) {
      stopWaiting();
      opensFirst = false;
      var code = (error && error.code) || "unknown";
      // Parts of two builds, even when asked for anew: one of them is on its way.
      if (code === "mixed") code = "version";
      var values = { file: (error && error.file) || "?", message: (error && error.message) || String(error) };
      var name = "fault_" + code.replace(/-/g, "_");
      var text = say(name, values) || say("fault_unknown", values);
      if (code === "version") {
        drawFault(text, say("reload"), function () {
          location.reload();
        });
      } else if (code === "no-webassembly" || code === "too-old") drawFault(text);
      else drawFault(text, say("retry"), retry);
    }

    function drawFault(text, label, act) {
      clear();
      answer = null;
      drawFilters(null);
      meta.textContent = "";
      panel.hidden = false;
      var message = make("p", "search-fault", panel);
      message.textContent = text;
      if (act) button("search-retry", label, panel, act);
      clearTimeout(timers.speak);
      status.textContent = text;
    }

    function retry() {
      input.focus();
      running = null;
      own.renew();
      if (query) return ask();
      drawStart();
      prepare();
    }

    // ── Choosing and opening ──

    function options() {
      return Array.from(list.querySelectorAll('[role="option"]'));
    }

    function choose(option) {
      if (active) active.setAttribute("aria-selected", "false");
      active = option;
      list.classList.toggle("chosen", !!option);
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      var all = options();
      // With the first, what stands above it is to be seen as well.
      if (option === all[0]) scroll.scrollTop = 0;
      option.scrollIntoView({ block: "nearest" });
    }

    function openFirst() {
      opensFirst = false;
      // Closed while the answer was on its way.
      if (box.dialog && !box.dialog.open) return;
      var first = list.querySelector(".best");
      if (first) first.click();
    }

    function enter(event) {
      var target = active || list.querySelector(".best");
      if (event.ctrlKey || event.metaKey) {
        if (!target || !target.href || (isPending && !active)) return;
        said.remember(query);
        window.open(target.href, "_blank", "noopener");
      } else if (active) {
        active.click();
      } else if (isTouched()) {
        // On a phone this key puts the keyboard away, so that there is room for the answers.
        input.blur();
      } else if (isPending) {
        opensFirst = true;
      } else if (target) {
        target.click();
      }
    }

    function setQuery(text) {
      input.value = text;
      changed();
      // What was pressed is drawn anew. A keyboard that comes up over the answers is not wanted.
      if (!isTouched()) input.focus();
    }

    // A machine with neither mouse nor touch is worked by its keys.
    function isTouched() {
      return matchMedia("(hover: none) and (pointer: coarse)").matches;
    }

    input.addEventListener("input", changed);
    // Some keyboards say nothing more when a composition ends.
    input.addEventListener("compositionend", changed);
    input.addEventListener("keydown", function (event) {
      // While a syllable is being composed, the keys are the keyboard's own.
      if (event.isComposing || event.keyCode === 229) return;
      var all = options();
      var at = all.indexOf(active);
      var to = null;
      if (event.key === "ArrowDown") {
        if (all.length && at + 1 === all.length && !more.hidden) {
          event.preventDefault();
          return askMore();
        }
        to = at + 1 < all.length ? at + 1 : 0;
      }
      else if (event.key === "ArrowUp") to = at > 0 ? at - 1 : all.length - 1;
      else if (event.key === "Home" && active) to = 0;
      else if (event.key === "End" && active) to = all.length - 1;
      if (to !== null) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !all.length) return;
        event.preventDefault();
        choose(all[to]);
      } else if (event.key === "Enter") {
        event.preventDefault();
        enter(event);
      }
    });
    box.form.addEventListener("keydown", onEscape);
    body.addEventListener("keydown", onEscape);
    function onEscape(event) {
      if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
      // The browser's own way would first empty the box.
      event.preventDefault();
      event.stopPropagation();
      if (box.close) box.close();
      else choose(null);
    }

    list.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      said.remember(query);
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      followAddress(true);
      if (box.close) box.close();
      if (!isHere(link)) return;
      event.preventDefault();
      arrive(new URL(link.href));
    });
    list.addEventListener("auxclick", function (event) {
      if (event.button === 1 && event.target.closest("a")) said.remember(query);
    });
    // A press on an answer must not take the focus, and with it the keyboard, from the box.
    list.addEventListener("mousedown", function (event) {
      if (event.button === 0) event.preventDefault();
    });

    // A hit on the page that is shown: nothing has to be loaded.
    function arrive(url) {
      if (url.hash) location.hash = url.hash;
      var section = document.querySelector(":target");
      if (url.hash && section) section.scrollIntoView();
      else scrollTo(0, 0);
      own.load("search-marks.js").then(function () {
        own.mark(url.searchParams.getAll("h"));
      }).catch(function () {});
    }

    // ── The address of the page, which can be kept and sent ──

    function address() {
      return own.address().split(/[?#]/)[0] + (query ? "?q=" + encodeURIComponent(query) : "");
    }

    // Where the reader was who comes back to the page of a search.
    function leave() {
      if (box.close || !query) return;
      var place = { query: query, limit: limit, top: scrollY };
      try {
        history.replaceState(Object.assign({}, history.state, { seogaSearch: place }), "");
      } catch (error) {
        // Without a history the page begins at its top.
      }
    }

    function left(asked) {
      var place = returned;
      if (!place || place.query !== asked) return 0;
      returned = null;
      return place.top;
    }

    function followAddress(now) {
      whole.href = address();
      if (box.close) return;
      after("address", now ? 0 : SETTLED / 2, write);
      if (now) write();
      function write() {
        // Bookmarks and tabs are told apart by it.
        document.title = (query ? query + " · " : "") + title;
        try {
          history.replaceState(history.state, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
        } catch (error) {
          // From a disk some browsers keep the address as it was.
        }
      }
    }

    // The engine is made ready before the first letter; where that fails, the reader learns it now.
    function prepare() {
      own.prepare().catch(function (error) {
        if (!query) fail(error);
      });
    }

    clear();
    filters.hidden = true;
    var returned = !box.close && history.state && history.state.seogaSearch || null;
    if (!box.close) addEventListener("pagehide", leave);
    return {
      // The box is open: for the first time, or again with what was typed before.
      ready: function () {
        if (!query) query = null;
        changed();
        if (returned && returned.query === query) limit = returned.limit;
        prepare();
      },
    };
  };
})();

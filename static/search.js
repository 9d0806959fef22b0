// The way in to the search: the button in the header, its keys, the box itself, and `seoga.search` for scripts. What draws
// the answers and the engine that finds them are loaded when somebody searches; a page that is only read loads this alone.
(function () {
  "use strict";
  // Said when the file with all the other sentences may be what is missing.
  var NOT_LOADED = {
    ko: { said: "검색 파일을 불러오지 못했습니다. 네트워크를 확인해 보세요.", again: "다시 해 보기", close: "닫기" },
    en: { said: "The search could not be loaded. Check the network.", again: "Try again", close: "Close" },
  };
  var root = new URL("../", document.currentScript.src).href;
  var opener = document.querySelector("a.search-open");
  var name = opener ? opener.textContent.trim() : "";
  var loading = {};
  var failed = {};
  var box = null;

  // ── Loading: scripts added to the page work from a disk, where `fetch` and modules do not ──

  // A file that failed is asked for anew the next time, past what a cache has kept of the failure.
  function load(file) {
    if (!loading[file]) {
      loading[file] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = root + "static/" + file + (failed[file] || "");
        script.onload = resolve;
        script.onerror = function () {
          script.remove();
          failed[file] = "?fresh=" + Date.now();
          delete loading[file];
          reject(notLoaded(file));
        };
        document.head.appendChild(script);
      });
    }
    return loading[file];
  }

  function notLoaded(file) {
    var error = new Error("static/" + file + " could not be loaded");
    error.code = "not-loaded";
    error.file = "static/" + file;
    return error;
  }

  // Without its style the search is plain, but there.
  function loadStyle(file) {
    if (!loading[file]) {
      loading[file] = new Promise(function (resolve) {
        var link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = root + "static/" + file;
        link.onload = link.onerror = resolve;
        document.head.appendChild(link);
      });
    }
    return loading[file];
  }

  function engine() {
    return load("search-engine.js").then(function () {
      if (window.seogaEngine) return window.seogaEngine;
      throw notLoaded("search-engine.js");
    });
  }

  // The page's, if the interface speaks it, else the site's.
  function language() {
    var tag = document.documentElement.lang.slice(0, 2).toLowerCase();
    var strings = window.seogaSearch.strings;
    return NOT_LOADED[tag] ? tag : strings ? strings.site : "ko";
  }

  function search(query, options) {
    var limit = Math.max(1, Math.floor(Number(options && options.limit)) || 10);
    return engine().then(function (engine) {
      return engine.search(String(query), { limit: limit, language: language() });
    });
  }

  function prepare() {
    return engine().then(function (engine) {
      return engine.prepare();
    });
  }

  // After a fault, before the reader asks again.
  function renew() {
    if (window.seogaEngine) window.seogaEngine.renew();
  }

  function parts() {
    var files = ["search-strings.js", "search-hits.js", "search-view.js"];
    return Promise.all(files.map(load).concat(loadStyle("search.css"))).then(function () {
      var own = window.seogaSearch || {};
      // A server may have answered with something else, which loads as well.
      [own.strings, own.said, own.view].forEach(function (part, number) {
        if (part) return;
        failed[files[number]] = "?fresh=" + Date.now();
        delete loading[files[number]];
        throw notLoaded(files[number]);
      });
    });
  }

  // ── The box: there and typed into at once, whatever has still to be loaded ──

  function make(element, className, parent) {
    var made = document.createElement(element);
    made.className = className;
    if (parent) parent.appendChild(made);
    return made;
  }

  // What is drawn into, in the dialog or in a page of its own. `close` is null where there is nothing to close.
  function makeBox(parent, close) {
    var form = make("form", "search-bar", parent);
    form.action = address();
    form.setAttribute("role", "search");
    var input = make("input", "search-input", form);
    input.type = "search";
    input.name = "q";
    input.id = "seoga:search-input";
    input.setAttribute("aria-label", name);
    input.setAttribute("autocapitalize", "off");
    input.setAttribute("autocomplete", "off");
    input.setAttribute("autocorrect", "off");
    input.setAttribute("enterkeyhint", "search");
    input.spellcheck = false;
    var closer = close ? make("button", "search-close", form) : null;
    if (closer) {
      closer.type = "button";
      closer.addEventListener("click", close);
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    return { form: form, input: input, closer: closer, close: close, body: make("div", "search-body", parent), view: null };
  }

  // The page with the search in it.
  function address() {
    return opener ? opener.href : root + "search.html";
  }

  function show(box) {
    parts().then(function () {
      if (!box.view) box.view = window.seogaSearch.view(box);
      box.view.ready();
    }).catch(function () {
      if (!box.view) showNotLoaded(box);
    });
  }

  // Plain, because its style may be missing too.
  function showNotLoaded(box) {
    var words = NOT_LOADED[document.documentElement.lang.slice(0, 2).toLowerCase()] || NOT_LOADED.en;
    if (box.closer) box.closer.textContent = words.close;
    box.body.textContent = "";
    var panel = make("div", "search-panel", box.body);
    panel.style.padding = "1rem";
    make("p", "search-fault", panel).textContent = words.said;
    var again = make("button", "search-retry", panel);
    again.type = "button";
    again.textContent = words.again;
    again.addEventListener("click", function () {
      panel.remove();
      show(box);
    });
  }

  function makeDialog() {
    var dialog = make("dialog", "search-dialog", document.body);
    dialog.id = "seoga:search";
    dialog.setAttribute("aria-label", name);
    dialog.addEventListener("click", function (event) {
      // All there is inside has elements of its own: what is left is the ground around.
      if (event.target === dialog) dialog.close();
    });
    return dialog;
  }

  // On a phone the keyboard takes half of the window, and only the visual viewport knows.
  function fit(dialog) {
    var viewport = window.visualViewport;
    if (!viewport) return;
    function follow() {
      dialog.style.setProperty("--sheet-top", viewport.offsetTop + "px");
      dialog.style.setProperty("--sheet-height", viewport.height + "px");
    }
    viewport.addEventListener("resize", follow);
    viewport.addEventListener("scroll", follow);
    follow();
  }

  function open() {
    if (!box) {
      var dialog = makeDialog();
      box = makeBox(dialog, function () {
        dialog.close();
      });
      box.dialog = dialog;
      fit(dialog);
    }
    if (box.dialog && !box.dialog.open) box.dialog.showModal();
    box.input.focus();
    box.input.select();
    show(box);
  }

  // ── Keys and button ──

  var isApple = /Mac|iPhone|iPad/.test(navigator.platform);

  function isTyping(target) {
    // Just after the dialog was closed, keys may still come to its box.
    if (target.closest && target.closest("dialog:not([open])")) return false;
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName);
  }

  function wantsSearch(event) {
    if (event.isComposing || event.altKey || event.defaultPrevented) return false;
    var isCommand = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    // With a Hangul keyboard K is ㅏ; the key itself is the same.
    if (isCommand) return !event.shiftKey && (event.code === "KeyK" || event.key === "k");
    return event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
  }

  function setUp() {
    var page = document.querySelector(".search-here");
    if (page) {
      box = makeBox(page, null);
      box.input.value = new URLSearchParams(location.search).get("q") || "";
      show(box);
      if (!location.hash) box.input.focus();
    } else if (!window.HTMLDialogElement) {
      // The button is a link to the page of the search.
      return;
    }
    document.addEventListener("keydown", function (event) {
      var modal = document.querySelector("dialog[open]");
      if (!wantsSearch(event) || (modal && !(box && modal === box.dialog))) return;
      event.preventDefault();
      open();
    });
    if (!opener) return;
    opener.classList.add("live");
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-keyshortcuts", "/ " + (isApple ? "Meta+K" : "Control+K"));
    opener.title = name + " (/, " + (isApple ? "⌘K" : "Ctrl+K") + ")";
    opener.addEventListener("click", function (event) {
      // Asked for in a tab of its own, it is the page.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
    opener.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
    ["pointerenter", "focus"].forEach(function (kind) {
      opener.addEventListener(kind, function () {
        parts().catch(function () {});
      }, { once: true });
    });
  }

  window.seoga = window.seoga || {};
  window.seoga.search = search;
  window.seogaSearch = {
    root: root, load: load, search: search, prepare: prepare, renew: renew, address: address, language: language, make: make,
  };
  setUp();
  // A search led here.
  if (/[?&]h=/.test(location.search)) load("search-marks.js").catch(function () {});
})();

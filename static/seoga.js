// Comforts for readers with scripts: choosing a theme, copying code, knowing where one is. No page needs them.
(function () {
  "use strict";
  var root = document.documentElement;
  var strings = document.currentScript.dataset;
  var source = document.currentScript.src;

  // ── Theme: follows the system until the reader chooses ──

  var THEMES = ["auto", "light", "dark"];

  function rememberTheme(theme) {
    try {
      if (theme === "auto") localStorage.removeItem("seoga-theme");
      else localStorage.setItem("seoga-theme", theme);
    } catch (error) {
      // Without storage the choice lasts for this page.
    }
  }

  // `<picture>` asks the system for its theme; a reader who chose one wants that one.
  function showPictures() {
    document.querySelectorAll("picture > source[media]").forEach(function (picture) {
      var asked = picture.dataset.media || picture.media;
      if (asked.indexOf("prefers-color-scheme") < 0) return;
      picture.dataset.media = asked;
      picture.media = asked.replace(/\(\s*prefers-color-scheme\s*:\s*(\w+)\s*\)/g, function (query, theme) {
        if (!root.dataset.theme) return query;
        return theme === root.dataset.theme ? "(min-width: 0)" : "(max-width: 0)";
      });
    });
  }

  function setUpThemeSwitch(button) {
    function show() {
      var theme = root.dataset.theme || "auto";
      var label = button.dataset.label + ": " + button.dataset[theme];
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    button.addEventListener("click", function () {
      var next = THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      rememberTheme(next);
      show();
      showPictures();
    });
    show();
    button.hidden = false;
  }

  // ── Copying code ──

  // The clipboard interface is missing where the page is not served securely; the old way still works there.
  function copyBySelection(text) {
    var area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    var copied = document.execCommand("copy");
    area.remove();
    return copied ? Promise.resolve() : Promise.reject();
  }

  function copy(text) {
    if (!navigator.clipboard) return copyBySelection(text);
    return navigator.clipboard.writeText(text).catch(function () {
      return copyBySelection(text);
    });
  }

  function addCopyButton(figure) {
    var code = figure.querySelector("code");
    if (!code) return;
    var button = document.createElement("button");
    function say(label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    button.type = "button";
    button.className = "copy";
    say(strings.copy);
    button.addEventListener("click", function () {
      copy(code.textContent).then(function () {
        say(strings.copied);
        button.classList.add("copied");
        button.focus();
        setTimeout(function () {
          say(strings.copy);
          button.classList.remove("copied");
        }, 1600);
      }, function () {});
    });
    figure.appendChild(button);
  }

  // ── Diagrams ──

  // What shows one large is loaded when somebody wants to see it so.
  function setUpDiagram(figure) {
    var view = figure.querySelector(".diagram-view");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "diagram-open frame-sign";
    button.title = strings.larger;
    button.setAttribute("aria-label", strings.larger);
    figure.appendChild(button);
    function open() {
      if (window.seogaDiagrams) return window.seogaDiagrams.open(view, button);
      var script = document.createElement("script");
      script.src = source.replace(/seoga\.js([?#].*)?$/, "diagrams.js");
      script.addEventListener("load", function () {
        window.seogaDiagrams.open(view, button);
      });
      document.head.appendChild(script);
    }
    button.addEventListener("click", open);
    // A finger on it scrolls the page.
    view.addEventListener("click", function (event) {
      var isMouse = event.pointerType === "mouse" && matchMedia("(hover: hover)").matches;
      if (isMouse && event.target.closest("svg") && !event.target.closest("a") && getSelection().isCollapsed && !view.closest("dialog")) open();
    });
  }

  // ── Folded code ──

  // What the browser's search unfolds takes the box along, so that it can be folded again; and folded from its end, a
  // long block does not leave the reader far below it.
  function setUpFold(box) {
    var figure = box.closest("figure");
    var rest = figure.querySelector(".rest");
    // The browser may have found it before this script came.
    if (!rest.hasAttribute("hidden")) box.checked = true;
    rest.addEventListener("beforematch", function () {
      box.checked = true;
    });
    box.addEventListener("change", function () {
      if (box.checked) return;
      rest.setAttribute("hidden", "until-found");
      if (figure.getBoundingClientRect().top < 0) figure.scrollIntoView();
    });
  }

  // ── Tabs: one at a time ──

  function setUpTabs(group, number) {
    var panels = Array.from(group.children).filter(function (child) {
      return child.classList.contains("tab");
    });
    if (panels.length < 2) return;
    var list = document.createElement("div");
    list.className = "tab-list";
    list.setAttribute("role", "tablist");
    var buttons = panels.map(function (panel, index) {
      var name = panel.querySelector(".tab-name");
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = name && name.textContent ? name.textContent : String(index + 1);
      button.setAttribute("role", "tab");
      button.id = "tab-" + number + "-" + index;
      panel.id = panel.id || "tab-panel-" + number + "-" + index;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      button.setAttribute("aria-controls", panel.id);
      button.addEventListener("click", function () {
        choose(index);
      });
      // Found by the browser's own search, or named by the address.
      panel.addEventListener("beforematch", function () {
        choose(index);
      });
      list.appendChild(button);
      return button;
    });

    function choose(chosen) {
      buttons.forEach(function (button, index) {
        button.setAttribute("aria-selected", String(index === chosen));
        button.tabIndex = index === chosen ? 0 : -1;
        if (index === chosen) panels[index].removeAttribute("hidden");
        else panels[index].setAttribute("hidden", "until-found");
      });
    }

    list.addEventListener("keydown", function (event) {
      var current = buttons.indexOf(document.activeElement);
      var last = buttons.length - 1;
      var next = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: last }[event.key];
      if (current < 0 || next === undefined) return;
      event.preventDefault();
      next = (next + buttons.length) % buttons.length;
      choose(next);
      buttons[next].focus();
    });
    choose(0);
    group.insertBefore(list, group.firstChild);
  }

  // ── The table of contents follows the text ──

  // The address may be percent-encoded or not, and a `%` in it need not be an encoding.
  function headingOf(link) {
    var id = (link.getAttribute("href") || "").slice(1);
    try {
      return document.getElementById(id) || document.getElementById(decodeURIComponent(id));
    } catch (error) {
      return null;
    }
  }

  function followHeadings(links) {
    if (!("IntersectionObserver" in window)) return;
    var current = null;
    var entries = [];
    links.forEach(function (link) {
      var heading = headingOf(link);
      if (heading) entries.push({ link: link, heading: heading });
    });

    function mark() {
      var last = null;
      entries.forEach(function (entry) {
        if (entry.heading.getBoundingClientRect().top < 120) last = entry.link;
      });
      if (last === current) return;
      if (current) current.removeAttribute("aria-current");
      if (last) {
        last.setAttribute("aria-current", "true");
        keepInView(last);
      }
      current = last;
    }

    var observer = new IntersectionObserver(mark, { rootMargin: "-120px 0px 0px 0px", threshold: [0, 1] });
    entries.forEach(function (entry) {
      observer.observe(entry.heading);
    });
  }

  // Scrolls only the panel around the link; scrollIntoView would move the page as well.
  function keepInView(link) {
    var panel = link.closest(".sidebar, .page-toc > nav");
    if (!panel) return;
    var top = link.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    if (top < 40 || top > panel.clientHeight - 80) panel.scrollTop += top - panel.clientHeight / 3;
  }

  // ── Setting up ──

  document.querySelectorAll(".theme-switch").forEach(setUpThemeSwitch);
  showPictures();
  document.querySelectorAll("figure.code").forEach(addCopyButton);
  document.querySelectorAll(".fold > input").forEach(setUpFold);
  document.querySelectorAll(".diagram").forEach(setUpDiagram);
  document.querySelectorAll(".tabs").forEach(setUpTabs);
  followHeadings(document.querySelectorAll(".page-toc a"));
  document.querySelectorAll('.sidebar .tree [aria-current="page"]').forEach(keepInView);

  document.addEventListener("keydown", function (event) {
    var menu = document.querySelector(".menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();

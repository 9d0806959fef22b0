// Moves, highlights, filters and searches the graph of notes. The drawing itself stands in the page and needs none of
// this: its dots are links. Lengths are units of the drawing unless a name says pixels.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var LETTERS = 12; // pixels
  var REACH = 11; // pixels around a dot that still mean it; for a finger twice that
  var MOST_LABELS = 70;
  var BOLD_LABELS = 12;
  var MOST_FOUND = 12;

  var stage = document.querySelector(".graph-stage");
  if (!stage) return;
  var svg = stage.querySelector("svg");
  var viewGroup = svg.querySelector(".graph-view");
  var labelGroup = svg.querySelector(".labels");
  var looseText = svg.querySelector(".loose text");
  var tools = document.querySelector(".graph-tools");
  var strings = stage.dataset;
  var data = JSON.parse(document.currentScript.dataset.graph);
  var still = matchMedia("(prefers-reduced-motion: reduce)");

  // ── What is drawn ──

  var nodes = Array.from(svg.querySelectorAll(".nodes a"), function (link, index) {
    var circle = link.querySelector("circle");
    return {
      index: index,
      link: link,
      title: link.querySelector("title").textContent,
      shelf: link.parentNode.getAttribute("class"),
      x: +circle.getAttribute("cx"),
      y: +circle.getAttribute("cy"),
      r: +circle.getAttribute("r"),
      tags: (data.tagged[index] || []).map(function (tag) { return data.tags[tag]; }),
      tied: [],
      on: true
    };
  });
  data.ties.forEach(function (steps, from) {
    var to = from;
    steps.forEach(function (step) {
      to += step;
      nodes[from].tied.push(nodes[to]);
      nodes[to].tied.push(nodes[from]);
    });
  });
  var byDegree = nodes.slice().sort(function (a, b) {
    return b.tied.length - a.tied.length || a.index - b.index;
  });
  var lines = Array.from(svg.querySelectorAll(".ties path"), function (path) {
    return { path: path, shelf: path.getAttribute("class"), whole: path.getAttribute("d") };
  });
  var box = svg.viewBox.baseVal;

  function element(name, attributes, parent) {
    var made = document.createElementNS(SVG, name);
    for (var key in attributes) made.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(made);
    return made;
  }

  var spot = element("g", { class: "spot", "aria-hidden": "true" }, viewGroup);
  var card = document.createElement("div");
  card.className = "graph-card";
  card.hidden = true;
  stage.appendChild(card);

  // ── The view: a scale and a shift ──

  var view = { k: 1, x: 0, y: 0 };
  var pixels = { scale: 1, left: 0, top: 0, width: 0, height: 0 };
  var frame = 0;
  var settling = 0;

  function measure() {
    pixels.width = svg.clientWidth || stage.clientWidth;
    pixels.height = svg.clientHeight || stage.clientHeight;
    pixels.scale = Math.min(pixels.width / box.width, pixels.height / box.height) || 1;
    pixels.left = (pixels.width - box.width * pixels.scale) / 2;
    pixels.top = (pixels.height - box.height * pixels.scale) / 2;
  }

  function most() {
    return Math.max(4, 7 / pixels.scale);
  }

  function draw() {
    frame = 0;
    viewGroup.setAttribute("transform", "translate(" + view.x.toFixed(2) + " " + view.y.toFixed(2) + ") scale(" + view.k.toFixed(4) + ")");
    var letters = (LETTERS / (pixels.scale * view.k)).toFixed(3) + "px";
    labelGroup.style.fontSize = letters;
    spot.style.fontSize = letters;
    if (looseText) looseText.style.fontSize = letters;
    clearTimeout(settling);
    settling = setTimeout(settled, 90);
  }

  function settled() {
    stage.classList.toggle("moved", view.k > 1.02);
    label();
    if (spotted) drawSpot(spotted);
  }

  function moveTo(k, x, y) {
    view.k = Math.max(0.8, Math.min(most(), k));
    // The drawing never leaves its stage.
    view.x = Math.max(box.width * (0.5 - view.k), Math.min(box.width * 0.5, x));
    view.y = Math.max(box.height * (0.5 - view.k), Math.min(box.height * 0.5, y));
    if (!frame) frame = requestAnimationFrame(draw);
  }

  // The point under the pointer stays there.
  function zoomAt(by, pixelX, pixelY) {
    var k = Math.max(0.8, Math.min(most(), view.k * by));
    var x = (pixelX - pixels.left) / pixels.scale;
    var y = (pixelY - pixels.top) / pixels.scale;
    moveTo(k, x - (x - view.x) * (k / view.k), y - (y - view.y) * (k / view.k));
  }

  function glideTo(k, x, y) {
    if (still.matches) return moveTo(k, x, y);
    var from = { k: view.k, x: view.x, y: view.y };
    var begun = performance.now();
    function step(now) {
      var done = Math.min(1, (now - begun) / 260);
      var eased = 1 - (1 - done) * (1 - done) * (1 - done);
      moveTo(from.k + (k - from.k) * eased, from.x + (x - from.x) * eased, from.y + (y - from.y) * eased);
      if (done < 1 && !pointers.size) requestAnimationFrame(step);
    }
    requestAnimationFrame(step);
  }

  function glideOver(list) {
    var low = [Infinity, Infinity];
    var high = [-Infinity, -Infinity];
    list.forEach(function (node) {
      low = [Math.min(low[0], node.x), Math.min(low[1], node.y)];
      high = [Math.max(high[0], node.x), Math.max(high[1], node.y)];
    });
    var room = 90 / pixels.scale;
    var k = Math.min(pixels.width / pixels.scale / (high[0] - low[0] + room), pixels.height / pixels.scale / (high[1] - low[1] + room));
    k = Math.max(1, Math.min(k, 2.6 / pixels.scale));
    glideTo(k, box.width / 2 - k * (low[0] + high[0]) / 2, box.height / 2 - k * (low[1] + high[1]) / 2);
  }

  function reset() {
    glideTo(1, 0, 0);
  }

  function screenX(node) { return (node.x * view.k + view.x) * pixels.scale + pixels.left; }
  function screenY(node) { return (node.y * view.k + view.y) * pixels.scale + pixels.top; }

  // ── Titles: as many as have room, those with the most ties first ──

  function widthOf(text) {
    var width = 0;
    for (var i = 0; i < text.length; i++) width += text.charCodeAt(i) < 0x1100 ? 0.57 : 0.97;
    return width * LETTERS;
  }

  function shortened(title) {
    var characters = Array.from(title);
    return characters.length > 26 ? characters.slice(0, 25).join("").trim() + "…" : title;
  }

  // Which of these can be labelled without lying on each other, in their order.
  function placed(candidates, limit, taken) {
    var chosen = [];
    for (var i = 0; i < candidates.length && chosen.length < limit; i++) {
      var node = candidates[i];
      if (!node.on) continue;
      var x = screenX(node);
      var y = screenY(node);
      if (x < -20 || y < -20 || x > pixels.width + 20 || y > pixels.height + 10) continue;
      var text = shortened(node.title);
      var half = widthOf(text) / 2 + 3;
      // At the edge of the stage a title stands beside the middle of its dot.
      if (2 * half < pixels.width) x = Math.max(half, Math.min(pixels.width - half, x));
      var top = y + node.r * view.k * pixels.scale + 2;
      // Some air around each, or many titles are a wall of words.
      var own = [x - half - 3, top - 4, x + half + 3, top + LETTERS * 1.3 + 4];
      var free = taken.every(function (other) {
        return own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1];
      });
      if (!free) continue;
      taken.push(own);
      chosen.push({ node: node, text: text, x: ((x - pixels.left) / pixels.scale - view.x) / view.k });
    }
    return chosen;
  }

  function write(labels, group, className) {
    labels.forEach(function (label, index) {
      var node = label.node;
      var y = node.y + node.r + 2 / (pixels.scale * view.k);
      var text = element("text", { x: label.x.toFixed(1), y: y.toFixed(1), dy: "1em" }, group);
      if (className && label.node === spotted) text.setAttribute("class", className);
      else if (!className && index < BOLD_LABELS) text.setAttribute("class", "bold");
      text.textContent = label.text;
    });
  }

  function label() {
    var limit = Math.min(MOST_LABELS, Math.round(pixels.width * pixels.height / 13000));
    var tied = byDegree.filter(function (node) { return node.tied.length > 0 || view.k > 2; });
    labelGroup.textContent = "";
    write(placed(tied, limit, []), labelGroup);
  }

  // ── A note and its neighbours stand out ──

  var spotted = null;
  var pinned = false;

  function drawSpot(node) {
    spot.textContent = "";
    var tied = node.tied.filter(function (other) { return other.on; });
    var path = tied.map(function (other) { return "M" + node.x + " " + node.y + "L" + other.x + " " + other.y; }).join("");
    element("path", { d: path }, spot);
    [node].concat(tied).forEach(function (other) {
      var circle = { class: other.shelf + (other === node ? " own" : ""), cx: other.x, cy: other.y, r: other.r };
      element("circle", circle, spot);
    });
    tied.sort(function (a, b) { return b.tied.length - a.tied.length || a.index - b.index; });
    write(placed([node].concat(tied), 40, []), spot, "own-title");
  }

  function setSpot(node, pin) {
    if (pinned && !pin) return;
    pinned = !!(pin && node);
    if (spotted === node && !pin) return;
    spotted = node;
    svg.classList.toggle("spotted", !!node);
    if (!node) {
      spot.textContent = "";
      card.hidden = true;
      return;
    }
    drawSpot(node);
    card.textContent = "";
    var link = document.createElement("a");
    link.href = node.link.getAttribute("href");
    link.textContent = node.title;
    card.appendChild(link);
    var about = document.createElement("div");
    about.className = "muted";
    about.textContent = [strings.neighbours + " " + node.tied.length].concat(node.tags.slice(0, 4).map(function (tag) { return "#" + tag; })).join(" · ");
    card.appendChild(about);
    card.hidden = false;
  }

  function nearest(pixelX, pixelY, reach) {
    var best = null;
    var least = Infinity;
    nodes.forEach(function (node) {
      if (!node.on) return;
      var away = Math.hypot(screenX(node) - pixelX, screenY(node) - pixelY) - node.r * view.k * pixels.scale;
      if (away < least) {
        least = away;
        best = node;
      }
    });
    return least <= reach ? best : null;
  }

  // Goes to a note and lets it stand out.
  function visit(node) {
    glideOver([node].concat(node.tied.length > 60 ? [] : node.tied));
    setSpot(node, true);
  }

  // ── Pointers ──

  var pointers = new Map();
  var dragged = false;
  var byFinger = false;

  function at(event) {
    var frame = svg.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  }

  stage.addEventListener("pointerdown", function (event) {
    if (event.button || card.contains(event.target)) return;
    pointers.set(event.pointerId, at(event));
    byFinger = event.pointerType === "touch";
    if (pointers.size === 1) dragged = false;
  });

  stage.addEventListener("pointermove", function (event) {
    var place = at(event);
    var before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch" && !card.contains(event.target)) {
        var under = nearest(place.x, place.y, 3);
        setSpot(under);
        stage.style.cursor = under ? "pointer" : "";
      }
      return;
    }
    if (pointers.size === 2) {
      var other = Array.from(pointers.entries()).find(function (entry) { return entry[0] !== event.pointerId; })[1];
      var was = Math.hypot(before.x - other.x, before.y - other.y);
      var is = Math.hypot(place.x - other.x, place.y - other.y);
      dragged = true;
      if (was > 0) zoomAt(is / was, (place.x + other.x) / 2, (place.y + other.y) / 2);
    } else if (!dragged && Math.hypot(place.x - before.x, place.y - before.y) < 5) {
      return;
    } else {
      if (!dragged) {
        dragged = true;
        stage.classList.add("dragging");
        try {
          stage.setPointerCapture(event.pointerId);
        } catch (error) {
          // The pointer is gone already.
        }
      }
      moveTo(view.k, view.x + (place.x - before.x) / pixels.scale, view.y + (place.y - before.y) / pixels.scale);
    }
    pointers.set(event.pointerId, place);
  });

  function release(event) {
    pointers.delete(event.pointerId);
    if (!pointers.size) stage.classList.remove("dragging");
  }
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", function (event) {
    if (event.pointerType !== "touch" && !pointers.size) setSpot(null);
  });

  stage.addEventListener("click", function (event) {
    if (card.contains(event.target)) return;
    if (dragged) {
      dragged = false;
      return event.preventDefault();
    }
    // From the keyboard: the link itself is meant.
    if (event.detail === 0) return;
    var place = at(event);
    var node = nearest(place.x, place.y, byFinger ? REACH * 2 : REACH);
    if (byFinger) {
      // The first touch shows who it is; the card leads there.
      event.preventDefault();
      pinned = false;
      setSpot(node, !!node);
    } else if (!event.target.closest(".nodes a")) {
      if (node) node.link.dispatchEvent(new MouseEvent("click", event));
      else {
        pinned = false;
        setSpot(null);
      }
    }
  });
  stage.addEventListener("dragstart", function (event) { event.preventDefault(); });

  stage.addEventListener("wheel", function (event) {
    var unit = event.deltaMode === 1 ? 16 : 1;
    var by = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016));
    // At its smallest the page scrolls on.
    if (by < 1 && view.k <= 0.81) return;
    event.preventDefault();
    var place = at(event);
    zoomAt(by, place.x, place.y);
  }, { passive: false });

  // ── Keyboard: one stop for the stage, one for its notes; arrows from there ──

  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", strings.help);
  var stop = null;
  nodes.forEach(function (node) { node.link.setAttribute("tabindex", "-1"); });

  function setStop(node) {
    if (stop) stop.link.setAttribute("tabindex", "-1");
    stop = node;
    if (stop) stop.link.setAttribute("tabindex", "0");
  }
  setStop(byDegree[0]);

  function focused() {
    var link = document.activeElement && document.activeElement.closest ? document.activeElement.closest(".nodes a") : null;
    return link && nodes.find(function (node) { return node.link === link; });
  }

  svg.addEventListener("focusin", function () {
    var node = focused();
    if (!node || !node.link.matches(":focus-visible")) return;
    setStop(node);
    pinned = false;
    setSpot(node, true);
    var x = screenX(node);
    var y = screenY(node);
    if (x < 30 || y < 30 || x > pixels.width - 30 || y > pixels.height - 50) {
      moveTo(view.k, box.width / 2 - view.k * node.x, box.height / 2 - view.k * node.y);
    }
  });

  // The nearest note in a direction: as far aside as ahead at most.
  function towards(node, across, down) {
    var best = null;
    var least = Infinity;
    nodes.forEach(function (other) {
      if (other === node || !other.on) return;
      var ahead = (other.x - node.x) * across + (other.y - node.y) * down;
      var aside = Math.abs((other.x - node.x) * down) + Math.abs((other.y - node.y) * across);
      if (ahead > 0 && aside <= ahead && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = other;
      }
    });
    return best;
  }

  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    var node = focused();
    if (arrow && node) {
      var next = towards(node, arrow[0], arrow[1]);
      if (next) {
        setStop(next);
        next.link.focus();
      }
    } else if (arrow) {
      moveTo(view.k, view.x - arrow[0] * 60 / pixels.scale, view.y - arrow[1] * 60 / pixels.scale);
    } else if (event.key === "+" || event.key === "=") zoomAt(1.3, pixels.width / 2, pixels.height / 2);
    else if (event.key === "-") zoomAt(1 / 1.3, pixels.width / 2, pixels.height / 2);
    else if (event.key === "0") reset();
    else if (event.key === "Escape") {
      pinned = false;
      setSpot(null);
      if (node) stage.focus();
    } else return;
    event.preventDefault();
  });

  // ── Filters: shelves and a tag ──

  var hiddenShelves = new Set();
  var wantedTag = "";

  function hasTag(node) {
    return !wantedTag || node.tags.some(function (tag) { return tag === wantedTag || tag.indexOf(wantedTag + "/") === 0; });
  }

  function filter() {
    var whole = !hiddenShelves.size && !wantedTag;
    nodes.forEach(function (node) {
      var on = !hiddenShelves.has(node.shelf) && hasTag(node);
      if (on !== node.on) node.link.classList.toggle("off", !on);
      node.on = on;
    });
    lines.forEach(function (line) {
      if (whole) return line.path.setAttribute("d", line.whole);
      line.kept = [];
    });
    if (!whole) {
      var byShelf = new Map(lines.map(function (line) { return [line.shelf, line]; }));
      nodes.forEach(function (node) {
        if (!node.on) return;
        node.tied.forEach(function (other) {
          if (other.index < node.index || !other.on) return;
          var line = byShelf.get(node.shelf === other.shelf ? node.shelf : "shelf-0");
          if (line) line.kept.push("M" + node.x + " " + node.y + "L" + other.x + " " + other.y);
        });
      });
      lines.forEach(function (line) { line.path.setAttribute("d", line.kept.join("")); });
    }
    pinned = false;
    setSpot(null);
    if (stop && !stop.on) setStop(byDegree.find(function (node) { return node.on; }) || null);
    label();
  }

  document.querySelectorAll(".graph-shelves li").forEach(function (item) {
    var shelf = "shelf-" + item.dataset.shelf;
    var count = item.querySelector(".count");
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = (item.querySelector("a") || item.firstChild).textContent.trim();
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", function () {
      if (!hiddenShelves.delete(shelf)) hiddenShelves.add(shelf);
      button.setAttribute("aria-pressed", String(!hiddenShelves.has(shelf)));
      filter();
    });
    item.textContent = "";
    item.append(button, "\u00a0", count);
  });

  var select = tools.querySelector("select");
  var counts = new Map();
  nodes.forEach(function (node) {
    node.tags.forEach(function (tag) { counts.set(tag, (counts.get(tag) || 0) + 1); });
  });
  Array.from(counts).sort(function (a, b) { return b[1] - a[1] || (a[0] < b[0] ? -1 : 1); }).forEach(function (entry) {
    select.add(new Option("#" + entry[0] + " (" + entry[1] + ")", entry[0]));
  });
  select.hidden = !counts.size;
  select.addEventListener("change", function () {
    wantedTag = select.value;
    filter();
    var kept = nodes.filter(function (node) { return node.on; });
    if (wantedTag && kept.length) glideOver(kept);
    else reset();
  });

  // ── Search by title; initial consonants are enough ──

  var INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  var input = tools.querySelector("input");
  var list = tools.querySelector(".graph-found");
  var found = [];
  var chosen = -1;

  function plain(text) {
    return text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
  }

  function initials(text) {
    return text.replace(/[가-힣]/g, function (syllable) {
      return INITIALS[Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)];
    });
  }

  function search(query) {
    query = plain(query);
    if (!query) return [];
    var byInitials = /^[ㄱ-ㅎ]+$/.test(query);
    var hits = [];
    byDegree.forEach(function (node) {
      if (!node.key) node.key = plain(node.title);
      var place = node.key.indexOf(query);
      if (place < 0 && byInitials) {
        if (!node.initials) node.initials = initials(node.key);
        place = node.initials.indexOf(query);
      }
      if (place >= 0) hits.push({ node: node, rank: node.key === query ? 0 : place === 0 ? 1 : 2 });
    });
    // Stable: of equal rank the note with the most ties comes first.
    return hits.sort(function (a, b) { return a.rank - b.rank; }).slice(0, MOST_FOUND).map(function (hit) { return hit.node; });
  }

  function choose(index) {
    chosen = index;
    Array.from(list.children).forEach(function (item, at) { item.setAttribute("aria-selected", String(at === index)); });
    if (found[index]) {
      input.setAttribute("aria-activedescendant", "seoga:found-" + index);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function showFound(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
  }

  function accept(node) {
    showFound(false);
    if (!node.on) {
      hiddenShelves.delete(node.shelf);
      wantedTag = select.value = "";
      document.querySelectorAll(".graph-shelves li").forEach(function (item) {
        item.querySelector("button").setAttribute("aria-pressed", String(!hiddenShelves.has("shelf-" + item.dataset.shelf)));
      });
      filter();
    }
    visit(node);
  }

  input.addEventListener("input", function () {
    found = search(input.value);
    list.textContent = "";
    found.forEach(function (node, index) {
      var item = document.createElement("li");
      item.id = "seoga:found-" + index;
      item.setAttribute("role", "option");
      item.textContent = node.title;
      item.addEventListener("pointerdown", function (event) {
        event.preventDefault();
        accept(node);
      });
      list.appendChild(item);
    });
    if (input.value.trim() && !found.length) {
      var nothing = document.createElement("li");
      nothing.className = "muted";
      nothing.textContent = strings.nothing;
      list.appendChild(nothing);
    }
    showFound(!!input.value.trim());
    choose(found.length ? 0 : -1);
  });
  input.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      showFound(true);
      choose((chosen + step + found.length) % found.length);
    } else if (event.key === "Enter" && !event.isComposing && found[chosen]) accept(found[chosen]);
    else if (event.key === "Escape") showFound(false);
  });
  input.addEventListener("blur", function () { showFound(false); });

  tools.addEventListener("click", function (event) {
    var wanted = event.target.dataset && event.target.dataset.do;
    if (wanted === "in") zoomAt(1.5, pixels.width / 2, pixels.height / 2);
    else if (wanted === "out") zoomAt(1 / 1.5, pixels.width / 2, pixels.height / 2);
    else if (wanted === "reset") {
      pinned = false;
      setSpot(null);
      reset();
    }
  });

  // ── Setting up ──

  function visitAddress() {
    var link = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var node = link && nodes.find(function (node) { return node.link === link; });
    if (node) visit(node);
  }

  var help = document.createElement("p");
  help.className = "graph-help";
  help.textContent = strings.help;
  document.querySelector(".graph-shelves").after(help);
  tools.hidden = false;
  stage.classList.add("live");
  measure();
  draw();
  label();
  visitAddress();
  addEventListener("hashchange", visitAddress);
  new ResizeObserver(function () {
    measure();
    draw();
  }).observe(stage);
})();

// Diagrams seen large: in all of the window, nearer and further, dragged about. Without this script they stand in the text
// and scroll where they are wide.
(function () {
  "use strict";
  var words = document.querySelector("script[data-larger]").dataset;
  var NEAREST = 4;
  var STEP = 1.25;
  // As in the style sheet: a diagram in the text shrinks no further.
  var SMALLEST = 0.72;
  var dialog = null;
  var view = null;
  var home = null;
  var zoom = 1;

  function make(element, className, parent, label) {
    var made = document.createElement(element);
    made.className = className;
    if (label) {
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
    }
    parent.appendChild(made);
    return made;
  }

  function pictures() {
    return Array.from(view.querySelectorAll("svg[role]"));
  }

  function set(next) {
    var width = parseFloat(view.style.getPropertyValue("--w")) || 300;
    var before = zoom;
    zoom = Math.min(NEAREST, Math.max(0.1, next));
    // What is in the middle stays there.
    var x = view.scrollLeft + view.clientWidth / 2;
    var y = view.scrollTop + view.clientHeight / 2;
    pictures().forEach(function (picture) {
      picture.style.width = width * zoom + "px";
    });
    view.scrollTo((x * zoom) / before - view.clientWidth / 2, (y * zoom) / before - view.clientHeight / 2);
  }

  // As large as the window has room for.
  function fit() {
    zoom = 1;
    set(1);
    var shown = pictures().find(function (picture) {
      return picture.getBoundingClientRect().width > 0;
    });
    if (!shown) return;
    var box = shown.getBoundingClientRect();
    var whole = Math.min((view.clientWidth - 32) / box.width, (view.clientHeight - 32) / box.height, NEAREST / 2);
    // Nobody opens it to see it smaller than in the text: then it is moved about.
    set(whole < SMALLEST ? 1 : whole);
  }

  function close() {
    pictures().forEach(function (picture) {
      picture.style.width = "";
    });
    home.parent.insertBefore(view, home.next);
    home.button.focus();
    view = home = null;
  }

  function makeDialog() {
    dialog = make("dialog", "diagram-large", document.body);
    dialog.setAttribute("aria-label", words.larger);
    var bar = make("div", "diagram-bar", dialog);
    [[words.closer, "+", function () { set(zoom * STEP); }],
      [words.further, "−", function () { set(zoom / STEP); }],
      [words.fit, "", fit, "frame-sign"],
      [words.close, "×", function () { dialog.close(); }]].forEach(function (key) {
      var button = make("button", key[3] || "", bar, key[0]);
      button.textContent = key[1];
      button.addEventListener("click", key[2]);
    });
    dialog.addEventListener("close", close);
    dialog.addEventListener("keydown", function (event) {
      if (event.key === "+" || event.key === "=") set(zoom * STEP);
      else if (event.key === "-") set(zoom / STEP);
      else if (event.key === "0") fit();
      else return;
      event.preventDefault();
    });
    dialog.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      set(zoom * Math.exp(-event.deltaY / 300));
    }, { passive: false });
    dialog.addEventListener("pointerdown", function (event) {
      if (event.pointerType !== "mouse" || event.button || event.target.closest("button, a, text")) return;
      var x = event.clientX + view.scrollLeft;
      var y = event.clientY + view.scrollTop;
      function drag(event) {
        view.scrollTo(x - event.clientX, y - event.clientY);
      }
      dialog.addEventListener("pointermove", drag);
      addEventListener("pointerup", function () {
        dialog.removeEventListener("pointermove", drag);
      }, { once: true });
    });
  }

  function open(diagram, button) {
    if (view) return;
    if (!dialog) makeDialog();
    view = diagram;
    home = { parent: view.parentNode, next: view.nextSibling, button: button };
    dialog.appendChild(view);
    dialog.showModal();
    fit();
    view.focus();
  }

  window.seogaDiagrams = { open: open };
})();

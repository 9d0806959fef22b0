// What a link leads to, shown beside it: for the pointer that rests on it and for the keyboard that stops at it. All that
// is shown stands in the page, so that it works from a disk. A finger has no hover; a long press is the system's own.
(function () {
  "use strict";
  var DELAY = 280;
  var LEAVE = 180;
  var previews = JSON.parse(document.currentScript.dataset.previews);
  var card = null;
  var shownFor = null;
  var timer = 0;

  // The page keeps addresses readable; a link may be encoded.
  function previewOf(link) {
    var address = link.getAttribute("href") || link.getAttribute("xlink:href");
    if (!address) return null;
    try {
      address = decodeURIComponent(address);
    } catch (error) {
      // A `%` that is no encoding.
    }
    address = address.normalize("NFC");
    var found = lookUp(address);
    // A link into a note that has no words of its own there shows the note.
    return found || lookUp(address.split("#")[0]);
  }

  function lookUp(address) {
    return address && Object.prototype.hasOwnProperty.call(previews, address) ? previews[address] : null;
  }

  function linkAt(target) {
    var link = target && target.closest ? target.closest("main a[href]") : null;
    // What shows the text itself needs no preview.
    return link && !link.closest(".page-toc, .toc, .breadcrumbs, .heading-anchor, .graph-stage") ? link : null;
  }

  function line(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    element.textContent = text;
    card.appendChild(element);
  }

  function show(link) {
    var preview = previewOf(link);
    if (!preview) return;
    hide();
    card = document.createElement("div");
    card.className = "preview";
    card.id = "seoga:preview";
    card.setAttribute("role", "tooltip");
    line("strong", "", preview.title);
    if (preview.heading) line("div", "preview-heading", "# " + preview.heading);
    if (preview.text) line("p", "", preview.text);
    card.addEventListener("pointerenter", function () {
      clearTimeout(timer);
    });
    card.addEventListener("pointerleave", leave);
    document.body.appendChild(card);
    link.setAttribute("aria-describedby", card.id);
    shownFor = link;
    place(link);
  }

  // Under the link, or above it where there is more room; never past an edge of the window.
  function place(link) {
    // A link that breaks over lines has several boxes; the first is where reading begins.
    var box = link.getClientRects()[0] || link.getBoundingClientRect();
    var size = card.getBoundingClientRect();
    var width = document.documentElement.clientWidth;
    var left = Math.max(8, Math.min(box.left, width - size.width - 8));
    var below = box.bottom + 6;
    var above = box.top - size.height - 6;
    var top = below + size.height <= innerHeight || above < 0 ? below : above;
    top = Math.max(8, Math.min(top, innerHeight - size.height - 8));
    card.style.left = left + scrollX + "px";
    card.style.top = top + scrollY + "px";
  }

  function hide() {
    clearTimeout(timer);
    if (shownFor) shownFor.removeAttribute("aria-describedby");
    if (card) card.remove();
    card = shownFor = null;
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, LEAVE);
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    var link = linkAt(event.target);
    if (!link) return;
    clearTimeout(timer);
    if (link === shownFor) return;
    timer = setTimeout(show, DELAY, link);
  });
  document.addEventListener("pointerout", function (event) {
    var link = linkAt(event.target);
    if (event.pointerType === "touch" || !link || link.contains(event.relatedTarget)) return;
    leave();
  });
  document.addEventListener("focusin", function (event) {
    var link = linkAt(event.target);
    // A click focuses too; only the keyboard asks.
    if (!link || !link.matches(":focus-visible")) return;
    clearTimeout(timer);
    timer = setTimeout(show, DELAY, link);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", function (event) {
    if (!card || !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", function () {
    if (shownFor && !shownFor.matches(":hover, :focus")) hide();
  }, { passive: true });
})();

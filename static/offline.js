// Has the site kept for reading without a network, where it is read over a network at all: service-worker.js does that.
// Nothing is asked of the network before the page is there, idle, and looked at for a moment.
(function () {
  "use strict";
  var worker = navigator.serviceWorker;
  if (!worker || !/^https?:$/.test(location.protocol)) return;
  var root = new URL("../", document.currentScript.src);
  var MOMENT = 2000;
  // The version that this page was opened with, as the worker calls it.
  var version = null;

  function whenIdle(task) {
    setTimeout(function () {
      if (document.visibilityState === "hidden") {
        document.addEventListener("visibilitychange", function () {
          whenIdle(task);
        }, { once: true });
      } else if (window.requestIdleCallback) requestIdleCallback(task);
      else task();
    }, MOMENT);
  }

  // Readers who want to save data keep what they have, and nothing is fetched.
  function savesData() {
    return Boolean(navigator.connection && navigator.connection.saveData);
  }

  function say(asked) {
    worker.getRegistration(root.href).then(function (registration) {
      if (registration && registration.active) registration.active.postMessage({ seoga: asked });
    }, function () {});
  }

  function ask() {
    say({ update: !savesData() });
  }

  function showKept(words) {
    var footer = document.querySelector(".site-footer");
    if (!footer || footer.querySelector(".kept-offline")) return;
    var said = document.createElement("span");
    said.className = "kept-offline";
    said.textContent = words;
    (footer.querySelector("p") || footer).append(" · ", said);
  }

  worker.addEventListener("message", function (event) {
    var said = event.data && event.data.seoga;
    if (!said) return;
    if (said.reload) return location.reload();
    version = said.version;
    if (said.words) showKept(said.words);
    if (said.more) whenIdle(ask);
  });

  // A page from what is kept learns at once which version it is, for which nothing need be fetched.
  if (worker.controller) say({});

  // A page that the browser had put aside: meanwhile its version may have gone.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && version) say({ version: version });
  });

  function begin() {
    var link = document.createElement("link");
    link.rel = "manifest";
    link.href = new URL("manifest.webmanifest", root).href;
    document.head.appendChild(link);
    if (savesData()) return ask();
    worker.register(new URL("service-worker.js", root).href, { updateViaCache: "none" }).then(function () {
      return worker.ready;
    }).then(ask, function () {
      // Workers can be forbidden; then the site is read as any other.
    });
  }

  if (document.readyState === "complete") whenIdle(begin);
  else window.addEventListener("load", function () {
    whenIdle(begin);
  });
})();

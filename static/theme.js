// Runs before the page is drawn, so that a remembered theme does not flash the other one first.
(function () {
  try {
    var theme = localStorage.getItem("seoga-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) {
    // Storage can be forbidden; the system's preference then decides.
  }
})();

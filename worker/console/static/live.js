// A page with <div id="live" data-refresh="ADDRESS"> fetches itself again every minute, or every other second while a replay
// goes on, and shows what has changed.
// Not while it is hidden, paused, or somebody is choosing something in it. Without this script nothing refreshes itself.
(function () {
  "use strict";
  const SECONDS = 60, BUSY_SECONDS = 2;
  let paused = false, waited = 0;

  function prepare() {
    const button = document.querySelector("[data-live]");
    if (!button) return;
    button.hidden = false;
    const otherwise = button.textContent;
    if (paused) button.textContent = button.dataset.live;
    button.setAttribute("aria-pressed", String(paused));
    button.addEventListener("click", function () {
      paused = !paused;
      button.setAttribute("aria-pressed", String(paused));
      button.textContent = paused ? button.dataset.live : otherwise;
    });
  }

  function refresh() {
    const live = document.getElementById("live");
    if (!live || paused || document.hidden || live.contains(document.activeElement)) return;
    const busy = live.querySelector("[data-busy]");
    if (!busy && !live.querySelector("[data-live]")) return;
    waited += 1;
    if (waited < (busy ? BUSY_SECONDS : SECONDS)) return;
    waited = 0;
    htmx.ajax("GET", live.dataset.refresh, { target: "#live", select: "#live", swap: "outerHTML" });
  }

  document.addEventListener("DOMContentLoaded", function () {
    prepare();
    document.body.addEventListener("htmx:afterSwap", prepare);
    setInterval(refresh, 1000);
  });
})();

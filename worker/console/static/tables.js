// On narrow screens a table of many columns is read row by row: each cell says under which heading it stands (`style.css`).
// Without this script such a table is moved sideways.
(function () {
  "use strict";
  function label() {
    for (const table of document.querySelectorAll(".wide table:has(thead th:nth-child(4))")) {
      const names = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim());
      for (const row of table.tBodies[0].rows) {
        Array.from(row.cells).forEach((cell, place) => { cell.dataset.label = names[place]; });
      }
      table.classList.add("rows");
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    label();
    document.body.addEventListener("htmx:afterSwap", label);
  });
})();

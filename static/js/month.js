/* Arrow keys in the month: <table data-month>. Without this file it is a table with links.

   The pattern is "Grid" of the ARIA Authoring Practices Guide: one day is a stop of the Tab key, its links are
   the next ones; arrow keys, Home and End choose another day, Page Up and Page Down another month. Where a list
   of days is shown instead, arrow keys lead to the next day that is in it. */
(() => {
  "use strict";
  const table = document.querySelector("table[data-month]");
  if (!table) return;
  const WEEK = 7, wide = window.matchMedia("(min-width: 48rem)");
  const days = [...table.querySelectorAll("[data-day]")];
  const bars = days.flatMap((day, place) => [...day.querySelectorAll(".bar")].map((bar) => ({
    from: place, to: place + Number(bar.dataset.days) - 1, text: bar.querySelector("a").textContent,
  })));
  let active = null;

  /* What a day says beyond what stands in it: events that began on an earlier one, or that there is none. */
  const added = (day, place) => {
    const going = bars.filter((bar) => bar.from < place && place <= bar.to).map((bar) => bar.text);
    return going.length || day.querySelector(".day__events") ? going.join("; ") : table.dataset.none;
  };

  const choose = (day) => {
    for (const [cell, stop] of [[active, "-1"], [day, "0"]]) {
      if (!cell) continue;
      cell.tabIndex = Number(stop);
      for (const link of cell.querySelectorAll("a")) link.tabIndex = Number(stop);
    }
    active = day;
  };
  const go = (day) => {
    choose(day);
    day.focus();
  };

  /* Another month, on the day that was meant: its date stands behind the #. */
  const leave = (which, date) => {
    const link = document.querySelector(`a[data-month="${which}"]`);
    if (link) location.assign(`${link.href}#${date}`);
  };
  const shifted = (date, days, months = 0) => {
    const [year, month, day] = date.split("-").map(Number);
    const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
    const moment = new Date(Date.UTC(year, month - 1 + months, (months ? Math.min(day, last) : day) + days));
    return moment.toISOString().slice(0, 10);
  };

  const inside = (day) => !day.classList.contains("day--outside");
  const step = (by) => {
    if (!wide.matches) {
      const listed = days.filter((day) => day.offsetParent);
      const next = listed[listed.indexOf(active) + Math.sign(by)];
      return next && go(next);
    }
    const next = days[days.indexOf(active) + by];
    if (next && inside(next)) return go(next);
    leave(by < 0 ? "previous" : "next", shifted(active.dataset.day, by));
  };
  const end = (event, first) => {
    const place = days.indexOf(active), start = place - (place % WEEK);
    const some = (event.ctrlKey ? days : days.slice(start, start + WEEK)).filter(inside);
    go(some.at(first ? 0 : -1));
  };
  const keys = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => step(-WEEK),
    ArrowDown: () => step(WEEK),
    Home: (event) => end(event, true),
    End: (event) => end(event, false),
    PageUp: () => leave("previous", shifted(active.dataset.day, 0, -1)),
    PageDown: () => leave("next", shifted(active.dataset.day, 0, 1)),
  };

  /* Browsers that go by looks take a table drawn as a grid for none. */
  const roles = {"thead, tbody": "rowgroup", "tr": "row", "thead th": "columnheader", "tbody th": "rowheader"};
  for (const [part, role] of Object.entries(roles)) {
    for (const one of table.querySelectorAll(part)) one.setAttribute("role", role);
  }
  table.setAttribute("role", "grid");
  days.forEach((day, place) => {
    day.setAttribute("role", "gridcell");
    if (added(day, place)) day.setAttribute("aria-description", added(day, place));
    day.tabIndex = -1;
    for (const link of day.querySelectorAll("a")) link.tabIndex = -1;
  });
  const named = days.find((day) => inside(day) && day.dataset.day === location.hash.slice(1));
  const busy = days.find((day) => inside(day) && !day.classList.contains("day--quiet"));
  choose(named || days.find((day) => inside(day) && day.classList.contains("day--today")) || busy || days.find(inside));
  if (named) named.focus();

  table.addEventListener("focusin", (event) => {
    const day = event.target.closest("[data-day]");
    if (day && day !== active) choose(day);
  });
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || (event.ctrlKey && !["Home", "End"].includes(event.key))) return;
    if (!keys[event.key] || !event.target.closest("[data-day]")) return;
    event.preventDefault();
    keys[event.key](event);
  });
  for (const hint of document.querySelectorAll("[data-month-keys]")) hint.hidden = false;
})();

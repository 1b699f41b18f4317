// The bar above the grid: days, filters, zoom, undo and redo, the forms of other acts, the list of warnings.
import { NEW_LENGTH } from "./time.js";
import { fill } from "./model.js";

/** Pixels a minute, from a day at a glance to five minutes that can be hit. */
const ZOOMS = [0.7, 1, 1.4, 1.8, 2.6, 3.6];
const USUAL = 3;
const KEPT = "programme-desk-zoom";

export function followTools(desk) {
  const { root } = desk.parts;
  let zoom = Number(localStorage.getItem(KEPT) ?? USUAL);
  if (!(zoom in ZOOMS)) zoom = USUAL;

  function apply(step) {
    zoom = Math.min(Math.max(zoom + step, 0), ZOOMS.length - 1);
    localStorage.setItem(KEPT, zoom);
    desk.pixels = ZOOMS[zoom];
    root.style.setProperty("--minute", `${desk.pixels}px`);
    root.dataset.zoom = zoom;
  }
  apply(0);

  const acts = {
    smaller: () => apply(-1),
    larger: () => apply(1),
    close: () => desk.panel.close(),
    warnings: () => showWarnings(desk.panel.part("warnings").hidden),
  };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    const tab = event.target.closest("[data-day]");
    const opener = event.target.closest("[data-open]");
    if (!button && !tab && !opener) return;
    event.preventDefault();
    if (button) acts[button.dataset.act]();
    else if (tab) desk.show(tab.dataset.day);
    // Pressed by a key, it is a paper that lies beside the keyboard: begin with what stands first on it.
    else open(opener.dataset.open, event.detail === 0 ? "start" : "title_tr");
  });

  function showWarnings(shown) {
    desk.panel.part("warnings").hidden = !shown;
    desk.parts.warned.setAttribute("aria-expanded", shown);
    desk.settle();
  }
  if (innerWidth >= 1500 && desk.model.conflicts.length) showWarnings(true);

  function open(name, first) {
    const { day } = desk.drawing;
    const blocks = desk.model.blocks(day);
    const last = blocks.length ? Math.max(...blocks.map((each) => desk.model.end(each.place))) : 9 * 60;
    const chosen = desk.model.sessions.get(desk.drawing.chosen);
    const after = chosen && chosen.from !== null ? desk.model.placeOf(chosen) : null;
    const from = after ? desk.model.end(after) : last;
    const { column } = after ?? { column: desk.model.setup.columns[0].key };
    if (name === "new") return desk.openNew({ day, from, to: from + NEW_LENGTH, column }, first);
    const form = desk.panel.form(name);
    form.elements.day.value = day;
    if (name === "shift" && chosen?.from) form.elements.since.value = desk.model.times({ from: chosen.from, to: null });
    if (name === "copy_day") form.elements.to.value = desk.neighbour(day, 1) ?? "";
    desk.panel.open(name);
    return form.elements[name === "shift" ? "since" : "to"].focus();
  }

  const turn = async (name) => desk.act(name, new URLSearchParams());
  for (const form of root.querySelectorAll("[data-turn]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      turn(form.dataset.turn);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea, select") || !desk.mayEdit) return;
    const key = event.key.toLowerCase();
    const name = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (!name) return;
    event.preventDefault();
    if (desk.model[name]) turn(name);
  });

  followFilters(desk, root.querySelector(".desk-filters"));
  desk.tools = () => drawTools(desk);
}

function followFilters(desk, form) {
  const read = () => Object.fromEntries(new FormData(form));
  const apply = () => {
    const { track, person } = read();
    desk.drawing.filter = (session) =>
      (!track || String(session.track) === track) && (!person || session.people.some((each) => String(each[0]) === person));
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === "across") return form.submit();
    apply();
    return desk.draw();
  });
  apply();
  desk.showAll = () => {
    for (const name of ["track", "person"]) if (form.elements[name]) form.elements[name].value = "";
    apply();
  };
}

/** Days, undo and redo as they are now; the address names what is seen. */
function drawTools(desk) {
  const { root } = desk.parts;
  const { day } = desk.drawing;
  for (const tab of root.querySelectorAll("[data-day]")) {
    if (tab.dataset.day === day) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  for (const field of root.querySelectorAll(".desk-bar input[name=day]")) field.value = day;
  for (const form of root.querySelectorAll("[data-turn]")) {
    const button = form.querySelector("button");
    const act = desk.model[form.dataset.turn];
    const text = act ? fill(desk.model.words[form.dataset.turn], { act }) : desk.model.words[`${form.dataset.turn}_none`];
    button.disabled = !act;
    button.title = text;
    button.querySelector(".w-sr-only").textContent = text;
  }
  const here = new URL(location.href);
  if (day && here.searchParams.get("day") !== day) {
    here.searchParams.set("day", day);
    history.replaceState(history.state, "", here);
  }
}

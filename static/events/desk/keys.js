// Everything by keyboard: arrows go from block to block; Enter lifts one, arrows move it, Enter drops it.
import { DAY_BEGINS, DAY_ENDS, NEW_LENGTH, STEP, within } from "./time.js";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function followKeys(desk) {
  const { model, drawing, parts } = desk;
  const columns = model.setup.columns.map((each) => each.key);

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const block = event.target.closest?.(".desk-block");
    if (!block) return;
    const session = model.sessions.get(Number(block.dataset.id));
    const done = model.lifted ? moving(event) : walking(event, block, session);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function walking(event, block, session) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in ARROWS) return walk(block, ...ARROWS[key]);
    const acts = {
      Enter: () => (desk.mayEdit ? desk.lift(session, block.dataset.home) : desk.choose(session.id)),
      " ": () => {
        desk.choose(session.id);
        desk.say([session.title, model.told(model.placeOf(session)), ...model.warnings(session.id).map((each) => each.message)].join(". "));
      },
      m: () => desk.mayEdit && desk.choose(session.id, { form: true }),
      e: () => desk.edit(session.id),
      n: () => desk.mayEdit && desk.openNew(after(session, block.dataset.home), "start"),
      PageUp: () => desk.turn(-1),
      PageDown: () => desk.turn(1),
    };
    if (!(key in acts)) return false;
    acts[key]();
    return true;
  }

  /** The free place right after a session. */
  function after(session, column) {
    const place = model.placeOf(session, column);
    const from = place.from === null ? 9 * 60 : model.end(place);
    return { day: place.day, from, to: from + NEW_LENGTH, column: place.column };
  }

  function walk(block, right, down) {
    const shown = ".desk-block:enabled";
    const blocks = [...parts.canvas.querySelectorAll(shown), ...parts.tray.querySelectorAll(shown)];
    const mine = blocks.filter((each) => each.parentElement === block.parentElement);
    if (down || block.parentElement === parts.tray) return focus(mine[mine.indexOf(block) + (down || right)]);
    const filled = [...parts.canvas.querySelectorAll(".desk-column")].filter((each) => each.querySelector(shown));
    const column = filled[filled.indexOf(block.parentElement) + right];
    if (!column) return true;
    const top = block.getBoundingClientRect().top;
    const distance = (each) => Math.abs(each.getBoundingClientRect().top - top);
    return focus([...column.querySelectorAll(shown)].sort((one, other) => distance(one) - distance(other))[0]);
  }

  function focus(block) {
    if (block) desk.goTo(block);
    return true;
  }

  function moving(event) {
    const { place, waits } = model.lifted;
    if (waits) return true;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Enter" || key === " ") desk.drop();
    else if (key === "Escape") desk.putBack();
    else if (key === "Tab") return true; // lifted, it stays under the hands until it is dropped or left
    else if (key === "t") carry({ ...place, from: null, to: null });
    else if (key === "PageUp" || key === "PageDown") otherDay(key === "PageUp" ? -1 : 1);
    else if (key in ARROWS) step(place, ...ARROWS[key], event.shiftKey);
    else return false;
    return true;
  }

  function step(place, right, down, resize) {
    if (place.from === null) return carry({ ...place, from: 9 * 60, to: 9 * 60 + NEW_LENGTH });
    if (right) {
      const next = columns[columns.indexOf(place.column) + right];
      return next ? carry({ ...place, column: next }) : desk.say(model.words.edge);
    }
    if (resize) return carry({ ...place, to: within(model.end(place) + down * STEP, place.from + STEP, DAY_ENDS) });
    const from = within(place.from + down * STEP, DAY_BEGINS, DAY_ENDS - STEP);
    return carry({ ...place, from, to: place.to === null ? null : place.to + from - place.from });
  }

  function otherDay(way) {
    const day = desk.neighbour(model.lifted.place.day, way);
    if (!day) return desk.say(model.words.edge);
    return carry({ ...model.lifted.place, day });
  }

  function carry(place) {
    desk.carry(place);
    if (place.day !== drawing.day) desk.show(place.day);
    desk.focus(model.lifted.id);
    desk.say(model.told(place));
  }

  parts.root.addEventListener("keydown", press);
  // From anywhere on the page; a letter alone would be in the way of whoever speaks to the machine.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyN" || !desk.mayEdit || model.lifted) return;
    event.preventDefault();
    parts.root.querySelector("[data-open=new]")?.click();
  });
}

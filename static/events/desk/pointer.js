// Moving and resizing by pointer, between columns, days and the tray; pressing on a free place; Escape gives up.
import { NEW_LENGTH, STEP, snap, within } from "./time.js";

const FAR = 4; // pixels before a press becomes a drag
const GRIP = 6; // pixels at either end of a block that resize it
const DWELL = 500; // milliseconds over a day's tab before it opens
const TICK = 50; // milliseconds from one step of scrolling to the next
const LINGER = 400; // milliseconds at the border before it scrolls
const EDGE = 40; // pixels from the border where the grid begins to scroll

export function followPointer(desk) {
  const { drawing, parts } = desk;
  let drag = null;

  const minuteAt = (y) => drawing.first + (y - parts.canvas.getBoundingClientRect().top) / desk.pixels;
  const columnAt = (x) => {
    const columns = [...parts.canvas.querySelectorAll(".desk-column")];
    const found = columns.find((each) => x < each.getBoundingClientRect().right) ?? columns.at(-1);
    return found.dataset.column;
  };
  const over = (element, event) => {
    const box = element.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  };

  /** Which end of a block was taken hold of, or none: its middle, or a block without a time. */
  function edgeOf(block, y) {
    const { top, bottom, height } = block.getBoundingClientRect();
    if (block.closest(".desk-tray") || height < 20) return undefined;
    return y > bottom - GRIP ? "to" : y < top + GRIP ? "from" : undefined;
  }

  function press(event) {
    if (event.button !== 0 || !desk.mayEdit || desk.model.lifted) return;
    const block = event.target.closest(".desk-block");
    const column = event.target.closest(".desk-column");
    if (!block && !column) return;
    drag = { x: event.clientX, y: event.clientY };
    if (block) {
      drag.edge = edgeOf(block, event.clientY);
      const session = desk.model.sessions.get(Number(block.dataset.id));
      const place = desk.model.placeOf(session, block.dataset.home);
      Object.assign(drag, { session, home: block.dataset.home, place });
      drag.grab = place.from === null ? 0 : minuteAt(event.clientY) - place.from;
    } else {
      drag.free = { column: column.dataset.column, at: minuteAt(event.clientY) };
    }
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop, { once: true });
    addEventListener("pointercancel", giveUp, { once: true });
    addEventListener("keydown", escape, true);
  }

  function move(event) {
    if (!drag.started) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
      drag.started = true;
      if (drag.session) drag.ticks = setInterval(() => drag.last && follow(drag.last), TICK);
      if (drag.session) desk.lift(drag.session, drag.home, { spoken: false });
    }
    event.preventDefault();
    drag.last = event;
    if (drag.session) follow(event);
  }

  /** Carry the block to where the pointer is; held at the border, the grid scrolls on under it. */
  function follow(event) {
    overTab(event);
    scrollAlong(event);
    const aside = !drag.edge && over(parts.tray.parentElement, event);
    desk.carry(aside ? untimed() : placeAt(event));
  }

  // In the tray it keeps its room, whatever columns it was carried over.
  const untimed = () => ({ ...desk.model.lifted.place, column: drag.place.column, from: null, to: null });

  function placeAt(event) {
    const old = drag.place;
    const length = old.from === null ? NEW_LENGTH : old.to === null ? null : old.to - old.from;
    if (drag.edge) return resized(old, snap(minuteAt(event.clientY)));
    const least = drawing.first;
    const from = within(snap(minuteAt(event.clientY) - drag.grab), least, drawing.last - Math.min(length ?? STEP, drawing.last - least));
    return { day: drawing.day, from, to: length === null ? null : from + length, column: columnAt(event.clientX) };
  }

  function resized(old, minute) {
    const end = desk.model.end(old);
    if (drag.edge === "from") return { ...old, from: within(minute, drawing.first, end - STEP) };
    return { ...old, to: within(minute, old.from + STEP, drawing.last) };
  }

  function overTab(event) {
    const tab = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-day]");
    if (tab?.dataset.day === drag.tab) return;
    clearTimeout(drag.timer);
    drag.tab = tab?.dataset.day;
    if (tab && !drag.edge) drag.timer = setTimeout(() => desk.show(tab.dataset.day), DWELL);
  }

  function scrollAlong(event) {
    const box = parts.scroll.getBoundingClientRect();
    const push = (value, low, high) => (value < low + EDGE ? -12 : value > high - EDGE ? 12 : 0);
    const [right, down] = [push(event.clientX, box.left, box.right), push(event.clientY, box.top, box.bottom)];
    if (!over(parts.scroll, event) || !(right || down)) drag.border = null;
    else drag.border ??= performance.now();
    // Who only passes the border on the way from the tray does not want to scroll.
    if (drag.border && performance.now() - drag.border > LINGER) parts.scroll.scrollBy(right, down);
  }

  function drop(event) {
    const { started, session, free } = drag;
    end();
    if (session && started) {
      // The press that ends a drag is no click on whatever lies there.
      const hush = (click) => click.stopPropagation();
      addEventListener("click", hush, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", hush, true));
      desk.drop();
    } else if (session) {
      desk.choose(session.id);
    } else if (free) {
      openNew(free, minuteAt(event.clientY), started);
    }
  }

  function openNew(free, until, started) {
    const [low, high] = [free.at, until].sort((one, other) => one - other);
    const dragged = started && high - low >= 2 * STEP;
    const from = dragged ? snap(low) : Math.floor(low / 15) * 15;
    desk.openNew({ day: drawing.day, from, to: dragged ? snap(high) : from + NEW_LENGTH, column: free.column });
  }

  function giveUp() {
    const lifted = drag?.started && drag.session;
    end();
    if (lifted) desk.putBack();
  }

  function escape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    removeEventListener("pointerup", drop);
    giveUp();
  }

  function end() {
    clearTimeout(drag?.timer);
    clearInterval(drag?.ticks);
    removeEventListener("pointermove", move);
    removeEventListener("pointercancel", giveUp);
    removeEventListener("keydown", escape, true);
    drag = null;
  }

  parts.root.addEventListener("pointerdown", press);
}

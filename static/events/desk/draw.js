// The day as it is seen: heads, hours, columns, blocks, and the tray of what has no time yet.
import { hours, shareOut } from "./layout.js";
import { STEP, clock } from "./time.js";
import { fill } from "./model.js";

export function make(tag, classes, text, attributes = {}) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export class Drawing {
  constructor(model, parts) {
    this.model = model;
    this.parts = parts;
    this.filter = () => true;
  }

  /** Draw a day; ``current`` is the session that Tab leads to. */
  draw(day, current) {
    this.day = day;
    const { model, parts } = this;
    const blocks = model.blocks(day);
    const endOf = (place) => model.end(place);
    Object.assign(this, hours(blocks, endOf));
    this.begins = Math.floor(Math.min(9 * 60, ...blocks.map((each) => each.place.from)) / 30) * 30;
    this.current = current;
    const shown = blocks.filter((each) => this.filter(each.session));
    if (!shown.some((each) => each.session.id === current)) this.current = shown[0]?.session.id;
    const canvas = parts.canvas;
    canvas.style.setProperty("--first", this.first);
    canvas.style.setProperty("--length", this.last - this.first);
    parts.scroll.style.setProperty("--columns", model.setup.columns.length);
    this._head();
    canvas.replaceChildren(this._hours(), ...model.setup.columns.map((column) => this._column(column, blocks, endOf)));
    this._tray(day);
  }

  _head() {
    const heads = this.model.setup.columns.map((column) => {
      const head = make("div", "", undefined, { title: column.name });
      head.append(make("b", "", column.name, column.lang ? { lang: column.lang } : {}));
      if (column.note) head.append(make("small", "", column.note));
      return head;
    });
    this.parts.head.replaceChildren(make("div"), ...heads);
  }

  _hours() {
    const ruler = make("div", "desk-hours", undefined, { "aria-hidden": "true" });
    for (let minute = this.first; minute < this.last; minute += 60) ruler.append(make("span", "", clock(minute)));
    return ruler;
  }

  _column(column, blocks, endOf) {
    const here = blocks.filter((each) => each.place.column === column.key);
    const lifted = (each) => this.model.lifted?.id === each.session.id && this.model.lifted.from === each.home;
    const lanes = shareOut(here.filter((each) => !lifted(each)), endOf);
    const element = make("div", "desk-column", undefined, { "data-column": column.key });
    for (const each of here) {
      const block = this._block(each);
      const { lane, lanes: number } = lanes.get(each) ?? { lane: 0, lanes: 1 };
      block.style.setProperty("--lane", lane);
      block.style.setProperty("--lanes", number);
      element.append(block);
    }
    return element;
  }

  _block(each) {
    const { session, place } = each;
    const block = this._button(session, place, each.home);
    const length = this._size(block, place);
    const colour = this.model.setup.tracks[session.track]?.colour;
    if (colour) block.style.setProperty("--track", colour);
    if (place.to === null) block.classList.add("is-open");
    if (length < 25) block.classList.add("is-short");
    if (this.model.setup.mayEdit) {
      block.append(make("i", "desk-edge is-start"), make("i", "desk-edge is-end"));
    }
    return block;
  }

  /** Set a block to its time, as far as the day goes; gives the minutes that are seen. */
  _size(block, place) {
    const from = Math.max(place.from, this.first);
    const minutes = Math.max(Math.min(this.model.end(place), this.last) - from, STEP);
    block.style.setProperty("--from", from);
    block.style.setProperty("--minutes", minutes);
    return minutes;
  }

  _button(session, place, home) {
    const { model } = this;
    const lifted = model.lifted?.id === session.id && (home === undefined || model.lifted.from === home);
    const block = make("button", `desk-block is-${session.status} is-${session.kind}`, undefined, {
      type: "button",
      "data-id": session.id,
      "data-home": home ?? model.columnsOf(session)[0],
      tabindex: session.id === this.current ? 0 : -1,
      "aria-describedby": "desk-keys",
    });
    if (lifted) block.setAttribute("aria-pressed", "true");
    block.classList.toggle("is-lifted", lifted);
    block.classList.toggle("is-chosen", session.id === this.chosen);
    if (!lifted && !this.filter(session)) {
      // It keeps its place, so that nothing else is put there, and is in nobody's way.
      block.classList.add("is-aside");
      block.disabled = true;
      block.setAttribute("aria-hidden", "true");
    }
    block.append(...this._told(session, place));
    return block;
  }

  _told(session, place) {
    const { model } = this;
    const track = model.setup.tracks[session.track];
    const line = make("span", "desk-line");
    if (place.from !== null) line.append(make("span", "desk-clock", model.times(place)), " ");
    if (track?.letter) line.append(make("abbr", "desk-track", track.letter, { title: track.name }), " ");
    const warnings = model.warnings(session.id);
    if (warnings.length) line.append(this._mark(warnings), " ");
    line.append(...this._texts(session));
    const title = make("span", "desk-title", session.title, { title: session.title, ...(session.lang ? { lang: session.lang } : {}) });
    const parts = [line, title, " "];
    const status = { draft: model.words.draft, cancelled: model.words.cancelled_status }[session.status];
    if (status) parts.push(make("em", "", status), " ");
    if (session.people.length) parts.push(make("span", "desk-people", session.people.map((each) => each[1]).join(", ")), " ");
    if (place.from !== null) parts.push(make("span", "w-sr-only", model.columnName(place.column)));
    return parts;
  }

  /** Which language lacks a text, or has one that is older than its source. */
  _texts(session) {
    return Object.entries(session.texts).flatMap(([language, state]) => {
      const badge = make("span", `desk-text is-${state}`, undefined, { title: this.model.words[`text_${language}_${state}`] });
      badge.append(make("span", "", language.toUpperCase(), { "aria-hidden": "true" }));
      badge.append(make("span", "w-sr-only", this.model.words[`text_${language}_${state}`]));
      return [badge, " "];
    });
  }

  _mark(warnings) {
    const { words } = this.model;
    const number = warnings.length;
    const grave = warnings.some((each) => each.severity === "high");
    const text = number === 1 ? words.warnings_one : fill(words.warnings, { number });
    const mark = make("span", `desk-mark ${grave ? "is-high" : ""}`, "!", { title: warnings.map((each) => each.message).join("\n") });
    mark.append(make("span", "w-sr-only", ` ${text}`));
    return mark;
  }

  _tray(day) {
    const all = this.model.untimed();
    const here = all.filter((each) => each.place.day === day);
    const others = all.filter((each) => each.place.day !== day);
    const parts = here.map((each) => this._button(each.session, each.place));
    if (others.length) parts.push(make("span", "desk-others", this.model.words.other_days));
    for (const each of others) {
      const block = this._button(each.session, each.place);
      block.prepend(make("span", "desk-clock", this.model.setup.days.find((one) => one.day === each.place.day)?.short ?? each.place.day), " ");
      parts.push(block);
    }
    if (!all.length) parts.push(make("span", "desk-others", this.model.words.tray_empty));
    this.parts.tray.replaceChildren(...parts);
    const first = this.parts.tray.querySelector(".desk-block:enabled");
    if (first && !this.parts.tray.querySelector('[tabindex="0"]')) first.tabIndex = 0;
  }

  /** Only the lifted block moved: put it there without drawing the day anew. False where that is not enough. */
  carry(old) {
    const { id, place } = this.model.lifted;
    const block = this.block(id);
    const column = this.parts.canvas.querySelector(`[data-column="${place.column}"]`);
    const inside = place.from !== null && place.from >= this.first && this.model.end(place) <= this.last;
    if (!block || !column || !inside || old.from === null || place.day !== old.day || place.day !== this.day) return false;
    const held = block === document.activeElement;
    if (block.parentElement !== column) column.append(block);
    const edges = block.querySelectorAll(".desk-edge");
    block.replaceChildren(...this._told(this.model.sessions.get(id), place), ...edges);
    this._size(block, place);
    if (held) block.focus();
    return true;
  }

  /** The block of a session on the page, in the column it is lifted from if it is. */
  block(id) {
    const found = [...this.parts.root.querySelectorAll(`.desk-block[data-id="${id}"]`)];
    return found.find((each) => each.classList.contains("is-lifted")) ?? found[0];
  }
}

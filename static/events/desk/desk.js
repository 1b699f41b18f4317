// The officer's desk. Stimulus starts it; one object holds it together: model, drawing, panel, server.
// Others join by two events on its element: "programme-desk:chosen" tells the session that was chosen and the place
// for its details; "programme-desk:saved" asks the desk to look at what changed.
import { Drawing } from "./draw.js";
import { Editor } from "./editor.js";
import { followOthers } from "./here.js";
import { followKeys } from "./keys.js";
import { Programme, fill } from "./model.js";
import { Panel } from "./panel.js";
import { followPointer } from "./pointer.js";
import { Server } from "./server.js";
import { followTools } from "./tools.js";
import { listWarnings } from "./warnings.js";

const { Controller } = window.StimulusModule;
const POLL = 20_000;

class DeskController extends Controller {
  connect() {
    const read = (id) => JSON.parse(document.getElementById(id).textContent);
    const root = this.element;
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.parts = { root, warned: root.querySelector("[data-act=warnings]") };
    for (const name of ["scroll", "head", "canvas", "tray", "live", "panel", "list"]) this.parts[name] = part(name);
    this.model = new Programme(read("desk-setup"), read("desk-state"));
    this.mayEdit = this.model.setup.mayEdit;
    this.server = new Server(this.model.setup, this.model);
    this.drawing = new Drawing(this.model, this.parts);
    this.panel = new Panel(this);
    if (this.mayEdit) this.editor = new Editor(this);
    const tab = root.querySelector("[data-day][aria-current]");
    this.drawing.day = tab?.dataset.day ?? this.model.setup.days[0]?.day;
    followTools(this);
    followPointer(this);
    followKeys(this);
    root.addEventListener("click", (event) => {
      const block = event.target.closest(".desk-block");
      // A press of the pointer is told by pointer.js: the block may have been drawn anew under it.
      if (block && (!this.mayEdit || event.detail === 0)) this.choose(Number(block.dataset.id));
    });
    this.draw();
    this.parts.scroll.scrollTop = (this.drawing.begins - this.drawing.first) * this.pixels;
    listWarnings(this);
    this.poll = setInterval(() => this.look(), POLL);
    this.back = () => this.look();
    addEventListener("focus", this.back);
    this.unfollow = followOthers(this);
    // Whoever saves a session beside the grid says so, and the grid looks at what it has become.
    root.addEventListener("programme-desk:saved", this.back);
  }

  disconnect() {
    clearInterval(this.poll);
    this.unfollow();
    removeEventListener("focus", this.back);
  }

  draw(day = this.drawing.day) {
    const held = document.activeElement?.closest?.(".desk-block")?.dataset.id;
    this.drawing.draw(day, this.current);
    if (held) this.focus(Number(held));
    this.tools();
  }

  say(text) {
    const { live } = this.parts;
    // The same words twice would not be spoken twice.
    live.textContent = live.textContent === text ? `${text}\u00a0` : text;
  }

  shortDay(day) {
    return this.model.setup.days.find((each) => each.day === day)?.short ?? day;
  }

  neighbour(day, way) {
    const days = this.model.setup.days.map((each) => each.day);
    return days[days.indexOf(day) + way];
  }

  focus(id) {
    this.drawing.block(id)?.focus({ preventScroll: false });
  }

  goTo(block) {
    for (const each of block.closest("[role=application]").querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    block.tabIndex = 0;
    this.current = Number(block.dataset.id);
    block.focus();
  }

  /** Show a day. */
  show(day) {
    if (this.model.lifted) this.model.lifted.place = { ...this.model.lifted.place, day };
    this.draw(day);
    const number = this.model.blocks(day).length;
    if (!this.model.lifted) this.say(fill(this.model.words.chosen_day, { day: this.model.dayName(day), number }));
  }

  turn(way) {
    const day = this.neighbour(this.drawing.day, way);
    if (!day) return this.say(this.model.words.edge);
    this.show(day);
    return this.parts.canvas.querySelector(".desk-block:enabled")?.focus();
  }

  jump(id) {
    const session = this.model.sessions.get(id);
    if (!this.drawing.filter(session)) this.showAll();
    this.current = id;
    if (session.from !== null && session.day !== this.drawing.day) this.show(session.day);
    this.choose(id);
    const block = this.drawing.block(id);
    block?.scrollIntoView({ block: "center", inline: "center" });
    if (block) this.goTo(block);
  }

  /** Show a session beside the grid; ``form`` leads into the form that moves it. */
  choose(id, { form = false } = {}) {
    this.drawing.chosen = this.current = id;
    this.panel.showSession(this.model.sessions.get(id));
    this.draw();
    this.reveal(id);
    this.others?.();
    this.dispatch("chosen", { detail: { session: this.model.sessions.get(id), place: this.panel.part("details") } });
    if (!form) return;
    this.panel.form("move").hidden = false;
    this.panel.form("move").elements.day.focus();
  }

  /** Scroll the grid, and nothing round it, until a block is seen: the panel made it narrower, or it is late in the day. */
  reveal(id) {
    const { scroll, head, canvas } = this.parts;
    const block = this.drawing.block(id);
    if (!block || !canvas.contains(block)) return;
    const [box, at] = [scroll.getBoundingClientRect(), block.getBoundingClientRect()];
    const top = box.top + head.offsetHeight;
    const left = box.left + canvas.querySelector(".desk-hours").offsetWidth;
    const along = (from, to, first, last) => (from < first ? from - first : Math.max(0, Math.min(to - last, from - first)));
    scroll.scrollBy(along(at.left, at.right, left, box.left + scroll.clientWidth), along(at.top, at.bottom, top, box.top + scroll.clientHeight));
  }

  closed() {
    const id = this.drawing.chosen;
    this.drawing.chosen = null;
    this.others();
    this.draw();
    if (id) this.focus(id);
  }

  settle() {
    const open = [...this.parts.panel.querySelectorAll(":scope > [data-part]")].some((each) => !each.hidden);
    this.parts.root.classList.toggle("has-panel", open);
  }

  edit(id) {
    if (!this.editor) return location.assign(this.server.address("edit", id));
    this.choose(id);
    return this.editor.enter(id);
  }

  /** The form of a new session; ``first`` is the field where typing begins. */
  openNew(place, first = "title_tr") {
    this.panel.fillNew(place, first);
  }

  // Lift, carry, drop: the same for pointer and keyboard.

  lift(session, home, { spoken = true } = {}) {
    this.current = session.id;
    this.model.lifted = { id: session.id, from: home, place: this.model.placeOf(session, home) };
    this.draw();
    if (spoken) this.say(fill(this.model.words.lifted, { title: session.title, place: this.model.told(this.model.lifted.place) }));
  }

  carry(place) {
    const old = this.model.lifted.place;
    if (["day", "from", "to", "column"].every((name) => old[name] === place[name])) return;
    this.model.lifted.place = place;
    if (!this.drawing.carry(old)) this.draw();
  }

  putBack() {
    const session = this.model.sessions.get(this.model.lifted.id);
    this.model.lifted = null;
    this.draw(session.from === null ? this.drawing.day : session.day);
    this.focus(session.id);
    this.say(fill(this.model.words.cancelled, { title: session.title, place: this.model.told(this.model.placeOf(session)) }));
  }

  async drop() {
    const { id, from, place } = this.model.lifted;
    const session = this.model.sessions.get(id);
    const old = this.model.placeOf({ ...session, id: null }, from);
    if (["day", "from", "to", "column"].every((name) => old[name] === place[name])) return this.putBack();
    this.say(this.model.words.saving);
    // It stays where it was put until the server has answered; nothing else can be lifted meanwhile.
    this.model.lifted.waits = true;
    const answer = await this.move(id, () => this.model.fields(this.model.sessions.get(id), place, from));
    this.draw(answer.errors ? this.model.sessions.get(id)?.day : place.day);
    this.focus(id);
    return answer;
  }

  async moveByForm(body) {
    const id = this.drawing.chosen;
    const answer = await this.move(id, () => body);
    if (!answer.errors) {
      const { day } = this.model.sessions.get(id);
      this.draw(day);
      this.panel.showSession(this.model.sessions.get(id));
      this.focus(id);
    }
    return answer;
  }

  /** The one way by which anything is moved. */
  async move(id, body) {
    let sent;
    const answer = await this.server.post(this.server.address("move", id), () => (sent = body()));
    this.model.lifted = null;
    this.take(answer);
    if (answer.errors && this.model.sessions.has(id)) {
      this.choose(id);
      this.panel.refuse(this.panel.form("move"), { ...answer, sent });
    }
    return answer;
  }

  async act(name, body) {
    const answer = await this.server.post(this.server.address(name), body);
    if (answer.made) this.current = answer.made;
    if (answer.day) this.drawing.day = answer.day;
    this.take(answer);
    if (answer.made) this.reveal(answer.made);
    return answer;
  }

  seen(day) {
    return Object.fromEntries([...this.model.sessions.values()].filter((each) => each.day === day).map((each) => [each.id, each.version]));
  }

  /** Bring in an answer: draw it, say it, and ask for the warnings as they are now. */
  take(answer) {
    this.model.take(answer);
    const strange = [...this.model.sessions.values()].find((each) => !this.model.setup.days.some((one) => one.day === each.day));
    // A day that has no tab yet.
    if (strange) return location.assign(`?day=${strange.day}&across=${this.model.setup.across}`);
    this.draw();
    this.editor?.follow();
    this.say(answer.errors ? Object.values(answer.errors).flat().join(" ") : (answer.said ?? ""));
    if (answer.status >= 200 && answer.status < 500) this.warn();
    return undefined;
  }

  async warn() {
    const turn = (this.asked = (this.asked ?? 0) + 1);
    const answer = await this.server.state(true);
    if (turn !== this.asked || answer.errors) return;
    const known = JSON.stringify(this.model.conflicts);
    const changed = this.model.take(answer) || known !== JSON.stringify(this.model.conflicts);
    listWarnings(this);
    if (changed && !this.model.lifted) this.draw();
    const chosen = this.model.sessions.get(this.drawing.chosen);
    if (chosen) this.panel.refresh(chosen);
  }

  /** Others are at work too: every now and then the desk looks what they did. */
  async look() {
    if (document.hidden || this.model.lifted) return;
    const answer = await this.server.state(false);
    if (answer.errors || this.model.lifted || !this.model.take(answer)) return;
    this.draw();
    this.editor?.follow();
    this.say(this.model.words.refreshed);
    this.warn();
  }
}

window.wagtail.app.register("programme-desk", DeskController);

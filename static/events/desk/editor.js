// The form of the chosen session in the panel: saved when a field is left, with both versions where two were at work.
// The server draws the form; here it is fetched, sent whole, and brought up to date with what became of it.
import { make } from "./draw.js";
import { fill } from "./model.js";
import { People } from "./people.js";

const CARRIED = new Set(["version", "seen", "csrfmiddlewaretoken"]);

export class Editor {
  constructor(desk) {
    this.desk = desk;
    this.place = desk.panel.part("editor");
    this.flying = 0; // saves on their way
    this.kept = new Map(); // forms with something in them that is not saved yet, by session
    const { root } = desk.parts;
    root.addEventListener("programme-desk:chosen", (event) => this.show(event.detail.session));
    this.place.addEventListener("input", (event) => this._typed(event.target));
    this.place.addEventListener("change", (event) => this._changed(event.target));
    this.place.addEventListener("focusout", (event) => this._left(event.target, event.relatedTarget));
    this.place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save({ asked: true });
    });
    this.place.addEventListener("keydown", (event) => {
      // A title is one line, though a long one is seen in two.
      const line = event.target.matches("[name^=title_]") && !event.shiftKey;
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || line)) return;
      event.preventDefault();
      this.save({ asked: true });
    });
    addEventListener("beforeunload", (event) => (this.unsaved || this.kept.size || this.flying) && event.preventDefault());
  }

  get unsaved() {
    return Boolean(this.form && (this.form.dirty.size || this.people.pending));
  }

  get choosing() {
    return Boolean(this.form?.querySelector(".desk-choices"));
  }

  /** Show the form of a session, as it was left if something in it is not saved yet. */
  async show(session) {
    if (this.id === session.id && this.form) return this.follow();
    this.leave();
    this.id = session.id;
    const kept = this.kept.get(session.id);
    this.kept.delete(session.id);
    if (!kept) return this.load();
    this._mount(kept);
    return this._tell(this.choosing ? "choose" : "unsaved", { isWrong: true });
  }

  /** Bring the form as it stands on the server; focus stays in the field where it was. */
  async load() {
    const { id, desk } = this;
    this.place.setAttribute("aria-busy", "true");
    const answer = await desk.server.page(`${desk.server.address("session", id)}?panel`);
    if (this.id !== id || (this.unsaved && this.form.dataset.editor === String(id))) return;
    this.place.removeAttribute("aria-busy");
    if (answer.errors) {
      this.form = null;
      this.place.replaceChildren(make("p", "desk-error", answer.errors[""].join(" ")));
      return;
    }
    const held = this.place.contains(document.activeElement) ? document.activeElement : null;
    const found = new DOMParser().parseFromString(answer.html, "text/html").querySelector("form");
    found.dirty = new Set();
    this._mount(found);
    if (held?.name) this.form.elements[held.name]?.focus?.();
  }

  _mount(form) {
    this.form = form;
    this.place.replaceChildren(form);
    if (!form.querySelector("[data-part=saved]")) {
      const bar = form.querySelector("[type=submit]:not(.desk-choices *)").parentElement;
      bar.classList.add("desk-save");
      bar.append(make("span", "desk-saved", "", { "data-part": "saved" }));
    }
    this.people = form.people ??= new People(this, form);
    // With the form in it the panel is wider.
    this.desk.reveal(this.id);
    // Whoever asked for the form by a key wants to be in it.
    if (this.wanted === this.id) this.enter();
  }

  /** Into the first field, at once or as soon as it is there. */
  enter(id = this.id) {
    this.wanted = id;
    if (this.form?.dataset.editor !== String(id) || this.id !== id) return;
    this.wanted = null;
    this.form.elements.title_tr.focus();
  }

  /** Something else is shown now: what is typed is saved, or kept until it can be. */
  leave() {
    const { form, id } = this;
    if (!form) return;
    if (this.unsaved && (this.choosing || this.people.pending)) this.kept.set(id, form);
    else if (this.unsaved) this.save();
    this.form = this.id = null;
    this.place.replaceChildren();
  }

  /** The row moved on, by an undo or by somebody else: show it, unless something is being typed. */
  follow() {
    const known = this.desk.model.sessions.get(this.id);
    if (!this.form || !known || this.form.sending || known.version <= Number(this.form.elements.version.value)) return;
    if (this.unsaved) this._tell("changed_since", { isWrong: true });
    else this.load();
  }

  _typed(field) {
    if (!field.name || CARRIED.has(field.name) || field.name.startsWith("keep-") || this.people.isNew(field)) return;
    this.form.dirty.add(field.name);
    // Typed while both versions are shown: then it is this one that is wanted.
    const radio = this.form.querySelector(`[name="keep-${field.name}"][value=yours]`);
    if (radio) radio.checked = true;
    if (this.choosing) this._tell("choose", { isWrong: true });
    else this._tell("unsaved");
  }

  _changed(field) {
    // An end is often typed right after its start: alone, the start would lie behind the old end.
    if (field.name !== "start" && field.name !== "end") this.save();
  }

  _left(field, next) {
    const together = ["start", "end"];
    if (together.includes(field.name) && !together.includes(next?.name)) this.save();
  }

  /** Send what is in the form; what is typed meanwhile goes with the next turn. */
  async save({ asked = false, form = this.form } = {}) {
    const { desk } = this;
    if (!form || (form.querySelector(".desk-choices") && !asked)) return;
    const { people } = form;
    const id = Number(form.dataset.editor);
    if (!form.dirty.size && !(asked && (this.choosing || people.pending))) {
      if (asked) desk.say(desk.model.words.nothing_unsaved);
      return;
    }
    if (form.sending) {
      form.again = true;
      return;
    }
    form.sending = true;
    this.flying += 1;
    const dirty = form.dirty;
    const adding = people.adding || (asked && people.pending);
    people.adding = adding;
    let sent;
    form.dirty = new Set();
    if (this.form === form) this._tell("saving");
    const answer = await desk.server.post(desk.server.address("session", id), () => (sent = people.body(adding)));
    this.flying -= 1;
    if (answer.errors) {
      people.adding = false;
      for (const name of dirty) form.dirty.add(name);
    }
    desk.take(answer);
    form.sending = false;
    const chose = Boolean(form.querySelector(".desk-choices"));
    if (answer.choices) this._offer(form, answer);
    else if (answer.errors) this._refuse(form, answer, id);
    else this._saved(form, answer, { sent, adding, chose });
    // Also of a form that was left meanwhile.
    if (form.again && !answer.errors) {
      form.again = false;
      this.save({ form });
    }
  }

  _saved(form, { form: told }, { sent, adding, chose }) {
    form.elements.version.value = told.version;
    form.elements.seen.value = told.seen;
    for (const [name, value] of Object.entries(told.values)) {
      const field = form.elements[name];
      // What was typed since it was sent stays as it is.
      if (field && field.value.replaceAll("\n", "\r\n") === sent.get(name)?.replaceAll(/\r?\n/g, "\r\n")) {
        field.value = (Array.isArray(value) ? value[0] : value) ?? "";
      }
    }
    this._mark(form, told.marks);
    this._clear(form);
    // Rows that were moved since it was sent stay; they are drawn anew when that is saved.
    const moved = [...form.dirty].some((name) => name.startsWith("people"));
    if (told.people && this.form === form && !moved) this.people.redraw(told.people, adding);
    if (this.form !== form) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this._tell("saved_at", { names: { time } });
    if (chose) this.load();
  }

  _mark(form, marks) {
    for (const mark of form.querySelectorAll("[data-mark]")) {
      mark.textContent = marks[mark.dataset.mark] ?? "";
      mark.hidden = !mark.textContent;
    }
  }

  /** Both versions, field by field: nothing is saved until it is said which is to stand. */
  _offer(form, answer) {
    form.elements.version.value = answer.version;
    const part = form.querySelector("[data-part=choices]");
    part.innerHTML = answer.choices;
    if (this.form !== form) {
      this.kept.set(Number(form.dataset.editor), form);
      return;
    }
    this._clear(form);
    this._tell("choose", { isWrong: true });
    part.querySelector("h4").focus();
  }

  _refuse(form, answer, id) {
    this._clear(form);
    const general = [];
    for (const [name, errors] of Object.entries(answer.fields ?? { "": answer.errors[""] })) {
      const place = form.querySelector(`[data-error="${name}"]`);
      if (!place) general.push(...errors);
      else {
        place.textContent = errors.join(" ");
        place.hidden = false;
        const field = form.elements[name];
        field?.setAttribute?.("aria-invalid", "true");
        field?.setAttribute?.("aria-describedby", place.id);
      }
    }
    if (this.form !== form) this.kept.set(id, form);
    else this._tell(general.length ? "" : "not_saved", { isWrong: true, text: general.join(" ") });
  }

  _clear(form) {
    for (const error of form.querySelectorAll("[data-error]")) error.hidden = true;
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  /** The state of the form, to be seen; it is spoken by the desk. */
  _tell(word, { isWrong = false, names = {}, text } = {}) {
    const place = this.form?.querySelector("[data-part=saved]");
    if (!place) return;
    place.textContent = text || fill(this.desk.model.words[word], names);
    place.classList.toggle("is-wrong", isWrong);
  }
}

// The people of the chosen session: order, roles, who goes, and one row for somebody more.
import { suggest } from "./suggest.js";

export class People {
  constructor(editor, form) {
    this.editor = editor;
    this.form = form;
    this.place = form.querySelector("[data-part=people]");
    this.place.onclick = (event) => this._press(event.target.closest("[data-row]"));
    this.place.onkeydown = (event) => this._key(event);
    this._ready();
  }

  _ready() {
    const name = this.newcomer?.querySelector("[data-suggest]");
    if (name) suggest(name, this.editor.desk, (person) => this._choose(person));
  }

  get newcomer() {
    return this.place.querySelector("[data-person].is-new");
  }

  /** Whether somebody was typed who is not added yet. */
  get pending() {
    return Boolean(this.newcomer?.querySelector("[name$=-name]").value.trim());
  }

  isNew(field) {
    return Boolean(field.closest("[data-person].is-new"));
  }

  /** What is sent: somebody half typed goes along only where that was asked for. */
  body(adding) {
    const body = new URLSearchParams(new FormData(this.form));
    if (!adding && this.newcomer) {
      for (const field of this.newcomer.querySelectorAll("[name]")) if (!field.name.endsWith("-role")) body.delete(field.name);
    }
    return body;
  }

  _key(event) {
    if (event.key !== "Enter" || event.ctrlKey || !this.isNew(event.target) || event.target.matches("button, summary")) return;
    event.preventDefault();
    if (this.pending) this.editor.save({ asked: true });
  }

  _press(button) {
    if (!button) return;
    const row = button.closest("[data-person]");
    const acts = {
      add: () => (this.pending ? this.editor.save({ asked: true }) : row.querySelector("[name$=-name]").focus()),
      up: () => row.previousElementSibling?.before(row),
      down: () => row.nextElementSibling?.matches(".is-known") && row.nextElementSibling.after(row),
      drop: () => {
        row.querySelector("[name$=-DELETE]").checked = true;
        row.hidden = true;
      },
    };
    acts[button.dataset.row]();
    if (button.dataset.row === "add") return;
    this.held = { person: row.querySelector("[name$=-person]").value, act: button.dataset.row };
    this._number();
    button.focus();
    this.form.dirty.add("people");
    this.editor.save();
  }

  _number() {
    [...this.place.querySelectorAll("[data-person].is-known")].forEach((row, at) => {
      row.querySelector("[name$=-ORDER]").value = at + 1;
    });
  }

  _choose(person) {
    const row = this.newcomer;
    row.querySelector("[name$=-person]").value = person.id;
    row.querySelector("[name$=-name]").value = person.name;
    this.editor.save({ asked: true });
  }

  /** The rows as they are stored now; whoever is being typed meanwhile stays typed. */
  redraw(html, adding) {
    const typed = adding ? "" : this.newcomer?.querySelector("[name$=-name]").value;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.name : null;
    this.place.innerHTML = html;
    this.adding = false;
    if (typed) this.newcomer.querySelector("[name$=-name]").value = typed;
    this._ready();
    if (adding) this.newcomer.querySelector("[name$=-name]").focus();
    else if (this.held) this._hold();
    else if (focused) this.form.elements[focused]?.focus?.();
    this.held = null;
  }

  _hold() {
    const { person, act } = this.held;
    const row = [...this.place.querySelectorAll(".is-known")].find((each) => each.querySelector("[name$=-person]").value === person);
    (row?.querySelector(`[data-row=${act}]`) ?? this.newcomer.querySelector("[name$=-name]")).focus();
  }
}

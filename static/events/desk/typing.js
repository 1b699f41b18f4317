// A programme typed from a paper: one session after the other by keyboard alone. Enter adds one and leads to the next,
// which begins where the last one ended, in the same room on the same day. Nobody waits for the server: whoever
// types on loses no key, and what the server refuses comes back.
import { make } from "./draw.js";
import { suggest } from "./suggest.js";
import { clock, typed } from "./time.js";

const FRESH = ["title_tr", "title_en", "people"];

export class Typing {
  constructor(panel) {
    this.panel = panel;
    this.form = panel.form("new");
    this.kind = this.form.elements.kind.value;
    this.failed = this.form.querySelector("[data-part=failed]");
    suggest(this.form.elements.people, panel.desk, null, { several: true });
    this.form.addEventListener("input", () => (this.touched = true));
    addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    this.form.addEventListener("keydown", (event) => {
      // In a list of choices Enter would open it, or do nothing.
      if (event.key !== "Enter" || event.target.tagName !== "SELECT") return;
      event.preventDefault();
      this.form.requestSubmit();
    });
  }

  /** Whether leaving the page would lose something that was typed. */
  get unsaved() {
    const begun = this.touched && this.form.checkVisibility() && FRESH.some((name) => this.form.elements[name].value.trim());
    return Boolean(begun || this.failed.children.length);
  }

  open(place, first) {
    const { form, panel } = this;
    const { across } = panel.desk.model.setup;
    panel.clear(form);
    this.first = first;
    form.elements.day.value = place.day;
    form.elements.start.value = clock(place.from);
    form.elements.end.value = clock(place.to);
    if (across === "rooms") form.elements.room.value = place.column === "none" ? "" : place.column;
    for (const box of form.querySelectorAll("[name=parties]")) box.checked = across === "parties" && box.value === place.column;
    panel.open("new");
    this._begin();
  }

  _begin() {
    const field = this.form.elements[this.first];
    this.touched = false;
    field.focus();
    field.select();
  }

  async submit() {
    const { form, panel } = this;
    const body = new URLSearchParams(new FormData(form));
    panel.clear(form);
    this._next(body);
    const answer = await panel.desk.act("new", body);
    if (!answer.errors) return;
    if (this.touched) this._keep(body, answer);
    else this._back(body, answer);
  }

  /** The next one: as long as this one, right after it. */
  _next(body) {
    const { elements } = this.form;
    const [from, to] = [typed(body.get("start")), typed(body.get("end"))];
    for (const name of FRESH) elements[name].value = "";
    elements.kind.value = this.kind;
    elements.start.value = clock(to);
    elements.end.value = to === null || from === null ? "" : clock(to + Math.max(to - from, 0));
    this._begin();
  }

  /** Refused: what was typed stands in the form again, with the reason beside it. */
  _back(body, answer) {
    const { form, panel } = this;
    for (const field of form.querySelectorAll("[name]")) {
      if (field.type === "checkbox") field.checked = body.getAll(field.name).includes(field.value);
      else field.value = body.get(field.name) ?? "";
    }
    panel.open("new");
    panel.refuse(form, answer);
  }

  /** The next one is being typed by now: what was refused waits below, with a way back into the form. */
  _keep(body, answer) {
    const { words } = this.panel.desk.model;
    const item = make("li", "", `${body.get("start")} ${body.get("title_tr") || body.get("title_en")}`);
    const button = make("button", "button button-small button-secondary", words.correct, { type: "button" });
    item.append(make("span", "", Object.values(answer.errors).flat().join(" ")), button);
    button.addEventListener("click", () => {
      item.remove();
      this.failed.hidden = !this.failed.children.length;
      const mine = new URLSearchParams(new FormData(this.form));
      if (this.touched && FRESH.some((name) => mine.get(name))) this._keep(mine, { errors: {} });
      this._back(body, answer);
    });
    this.failed.append(item);
    this.failed.hidden = false;
  }
}

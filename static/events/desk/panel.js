// Beside the grid: the session that is chosen with the form that moves it, and the forms of the other acts.
import { make } from "./draw.js";
import { Typing } from "./typing.js";
import { warning } from "./warnings.js";
import { clock, stated, typed } from "./time.js";

export class Panel {
  constructor(desk) {
    this.desk = desk;
    this.root = desk.parts.panel;
    for (const form of this.root.querySelectorAll("[data-form]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this._submit(form);
      });
    }
    this.form("move")?.addEventListener("input", () => (this.dirty = true));
    if (this.form("new")) this.typing = new Typing(this);
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  form(name) {
    return this.root.querySelector(`[data-form="${name}"]`);
  }

  /** Show one section; warnings stay as they are. */
  open(name) {
    for (const section of this.root.querySelectorAll(":scope > [data-part]")) {
      if (section.dataset.part !== "warnings") section.hidden = section.dataset.part !== name;
    }
    if (name !== "chosen") this.desk.editor?.leave();
    this.desk.settle();
  }

  close() {
    this.open(null);
    this.desk.closed();
  }

  showSession(session) {
    const { model, server } = this.desk;
    this._head(session);
    this.part("details").replaceChildren(...this._details(session, model, server));
    const form = this.form("move");
    if (form) {
      this._fillMove(form, session);
      // Day and time stand in the session's own form; this one is for whoever asks for it, and for what was refused.
      form.hidden = Boolean(this.desk.editor);
    }
    this.open("chosen");
  }

  _head(session) {
    const heading = this.part("chosen").querySelector("h3");
    heading.textContent = session.title;
    if (session.lang) heading.lang = session.lang;
  }

  /** Bring what is shown up to date; what is being typed stays. */
  refresh(session) {
    this._head(session);
    this.part("details").replaceChildren(...this._details(session, this.desk.model, this.desk.server));
    const form = this.form("move");
    if (form && !this.dirty && form.querySelector("[data-part=refused]").hidden) this._fillMove(form, session);
  }

  _details(session, model, server) {
    const { setup, words } = model;
    const track = setup.tracks[session.track];
    const facts = [setup.kinds[session.kind], setup.statuses[session.status], setup.audiences[session.audience], track?.name];
    const parts = [make("p", "desk-when", model.told(model.placeOf(session)))];
    // Whoever may edit has all of it in the form below.
    if (!setup.mayEdit) parts.push(make("p", "quiet", facts.filter(Boolean).join(" · ")));
    if (!setup.mayEdit && session.people.length) parts.push(make("p", "", session.people.map((each) => each[1]).join(", ")));
    const warnings = model.warnings(session.id);
    if (warnings.length) {
      const list = make("ul", "event-conflicts");
      list.append(...warnings.map((each) => warning(each, this.desk)));
      parts.push(list);
    }
    const ways = make("p", "desk-ways");
    ways.append(make("a", "button button-small button-secondary", setup.mayEdit ? words.edit : words.open, { href: server.address("edit", session.id) }));
    if (setup.addresses.new && setup.mayEdit) {
      ways.append(make("a", "button button-small button-secondary", words.copy, { href: server.address("copy", session.id) }));
    }
    return [...parts, ways];
  }

  _fillMove(form, session) {
    this.clear(form);
    this.dirty = false;
    const values = { version: session.version, day: session.day, start: clock(session.from), end: clock(session.to), room: session.room ?? "" };
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    for (const box of form.querySelectorAll("[name=parties]")) box.checked = session.parties.includes(Number(box.value));
  }

  fillNew(place, first) {
    if (this.typing) this.typing.open(place, first);
  }

  async _submit(form) {
    const name = form.dataset.form;
    const body = new URLSearchParams(new FormData(form));
    if (name === "move") return this.desk.moveByForm(this._place(form, body));
    if (name === "new") return this.typing.submit();
    if (name === "shift") body.set("seen", JSON.stringify(this.desk.seen(body.get("day"))));
    this.clear(form);
    const answer = await this.desk.act(name, body);
    if (answer.errors) this.refuse(form, answer);
    else this.close();
    return answer;
  }

  /** Dates beside the clock go with it: kept where the time was not typed anew, left to the clock where it was. */
  _place(form, body) {
    const session = this.desk.model.sessions.get(this.desk.drawing.chosen);
    const kept = (name, minutes) => (typed(body.get(name)) === typed(clock(minutes)) ? stated(body.get("day"), minutes) : "");
    body.set("start_day", session.from === null ? "" : kept("start", session.from));
    body.set("end_day", session.to === null ? "" : kept("end", session.to));
    return body;
  }

  /** Take away what was refused before. */
  clear(form) {
    for (const error of form.querySelectorAll("[data-error]")) error.hidden = true;
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    form.querySelector("[data-part=refused]").hidden = true;
  }

  /** Tell what was refused: beside its field where there is one, above the button otherwise. */
  refuse(form, answer) {
    this.clear(form);
    form.hidden = false;
    const general = [];
    for (const [name, errors] of Object.entries(answer.fields ?? { "": answer.errors[""] ?? [] })) {
      const place = form.querySelector(`[data-error="${name}"]`);
      if (place) {
        place.textContent = errors.join(" ");
        place.hidden = false;
        form.elements[name]?.setAttribute?.("aria-invalid", "true");
        form.elements[name]?.focus?.();
      } else general.push(...errors);
    }
    if (general.length || answer.differences) this._refused(form, general, answer);
  }

  _refused(form, general, answer) {
    const box = form.querySelector("[data-part=refused]");
    box.replaceChildren(make("p", "", general.join(" ")));
    if (answer.differences) box.append(this._versions(answer.differences), ...this._choices(answer));
    box.hidden = false;
  }

  _versions(differences) {
    const { words } = this.desk.model;
    const table = make("table", "desk-versions");
    const head = table.createTHead().insertRow();
    for (const text of [words.field, words.theirs, words.yours]) head.append(make("th", "", text, { scope: "col" }));
    const rows = table.createTBody();
    for (const [label, theirs, yours] of differences) {
      const row = rows.insertRow();
      row.append(make("th", "", label, { scope: "row" }), make("td", "", theirs), make("td", "", yours));
    }
    return table;
  }

  _choices(answer) {
    const { words } = this.desk.model;
    const keep = make("button", "button button-small button-secondary", words.keep_theirs, { type: "button" });
    keep.addEventListener("click", () => this.showSession(this.desk.model.sessions.get(answer.stored.id)));
    const again = make("button", "button button-small button-secondary", words.move_anyway, { type: "button" });
    again.addEventListener("click", () => {
      answer.sent.set("version", answer.stored.version);
      this.desk.moveByForm(answer.sent);
    });
    return [keep, again];
  }
}

// Whoever came without a registration: written down on the device first, entered when the server hears of it. Whom it
// refuses stands elsewhere (refused.js), with what was typed, until it is corrected here or removed there.
import { fill, make } from "./cards.js";
import { uuid } from "./store.js";

export class Newcomers {
  /** `changed(words, once)` is told what to say once somebody is written down, and under which number. */
  constructor(root, people, store, cards, changed) {
    this.root = root;
    this.people = people;
    this.store = store;
    this.cards = cards;
    this.changed = changed;
    this.words = people.setup.words;
    this.part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.form = this.part("new-form");
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.part("new-close").addEventListener("click", () => this.close());
  }

  get waiting() {
    return this.store.waiting("new").filter((item) => !item.refused);
  }

  waits(once) {
    return this.waiting.some((item) => item.once === once);
  }

  /** Whether the last count leaves no seat for one more behind so many who wait. */
  full(ahead) {
    const [taken, capacity] = this.people.seats ?? [0, null];
    return capacity !== null && taken + ahead >= capacity;
  }

  /** Show the form, empty or with what was typed before. */
  open(item = { typed: {} }) {
    this.item = item;
    this.form.reset();
    for (const [name, value] of Object.entries(item.typed)) this.fill(this.form.elements[name], value);
    this.complain("name", "");
    this.complain("email", "");
    this.part("new-why").hidden = !item.refused;
    this.part("new-why").textContent = item.refused ? fill(this.words.notEntered, { why: item.refused }) : "";
    this.show(true);
    this.form.elements.name.focus();
  }

  fill(field, value) {
    if (!field) return;
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  }

  close() {
    this.show(false);
    this.part("newcomer").focus();
  }

  show(open) {
    this.part("new").hidden = !open;
    this.root.classList.toggle("is-writing", open);
    const { seats, at } = this.people;
    const known = seats && seats[1] !== null && at;
    const time = this.cards.time(at);
    this.part("seats").hidden = !known;
    if (known) this.part("seats").textContent = fill(this.full(this.waiting.length) ? this.words.noSeat : this.words.seats, { taken: seats[0], capacity: seats[1], time });
  }

  submit(event) {
    event.preventDefault();
    const typed = Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, value.trim()]));
    const nameless = this.complain("name", typed.name ? "" : this.words.needsName);
    const unreadable = this.complain("email", this.form.elements.email.validity.valid ? "" : this.words.needsAddress);
    if (nameless || unreadable) return this.form.querySelector("[aria-invalid]").focus();
    const { once = uuid().replaceAll("-", ""), at = Date.now(), place, gone } = this.item;
    this.store.keep("new", once, { once, at, typed, place: place && !gone ? place : this.people.place });
    this.close();
    this.changed(fill(this.words.isWritten, { name: typed.name }), once);
  }

  /** Say beside a field what is wrong with it; with nothing to say, that nothing is. */
  complain(name, text) {
    const field = this.form.elements[name];
    const id = `${field.id}-wrong`;
    document.getElementById(id)?.remove();
    field.removeAttribute("aria-invalid");
    const helped = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
    if (text) {
      field.before(make("p", "error", text, { id }));
      field.setAttribute("aria-invalid", "true");
      helped.push(id);
    }
    if (helped.length) field.setAttribute("aria-describedby", helped.join(" "));
    else field.removeAttribute("aria-describedby");
    return Boolean(text);
  }

  draw() {
    const items = this.waiting;
    const list = this.part("newcomers");
    const shape = JSON.stringify([items, this.people.seats]);
    if (list.dataset.shape === shape) return;
    list.dataset.shape = shape;
    list.replaceChildren(...items.map((item, ahead) => this.card(item, ahead)));
  }

  card(item, ahead) {
    const { name, organisation } = item.typed;
    const card = make("li", "door-card is-waiting");
    const who = make("p", "door-who");
    who.append(make("b", "", name));
    if (organisation) who.append(make("span", "", organisation));
    const waits = this.full(ahead) ? this.words.writtenFull : this.words.written;
    who.append(make("span", "door-state", fill(waits, { time: this.cards.time(this.people.at) })));
    card.append(who);
    return card;
  }
}

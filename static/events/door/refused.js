// What the server would not take: people who were written down here, and presses. It waits for somebody at the door and
// not for the connection, so it stands in a box of its own, with the reason and the way on.
import { fill, make } from "./cards.js";

export class Refused {
  /**
   * `correct(item)` opens somebody's form once more, `lookUp(mark)` shows whom a press was for, `seen()` is told when
   * one has left the box; `place(key)` names the place of a press.
   */
  constructor(root, people, store, cards, { correct, lookUp, seen, place }) {
    Object.assign(this, { people, store, cards, correct, lookUp, seen, place });
    this.words = people.setup.words;
    this.box = root.querySelector('[data-part="refused"]');
    this.list = root.querySelector('[data-part="refusals"]');
    this.below = root.querySelector('[data-part="newcomer"]');
  }

  get newcomers() {
    return this.store.waiting("new").filter((item) => item.refused);
  }

  get marks() {
    return this.store.waiting("refused");
  }

  /** Whether anybody still has to be seen to. */
  get any() {
    return this.newcomers.length + this.marks.length > 0;
  }

  draw() {
    const items = [
      ...this.newcomers.map((item) => this.kept(item.once, [item], () => this.newcomer(item))),
      ...this.marks.map((mark) => {
        const told = [mark, this.people.name(mark.code), this.where(mark)];
        return this.kept(mark.key, told, () => this.mark(...told));
      }),
    ];
    this.box.hidden = !items.length;
    for (const old of [...this.list.children]) if (!items.includes(old)) old.remove();
    items.forEach((item, at) => {
      const there = this.list.children[at] ?? null;
      if (there !== item) this.list.insertBefore(item, there);
    });
  }

  /** The card that stands there already, if nothing of it has changed: its menu stays open, and the focus where it is. */
  kept(key, told, make) {
    const shape = JSON.stringify(told);
    const old = [...this.list.children].find((each) => each.dataset.key === key && each.dataset.shape === shape);
    if (old) return old;
    const card = make();
    Object.assign(card.dataset, { key, shape });
    return card;
  }

  /** The place of a press, where that is another than the one that is looked at and the programme still has it. */
  where(mark) {
    return mark.place === this.people.place ? "" : this.place(mark.place);
  }

  newcomer(item) {
    const { name, organisation } = item.typed;
    const why = fill(this.words.notEntered, { why: item.refused });
    const again = this.button(this.words.openAgain, name, () => this.correct(item), "");
    const more = make("details");
    const remove = make("button", "second", fill(this.words.removeNow, { name }), { type: "button" });
    remove.addEventListener("click", () => this.leave("new", item.once));
    more.append(make("summary", "", this.words.remove, { "aria-label": `${this.words.remove} ${name}` }), remove);
    return this.card(name, organisation, why, this.words.correct, again, more);
  }

  mark(mark, name, where) {
    const { states } = this.people.setup;
    const why = fill(this.words.notKept, { state: states[mark.state], time: this.cards.time(mark.at), why: mark.why });
    const look = this.button(this.words.lookUp, name, () => this.lookUp(mark), "");
    const seen = this.button(this.words.seen, name, () => this.leave("refused", mark.key), "second");
    return this.card(name, where, why, this.words.lookHow, look, seen);
  }

  card(name, beside, why, how, ...acts) {
    const card = make("li", "door-card");
    const who = make("p", "door-who");
    who.append(make("b", "", name));
    if (beside) who.append(make("span", "", beside));
    who.append(make("span", "door-state", why), make("span", "", how));
    const row = make("div", "door-acts");
    row.append(...acts);
    card.append(who, row);
    return card;
  }

  button(word, name, act, classes) {
    const button = make("button", classes, word, { type: "button", "aria-label": `${word}: ${name}` });
    button.addEventListener("click", act);
    return button;
  }

  /** Whoever left takes the button with them that was pressed: the next one has the focus, or what stands below. */
  leave(kind, key) {
    this.store.forget(kind, key);
    this.seen();
    (this.list.querySelector("button") ?? this.below).focus();
  }
}

// Everybody at one event and who is in at one place, as the server told it and as the marks that wait would make it.
const DAY = 24 * 3600 * 1000;
const LETTERS = { İ: "i", I: "i", ı: "i", ł: "l", Ł: "l", ø: "o", Ø: "o", ß: "ss", đ: "d", Đ: "d", æ: "ae", Æ: "ae", œ: "oe" };

/** As the server folds names: "ilgin" finds "Ilgın". */
export function fold(text) {
  const plain = [...text].map((char) => LETTERS[char] ?? char).join("");
  return plain.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

export class People {
  constructor(setup, store) {
    this.setup = setup;
    this.store = store;
    this.go(setup.place);
  }

  /** Look at another place; names are the same everywhere. */
  go(place) {
    this.place = place;
    const kept = this.store.read("people") ?? { rows: [] };
    this.rows = new Map(kept.rows.map((row) => [row[0], row]));
    const here = this.store.read(`here:${place}`) ?? { here: {}, chosen: null, since: 0 };
    this.here = new Map(Object.entries(here.here));
    this.chosen = here.chosen && new Set(here.chosen);
    // Both must be of one answer for the next to say only what changed.
    this.since = kept.since === here.since ? here.since : 0;
    this.at = kept.at ?? 0;
    // How many seats are taken and how many there are, as of then.
    this.seats = kept.at ? kept.seats : this.setup.seats;
    // How far this device's clock is off, as the server last told.
    this.off ??= kept.off ?? 0;
  }

  /** What to say while the door of this place is not open; empty once it is, by the server's clock. */
  get closed() {
    const [moment, words] = this.setup.opens[this.place] ?? [0, ""];
    return Date.now() + this.off < moment ? words : "";
  }

  /** Take in what the server told, all of it or what changed. */
  take(told, whole) {
    if (whole) {
      this.rows.clear();
      this.here.clear();
    }
    for (const row of told.people) {
      if (row.length > 1) this.rows.set(row[0], row);
      else this.rows.delete(row[0]);
    }
    for (const [code, here] of Object.entries(told.here)) this.here.set(code, here);
    this.chosen = told.chosen && new Set(told.chosen);
    this.since = told.now;
    this.at = Date.now();
    this.off = told.now - this.at;
    this.setup.opens[this.place] = told.opens;
    this.seats = told.seats;
    this.save();
  }

  /** Names of an event that is over, or that the device has no room for, are not kept: the page goes on without. */
  save() {
    const { since, at, off, seats } = this;
    const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
    if (this.setup.last && this.setup.last < yesterday) return;
    const here = Object.fromEntries(this.here);
    try {
      this.store.write("people", { rows: [...this.rows.values()], since, at, off, seats, last: this.setup.last });
      this.store.write(`here:${this.place}`, { here, chosen: this.chosen && [...this.chosen], since });
    } catch {
      this.store.drop("people");
    }
  }

  get known() {
    return this.rows.size > 0 || this.since > 0;
  }

  /** What somebody is called; the code of whom the list does not know. */
  name(code) {
    return this.rows.get(code)?.[1] ?? code.toUpperCase();
  }

  /** Where somebody stands: [state, moment, door], or null. */
  stands(code) {
    let here = this.here.get(code) ?? null;
    for (const mark of this.waiting ?? []) {
      // The same rule as the server's: the last word counts, and of one word the first moment.
      if (mark.code === code && mark.place === this.place && here?.[0] !== mark.state) here = [mark.state, mark.at, ""];
    }
    return here && here[0] !== "undone" ? here : null;
  }

  counts() {
    let present = 0;
    let expected = 0;
    for (const [code, , , state] of this.rows.values()) {
      if (state === this.setup.seated && (!this.chosen || this.chosen.has(code))) expected += 1;
      if (this.stands(code)?.[0] === "present") present += 1;
    }
    return { present, expected };
  }

  find(text, most) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const code = text.trim().toLowerCase();
    const exact = this.rows.get(code);
    if (exact) return { rows: [exact], more: 0 };
    const begins = (row) => code.length > 3 && row[0].startsWith(code);
    const found = [...this.rows.values()].filter((row) => words.every((word) => row[4].includes(word)) || begins(row));
    return { rows: found.slice(0, most), more: Math.max(found.length - most, 0) };
  }

  /** Who was marked last, the newest first. */
  recent(most) {
    const stand = [...this.rows.values()].map((row) => [row, this.stands(row[0])]).filter(([, here]) => here);
    return stand.sort(([, one], [, other]) => other[1] - one[1]).slice(0, most).map(([row]) => row);
  }
}

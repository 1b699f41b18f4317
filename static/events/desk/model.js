// What the desk knows: sessions as the server last told them, warnings, and the one session that is lifted.
import { ASSUMED, clock, stated } from "./time.js";

/** Fill names like %(title)s into a sentence of the server. */
export const fill = (text, names) => text.replace(/%\((\w+)\)s/g, (whole, name) => names[name] ?? whole);

export class Programme {
  constructor(setup, state) {
    this.setup = setup;
    this.words = setup.words;
    this.sessions = new Map();
    this.lifted = null;
    this.conflicts = [];
    this.accepted = [];
    this.take(state);
  }

  /** Bring in an answer; true where it changed a session or took one away. */
  take(answer) {
    let changed = false;
    for (const each of answer.sessions ?? []) {
      const known = this.sessions.get(each.id);
      if (known && known.version > each.version) continue;
      changed ||= !known || known.version < each.version;
      this.sessions.set(each.id, each);
    }
    if (answer.ids) {
      const there = new Set(answer.ids);
      for (const id of this.sessions.keys()) if (!there.has(id)) changed = this.sessions.delete(id);
    }
    if (answer.conflicts) this.warn(answer.conflicts);
    if (answer.accepted) this.accepted = answer.accepted;
    if ("undo" in answer) Object.assign(this, { undo: answer.undo, redo: answer.redo });
    this.since = answer.now ?? this.since;
    return changed;
  }

  warn(conflicts) {
    this.conflicts = conflicts;
    this.warned = new Map();
    for (const each of conflicts) {
      for (const id of each.sessions) this.warned.set(id, [...(this.warned.get(id) ?? []), each]);
    }
  }

  warnings(id) {
    return this.warned.get(id) ?? [];
  }

  /** Where a session stands on the desk: where it is being moved to, else where it is. */
  placeOf(session, column) {
    const lifted = this.lifted;
    if (lifted?.id === session.id && (column === undefined || lifted.from === column)) return lifted.place;
    return { day: session.day, from: session.from, to: session.to, column: column ?? this.columnsOf(session)[0] };
  }

  columnsOf(session) {
    if (this.setup.across === "rooms") return [session.room === null ? "none" : String(session.room)];
    if (this.setup.across === "parties") return session.parties.length ? session.parties.map(String) : ["none"];
    return ["one"];
  }

  /** Every block of a day: a session and the column it stands in. */
  blocks(day) {
    const found = [];
    for (const session of this.sessions.values()) {
      for (const column of this.columnsOf(session)) {
        const place = this.placeOf(session, column);
        if (place.day === day && place.from !== null) found.push({ session, place, home: column });
      }
    }
    return found.sort((one, other) => one.place.from - other.place.from || one.session.id - other.session.id);
  }

  untimed() {
    const all = [...this.sessions.values()].map((session) => ({ session, place: this.placeOf(session) }));
    return all.filter((each) => each.place.from === null);
  }

  end(place) {
    return place.to === null || place.to <= place.from ? place.from + ASSUMED : place.to;
  }

  columnName(key) {
    return this.setup.columns.find((each) => each.key === key)?.name ?? "";
  }

  dayName(day) {
    return this.setup.days.find((each) => each.day === day)?.name ?? day;
  }

  times(place) {
    return place.to === null ? clock(place.from) : `${clock(place.from)}–${clock(place.to)}`;
  }

  /** A place in words: day, times, room. */
  told(place) {
    const names = { day: this.dayName(place.day), times: this.times(place), column: this.columnName(place.column) };
    return fill(place.from === null ? this.words.tray : this.words.place, names);
  }

  /** What the form of a move would post. */
  fields(session, place, home) {
    const body = new URLSearchParams({
      version: session.version,
      day: place.day,
      start: clock(place.from),
      end: place.from === null ? "" : clock(place.to),
      start_day: stated(place.day, place.from),
      end_day: place.from === null ? "" : stated(place.day, place.to),
      room: this.setup.across === "rooms" ? (place.column === "none" ? "" : place.column) : (session.room ?? ""),
    });
    for (const party of this._parties(session, place.column, home)) body.append("parties", party);
    return body;
  }

  _parties(session, column, home) {
    if (this.setup.across !== "parties" || column === home) return session.parties;
    if (column === "none") return [];
    return [...new Set([...session.parties.map(String).filter((each) => each !== home), column])];
  }
}

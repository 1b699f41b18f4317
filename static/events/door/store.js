// What a door keeps on its device: for the day, and no more than it needs. Each mark stands under a key of its own,
// so that two windows of one browser never write over one another.
const PREFIX = "door:";

export class Store {
  constructor(event) {
    this.prefix = `${PREFIX}${event}:`;
    // Where a browser keeps nothing (a private window, a full device), marks stay as long as the page is open.
    this.unkept = new Map();
  }

  read(name) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + name));
    } catch {
      return null;
    }
  }

  write(name, value) {
    localStorage.setItem(this.prefix + name, JSON.stringify(value));
  }

  drop(name) {
    localStorage.removeItem(this.prefix + name);
  }

  /** Marks that the server has not confirmed yet, the first pressed first. */
  marks() {
    const own = `${this.prefix}mark:`;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(own));
    const kept = keys.map((key) => this.read(key.slice(this.prefix.length))).filter(Boolean);
    return [...kept, ...this.unkept.values()].sort((one, other) => one.at - other.at);
  }

  keep(mark) {
    try {
      this.write(`mark:${mark.key}`, mark);
    } catch {
      this.unkept.set(mark.key, mark);
    }
  }

  forget(key) {
    this.drop(`mark:${key}`);
    this.unkept.delete(key);
  }
}

/** Wipe names and who is in, of one event or all; marks that wait to be sent hold no name and stay. */
export function wipe(event = "") {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${PREFIX}${event}`) && !key.includes(":mark:") && key !== "door:name") localStorage.removeItem(key);
  }
}

export function uuid() {
  // Not crypto.randomUUID: it is there only where the address is a safe one, and a rehearsal may not have one.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20, 32].map((end, at) => hex.slice([0, 8, 12, 16, 20][at], end)).join("-");
}

// What a door keeps on its device: for the day, and no more than it needs. What waits to be sent (marks, newcomers)
// stands under a key of its own each, so that two windows of one browser never write over one another. So does what was
// refused; a refused mark is wiped with the names, for its reason may hold one.
const PREFIX = "door:";
const WAITS = /:(mark|new):/;

export class Store {
  constructor(event) {
    this.prefix = `${PREFIX}${event}:`;
    // Where a browser keeps nothing (a private window, a full device), what waits stays as long as the page is open.
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

  /** What the server has not confirmed yet, or refused, the first pressed first; `kind` is mark, new or refused. */
  waiting(kind) {
    const own = `${this.prefix}${kind}:`;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(own));
    const kept = keys.map((key) => this.read(key.slice(this.prefix.length))).filter(Boolean);
    const unkept = [...this.unkept].filter(([name]) => name.startsWith(`${kind}:`)).map(([, value]) => value);
    return [...kept, ...unkept].sort((one, other) => one.at - other.at);
  }

  keep(kind, key, value) {
    try {
      this.write(`${kind}:${key}`, value);
      this.unkept.delete(`${kind}:${key}`);
    } catch {
      this.unkept.set(`${kind}:${key}`, value);
    }
  }

  forget(kind, key) {
    this.drop(`${kind}:${key}`);
    this.unkept.delete(`${kind}:${key}`);
  }
}

/** Wipe names and who is in, of one event or all; what waits to be sent stays. */
export function wipe(event = "") {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${PREFIX}${event}`) && !WAITS.test(key) && key !== "door:name") localStorage.removeItem(key);
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

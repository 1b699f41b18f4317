// Between door and server: marks that wait are sent, then it is asked what others did. Whatever fails is tried again.
const POLL = 10_000;
const PATIENCE = 8_000;
const AT_ONCE = 100;

export class Sending {
  /** `tell()` draws what has changed; `entered(name)` and `refused(name)` say what the server made of somebody. */
  constructor(people, store, tell, entered, refused) {
    this.entered = entered;
    this.refused = refused;
    this.people = people;
    this.store = store;
    this.tell = tell;
    this.to = people.setup.to;
    this.state = "ready";
    this.waiting = Promise.resolve();
    setInterval(() => document.visibilityState === "visible" && this.now(), POLL);
    for (const name of ["online", "focus"]) addEventListener(name, () => this.now());
  }

  /** Send and ask, once what is on its way has come back. */
  now() {
    this.waiting = this.waiting.then(() => this.round()).catch(() => this.say("away"));
    return this.waiting;
  }

  async round() {
    if (!this.token) await this.ask();
    for (const [place, marks] of this.batches()) {
      await this.send(place, marks);
      this.tell();
    }
    const failed = await this.enterAll();
    await this.ask();
    if (failed) throw failed;
    this.say("ready");
  }

  say(state) {
    this.state = state;
    this.tell();
  }

  batches() {
    const found = [];
    const marks = this.store.waiting("mark");
    for (const place of new Set(marks.map((mark) => mark.place))) {
      const here = marks.filter((mark) => mark.place === place);
      while (here.length) found.push([place, here.splice(0, AT_ONCE)]);
    }
    return found;
  }

  async send(place, marks) {
    const answer = await this.post(this.to.marks, { place, marks });
    for (const each of answer.marks) {
      if (each.here && place === this.people.place) this.people.here.set(each.code, each.here);
      if (each.refused) this.refuse(marks.find((mark) => mark.key === each.key), each.refused);
      this.store.forget("mark", each.key);
    }
    this.people.save();
  }

  /** Send those who were written down here; what goes wrong with one of them keeps nobody from asking. */
  async enterAll() {
    try {
      for (const item of this.store.waiting("new").filter((each) => !each.refused)) await this.enter(item);
    } catch (error) {
      return error;
    }
  }

  async enter(item) {
    const answer = await this.post(this.to.newcomer, item).catch((error) => {
      if (!error.told) throw error;
      return { refused: error.told };
    });
    if (answer.person) {
      this.people.rows.set(answer.person[0], answer.person);
      this.store.forget("new", item.once);
      this.entered(item.typed.name);
    } else {
      this.store.keep("new", item.once, { ...item, refused: answer.refused, gone: answer.gone });
      this.refused(item.typed.name);
    }
    this.tell();
  }

  /** What the server would not keep stays on the screen until somebody has seen it. */
  refuse(mark, why) {
    this.store.keep("refused", mark.key, { ...mark, why });
    this.refused(this.people.name(mark.code));
  }

  async ask() {
    const place = this.people.place;
    const since = this.people.since;
    const answer = await this.fetch(`${this.to.list}?place=${place}${since ? `&since=${since}` : ""}`);
    this.token = answer.token;
    if (place === this.people.place) this.people.take(answer, !since);
  }

  /** What was pressed goes along with what this device says the time is, by which the server sets it right. */
  post(address, told) {
    const body = JSON.stringify({ ...told, now: Date.now(), device: localStorage.getItem("door:name") ?? "" });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return this.fetch(address, { method: "POST", headers, body });
  }

  async fetch(address, more = {}) {
    const headers = { Accept: "application/json", ...more.headers };
    const answer = await fetch(address, { ...more, headers, signal: AbortSignal.timeout(PATIENCE) });
    // Whoever is logged out is led to the log-in: that is no answer to a script.
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      this.token = "";
      this.loggedOut = answer.redirected;
      throw new Error(String(answer.status));
    }
    this.loggedOut = false;
    if (answer.ok) return answer.json();
    throw Object.assign(new Error(String(answer.status)), { told: answer.status === 400 ? (await answer.json()).error : "" });
  }
}

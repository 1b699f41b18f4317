// People on the screen: name large, what is to be known, one press.
export function make(tag, classes, text, attributes = {}) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export class Cards {
  /** `press(code, state)` marks somebody; `anew(row)` enters somebody whose registration has ended. */
  constructor(people, press, anew) {
    this.people = people;
    this.press = press;
    this.anew = anew;
    this.words = people.setup.words;
    this.clock = new Intl.DateTimeFormat("tr", { hour: "2-digit", minute: "2-digit", timeZone: people.setup.zone });
  }

  time(moment) {
    return this.clock.format(moment);
  }

  /** One person as an item of the list. */
  draw([code, name, organisation, state]) {
    const here = this.people.stands(code);
    const seated = state === this.people.setup.seated;
    const card = make("li", `door-card${here ? ` is-${here[0]}` : seated ? "" : " is-out"}`, undefined, { "data-code": code });
    const who = make("p", "door-who");
    who.append(make("b", "", name));
    if (organisation) who.append(make("span", "", organisation));
    who.append(make("span", "door-state", this.state(here, state)));
    if (seated && this.people.chosen && !this.people.chosen.has(code)) who.append(make("span", "", this.words.notChosen));
    card.append(who, ...this.acts(code, name, here, seated, state));
    return card;
  }

  state(here, state) {
    if (!here) return this.people.setup.states[state];
    if (here[0] !== "present") return this.people.setup.states[here[0]];
    const values = { time: this.time(here[1]), door: here[2] };
    return fill(here[2] ? this.words.sinceAt : this.words.since, values);
  }

  acts(code, name, here, seated, state) {
    if (here) return [this.button("undo", "undone", code, name, "second")];
    if (this.people.closed) return [];
    if (!seated) {
      const active = !["expired", "declined", "cancelled"].includes(state);
      return [active ? this.link("letIn", `code=${code}`) : this.enter(code, name)];
    }
    const more = make("details");
    more.append(
      make("summary", "", this.words.more, { "aria-label": `${this.words.more}: ${name}` }),
      this.button("absent", "absent", code, name, "second"),
      this.button("excused", "excused", code, name, "second"),
    );
    if (this.people.setup.mayDecide) more.append(this.link("instead", `instead=${code}`));
    return [this.button("in", "present", code, name, "door-in"), more];
  }

  button(word, state, code, name, classes) {
    const button = make("button", classes, this.words[word], { type: "button", "aria-label": `${this.words[word]}: ${name}` });
    button.addEventListener("click", () => this.press(code, state));
    return button;
  }

  enter(code, name) {
    const button = make("button", "second", this.words.anew, { type: "button", "aria-label": `${this.words.anew} ${name}` });
    button.addEventListener("click", () => this.anew(this.people.rows.get(code)));
    return button;
  }

  link(word, query) {
    return make("a", "button second", this.words[word], {
      href: `${this.people.setup.to.walk_in}?place=${this.people.place}&${query}`,
    });
  }
}

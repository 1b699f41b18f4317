// Names of the directory while one is typed: a combobox. In a line of several names, for the one being typed.
import { make } from "./draw.js";
import { fill } from "./model.js";

const PAUSE = 150; // milliseconds without a key before the directory is asked
const LEAST = 2;
let number = 0;

/** The part of a line that is being typed: what stands behind the last comma, semicolon or role. */
const lastName = (text) => /[^,;:\n]*$/.exec(text)[0];

export function suggest(field, desk, choose, { several = false } = {}) {
  const { words } = desk.model;
  const list = make("ul", "desk-offered", undefined, { role: "listbox", id: `desk-offered-${(number += 1)}`, "aria-label": words.people_offered });
  list.hidden = true;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }
  field.after(list);
  let [found, active, timer] = [[], -1, 0];

  const typed = () => (several ? lastName(field.value) : field.value).trim();

  function close() {
    clearTimeout(timer);
    [found, active] = [[], -1];
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = typed();
    if (text.length < LEAST) return close();
    const answer = await desk.server.get(`${desk.server.address("people")}?${new URLSearchParams({ q: text })}`);
    if (answer.errors || typed() !== text || document.activeElement !== field) return undefined;
    return draw(answer.people);
  }

  function draw(people) {
    [found, active] = [people, -1];
    list.replaceChildren(...people.map((person, at) => option(person, at)));
    list.hidden = !people.length;
    field.setAttribute("aria-expanded", String(people.length > 0));
    field.removeAttribute("aria-activedescendant");
    const many = people.length > 1 ? fill(words.people_found, { number: people.length }) : words.people_one;
    desk.say(people.length ? many : words.people_none);
  }

  function option(person, at) {
    const item = make("li", "", undefined, { role: "option", id: `${list.id}-${at}`, "aria-selected": "false" });
    item.append(make("b", "", person.name), " ", make("small", "", person.note));
    // Before the field is left, which would close the list.
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(person);
    });
    return item;
  }

  function go(way) {
    if (!found.length) return;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (active + way + found.length) % found.length;
    list.children[active].setAttribute("aria-selected", "true");
    list.children[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function take(person) {
    const twins = found.filter((each) => each.name === person.name).length > 1;
    close();
    if (several) {
      const told = twins && person.note ? `${person.name} (${person.note})` : person.name;
      field.value = field.value.replace(/[^,;:\n]*$/, (part) => (/^\s/.test(part) ? " " : "") + told);
    } else choose(person);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const keys = { ArrowDown: () => go(1), ArrowUp: () => go(-1), Escape: close, Enter: () => take(found[active]) };
    if (!(event.key in keys) || (event.key === "Enter" && active < 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.stopPropagation();
    keys[event.key]();
  });
}

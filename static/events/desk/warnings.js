// The list of warnings: reason, and a way to each session concerned.
import { make } from "./draw.js";
import { fill } from "./model.js";

const MOST = 60;

/** One warning with a button to every session of this programme that it names. */
export function warning(conflict, desk) {
  const item = make("li", `is-${conflict.severity}`);
  item.append(make("strong", "", conflict.label), conflict.message, " ");
  for (const id of conflict.sessions) {
    const session = desk.model.sessions.get(id);
    if (!session) continue;
    const place = desk.model.placeOf(session);
    const when = place.from === null ? desk.model.words.untimed : `${desk.shortDay(place.day)} ${desk.model.times(place)}`;
    const jump = make("button", "desk-jump", when, {
      type: "button",
      "aria-label": `${fill(desk.model.words.jump, { title: session.title })}, ${when}`,
    });
    jump.addEventListener("click", () => desk.jump(id));
    item.append(jump);
  }
  return item;
}

export function listWarnings(desk) {
  const { conflicts, words } = desk.model;
  const items = conflicts.slice(0, MOST).map((each) => warning(each, desk));
  if (conflicts.length > MOST) items.push(make("li", "", fill(words.more_warnings, { number: conflicts.length - MOST })));
  if (!conflicts.length) items.push(make("li", "", words.nothing_clashes));
  desk.parts.list.replaceChildren(...items);
  const number = conflicts.length;
  const text = number === 1 ? words.warnings_one : number ? fill(words.warnings, { number }) : words.nothing_clashes;
  desk.parts.warned.textContent = text;
  desk.parts.warned.classList.toggle("is-high", conflicts.some((each) => each.severity === "high"));
}

// The list of warnings: reason, a way to each session concerned, and the note with which an officer lets one stand.
import { make } from "./draw.js";
import { fill } from "./model.js";

const MOST = 60;

/** One warning with a button to every session of this programme that it names. */
export function warning(conflict, desk, { accepted = false, act = null } = {}) {
  const { words } = desk.model;
  const item = make("li", `is-${conflict.severity}`);
  item.append(make("strong", "", conflict.label), conflict.message, " ");
  for (const id of conflict.sessions) {
    const session = desk.model.sessions.get(id);
    if (!session) continue;
    const place = desk.model.placeOf(session);
    const when = place.from === null ? words.untimed : `${desk.shortDay(place.day)} ${desk.model.times(place)}`;
    const jump = make("button", "desk-jump", when, {
      type: "button",
      "aria-label": `${fill(words.jump, { title: session.title })}, ${when}`,
    });
    jump.addEventListener("click", () => desk.jump(id));
    item.append(jump);
  }
  if (conflict.said) item.append(make("span", "event-accepted", fill(accepted ? words.said : words.said_before, conflict)));
  if (act && desk.mayEdit) item.append(act(conflict, desk));
  return item;
}

/** A line to write why it may stay, folded away. */
function accepting(conflict, desk) {
  const { words } = desk.model;
  const fold = make("details");
  const form = make("form", "event-accept");
  const label = make("label", "", words.accept_why);
  const note = make("input", "", undefined, { type: "text", name: "note", maxlength: 300, required: "", autocomplete: "off" });
  const trouble = make("p", "desk-error");
  label.append(note);
  form.append(label, make("button", "button button-small button-secondary", words.accept_do, { type: "submit" }), trouble);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = await post("accept_warning", conflict, desk, { note: note.value });
    if (!trouble.textContent) note.value = "";
  });
  fold.append(make("summary", "", words.accept), form);
  fold.addEventListener("toggle", () => fold.open && note.focus());
  return fold;
}

function reopening(conflict, desk) {
  const button = make("button", "button button-small button-secondary", desk.model.words.reopen, { type: "button" });
  button.addEventListener("click", () => post("reopen_warning", conflict, desk));
  return button;
}

/** Ask the server; gives what it had against it. */
async function post(name, { code: rule, keys, fingerprint }, desk, more = {}) {
  const answer = await desk.act(name, new URLSearchParams({ rule, keys, fingerprint, ...more }));
  if (!answer.errors) desk.parts.warned.focus();
  return answer.errors ? Object.values(answer.errors).flat().join(" ") : "";
}

const isTyping = (list) => [...list.querySelectorAll("input")].some((each) => each.value || each === document.activeElement);

export function listWarnings(desk) {
  const { conflicts, words } = desk.model;
  // A list that comes anew would take away what somebody is writing in it.
  if (!isTyping(desk.parts.list)) listOpen(desk, conflicts);
  listAccepted(desk);
  const number = conflicts.length;
  const text = number === 1 ? words.warnings_one : number ? fill(words.warnings, { number }) : words.nothing_clashes;
  desk.parts.warned.textContent = text;
  desk.parts.warned.classList.toggle("is-high", conflicts.some((each) => each.severity === "high"));
}

function listOpen(desk, conflicts) {
  const { words } = desk.model;
  const items = conflicts.slice(0, MOST).map((each) => warning(each, desk, { act: accepting }));
  if (conflicts.length > MOST) items.push(make("li", "", fill(words.more_warnings, { number: conflicts.length - MOST })));
  if (!conflicts.length) items.push(make("li", "", words.nothing_clashes));
  desk.parts.list.replaceChildren(...items);
}

function listAccepted(desk) {
  const { accepted, words } = desk.model;
  const fold = desk.parts.root.querySelector('[data-part="accepted"]');
  const number = accepted.length;
  fold.hidden = !number;
  fold.querySelector("summary").textContent = number === 1 ? words.accepted_one : fill(words.accepted, { number });
  fold.querySelector("ul").replaceChildren(...accepted.map((each) => warning(each, desk, { accepted: true, act: reopening })));
}

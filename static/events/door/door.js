// The door. Everything is looked up on the device and written there first; the server hears of it when it can.
import { Cards, fill } from "./cards.js";
import { Newcomers } from "./newcomers.js";
import { People } from "./people.js";
import { Refused } from "./refused.js";
import { DECODER, Scanner } from "./scan.js";
import { Sending } from "./sending.js";
import { Store, uuid, wipe } from "./store.js";

const MOST = 30;
const setup = JSON.parse(document.getElementById("door-setup").textContent);
const words = setup.words;
const root = document.getElementById("door");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const field = document.getElementById("door-q");
const place = document.getElementById("door-place");
const store = new Store(setup.event);
setup.place = new URLSearchParams(location.search).get("place") ?? setup.place;
const people = new People(setup, store);
const cards = new Cards(people, press, ([, name, organisation]) => newcomers.open({ typed: { name, organisation } }));
const newcomers = new Newcomers(root, people, store, cards, written);
const refused = new Refused(root, people, store, cards, {
  correct: (item) => newcomers.open(item),
  lookUp,
  seen: () => say(""),
  place: (key) => option(key)?.textContent.trim().replace(/^– /, "") ?? "",
});
const sending = new Sending(
  people,
  store,
  draw,
  (name) => say(fill(words.isIn, { name })),
  (name) => say(fill(words.isRefused, { name }), true),
);
const scanner = new Scanner(part("camera"), scanned, () => say(words.camera, true));
let spoken = "";
let holds = () => true;
// What the camera read, which is nobody's name.
let read = "";

/** Say something to whoever listens, or on the screen; there it stands as long as it holds. */
function say(text, shown = false, still = () => true) {
  part("said").textContent = shown ? "" : text;
  spoken = shown ? text : "";
  holds = still;
  draw();
}

/** Write down what was pressed, show it, and send it. */
function press(code, state) {
  const key = uuid();
  store.keep("mark", key, { key, code, state, at: Date.now(), place: people.place });
  const name = people.name(code);
  const told = { present: words.isIn, undone: words.isBack }[state] ?? words.isMarked;
  say(fill(told, { name, state: setup.states[state] }));
  root.querySelector(`[data-code="${code}"] button`)?.focus();
  sending.now();
}

/** Somebody was written down here: kept on the device until the server has answered, from whichever window it was asked. */
function written(text, once) {
  field.value = "";
  say(text, true, () => newcomers.waits(once));
  sending.now();
}

/** Who is looked for and not found is most likely whoever stands there. What has a digit is a code. */
function wanted() {
  const name = field.value.trim().replace(/\s+/g, " ");
  return !name || name === read || /\d/.test(name) || people.find(name, 1).rows.length ? {} : { name };
}

function option(key) {
  return [...place.options].find((each) => each.value === key);
}

/** Show whom a press was for, at the place where it was pressed. */
function lookUp(mark) {
  if (mark.place !== people.place && option(mark.place)) {
    place.value = mark.place;
    go(mark.place);
  }
  field.value = mark.code.toUpperCase();
  say("");
}

function scanned(text) {
  field.value = read = text.trim();
  navigator.vibrate?.(40);
  say(people.rows.has(text.trim().toLowerCase()) ? "" : words.unknownCode, true);
  draw();
}

function draw() {
  people.waiting = store.waiting("mark");
  const { present, expected } = people.counts();
  part("present").textContent = present;
  part("expected").textContent = expected;
  drawClosed();
  drawLine();
  refused.draw();
  newcomers.draw();
  part("ready").hidden = !people.known;
  part("ready").textContent = fill(words.ready, { count: people.rows.size, time: cards.time(people.at) });
  drawCards();
}

/** Before the door opens one may look and try; the page notices by itself when it does. */
function drawClosed() {
  const closed = people.closed;
  part("closed").hidden = !closed;
  part("others").hidden = Boolean(closed);
  if (part("opens").textContent !== closed) part("opens").textContent = closed;
}

function drawLine() {
  const line = part("line");
  const said = [];
  if (sending.loggedOut) said.push(words.loggedOut);
  else if (sending.state === "away") said.push(people.known ? words.away : words.noList);
  const most = setup.most[people.place];
  if (most && people.counts().present >= most) said.push(fill(words.sessionFull, { count: most }));
  const count = people.waiting.length + newcomers.waiting.length;
  if (count) said.push(fill(words.waiting, { count }));
  if (!holds()) spoken = "";
  if (spoken) said.push(spoken);
  const text = said.join(" · ");
  if (line.dataset.text === text) return;
  line.dataset.text = text;
  line.textContent = text;
  line.hidden = !text;
  if (sending.loggedOut) line.append(" ", Object.assign(document.createElement("a"), { href: location.href, textContent: words.logIn }));
}

function drawCards() {
  const text = field.value.trim();
  const { rows, more } = text ? people.find(text, MOST) : { rows: people.recent(10), more: 0 };
  const heading = part("heading");
  heading.textContent = text ? words.found : words.recent;
  heading.classList.toggle("unseen", Boolean(text) || !rows.length);
  // What has not become another stays: a press must not land on what was moved under the finger, nor a menu close.
  const shape = JSON.stringify([text, people.place, more, people.closed, rows.map((row) => [row, people.stands(row[0]), people.chosen?.has(row[0])])]);
  if (part("cards").dataset.shape === shape) return;
  part("cards").dataset.shape = shape;
  const held = document.activeElement?.closest?.("[data-code]")?.dataset.code;
  const items = rows.map((row) => cards.draw(row));
  const note = more ? fill(words.tooMany, { count: more }) : text && !rows.length && people.known ? words.nobody : "";
  if (note) items.push(Object.assign(document.createElement("li"), { textContent: note }));
  part("cards").replaceChildren(...items);
  if (held) root.querySelector(`[data-code="${held}"] button`)?.focus({ preventScroll: true });
}

function go(key) {
  people.go(key);
  history.replaceState(null, "", `?place=${key}`);
  part("newcomer").href = `${setup.to.walk_in}?place=${key}`;
  draw();
  sending.now();
}

async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(setup.to.worker);
    const ready = await navigator.serviceWorker.ready;
    const parts = performance.getEntriesByType("resource").map((each) => each.name.split("?")[0]);
    const own = parts.filter((url) => url.startsWith(`${location.origin}/static/`));
    const decoder = [DECODER, new URL("index.js", DECODER).href];
    ready.active.postMessage({ keep: [location.pathname, ...new Set([...own, ...decoder])] });
  } catch {
    // Without it the page goes on as long as it is open; only a reload needs the connection.
  }
}

for (const plain of root.querySelectorAll("[data-plain]")) plain.hidden = true;
part("find").addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", () => {
  spoken = "";
  draw();
});
place.value = people.place;
place.addEventListener("change", () => go(place.value));
if (Scanner.possible()) {
  part("scan").hidden = false;
  part("scan").addEventListener("click", () => scanner.start());
}
part("newcomer").addEventListener("click", (event) => {
  event.preventDefault();
  newcomers.open({ typed: wanted() });
});
part("stop").addEventListener("click", () => scanner.stop());
const named = document.getElementById("door-name");
named.value = localStorage.getItem("door:name") ?? "";
named.addEventListener("change", () => localStorage.setItem("door:name", named.value.trim()));
part("named").hidden = false;
part("leave").addEventListener("click", async (event) => {
  event.preventDefault();
  await sending.now();
  const count = store.waiting("mark").length + newcomers.waiting.length;
  if (count) return say(fill(words.stillWaiting, { count }), true);
  if (refused.any) return say(words.stillRefused, true);
  scanner.stop();
  wipe(`${setup.event}:`);
  location.href = event.target.href;
});
addEventListener("storage", draw);
draw();
sending.now();
keepPage();

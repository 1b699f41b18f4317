// Who else is in this programme now: a line in the bar, and a word in the panel where two have one session open.
import { fill } from "./model.js";

const POLL = 20_000;

export function followOthers(desk) {
  const { root } = desk.parts;
  const { words } = desk.model;
  const line = root.querySelector("[data-part=here]");
  // Of its own: who came must not talk over what an act just did.
  const news = root.querySelector("[data-part=came]");
  const note = desk.panel.part("with");
  const address = desk.server.address("here");
  let others = [];
  let turn = 0;

  async function tell() {
    if (document.hidden) return;
    const mine = (turn += 1);
    const body = new URLSearchParams({ session: desk.drawing.chosen ?? "" });
    const answer = await desk.server.send(address, body);
    if (answer.errors || mine !== turn) return;
    const known = new Set(others.map((each) => each.user));
    const came = answer.here.filter((each) => !known.has(each.user));
    others = answer.here;
    draw();
    if (came.length) news.textContent = came.map((each) => fill(words.came, each)).join(" ");
  }

  function draw() {
    line.textContent = others.length ? told() : words.alone;
    const beside = desk.drawing.chosen ? others.filter((each) => each.session === desk.drawing.chosen) : [];
    note.hidden = !beside.length;
    note.textContent = beside.map((each) => fill(words.same_session, each)).join(" ");
  }

  function told() {
    const names = others.map((each) => {
      const title = desk.model.sessions.get(each.session)?.title;
      return title ? fill(words.with_session, { name: each.name, title }) : each.name;
    });
    return fill(words.also_here, { names: names.join("; ") });
  }

  desk.others = tell;
  const timer = setInterval(tell, POLL);
  addEventListener("focus", tell);
  tell();
  return () => {
    clearInterval(timer);
    removeEventListener("focus", tell);
  };
}

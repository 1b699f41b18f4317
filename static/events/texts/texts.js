// The translation table: each text is saved when its field is left, one after the other; a key goes to the next open one.
const { Controller } = window.StimulusModule;
const OPEN = new Set(["missing", "stale"]);

class TextsController extends Controller {
  static targets = ["cell", "live"];
  static values = { failed: String, ended: String, none: String, pages: Number, next: String };

  connect() {
    this.last = Promise.resolve();
    this.waiting = 0;
    const listen = (name, act) => this.element.addEventListener(name, act);
    listen("change", (event) => event.target.matches("textarea") && this.save(this.cellOf(event.target)));
    listen("keydown", (event) => this.press(event));
    listen("submit", (event) => event.preventDefault());
    listen("click", (event) => this.click(event));
    // What is typed and not yet stored must not be lost with the page.
    this.leave = (event) => (this.waiting || this.dirty().length) && event.preventDefault();
    addEventListener("beforeunload", this.leave);
    if (location.hash === "#open") this.go(this.open(0));
  }

  disconnect() {
    removeEventListener("beforeunload", this.leave);
  }

  cellOf(element) {
    return element.closest("[data-texts-target=cell]");
  }

  field(cell) {
    return cell.querySelector("textarea");
  }

  dirty() {
    return this.cellTargets.map((cell) => this.field(cell)).filter((field) => field.value !== field.defaultValue);
  }

  press(event) {
    const field = event.target;
    if (!field.matches("textarea")) return;
    if (event.key === "Escape" && field.value !== field.defaultValue) {
      field.value = field.defaultValue;
      event.preventDefault();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.forward(this.cellOf(field));
    }
  }

  /** Save this one; then to the next that is missing or stale, further down, from the top, or on the next page. */
  async forward(cell) {
    if (this.field(cell).value !== this.field(cell).defaultValue) this.save(cell);
    const after = this.open(this.cellTargets.indexOf(cell) + 1, cell);
    if (after) return this.go(after);
    await this.last;
    const first = this.open(0, cell);
    if (first) return this.go(first);
    if (this.pagesValue > 1 && this.nextValue && !this.dirty().length) {
      // Where only the hash would change, the browser would stay.
      if (this.nextValue === location.search) {
        location.hash = "open";
        location.reload();
      } else location.assign(`${this.nextValue}#open`);
      return undefined;
    }
    return this.say(this.noneValue);
  }

  open(from, except) {
    const fit = (each) => OPEN.has(each.dataset.state) && each !== except && each.dataset.busy === undefined;
    return this.cellTargets.slice(from).find(fit);
  }

  go(cell) {
    if (!cell) return;
    const field = this.field(cell);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    cell.scrollIntoView({ block: "nearest" });
  }

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const cell = this.cellOf(button);
    const field = this.field(cell);
    if (button.dataset.edit !== undefined) {
      field.value = button.dataset.edit;
      this.go(cell);
    } else if (button.name === "mine") {
      this.save(cell, {}, true);
    } else if (button.name) {
      if (button.name === "keep") field.value = field.defaultValue;
      this.save(cell, { [button.name]: button.value });
      field.focus();
    }
  }

  /** One after the other, so that each save knows what the one before it left. */
  save(cell, pressed = {}, again = false) {
    this.waiting += 1;
    cell.dataset.busy = "";
    const turn = () => this.post(cell, pressed, again).finally(() => {
      this.waiting -= 1;
      delete cell.dataset.busy;
    });
    this.last = this.last.then(turn, turn);
    return this.last;
  }

  async post(cell, pressed, again) {
    const field = this.field(cell);
    const sent = field.value;
    // What was refused is sent again only once it was changed, or a button says so.
    const idle = sent === field.defaultValue || sent === cell.refused;
    if (idle && !Object.keys(pressed).length && !again) return;
    cell.classList.add("is-saving");
    const answer = await this.ask(this.body(cell, sent, pressed));
    cell.classList.remove("is-saving");
    if (answer.cells) this.show(answer, cell, sent);
    else this.trouble(cell, answer.trouble);
  }

  body(cell, sent, pressed) {
    const body = new URLSearchParams(pressed);
    body.set("csrfmiddlewaretoken", this.element.elements.csrfmiddlewaretoken.value);
    body.set(cell.dataset.key, sent);
    for (const each of cell.parentElement.querySelectorAll("[data-texts-target=cell]")) {
      const seen = each.querySelector("input[type=hidden]");
      body.set(seen.name, seen.value);
    }
    return body;
  }

  async ask(body) {
    try {
      const options = { method: "POST", body, credentials: "same-origin", headers: { accept: "application/json" } };
      const response = await fetch(this.element.action, options);
      if (response.redirected) return { trouble: this.endedValue };
      const json = (response.headers.get("content-type") ?? "").includes("application/json");
      return json ? await response.json() : { trouble: this.failedValue };
    } catch {
      return { trouble: this.failedValue };
    }
  }

  show(answer, asked, sent) {
    for (const cell of this.cellTargets) {
      const told = answer.cells[cell.dataset.key];
      if (told) this.put(cell, told, cell === asked ? sent : null);
    }
    for (const each of document.querySelectorAll("[data-count]")) each.textContent = answer.counts[each.dataset.count] ?? 0;
    this.say(answer.said);
  }

  /** What is stored now; a field keeps what was typed in it meanwhile, or was refused. */
  put(cell, told, sent) {
    const field = this.field(cell);
    const untouched = field.value === (sent ?? field.defaultValue);
    field.defaultValue = told.text;
    if (untouched && !told.refused) field.value = told.text;
    cell.querySelector("input[type=hidden]").value = told.seen;
    cell.dataset.state = told.state;
    cell.refused = told.refused ? sent : null;
    if (told.refused) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    this.notes(cell).innerHTML = told.notes;
  }

  notes(cell) {
    return cell.querySelector(".texts-notes");
  }

  trouble(cell, text) {
    const line = document.createElement("p");
    line.className = "texts-error";
    line.textContent = text;
    this.notes(cell).querySelector(".texts-error")?.remove();
    this.notes(cell).prepend(line);
    this.say(text);
  }

  say(text) {
    this.liveTarget.textContent = text;
  }
}

window.wagtail.app.register("texts", TextsController);

// Talking to the server: one act after the other, each with the version the row has by then.

export class Server {
  constructor(setup, model) {
    this.setup = setup;
    this.model = model;
    this.last = Promise.resolve();
    this.token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  address(name, id) {
    return id === undefined ? this.setup.addresses[name] : this.setup.addresses[name].replace("/0/", `/${id}/`);
  }

  /** Do an act once those before it are answered; ``body`` may be a function, called when it is its turn. */
  post(url, body) {
    const turn = () => this._ask(`${url}?since=${encodeURIComponent(this.model.since)}`, {
      method: "POST",
      body: typeof body === "function" ? body() : body,
      headers: { accept: "application/json", "X-CSRFToken": this.token },
    });
    this.last = this.last.then(turn, turn);
    return this.last;
  }

  /** What changed since the last answer; with the warnings where they are wanted. */
  state(warnings) {
    const query = new URLSearchParams({ since: this.model.since, ...(warnings ? { warnings: "" } : {}) });
    return this._ask(`${this.setup.addresses.state}?${query}`, { headers: { accept: "application/json" } });
  }

  /** A question that needs no turn. */
  get(url) {
    return this._ask(url, { headers: { accept: "application/json" } });
  }

  /** Something that changes no session and waits for nothing. */
  send(url, body) {
    return this._ask(url, { method: "POST", body, headers: { accept: "application/json", "X-CSRFToken": this.token } });
  }

  /** A piece of a page, as ``html``. */
  page(url) {
    return this._ask(url, { headers: { accept: "text/html" } }, "html");
  }

  async _ask(url, options, wanted = "json") {
    const { words } = this.setup;
    try {
      const response = await fetch(url, { ...options, credentials: "same-origin" });
      const json = (response.headers.get("content-type") ?? "").includes("application/json");
      if (json) return { status: response.status, ...(await response.json()) };
      if (wanted === "html" && response.ok && !response.redirected) return { status: response.status, html: await response.text() };
      const trouble = response.redirected ? words.logged_out : response.status === 404 ? words.gone : words.failed;
      return { status: response.redirected ? 401 : response.status, errors: { "": [trouble] } };
    } catch {
      return { status: 0, errors: { "": [words.offline] } };
    }
  }
}

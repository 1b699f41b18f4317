// The list of jobs keeps the cells of unfinished ones up to date. It touches nothing that has the focus, says only what
// changed, and offers newer jobs instead of moving the list under the reader's eyes.
const { Controller } = window.StimulusModule;
const OFTEN = 3_000;
const SELDOM = 20_000;

class JobListController extends Controller {
  static targets = ["newer", "link", "said"];
  static values = { url: String, newest: Number };

  connect() {
    this.drawn = new Map();
    this.wait();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  get open() {
    return [...this.element.querySelectorAll("[data-job][data-open]")];
  }

  wait() {
    this.timer = setTimeout(() => this.look(), this.open.length ? OFTEN : SELDOM);
  }

  async look() {
    if (!document.hidden) {
      const query = new URLSearchParams([["after", this.newestValue], ...this.open.map((cell) => ["job", cell.dataset.job])]);
      try {
        const answer = await fetch(`${this.urlValue}?${query}`, { headers: { Accept: "application/json" } });
        if (answer.ok) this.show(await answer.json());
      } catch {
        // The server is away for a moment; the next look tells.
      }
    }
    this.wait();
  }

  show({ jobs, newer }) {
    const said = [];
    for (const cell of this.open) {
      const told = jobs[cell.dataset.job];
      if (!told || !this.draw(cell, told.state)) continue;
      const outcome = this.element.querySelector(`[data-job="${cell.dataset.job}"][data-part="outcome"]`);
      if (outcome) this.draw(outcome, told.outcome);
      if (cell.dataset.key !== told.key) said.push(told.said);
      cell.dataset.key = told.key;
      if (told.ended) delete cell.dataset.open;
    }
    if (said.length) this.saidTarget.textContent = said.join(". ");
    if (newer) this.linkTarget.hidden = false;
  }

  /** Whether the cell now shows this; one that has the focus waits until it has lost it. */
  draw(cell, html) {
    if (this.drawn.get(cell) === html) return true;
    if (cell.contains(document.activeElement)) return false;
    cell.innerHTML = html;
    this.drawn.set(cell, html);
    return true;
  }
}

window.wagtail.app.register("job-list", JobListController);

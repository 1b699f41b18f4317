// A page that waits for one job: moves the bar, says how far it is, and shows what came of it when it ends.
// Without this script the page loads itself anew every few seconds.
const { Controller } = window.StimulusModule;
const OFTEN = 1_000;
// Spoken at most this often: who listens wants to know that it goes on, not each per cent.
const SPEAK = 10_000;

class JobProgressController extends Controller {
  static targets = ["bar", "said"];
  static values = { url: String };

  connect() {
    this.spoken = Date.now();
    this.timer = setTimeout(() => this.look(), OFTEN);
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  async look() {
    try {
      const answer = await fetch(this.urlValue, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      if (told.ended) {
        location.reload();
        return;
      }
      this.show(told);
    } catch {
      // The server is away for a moment; the work itself does not hang on this page.
    }
    this.timer = setTimeout(() => this.look(), OFTEN);
  }

  show(told) {
    // Never backwards: of several processes one may know less than another.
    if (told.percent !== null) this.barTarget.value = Math.max(this.barTarget.value || 0, told.percent);
    if (told.percent === null || Date.now() - this.spoken >= SPEAK) {
      if (this.saidTarget.textContent !== told.said) this.saidTarget.textContent = told.said;
      this.spoken = Date.now();
    }
  }
}

window.wagtail.app.register("job-progress", JobProgressController);

// Ask whether the document is there rather than load the page again and again: that would interrupt whoever reads it.
const pause = Number(document.querySelector("[data-waits]").dataset.waits) * 1000;

async function ask() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (answer.status !== 202) {
      location.reload();
      return;
    }
  } catch {
    // Away for a moment: ask again.
  }
  setTimeout(ask, pause);
}

setTimeout(ask, pause);

// While a paper is being made: the part that lists papers is fetched anew. What is chosen in the forms stays.
const EVERY = 3_000;

async function look() {
  const shown = document.getElementById("papers");
  if (!shown?.hasAttribute("data-waits")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("papers");
    if (fresh) shown.replaceWith(fresh);
  } catch {
    // No connection: the next time will do.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);

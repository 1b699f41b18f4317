// Writes the reader's own time beside each time that reads differently where the reader is.

const own = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short" });

/** The instant's wall clock here, with the weekday where the date is another one. */
function here(time) {
  const instant = new Date(time.dataset.from);
  const date = `${instant.getFullYear()}-${String(instant.getMonth() + 1).padStart(2, "0")}-${String(instant.getDate()).padStart(2, "0")}`;
  const clock = own.format(instant);
  return date === time.dateTime.slice(0, 10) ? clock : `${day.format(instant)} ${clock}`;
}

export function showOwnTimes() {
  const clock = document.querySelector(".clock");
  let different = false;
  for (const time of document.querySelectorAll("time[data-from]")) {
    const own = here(time);
    if (own === time.dateTime.slice(11, 16)) continue;
    different = true;
    const note = document.createElement("span");
    note.className = "own";
    const label = note.appendChild(document.createElement("span"));
    label.className = "unseen";
    label.textContent = `${clock.dataset.own} `;
    note.append(own);
    time.closest(".when").append(note);
  }
  if (different) {
    const note = clock.appendChild(document.createElement("i"));
    note.textContent = clock.dataset.note;
  }
}

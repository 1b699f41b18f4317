// On the day itself a line shows where the programme has got to: to the minute beside the time column,
// above the running session on a phone.

const MINUTE = 60_000;

function running(elements, now) {
  return [...elements].find((each) => Date.parse(each.dataset.from) <= now && now < Date.parse(each.dataset.to));
}

/** How far down its section the line belongs, in pixels, or null when nothing runs. */
function height(section, now) {
  const top = section.getBoundingClientRect().top;
  const ticks = [...section.querySelectorAll(".tick")].filter((tick) => tick.offsetParent);
  const tick = running(ticks, now);
  if (tick) {
    const from = Date.parse(tick.dataset.from);
    const share = (now - from) / (Date.parse(tick.dataset.to) - from);
    const box = tick.getBoundingClientRect();
    return box.top - top + box.height * share;
  }
  const time = ticks.length ? null : running(section.querySelectorAll("time[data-to]"), now);
  return time ? time.closest(".session").getBoundingClientRect().top - top : null;
}

/** The line stands between the event's times, so it tells the time by the event's clock too. */
function clockOfTheEvent() {
  const told = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat(document.documentElement.lang, { ...told, timeZone: document.querySelector(".clock").dataset.zone });
  } catch {
    return { format: () => "" }; // a zone that this browser has not heard of: the line alone is true as well
  }
}

export function drawNow() {
  const line = document.createElement("div");
  line.className = "now";
  line.setAttribute("aria-hidden", "true");
  const label = line.appendChild(document.createElement("span"));
  const clock = clockOfTheEvent();

  const draw = () => {
    const now = Date.now();
    line.remove();
    for (const section of document.querySelectorAll(".day")) {
      const at = height(section, now);
      if (at === null) continue;
      label.textContent = clock.format(now);
      line.style.top = `${at}px`;
      section.append(line);
      return;
    }
  };
  draw();
  document.fonts.ready.then(draw); // they come after the first sight of the page, and move what stands below
  setInterval(draw, MINUTE);
  addEventListener("resize", draw);
  document.addEventListener("toggle", draw, true);
}

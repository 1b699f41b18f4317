// Wall-clock times of a programme day as minutes after the midnight it begins with. A day goes from 04:00 to
// 04:00, as events/building/clock.py says; a date is stated only where the clock alone would tell another one.

export const STEP = 5;
export const DAY_BEGINS = 4 * 60;
export const DAY_ENDS = DAY_BEGINS + 24 * 60;
/** How long a session without an end is drawn, and how long one becomes that gets its first time. */
export const ASSUMED = 30;
export const NEW_LENGTH = 60;

export const snap = (minutes, step = STEP) => Math.round(minutes / step) * step;
export const within = (value, least, most) => Math.min(Math.max(value, least), most);

export function clock(minutes) {
  if (minutes === null) return "";
  const rest = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}

export function later(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The date of a time where it has to be said, else an empty string. */
export function stated(day, minutes) {
  if (minutes === null) return "";
  const date = later(day, Math.floor(minutes / 1440));
  const rest = ((minutes % 1440) + 1440) % 1440;
  return date === later(day, rest < DAY_BEGINS ? 1 : 0) ? "" : date;
}

/** What somebody typed as a time: 9:30, 09.30, 930; null for anything else. */
export function typed(text) {
  const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(text.trim());
  if (!found || found[1] > 23 || found[2] > 59) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return minutes < DAY_BEGINS ? minutes + 1440 : minutes;
}

// Show a question only where the answers before it lead to it. Without this script all are shown, each with its condition in words.
const asked = [...document.querySelectorAll("[data-condition]")];

function answer(key) {
  const fields = [...document.querySelectorAll(`[name="q-${key}"]`)].filter((each) => !each.closest("[hidden]"));
  // A file that was sent before is an answer, unless it is to be removed.
  const kept = document.querySelector(`[data-kept="q-${key}"]`);
  if (kept && !kept.closest("[hidden]") && !kept.querySelector("input:checked")) return ["file"];
  const values = fields
    .filter((each) => (each.type === "radio" || each.type === "checkbox" ? each.checked : each.value.trim() !== ""))
    .map((each) => each.value.trim());
  return values;
}

function comparable(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const number = Number(String(text).replace(",", "."));
  return Number.isNaN(number) ? null : number;
}

function met(test) {
  const values = answer(test.question);
  const wanted = test.value === true ? "yes" : test.value === false ? "no" : String(test.value ?? "");
  const same = values.some((each) => each === wanted || (comparable(each) !== null && comparable(each) === comparable(wanted)));
  if (test.is === "answered") return values.length > 0;
  if (test.is === "differs") return !same;
  if (test.is === "equals") return same;
  const [first, second] = [comparable(values[0] ?? ""), comparable(wanted)];
  if (!values.length || first === null || second === null || typeof first !== typeof second) return false;
  return test.is === "more" ? first > second : first < second;
}

// A consent that only hidden questions need is not asked either.
const tied = [...document.querySelectorAll("[data-for]")];
const hidden = (name) => document.querySelector(`[data-asks="${name}"]`)?.hidden;

function look() {
  for (const each of asked) {
    const { match, tests } = JSON.parse(each.dataset.condition);
    each.hidden = !(match === "any" ? tests.some(met) : tests.every(met));
  }
  for (const each of tied) each.hidden = each.dataset.for.split(" ").every(hidden);
}

for (const each of asked) each.querySelector(".condition")?.remove();
document.addEventListener("input", look);
document.addEventListener("change", look);
look();

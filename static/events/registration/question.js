// A question in the admin: only what its kind needs is shown, and a condition offers the answers that can be given.
const value = (name) => document.querySelector(`[name="${name}"]`)?.value;
const block = (name) => document.querySelector(`[name="${name}"]`)?.closest(".w-field__wrapper");

function show(name, wanted) {
  const found = block(name);
  if (found) found.hidden = !wanted;
}

function look() {
  const kind = value("kind");
  show("choices", kind === "choice" || kind === "choices");
  show("megabytes", kind === "file");
  show("consent", value("legal_basis") === "consent" || Boolean(value("consent")));
  for (const row of document.querySelectorAll(".reg-test")) {
    const asked = row.querySelector("select[name$=_question]");
    const typed = row.querySelector("input[name$=_value]");
    typed.setAttribute("list", asked.value ? `reg-answers-${asked.value}` : "");
    typed.closest(".reg-test-value").hidden = !asked.value || row.querySelector("select[name$=_is]").value === "answered";
    row.querySelector("select[name$=_is]").closest(".reg-test-is").hidden = !asked.value;
  }
  const rows = [...document.querySelectorAll(".reg-test")];
  rows.forEach((row, place) => {
    row.hidden = place > 0 && !rows[place - 1].querySelector("select[name$=_question]").value && !row.querySelector("select[name$=_question]").value;
  });
  const several = rows.filter((row) => row.querySelector("select[name$=_question]").value).length > 1;
  show("match", several);
}

document.addEventListener("change", look);
look();

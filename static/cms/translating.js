// wagtail-localize's editor names one button in English whoever reads: it gets the words that this script was given.
const { words } = document.currentScript.dataset;

function name(within) {
  for (const each of within.querySelectorAll(".w-dropdown__toggle .w-sr-only")) {
    if (each.textContent === "More actions" && words !== "More actions") each.textContent = words;
  }
}

addEventListener("DOMContentLoaded", () => {
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;
  name(editor);
  new MutationObserver(() => name(editor)).observe(editor, { childList: true, subtree: true });
});

// The address can be marked and copied by hand; where scripts run, a button does it.
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = button.closest(".field").querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.done;
    } catch {
      // No permission, or a page that came without TLS: the address is marked, the keyboard does the rest.
      status.textContent = button.dataset.failed;
    }
  });
}

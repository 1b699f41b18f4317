// A link to a session opens its details; so does printing, for all of them.

export function openTarget() {
  const open = () => {
    const details = location.hash.startsWith("#s-") && document.getElementById(location.hash.slice(1))?.querySelector("details");
    if (details) details.open = true;
  };
  open();
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll(".session details").forEach((each) => (each.open = true)));
}

// Marks the tab of the day that is being read.

export function followDays() {
  const tabs = new Map([...document.querySelectorAll(".tabs a")].map((tab) => [tab.hash.slice(1), tab]));
  const mark = (id) => {
    for (const [key, tab] of tabs) {
      if (key !== id) tab.removeAttribute("aria-current");
      else if (tab.getAttribute("aria-current") !== "true") {
        tab.setAttribute("aria-current", "true");
        tab.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
  };
  const seen = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.isIntersecting && mark(entry.target.id)),
    { rootMargin: "-25% 0px -70% 0px" },
  );
  document.querySelectorAll(".day").forEach((section) => seen.observe(section));
}

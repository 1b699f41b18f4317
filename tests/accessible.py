"""What a browser can say of a page for everybody: axe's findings, the way of the Tab key, what is too wide."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Axe leaves WCAG 2.2's own rule out unless it is asked for. What is scrolled away is judged too.
ALL = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: The only rules for which another colour scheme makes another page.
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
#: More than any page has to press.
MOST_STEPS = 400
_UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
_FOCUSABLE = """() => {
  const shown = each => each.checkVisibility({visibilityProperty: true}) && !each.closest("[inert]");
  const groups = new Set();
  window.stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"
  )].filter(each => each.tabIndex >= 0 && !each.disabled && shown(each)).filter(each => {
    // Of a group of radio buttons one is a stop; arrows do the rest.
    const group = each.type === "radio" && each.name;
    return !group || (!groups.has(group) && groups.add(group));
  });
  return window.stops.map(each => each.outerHTML.slice(0, 120));
}"""
_AT = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  // Some of it can be seen: WCAG 2.2, 2.4.11.
  const seen = [0.1, 0.5, 0.9].some(x => [0.1, 0.5, 0.9].some(y => {
    const there = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
    return there && (at.contains(there) || there.contains(at) || there.closest("label")?.control === at);
  }));
  return [window.stops.indexOf(at), ring, inside && seen, at.outerHTML.slice(0, 120)];
}"""


def unfold(page: Page) -> None:
    """Open what is folded away: what stands in it is read too."""
    page.evaluate(_UNFOLD)


def axe(page: Page, options: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    """Each rule that is broken, with the first place where it is."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", options or ALL)
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


def too_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return wide


def tab_through(page: Page) -> list[str]:
    """What is wrong with the way from the first Tab to the last: a stop left out, out of order, unseen or unmarked."""
    stops: list[str] = page.evaluate(_FOCUSABLE)
    wrong: list[str] = []
    before = -1
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        place, ring, seen, html = page.evaluate(_AT) or (None, True, True, "")
        if place == before and 'type="date"' in html:
            continue  # one field with a stop for each of its parts
        # Behind the last stop is the browser's own frame, or the first stop again.
        if place is None or (place == 0 and before == len(stops) - 1):
            return [*wrong, *stops[before + 1 :]]
        if (place, ring, seen) != (before + 1, True, True):
            wrong.append(f"{html} is {place}, not {before + 1}; ring: {ring}, seen: {seen}")
        before = place
    return [*wrong, "no way out"]

"""The programme as it stood at each release, worked out backwards from the changes the sample names."""

from .sample import Data


def states(event: Data) -> list[list[Data]]:
    """The sessions of an event at each of its releases, oldest first; the last is what the sample shows now.

    Each session carries ``position``, its place in the list of the sample.
    """
    latest = [{**session, "position": place} for place, session in enumerate(event["sessions"])]
    found = [latest]
    for release in reversed(event["releases"][1:]):
        found.insert(0, _before(found[0], release["changes"]))
    return found


def _before(sessions: list[Data], changes: list[Data]) -> list[Data]:
    """Undo the changes of one release: what it added was not there, everything else was as ``was`` says."""
    added = {change["session"] for change in changes if change["kind"] == "added"}
    was = {change["session"]: change.get("was", {}) for change in changes}
    return [{**session, **was.get(session["id"], {})} for session in sessions if session["id"] not in added]

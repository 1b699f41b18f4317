"""By address, several people may be found: then the operator says who is meant."""

from collections.abc import Sequence

from django.core.management.base import CommandError, CommandParser

from events.registration.mailboxes import Behind, behind, several


def add_choice(parser: CommandParser) -> None:
    parser.add_argument("--only", nargs="+", default=[], metavar="CODE", help="of those with the address, only these")
    parser.add_argument("--all", action="store_true", dest="everybody", help="everybody with the address")


def chosen(address: str, only: Sequence[str], *, everybody: bool) -> list[Behind]:
    """All behind an address where it is one person's; else those that were chosen, or a list to choose from."""
    found = behind(address)
    if only:
        missing = set(only) - {each.code for each in found}
        if missing:
            raise CommandError(f"Nobody with this address has the code {', '.join(sorted(missing))}.")
        return [each for each in found if each.code in only]
    if several(found) and not everybody:
        listed = "\n".join(f"  {each}" for each in found)
        raise CommandError(f"Several people have this address. Say --only CODE ... or --all:\n{listed}")
    return found

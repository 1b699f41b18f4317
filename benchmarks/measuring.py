"""CPU and requests a second, and the figure that two of them make."""

import resource
import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, beside what, and the bound it must hold."""

    name: str
    value: float
    bound: float
    at_most: bool
    unit: str = "×"
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        value = f"{self.value:.3f} {self.unit} (must be {sign} {self.bound:g} {self.unit})"
        return f"{self.name:<58} {value:<36} {verdict:<14} {self.detail}"


def cpu_of(act: Callable[[], object]) -> float:
    """Seconds of CPU, user and system, that an act takes in this process and in children that ended."""
    before = _cpu()
    act()
    return _cpu() - before


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def interleaved(rounds: int, *acts: Callable[[], float]) -> list[list[float]]:
    """What each act gives in each round, one after the other, so that a busy moment strikes all of them."""
    found: list[list[float]] = [[] for _act in acts]
    for _round in range(rounds):
        for act, results in zip(acts, found, strict=True):
            results.append(act())
    return found


def ratio(ours: list[float], floor: list[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(ours, floor, strict=True))


def undisturbed(values: list[float]) -> float:
    """Requests a second in the best third of the rounds: what others do on the machine only ever takes away."""
    return statistics.mean(sorted(values)[-max(1, len(values) // 3) :])


def seconds(values: list[float]) -> str:
    """The median in milliseconds, for the remark beside a figure."""
    return f"{statistics.median(values) * 1000:.1f} ms"


def rate(values: list[float]) -> str:
    """Requests a second, for the remark beside a figure."""
    return f"{undisturbed(values):.0f}/s"

"""What was measured, beside what it was measured against, and what was wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.rounds import Took


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a ratio, the goal, and what it is made of.

    ``notes`` are printed below the line and judge nothing. A row that could not be measured has
    no ``ratio``, and says ``why``.
    """

    name: str  # of the measurement, as ``--only`` takes it
    what: str
    goal: float
    ratio: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    baseline_p50_ms: float | None = None
    at_least: bool = False  # the goal is a floor, else a ceiling
    notes: tuple[str, ...] = ()
    why: str = ""

    @property
    def reached(self) -> bool:
        """Whether the ratio is as good as was wanted."""
        if self.ratio is None:
            return False
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def as_object(self) -> dict[str, Any]:
        """Return what ``--json`` writes; milliseconds are None where there are none."""
        return {
            "what": f"{self.what} (not measured: {self.why})" if self.why else self.what,
            "ratio": _rounded(self.ratio, 3),
            "goal": self.goal,
            "reached": self.reached,
            "p50_ms": _rounded(self.p50_ms, 4),
            "p99_ms": _rounded(self.p99_ms, 4),
            "baseline_p50_ms": _rounded(self.baseline_p50_ms, 4),
        }


def compared(
    name: str,
    what: str,
    goal: float,
    ours: Sequence[Took],
    baseline: Sequence[Took],
    notes: tuple[str, ...] = (),
) -> Row:
    """Return the row of ``ours`` against ``baseline``, by the medians of what the clock says.

    What the processor says is noted: a busy machine changes it less.
    """
    mine, base = p50(ours), p50(baseline)
    computed = median(each.computed for each in ours), median(each.computed for each in baseline)
    note = (
        f"{len(ours)} samples, baseline {spread(baseline)}; by processor time "
        f"{computed[0] / computed[1]:.2f}×, {_ms(computed[0])} : {_ms(computed[1])}"
    )
    return Row(
        name,
        what,
        goal,
        ratio=mine / base,
        p50_ms=mine * 1000,
        p99_ms=p99(ours) * 1000,
        baseline_p50_ms=base * 1000,
        notes=(note, *notes),
    )


def p50(samples: Sequence[Took]) -> float:
    """Return the median in seconds."""
    return median(each.passed for each in samples)


def p99(samples: Sequence[Took]) -> float:
    """Return what 99 of 100 samples stay below; of few samples, the greatest."""
    passed = [each.passed for each in samples]
    return max(passed) if len(passed) < 100 else quantiles(passed, n=100)[98]


def spread(samples: Sequence[Took]) -> str:
    """Return median and 99th percentile in words."""
    return f"p50 {_ms(p50(samples))}, p99 {_ms(p99(samples))}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms"


HEADS = ("what", "ratio", "goal", "", "p50 ms", "p99 ms", "baseline ms")


def table(rows: Sequence[Row]) -> str:
    """Return ``rows`` as a table to be read, the notes under each of its lines."""
    wide = max(len(row.what) for row in rows)
    lines = [_line(HEADS, wide)]
    for row in rows:
        lines.append(_line(_cells(row), wide))
        lines += [f"    {note}" for note in ((f"not measured: {row.why}",) if row.why else ())]
        lines += [f"    {note}" for note in row.notes]
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≥" if row.at_least else "≤"
    judged = "–" if row.ratio is None else "reached" if row.reached else "MISSED"
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}×"
    return (
        row.what,
        ratio,
        f"{sign} {row.goal:g}×",
        judged,
        *(_shown(each) for each in (row.p50_ms, row.p99_ms, row.baseline_p50_ms)),
    )


def _line(cells: Sequence[str], wide: int) -> str:
    what, ratio, goal, judged, *times = cells
    return f"{what:{wide}}  {ratio:>7}  {goal:>7}  {judged:7}" + "".join(
        f"  {each:>11}" for each in times
    )


def _shown(ms: float | None) -> str:
    return "–" if ms is None else f"{ms:.3f}" if ms < 100 else f"{ms:.0f}"


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)

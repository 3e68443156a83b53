"""Which machine a figure is from, and how a figure stands beside its budget."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path


def describe_machine() -> str:
    """Say in one line what the figures were measured on."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} × {model}, {memory:.0f} GB, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}"
    )


@dataclass(frozen=True)
class Budget:
    """What a figure was to be at most, and what it is."""

    name: str
    limit: float
    measured: float
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure is within its budget."""
        return self.measured <= self.limit


def print_budgets(budgets: list[Budget]) -> bool:
    """Print budget, measured and ratio of each figure; return whether all are met."""
    print(f"{'':<52}{'budget':>12}{'measured':>12}{'ratio':>8}")
    for each in budgets:
        ratio = each.measured / each.limit if each.limit else each.measured
        outcome = "" if each.met else "  missed"
        limit, measured = (f"{value:.4g} {each.unit}" for value in (each.limit, each.measured))
        print(f"{each.name:<52}{limit:>12}{measured:>12}{ratio:>8.2f}{outcome}")
    return all(each.met for each in budgets)

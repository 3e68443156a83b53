"""The units that a figure may have; their words stand in the catalogues under ``[units]``."""

from enum import StrEnum
from typing import Self


class Unit(StrEnum):
    """What a number counts or measures."""

    CNY = "CNY"
    USD = "USD"
    EUR = "EUR"
    GBP = "GBP"
    JPY = "JPY"
    INR = "INR"
    PERCENT = "%"
    MICROGRAM_PER_CUBIC_METRE = "µg/m³"
    TONNE = "t"
    TONNE_PER_DAY = "t/day"
    SQUARE_KILOMETRE = "km²"
    HECTARE = "ha"
    MU = "mu"
    KILOMETRE = "km"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    FIRMS = "firms"
    JOBS = "jobs"
    PROJECTS = "projects"
    LINES = "lines"
    TEAMS = "teams"
    TASK_FORCES = "task_forces"
    CAMPAIGNS = "campaigns"
    INDICATORS = "indicators"
    TOWNS = "towns"
    SUBDISTRICTS = "subdistricts"
    VILLAGES = "villages"
    DAYS = "days"
    COUNT = "count"
    DATE = "date"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Accept the ways in which keyboards write the same sign."""
        same = {"ug/m3": "µg/m³", "μg/m³": "µg/m³", "km2": "km²"}
        return cls(same[value]) if isinstance(value, str) and value in same else None


COUNTED = frozenset(
    {
        Unit.PEOPLE, Unit.HOUSEHOLDS, Unit.FIRMS, Unit.JOBS, Unit.PROJECTS, Unit.LINES, Unit.TEAMS,
        Unit.TASK_FORCES, Unit.CAMPAIGNS, Unit.INDICATORS, Unit.TOWNS, Unit.SUBDISTRICTS,
        Unit.VILLAGES, Unit.DAYS, Unit.COUNT,
    }
)  # fmt: skip
"""Units of what is counted one by one."""

"""One way to say what is wrong and where, as much as is known."""

import pytest

from faults import Fault, FaultyFileError, Severity, nearest


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("no CRS", "give one"), "no CRS; give one"),
        (Fault("no CRS", "give one", file="a.shp"), "a.shp: no CRS; give one"),
        (Fault("no CRS", "give one", file="a.shp", line=3), "a.shp:3:1: no CRS; give one"),
        (
            Fault("a gap", "close it", file="a.geojson", line=3, column=5, feature="feature 7"),
            "a.geojson:3:5: feature 7: a gap; close it",
        ),
    ],
)
def test_a_fault_reads_as_one_line(fault: Fault, said: str) -> None:
    assert str(fault) == said


def test_faults_are_ordered_by_place() -> None:
    first = Fault("z", "z", file="a", line=2)
    second = Fault("a", "a", file="a", line=10, severity=Severity.WARNING)
    third = Fault("a", "a", file="b", line=1)
    assert sorted([third, second, first]) == [first, second, third]


def test_an_error_carries_its_faults_and_says_each_in_a_line() -> None:
    faults = [Fault("one", "mend", file="a"), Fault("two", "mend", file="b", line=1)]
    error = FaultyFileError(iter(faults))
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == [str(fault) for fault in faults]


def test_the_mend_for_an_unknown_word_is_the_nearest_known_one() -> None:
    assert nearest("watre", ["water", "work"]) == "did you mean 'water'?"
    assert nearest("x", ["water", "work"]) == "known here: water, work"
    assert nearest("x", ["water", "work"], "name another") == "name another"
    assert nearest("x", []) == "known here: none"

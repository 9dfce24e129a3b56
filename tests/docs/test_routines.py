from __future__ import annotations

from tests.docs.routines import PAGE, routines
from tests.routine.facts import ROUTINES


def test_the_page_says_what_the_routines_are() -> None:
    assert PAGE.read_text("utf-8") == routines(), "write it anew: python -m tests.docs"


def test_it_shows_every_routine_and_step_with_its_guides() -> None:
    page = routines()
    for name, facts in ROUTINES.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")][2:]
        assert [row[2].replace(", ", "") for row in rows] == [told.sources for told in facts.steps], name
        assert f"(#{name})" in page

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from voice.documents import DocumentError
from voice.routine import Routine, load
from voice.session.plan import Audience

HEAD = "id: {id}\ntitle: A massage\nfor: partner\nposition: face down\n{more}steps:\n{steps}"
STEP = (
    "- {{id: {id}, title: A, region: [hips], technique: rest, pressure: {pressure}, hold: 9s, say: Rest.}}\n"
)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, *entries: str, more: str = "") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(HEAD.format(id=name, more=more, steps=indent("".join(entries), "  ")), "utf-8")
        return path

    return written


def step(name: str, pressure: int = 2) -> str:
    return STEP.format(id=name, pressure=pressure)


def ids(routine: Routine) -> list[str]:
    return [each.id for each in routine.steps]


def problems(path: Path) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load(path)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in caught.value.problems]


def test_a_plain_routine(write: Write) -> None:
    routine = load(write("mine", step("a"), more="needs: [oil]\nsources: [E]\n"))
    assert (routine.id, routine.audience, routine.position) == ("mine", Audience.PARTNER, "face down")
    assert (routine.needs, routine.sources, ids(routine)) == (("oil",), ("E",), ["a"])


def test_text_over_several_lines_is_said_as_one(write: Write) -> None:
    path = write("mine", step("a"))
    path.write_text(
        path.read_text("utf-8").replace("title: A massage", "title: >\n  A\n\n  massage\n"), "utf-8"
    )
    assert load(path).title == "A massage"


def test_steps_are_included_in_their_place_and_in_the_wanted_order(write: Write) -> None:
    write("other", step("x"), step("y"), step("z"))
    path = write("mine", step("a"), "- {include: other, steps: [z, x]}\n", step("b"))
    assert ids(load(path)) == ["a", "z", "x", "b"]


def test_a_whole_routine_is_included_through_another(write: Write) -> None:
    write("inner", step("x"))
    write("outer", step("y"), "- include: inner\n")
    assert ids(load(write("mine", "- include: outer\n", step("a")))) == ["y", "x", "a"]


def test_a_bundled_routine_is_included_unless_one_of_that_name_is_beside(write: Write) -> None:
    path = write("mine", "- {include: lower-back-strokes, steps: [circles]}\n")
    assert load(path).steps[0].title == "Palm circles"
    write("lower-back-strokes", step("circles"))
    assert load(path).steps[0].title == "A"


def test_the_lowest_cap_on_the_way_holds(write: Write) -> None:
    write("other", step("x"), more="max_pressure: 3\n")
    routine = load(write("mine", step("a"), "- include: other\n", more="max_pressure: 4\n"))
    assert [each.max_pressure for each in routine.steps] == [4, 3]


def test_a_step_has_the_sources_of_its_own_routine_unless_it_names_some(write: Write) -> None:
    write("other", step("x"), more="sources: [A]\n")
    own = step("b").replace("hold", "sources: [C], hold")
    path = write("mine", step("a"), own, "- include: other\n", more="sources: [B, C]\n")
    assert {each.id: each.sources for each in load(path).steps} == {"a": ("B", "C"), "b": ("C",), "x": ("A",)}


def test_a_step_knows_the_routine_that_it_is_written_in(write: Write) -> None:
    write("inner", step("x"))
    write("outer", step("y"), "- include: inner\n")
    routine = load(write("mine", "- include: outer\n", step("a")))
    assert routine.written_in == {"y": "outer", "x": "inner", "a": "mine"}


def test_an_included_step_may_not_be_firmer_than_the_routine_allows(write: Write) -> None:
    write("other", step("x", pressure=4))
    message = '7:14: its step "x" has pressure 4, above this routine\'s max_pressure, which is 3'
    assert problems(write("mine", "- include: other\n", more="max_pressure: 3\n")) == [message]


def test_ids_that_clash_are_a_problem_of_the_include(write: Write) -> None:
    write("other", step("x"))
    assert problems(write("mine", "- include: other\n", step("x"), "- include: other\n")) == [
        '6:14: the id of its step "x" is taken here by the step in line 7',
        '8:14: the id of its step "x" is taken here by the step in line 7',
    ]


def test_a_routine_that_includes_itself(write: Write) -> None:
    assert problems(write("mine", "- include: mine\n")) == [
        "6:14: a routine cannot include itself (mine → mine)"
    ]


def test_many_ways_to_one_broken_file_tell_its_problem_once(write: Write) -> None:
    write("level-0", step("A"))
    for level in range(1, 40):  # two ways at each level: a loader without memory would never end
        write(f"level-{level}", f"- include: level-{level - 1}\n" * 2)
    told = problems(tmp := write("mine", "- include: level-39\n"))
    assert len(told) == 1 + 2 * 39 + 1, tmp


def test_no_massage_lasts_longer_than_three_hours(write: Write) -> None:
    hour = step("b").replace("hold: 9s", "duration: 45m, repeat: 2, sides: [left, right]")
    assert load(write("fine", hour)).steps[0].work == 3 * 3600.0
    write("other", step("x"))
    message = "6:3: 180m9s of work in these steps together, and 180m is most; shorten some; "
    longest = 'the longest is "b" with 180m'
    assert problems(write("mine", step("a"), hour)) == [message + longest]
    assert problems(write("mine", "- include: other\n", hour)) == [message + longest]


@pytest.mark.parametrize(
    ("sides", "problem"),
    [("[]", "should not be empty"), ("[left, left]", '"left" is listed twice')],
)
def test_sides_are_one_or_both(write: Write, sides: str, problem: str) -> None:
    told = problems(write("mine", step("a").replace("hold", f"sides: {sides}, hold")))
    assert [line.split(": ", 1)[1] for line in told] == [problem]

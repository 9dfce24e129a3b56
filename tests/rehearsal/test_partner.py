from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.rehearsal.partner import ANSWER_TIME, Partner
from voice.rehearsal.script import Moment, PartnerVoice, Remark, Script, StepBegins

NARRATION, QUESTION, TIMER = Moment.NARRATION, Moment.QUESTION, Moment.TIMER
KNEAD = StepBegins("knead")

Happening = tuple[float, "str | Moment | StepBegins"]
"""A time, and "guide begins", a moment, or "spoken"."""


def script(*remarks: Remark) -> Script:
    return Script("script.yaml", PartnerVoice("gmw/en-us"), remarks)


def after(moment: Moment | StepBegins, wait: float = 1.0) -> Script:
    return script(Remark("first", at=1.0), Remark("second", after=moment, wait=wait))


def said(written: Script, happenings: list[Happening], until: float = 60.0) -> list[tuple[float, str]]:
    """What is said when, looked at every tenth of a second; every remark lasts half a second."""
    partner, left, spoken_at = Partner(written), list(happenings), None
    heard = []
    for tenth in range(round(until * 10)):
        now = tenth / 10
        while left and left[0][0] <= now:
            _, what = left.pop(0)
            if isinstance(what, Moment | StepBegins):
                partner.notice(what, now)
            else:
                partner.guide_began()
        if spoken_at is not None and now >= spoken_at:
            partner.spoken(now)
            spoken_at = None
        if remark := partner.due(now):
            heard.append((now, remark.text))
            spoken_at = now + 0.5
    return heard


# The first remark is spoken from 1.0 to 1.5.
TABLE: dict[str, tuple[Script, list[Happening], list[float]]] = {
    "a moment, then the wait": (after(QUESTION), [(5.0, QUESTION)], [6.0]),
    "another wait": (after(QUESTION, wait=2.5), [(5.0, QUESTION)], [7.5]),
    "no wait": (after(TIMER, wait=0.0), [(5.0, TIMER)], [5.0]),
    "a step's work begins": (after(KNEAD), [(3.0, StepBegins("glide")), (5.0, KNEAD)], [6.0]),
    "only the first such moment counts": (after(TIMER, wait=3.0), [(5.0, TIMER), (7.0, TIMER)], [8.0]),
    "not what came before the remark was spoken": (after(TIMER), [(0.5, TIMER)], []),
    "not what came while it was spoken": (after(TIMER), [(1.2, TIMER), (9.0, TIMER)], [10.0]),
    "not another moment": (after(QUESTION), [(3.0, TIMER), (4.0, KNEAD), (5.0, NARRATION)], []),
    "it interrupts the guide": (after(TIMER), [(5.0, TIMER), (5.5, "guide begins"), (9.0, NARRATION)], [6.0]),
    "narration ends": (after(NARRATION), [(2.0, "guide begins"), (5.0, NARRATION)], [6.0]),
    "a question is a narration": (after(NARRATION), [(2.0, "guide begins"), (5.0, QUESTION)], [6.0]),
    "a narration that began earlier": (after(NARRATION), [(0.5, "guide begins"), (5.0, NARRATION)], [6.0]),
    "two narrations with a gap": (
        after(NARRATION),
        [(2.0, "guide begins"), (5.0, NARRATION), (5.5, "guide begins"), (8.0, NARRATION)],
        [9.0],
    ),
    "a silent guide gets time to answer": (after(NARRATION), [], [1.5 + ANSWER_TIME]),
    "a silent guide and a longer wait": (after(NARRATION, wait=4.0), [], [5.5]),
    "a late answer is waited for": (after(NARRATION), [(3.4, "guide begins"), (8.0, NARRATION)], [9.0]),
    "cut short by the remark itself": (
        after(NARRATION),
        [(0.5, "guide begins"), (1.3, NARRATION), (1.4, "guide begins"), (4.0, QUESTION)],
        [5.0],
    ),
    "a time": (script(Remark("first", at=1.0), Remark("second", at=12.0)), [], [12.0]),
    "a time that has passed": (script(Remark("first", at=1.0), Remark("second", at=1.2)), [], [1.5]),
}


@pytest.mark.parametrize("case", TABLE)
def test_when_the_second_remark_is_said(case: str) -> None:
    written, happenings, times = TABLE[case]
    assert said(written, happenings) == [(1.0, "first"), *((time, "second") for time in times)]


def test_at_the_beginning_the_guide_is_silent() -> None:
    first = script(Remark("start", after=NARRATION))
    assert said(first, []) == [(ANSWER_TIME, "start")]
    assert said(first, [(0.2, "guide begins"), (4.0, QUESTION)]) == [(5.0, "start")]


def test_what_the_partner_waits_for() -> None:
    partner = Partner(
        script(
            Remark("start", at=2.0, place=(4, 9)),
            Remark("no", after=QUESTION, place=(5, 9)),
            Remark("next", after=TIMER, place=(6, 9)),
            Remark("lighter", after=KNEAD, place=(7, 9)),
            Remark("done", after=NARRATION, place=(8, 9)),
        )
    )
    waits = [partner.waiting_for]
    partner.due(2.0)
    waits.append(partner.waiting_for)
    for now, moment in ((3.0, QUESTION), (5.0, TIMER), (7.0, KNEAD), (9.0, NARRATION)):
        partner.spoken(now)
        partner.guide_began()
        waits.append(partner.waiting_for)
        partner.notice(moment, now)
        assert not partner.done
        partner.due(now + 1)
    partner.spoken(11.0)
    assert partner.done
    assert [*waits, partner.waiting_for] == [
        '2.0 s, to say "start" (line 4 of the script)',
        'the end of "start"',
        'the end of a question, to say "no" (line 5 of the script)',
        'the end of a step\'s time, to say "next" (line 6 of the script)',
        'the beginning of step knead, to say "lighter" (line 7 of the script)',
        'the guide to fall silent, to say "done" (line 8 of the script)',
        "nothing",
    ]


def test_a_remark_is_given_once() -> None:
    partner = Partner(script(Remark("a", at=1.0), Remark("b", at=1.0)))
    given = [partner.due(now) for now in (0.9, 1.0, 1.1, 2.0)]
    assert [remark and remark.text for remark in given] == [None, "a", None, None]


def test_nothing_spoken_without_a_remark() -> None:
    with pytest.raises(RuntimeError, match="no remark is being spoken"):
        Partner(script(Remark("a", at=1.0))).spoken(0.5)


moments = st.sampled_from([NARRATION, QUESTION, TIMER, KNEAD, StepBegins("glide")])
waits = st.sampled_from([0.0, 0.3, 1.0, 4.0])
remarks = st.one_of(
    st.builds(lambda at: Remark("x", at=at), st.floats(0, 30)),
    st.builds(lambda moment, wait: Remark("x", after=moment, wait=wait), moments, waits),
)
happenings = st.one_of(moments, st.just("guide begins"), st.just("look"), st.just("spoken"))


@given(st.lists(remarks, max_size=6), st.lists(st.tuples(st.floats(0, 3), happenings), max_size=60))
def test_never_out_of_order_nor_before_its_time(
    written: list[Remark], steps: list[tuple[float, Moment | StepBegins | str]]
) -> None:
    numbered = [Remark(str(n), r.wav, r.at, r.after, r.wait) for n, r in enumerate(written)]
    partner = Partner(script(*numbered))
    now, free_since, speaking, count = 0.0, 0.0, False, 0
    noticed: list[tuple[float, Moment | StepBegins]] = []
    for passed, what in steps:
        now += passed
        if isinstance(what, Moment | StepBegins):
            partner.notice(what, now)
            if not speaking:
                noticed.append((now, what))
        elif what == "guide begins":
            partner.guide_began()
        elif what == "spoken" and speaking:
            partner.spoken(now)
            speaking, free_since, noticed = False, now, []
        elif what == "look" and (remark := partner.due(now)):
            assert not speaking
            assert remark is numbered[count]
            assert now >= free_since
            if remark.at is not None:
                assert now >= remark.at
            else:
                ends = (NARRATION, QUESTION) if remark.after == NARRATION else (remark.after,)
                came = any(at + remark.wait <= now for at, moment in noticed if moment in ends)
                silence = remark.after == NARRATION and now >= free_since + max(remark.wait, ANSWER_TIME)
                assert came or silence
            speaking, count = True, count + 1
    assert partner.done == (count == len(numbered) and not speaking)

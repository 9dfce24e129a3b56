"""What is remembered of a person, in a file of its own."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voice import places
from voice.app import remembering
from voice.app.conversation import Conversation
from voice.app.opening import first_state, language
from voice.app.remembering import Person, Remembering, recalled
from voice.documents import DocumentError
from voice.session.actions import Earcon
from voice.session.events import Heard, Opened
from voice.session.intents import Intent, IntentName
from voice.session.screening import VALID_S, Care
from voice.session.state import PhaseName

TODAY = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
NEW = first_state(None)


@pytest.fixture(autouse=True)
def of_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))


class Nowhere:
    """A speaker that has nothing to speak through."""

    def say(self, utterance_id: int, texts: tuple[str, ...]) -> None: ...
    def cut_short(self) -> None: ...
    def silence(self) -> None: ...
    def chime(self, earcon: Earcon) -> None: ...
    def tempo(self, strokes_per_minute: float | None) -> None: ...
    def volume(self, level: int) -> None: ...
    def speech_rate(self, level: int) -> None: ...


def screened(*answers: IntentName, complaints: list[str] | None = None) -> Conversation:
    complain = (complaints if complaints is not None else []).append
    talk = Conversation(NEW, language().prompts, Nowhere(), [Remembering(complain)])
    talk.handle(Opened(), 0.0)
    talk.handle(Heard(Intent(IntentName.START, routine="swedish-lower-back")), 1.0)
    for number, answer in enumerate(answers, start=1):
        talk.handle(Heard(Intent(answer)), 1.0 + 5.0 * number)
    return talk


@pytest.mark.parametrize(
    "person",
    [
        Person(),
        Person(TODAY),
        Person(TODAY, Care(gentle=True, no_points=True), (("lower-back", 2), ("neck", 1))),
        Person(tender=(("neck", 1),)),
    ],
)
def test_who_is_remembered_is_read_again(person: Person) -> None:
    remembering.save(person)
    assert remembering.load() == person


def test_nobody_else_can_read_it() -> None:
    assert stat.S_IMODE(remembering.save(Person(TODAY)).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("age", "left"),
    [(timedelta(days=2), 5 * 24 * 3600.0), (timedelta(days=7), None), (timedelta(hours=-1), None)],
)
def test_answers_are_good_for_a_week(age: timedelta, left: float | None) -> None:
    state = recalled(NEW, Person(TODAY - age, Care(gentle=True)), 10.0, TODAY)
    assert state.person.screened_until == (0.0 if left is None else 10.0 + left)
    assert state.person.care.gentle is (left is not None)


def test_the_answers_are_kept_once_all_are_given() -> None:
    screened(*[IntentName.NO] * 6)
    assert remembering.load() == Person()
    talk = screened(*[IntentName.NO] * 6, IntentName.YES, IntentName.NO)
    assert talk.state.phase.name is PhaseName.PREPARING
    kept = remembering.load()
    assert kept.care == Care(gentle=True)
    assert kept.screened is not None
    now = datetime.now(timezone.utc)
    assert abs((now - kept.screened).total_seconds()) < 60
    assert recalled(NEW, kept, 0.0, now).person.screened_until == pytest.approx(VALID_S, abs=60)


def test_where_nothing_can_be_kept_it_is_said_once_and_the_massage_goes_on(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    complaints: list[str] = []
    talk = screened(*[IntentName.NO] * 7, complaints=complaints)
    assert talk.state.phase.name is PhaseName.PREPARING
    assert len(complaints) == 1
    assert complaints[0].startswith("nothing can be remembered of this massage: ")


@pytest.mark.parametrize(
    "text", ["screened: yesterday\n", "tender: {neck: 9}\n", "- a list\n", "pain: all\n"]
)
def test_a_file_that_is_not_right_is_told(text: str) -> None:
    path = remembering.save(Person(TODAY))
    path.write_text(text)
    with pytest.raises(DocumentError, match=r"person\.yaml:1:"):
        remembering.load()

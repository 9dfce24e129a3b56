from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.language import Commands, Language, Vocabulary
from voice.language.numbers import Numbers
from voice.session.intents import URGENT, Intent, IntentName

from .conftest import VOCABULARY

NAMES = tuple(IntentName)


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_understood_as_its_own_intent(commands: Commands, name: IntentName) -> None:
    samples = commands.phrases([name])
    heard = {sample: commands.match(sample, [name]) for sample in samples}
    assert len(samples) > 2
    assert {sample for sample, intent in heard.items() if intent is None or intent.name is not name} == set()


def test_no_phrase_belongs_to_two_intents(commands: Commands) -> None:
    phrases = [phrase for name in NAMES for phrase in commands.phrases([name])]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_the_plainest_phrase(commands: Commands, name: IntentName) -> None:
    example = commands.example(name)
    assert example in commands.phrases([name])
    assert len(example.split()) <= 4


AMOUNTS = {
    "thirty seconds": 30,
    "ninety nine seconds": 99,
    "one minute": 60,
    "a minute": 60,
    "minute": 60,
    "two minutes": 120,
    "twenty one minutes": 21 * 60,
    "one minute thirty": 90,
    "one minute and thirty seconds": 90,
    "a minute thirty": 90,
    "three minutes fifteen": 195,
    "half a minute": 30,
    "half minute": 30,
    "a minute and a half": 90,
    "two minutes and a half": 150,
    "two and a half minutes": 150,
    "a couple of minutes": 120,
    "2 minutes": 120,
    "45 seconds": 45,
    "1 minute 5": 65,
}


@pytest.mark.parametrize(("amount", "seconds"), AMOUNTS.items())
@pytest.mark.parametrize(
    ("around", "name"),
    [
        ("{} more", IntentName.MORE_TIME),
        ("add {}", IntentName.MORE_TIME),
        ("another {}", IntentName.MORE_TIME),
        ("{} less", IntentName.LESS_TIME),
        ("take off {}", IntentName.LESS_TIME),
    ],
)
def test_amounts_of_time(
    commands: Commands, amount: str, seconds: int, around: str, name: IntentName
) -> None:
    assert commands.match(around.format(amount)) == Intent(name, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more time", Intent(IntentName.MORE_TIME)),
        ("five more minutes", Intent(IntentName.MORE_TIME, seconds=300)),
        ("20 more seconds", Intent(IntentName.MORE_TIME, seconds=20)),
        ("start", Intent(IntentName.START)),
        ("start one", Intent(IntentName.START, routine="lower-back-strokes")),
        ("start number two", Intent(IntentName.START, routine="balls")),
        ("begin 2", Intent(IntentName.START, routine="balls")),
        ("number two", Intent(IntentName.START, routine="balls")),
        ("start the lower back strokes", Intent(IntentName.START, routine="lower-back-strokes")),
        ("lower-back-strokes", Intent(IntentName.START, routine="lower-back-strokes")),
        ("Start Two Tennis Balls, for yourself!", Intent(IntentName.START, routine="balls")),
        ("start balls", Intent(IntentName.START, routine="balls")),
        ("start nine", None),
        ("step three", Intent(IntentName.GO_TO_STEP, step=3)),
        ("go to step 12", Intent(IntentName.GO_TO_STEP, step=12)),
        ("go to step seventy five", Intent(IntentName.GO_TO_STEP, step=75)),
        ("go to step seventy-five", Intent(IntentName.GO_TO_STEP, step=75)),
        ("go to circles with both palms", Intent(IntentName.GO_TO_STEP, step=2)),
        ("go to the thumb circles two", Intent(IntentName.GO_TO_STEP, step=3)),
        ("go to thumb circles 2", Intent(IntentName.GO_TO_STEP, step=3)),
        ("go to thumb circles 3", None),
        ("step 0", None),
        ("step 100", None),
        ("add zero seconds", None),
    ],
)
def test_slots(commands: Commands, text: str, expected: Intent | None) -> None:
    assert commands.match(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  STOP!! ", IntentName.STOP),
        ("Stop, stop!", IntentName.STOP),
        ("that's too hard", IntentName.TOO_MUCH),
        ("That\N{RIGHT SINGLE QUOTATION MARK}s too hard.", IntentName.TOO_MUCH),
        ("thats too hard", IntentName.TOO_MUCH),
        ("im finished", IntentName.FINISH),
        ("What's   next?", IntentName.WHATS_NEXT),
        ("carry-on", IntentName.CARRY_ON),
        ("Lighter, please.", IntentName.LIGHTER),
        ("go back 1 step", IntentName.BACK),
    ],
)
def test_typed_forms(commands: Commands, text: str, name: IntentName) -> None:
    assert commands.match(text) == Intent(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        "#",
        "# more seconds",
        "start {n}",
        "{amount} more",
        "stopped",
        "don't stop",
        "the next",
        "lighter than before",
        "one",
        "½ minute more",
        "9" * 5000 + " minutes more",
    ],
)
def test_what_is_no_command(commands: Commands, text: str) -> None:
    assert commands.match(text) is None


_ENGLISH = Language.load("en")


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_any_text_is_read_without_harm(text: str) -> None:
    commands = _ENGLISH.commands(VOCABULARY)
    near = commands.suggest(text)
    assert commands.match(text) is None or near is None or commands.match(near) is not None


@pytest.mark.parametrize("number", range(1, 100))
def test_every_number_in_words_and_digits(commands: Commands, number: int) -> None:
    words = Numbers("en").say(number)
    for spelled in (words, str(number)):
        assert commands.match(f"{spelled} minutes more") == Intent(IntentName.MORE_TIME, seconds=60 * number)
        assert commands.match(f"go to step {spelled}") == Intent(IntentName.GO_TO_STEP, step=number)
    assert f"go to step {words}" in commands.phrases([IntentName.GO_TO_STEP])


def test_a_title_never_takes_a_commands_place(commands: Commands) -> None:
    assert commands.match("go to the next step") == Intent(IntentName.NEXT)
    stopping = _ENGLISH.commands(Vocabulary(routines=(("stop", "Stop"), ("signs", "!?"))))
    assert stopping.match("stop") == Intent(IntentName.STOP)
    assert stopping.match("start stop") == Intent(IntentName.START, routine="stop")
    assert stopping.match("start") == Intent(IntentName.START)


def test_without_a_massage_no_title_is_known() -> None:
    commands = _ENGLISH.commands()
    assert commands.match("go to long strokes") is None
    assert commands.match("start one") is None
    assert commands.match("step three") == Intent(IntentName.GO_TO_STEP, step=3)


def test_the_grammar_always_holds_what_is_urgent(commands: Commands) -> None:
    grammar = commands.grammar([IntentName.NEXT])
    assert set(commands.urgent) == set(commands.phrases(URGENT))
    assert {"stop", "stop stop", "ouch", "that hurts", "sharp pain", "numb", "i feel numb"} <= set(grammar)
    assert set(commands.urgent) <= set(grammar)


def test_the_grammar_of_the_moment(commands: Commands) -> None:
    grammar = set(commands.grammar([IntentName.NEXT]))
    assert "next step" in grammar, "every phrase of what is legal"
    assert "lighter" in grammar, "single words of what is not, to be heard as what they are"
    assert "a bit lighter" not in grammar
    assert {"top", "spine", "gently"} <= grammar, "decoys"
    assert list(commands.grammar(NAMES)) == sorted(set(commands.grammar(NAMES)))


def test_phrases_cover_every_number_and_title(commands: Commands) -> None:
    steps = {commands.match(phrase) for phrase in commands.phrases([IntentName.GO_TO_STEP])}
    assert {intent.step for intent in steps if intent} == set(range(1, 100))
    more = {commands.match(phrase) for phrase in commands.phrases([IntentName.MORE_TIME])}
    assert {60.0 * minutes for minutes in range(1, 100)} <= {intent.seconds for intent in more if intent}
    starts = commands.phrases([IntentName.START])
    assert {"start number two", "start two tennis balls for yourself", "start balls"} <= set(starts)
    assert "start number three" not in starts


def test_a_decoy_is_no_command(commands: Commands) -> None:
    phrases = {phrase for name in NAMES for phrase in commands.phrases([name])}
    decoys = set(commands.grammar(())) - phrases
    assert len(decoys) > 200
    assert {decoy for decoy in decoys if commands.match(decoy) or " " in decoy} == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lihter", "lighter"),
        ("stpo", "stop"),
        ("pauze", "pause"),
        ("whats nxt", "what's next"),
        ("add 3 minuts", "add three minutes"),
        ("carryon", "carry on"),
        ("could you go lighter please?", "go lighter"),
        ("well I mean step 7 of it", "step seven"),
        ("go to sircles with both palms", "go to circles with both palms"),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_suggestions(commands: Commands, typed: str, meant: str | None) -> None:
    assert commands.suggest(typed) == meant


def test_matching_is_quick_enough_for_every_partial(commands: Commands) -> None:
    phrases = commands.phrases(NAMES)
    began = time.perf_counter()
    for phrase in phrases:
        commands.match(phrase)
    assert (time.perf_counter() - began) / len(phrases) < 0.001


def test_building_is_quick_enough_for_every_massage(language: Language) -> None:
    began = time.perf_counter()
    language.commands(VOCABULARY).grammar(NAMES)
    assert time.perf_counter() - began < 0.3

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from voice.language import Commands, Language, Prompts, UnknownLanguageError, languages
from voice.language.prompt_file import read_prompts
from voice.resources import folder
from voice.routine import shelf
from voice.routine.screening import QUESTIONS
from voice.session.events import Part
from voice.session.intents import IntentName
from voice.session.lines import Line, Listing, Phrases, Prompt, Span, Term, Text, Value
from voice.session.plan import Side
from voice.session.screening import NOTHING_NEW, SAME_PERSON

GENERIC: dict[str, Value] = {
    "title": "Circles with both palms.",
    "position": "face down, head turned to one side",
    "routines": Listing(("Lower back strokes", "Upper back"), numbers=(1, 2)),
    "needs": Listing(("oil", "rolled towel", "thin pillow")),
    "examples": Phrases((IntentName.NEXT, IntentName.LIGHTER, IntentName.PAUSE)),
    "question": Term("screening", QUESTIONS[0].id),
    "meaning": Term("explained", QUESTIONS[0].id),
    "answer": Term("answer", "which-oil"),
    "part": Term("part", Part.MICROPHONE),
    "side": Term("side", Side.LEFT),
    "pressure": Term("pressure", "2"),
    "length": Span(90),
    "left": Span(40),
    "change": Span(30),
    "number": 2,
    "count": 5,
    "strokes": 12,
    "name": "Anna",
    "before": 4,
}
WORDINGS = read_prompts(folder("prompts") / "en" / "prompts.yaml")
SCREENING = (
    SAME_PERSON,
    NOTHING_NEW,
    *(each for asked in QUESTIONS for each in (asked.id, asked.then) if each),
)
ANSWERS = (*WORDINGS.terms.answer.values(), *WORDINGS.terms.explained.values())
EVERY_WORDING = [(prompt, variant) for prompt in Prompt for variant in range(len(WORDINGS.wordings(prompt)))]
SAFETY = {
    Prompt.STOPPED,
    Prompt.STOPPED_WAYS_ON,
    Prompt.STOPPED_WAYS_ON_SELF,
    Prompt.STOPPED_IDLE,
    Prompt.PAIN_QUESTION,
    Prompt.PAIN_QUESTION_AGAIN,
    Prompt.PAIN_SHARP,
    Prompt.PAIN_TOO_HARD,
    Prompt.PAIN_NUMB,
    Prompt.PRESSURE_EASED,
    Prompt.PRESSURE_CAPPED,
    Prompt.STEP_BARRED,
    Prompt.SCREENING_OPENS,
    Prompt.SCREENING_QUESTION,
    Prompt.SCREENING_DO_NOT,
    Prompt.SCREENING_ASK_FIRST,
    Prompt.SCREENING_UNANSWERED,
    Prompt.YES_OR_NO,
    Prompt.CONFIRM_FINISH,
    Prompt.CONFIRM_WAITS,
    Prompt.FAILED,
    Prompt.RECOVERED,
}
OFTEN = {
    Prompt.CARRY_ON,
    Prompt.PRESSURE_LIGHTER,
    Prompt.PRESSURE_FIRMER,
    Prompt.CHECK_IN,
    Prompt.CHECK_IN_GOOD,
    Prompt.STEP,
    Prompt.PAUSED,
    Prompt.TIME_ADDED,
    Prompt.FINISHED,
    Prompt.FINISHED_SELF,
    Prompt.PREPARE_READY,
}


def generic(prompt: Prompt, variant: int = 0) -> Line:
    return Line(prompt, tuple((name, GENERIC[name]) for name in prompt.fields), variant)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text) if sentence]


@pytest.mark.parametrize(("prompt", "variant"), EVERY_WORDING)
def test_every_wording_makes_good_sentences(
    prompts: Prompts, commands: Commands, prompt: Prompt, variant: int
) -> None:
    text = prompts.render(generic(prompt, variant))
    assert text[-1] in ".?!"
    assert not re.search(r"[{}\d]|\.\.|  ", text)
    for sentence in sentences(text):
        assert sentence[0].isupper()
        assert len(sentence.split()) <= 18
        # The microphone hears the loudspeaker.
        assert commands.match(sentence) is None


def asked_aloud(question: str) -> Line:
    return Line(Prompt.SCREENING_QUESTION, (("question", Term("screening", question)),))


@pytest.mark.parametrize("question", SCREENING)
def test_every_screening_question_is_worded(prompts: Prompts, question: str) -> None:
    text = prompts.render(asked_aloud(question))
    assert text.endswith("?")
    assert len(text.split()) <= 18


def test_no_question_is_worded_or_explained_that_nobody_asks() -> None:
    assert set(WORDINGS.terms.screening) == set(WORDINGS.terms.explained) == set(SCREENING)


def test_no_more_than_seven_questions_are_asked() -> None:
    assert len(QUESTIONS) <= 7


@pytest.mark.parametrize("text", ANSWERS)
def test_answers_are_for_the_ear(commands: Commands, text: str) -> None:
    said = sentences(text)
    assert len(said) <= 2
    for sentence in said:
        assert len(sentence.split()) <= 18
        for clause in re.split(r"[,;:.?!]\s*", sentence):
            assert commands.match(clause) is None
    assert names(text, commands.urgent) == []


def test_safety_lines_have_one_wording() -> None:
    assert {prompt for prompt in SAFETY if len(WORDINGS.wordings(prompt)) != 1} == set()


def test_lines_that_come_often_vary() -> None:
    assert {prompt for prompt in OFTEN if len(WORDINGS.wordings(prompt)) not in {2, 3}} == set()


def test_no_cure_is_claimed() -> None:
    wordings = (text for prompt in Prompt for text in WORDINGS.wordings(prompt))
    everything = " ".join((*wordings, *WORDINGS.terms.answer.values())).lower().replace("not a cure", "")
    assert not re.search(r"\b(cure|heal|treat|therapy|fix)", everything)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line(Prompt.STOPPED), "Stopped. Hands off."),
        (Line(Prompt.STOPPED_WAYS_ON), "Say carry on when you are both ready, or finish."),
        (generic(Prompt.STEP), "Step two: Circles with both palms."),
        (generic(Prompt.COUNT), "Two."),
        (generic(Prompt.TIME_ADDED), "Thirty seconds added. Forty seconds left."),
        (generic(Prompt.PRESSURE), "Pressure two, light."),
        (generic(Prompt.STEP_LENGTH), "For one minute thirty."),
        (generic(Prompt.FAILED), "I cannot use the microphone any more. We are paused."),
        (generic(Prompt.HELP), "You can say: next, lighter, or pause."),
        (generic(Prompt.PREPARE_NEEDS), "Have these at hand: oil, rolled towel, and thin pillow."),
        (
            generic(Prompt.ROUTINES),
            "I know these. One: Lower back strokes. Two: Upper back. Say start, and the number you want.",
        ),
    ],
)
def test_lines_in_words(prompts: Prompts, line: Line, text: str) -> None:
    assert prompts.render(line) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [((), ""), (("oil",), "oil"), (("oil", "towel"), "oil and towel"), (("a", "b", "c"), "a, b, and c")],
)
def test_lists(prompts: Prompts, items: tuple[str, ...], text: str) -> None:
    line = Line(Prompt.PREPARE_NEEDS, (("needs", Listing(items)),))
    assert prompts.render(line) == f"Have these at hand: {text}."


def test_variants_take_turns(prompts: Prompts) -> None:
    count = len(WORDINGS.wordings(Prompt.CHECK_IN))
    texts = [prompts.render(Line(Prompt.CHECK_IN, variant=variant)) for variant in range(2 * count)]
    assert len(set(texts)) == count
    assert texts[:count] == texts[count:]


def test_a_routines_own_text_stays_as_it_is(prompts: Prompts) -> None:
    assert prompts.render(Text("both palms {here}. go..")) == "both palms {here}. go.."


def test_braces_in_a_title_are_only_text(prompts: Prompts) -> None:
    line = Line(Prompt.NEXT_STEP, (("title", "{title} {0}"),))
    assert prompts.render(line) == "Next comes this: {title} {0}."


def test_a_line_with_the_wrong_fields_is_refused(prompts: Prompts) -> None:
    with pytest.raises(ValueError, match="step-length"):
        prompts.render(Line(Prompt.STEP_LENGTH))
    with pytest.raises(LookupError, match="middle"):
        prompts.render(Line(Prompt.STEP_SIDE, (("side", Term("side", "middle")),)))


def test_languages() -> None:
    assert "en" in languages()
    with pytest.raises(UnknownLanguageError, match='no language "tlh"; there is en'):
        Language.load("tlh")
    with pytest.raises(UnknownLanguageError):
        Language.load("../en")


NAMES_URGENT_WORDS = {
    Prompt.WELCOME,  # nothing is under way that could be stopped
    Prompt.WELCOME_ROUTINE,
    Prompt.PAIN_QUESTION,  # it has stopped already, and asks for one of these words
    Prompt.PAIN_QUESTION_AGAIN,
    Prompt.SOUNDCHECK_ASK,  # the word is asked for, and no massage is under way
}


def names(text: str, phrases: Iterable[str]) -> list[str]:
    said = f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "
    return [phrase for phrase in phrases if f" {phrase} " in said]


@pytest.mark.parametrize(("prompt", "variant"), EVERY_WORDING)
def test_the_guide_does_not_say_what_would_stop_it(
    prompts: Prompts, commands: Commands, prompt: Prompt, variant: int
) -> None:
    text = prompts.render(generic(prompt, variant))
    assert bool(names(text, commands.urgent)) == (prompt in NAMES_URGENT_WORDS)


@pytest.mark.parametrize("question", SCREENING)
def test_nor_do_its_questions(prompts: Prompts, commands: Commands, question: str) -> None:
    assert names(prompts.render(asked_aloud(question)), commands.urgent) == []


def test_nor_do_the_routines(commands: Commands) -> None:
    for plan in shelf():
        for beat in plan.beats:
            texts = (beat.title, beat.say, beat.tip, beat.why, beat.care, *(cue.say for cue in beat.cues))
            assert names(" ".join(filter(None, texts)), commands.urgent) == []


def test_nobody_is_told_to_say_what_cannot_be_heard() -> None:
    known = {"continue", "done", "yes", "next"}
    prompts = Language.load(can_hear=lambda phrase: phrase in known).prompts
    assert prompts.render(Line(Prompt.STOPPED_WAYS_ON)) == ("Say continue when you are both ready, or done.")
    examples = (("examples", Phrases((IntentName.NEXT, IntentName.LIGHTER))),)
    assert prompts.render(Line(Prompt.HELP, examples)) == "You can say: next or lighter."

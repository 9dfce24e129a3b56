"""An hour of what the guide says itself, as the loudspeaker gives it: the worst case of an echo."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack

import numpy as np

from voice.audio.mixer import LOUDEST_LEVEL
from voice.language import Language
from voice.language.prompt_file import read_prompts
from voice.recognition.recognizer import RATE
from voice.resources import folder
from voice.routine import shelf
from voice.session.events import Part
from voice.session.intents import IntentName
from voice.session.lines import Line, Listing, Phrases, Prompt, Span, Term, Value
from voice.session.plan import DEEPEST, LIGHTEST, Plan, Side
from voice.synthesis.rates import FASTEST_LEVEL, SLOWEST_LEVEL, words_per_minute
from voice.synthesis.speech import Voice

from .clips import Clip, Kind, silence, whole_chunks

SECONDS = 3_600.0
VOICES = ("gmw/en-us", "gmw/en-us+f3", "gmw/en-gb-x-rp")
"""The product's own, and two that could be chosen in its place."""
_WORDINGS = 3
"""No prompt has more."""
_STEP_DB = 4.0
"""Between two levels of the product's volume."""
_GAP_S = 1.0
"""Between two texts, so that their utterances end, as they do when the guide falls silent."""
_SEED = 3


def texts() -> tuple[str, ...]:
    """Everything the guide can say: every wording of every prompt, and what routines say."""
    prompts, plans = Language.load().prompts, shelf()
    lines = [
        prompts.render(Line(prompt, fields, variant))
        for prompt in Prompt
        for variant in range(_WORDINGS)
        for fields in _filled(prompt, _values(plans))
    ]
    return tuple(dict.fromkeys((*lines, *(text for plan in plans for text in _own(plan)))))


def _values(plans: tuple[Plan, ...]) -> Mapping[str, tuple[Value, ...]]:
    titles = tuple(plan.title for plan in plans)
    wordings = read_prompts(folder("prompts") / "en" / "prompts.yaml")
    return {
        "title": (*titles, *(beat.title for plan in plans for beat in plan.steps)),
        "position": tuple(plan.position for plan in plans),
        "needs": tuple(Listing(plan.needs) for plan in plans),
        "routines": (Listing(titles, numbers=tuple(range(1, len(titles) + 1))),),
        "examples": (Phrases((IntentName.NEXT, IntentName.LIGHTER, IntentName.PAUSE)),),
        "question": _terms("screening", wordings.terms.screening),
        "meaning": _terms("explained", wordings.terms.explained),
        "answer": _terms("answer", wordings.terms.answer),
        "part": tuple(Term("part", part) for part in Part),
        "side": tuple(Term("side", side) for side in Side),
        "pressure": tuple(Term("pressure", str(level)) for level in range(LIGHTEST, DEEPEST + 1)),
        "length": (Span(30), Span(45), Span(90)),
        "left": (Span(5), Span(40), Span(69), Span(150), Span(480)),
        "change": (Span(30), Span(60), Span(120)),
        "number": (1, 2, 3, 4, 5, 6),
        "count": (5, 6),
        "strokes": (6, 12, 20, 30),
        "name": ("Anna", "Ben"),
        "before": (2, 5, 8),
    }


def _terms(kind: str, names: Iterable[str]) -> tuple[Term, ...]:
    return tuple(Term(kind, name) for name in names)


def _filled(
    prompt: Prompt, values: Mapping[str, tuple[Value, ...]]
) -> Iterator[tuple[tuple[str, Value], ...]]:
    most = max((len(values[name]) for name in prompt.fields), default=1)
    for index in range(most):
        yield tuple((name, values[name][index % len(values[name])]) for name in prompt.fields)


def _own(plan: Plan) -> Iterator[str]:
    for beat in plan.beats:
        yield from filter(None, (beat.say, beat.tip, beat.why, beat.care))
        yield from (cue.say for cue in beat.cues)


def narration() -> Iterator[Clip]:
    """The texts in all the voices, rates and volumes of the product, until an hour is full; always the same.

    Raises:
        VoiceUnavailable: Nothing here can speak.
    """
    draw = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    said, order, lasted = texts(), list[str](), 0.0
    with ExitStack() as open_voices:
        voices = {voice_id: open_voices.enter_context(Voice(voice_id)) for voice_id in VOICES}
        while lasted < SECONDS:
            order = order or draw.sample(said, len(said))
            text, voice_id = order.pop(), draw.choice(VOICES)
            rate = words_per_minute(draw.randint(SLOWEST_LEVEL, FASTEST_LEVEL))
            gain = 10 ** (_STEP_DB * (draw.randint(1, LOUDEST_LEVEL) - LOUDEST_LEVEL) / 20)
            spoken = np.rint(voices[voice_id].render(text, rate).pcm * gain * 32_767).astype(np.int16)
            sound = whole_chunks(np.concatenate((spoken, silence(_GAP_S))))
            yield Clip(Kind.NARRATION, text, voice_id, f"narration at {lasted:.2f} s", sound)
            lasted += len(sound) / RATE

"""Which words the model is to know: those of commands, titles and narration, and the most frequent ones.

How they sound is the lexicon's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from voice.language import Language
from voice.language import Vocabulary as Titles
from voice.language.prompt_file import COMMAND, read_prompts
from voice.language.words import words
from voice.resources import folder
from voice.routine import shelf
from voice.session.intents import ONLY_WHEN_ASKED, IntentName
from voice.session.plan import Plan

from . import lexicon

FREQUENT = 2_000
"""So many of the most frequent English words can be heard in the titles of somebody's own routines."""
_BODY = """
abdomen ache achilles acupressure ankle ankles arch arches armpit arms back backs ball balls belly biceps
blanket bone bones bottom breastbone buttock buttocks calf calves candle caress cheek cheekbone cheeks chest
chin circle circular clockwise collarbone compress cream cross crossing cup cupping ear earlobe ears
effleurage elbow elbows eyebrow eyebrows eyelid eyes face fan fascia feather feet fingers fingertip
fingertips fist fists foam foot forearm forearms forehead friction glide gliding glutes gluteal groin hair
hammer hamstring hamstrings handed heel heels hip holding inner instep jaw joint joints kneading knee knees
knuckle knuckles lap latissimus legs ligament lips loosen loosening lotion lumbar lymph massaging mattress
meditation midriff muscular nail nape neck nose ointment outer palm pat patting pelvis percussion petrissage
pinch pinching pluck plucking point points pull pulling quads rake raking ribcage rocking roll roller
rolling rotate rotation rub rubbing sacrum scalp shake shaking shin shins shoulder sitting skull sole soles
spine spiral squeeze squeezing sternum stomach stretch stretches stretching stroking sweep sweeping swinging
tailbone tapping temple temples tendon tendons tennis thigh thighs thumb tiptoes toe toes tongue torso
towels trapezius triceps trigger triggers tummy twist twisting vertebra vertebrae vibrate vibration waist
wringing wrist wrists zigzag
"""
_FIELD = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in lower case, sorted, by what they are for."""

    alone: tuple[str, ...]
    """Each is a whole command by itself."""
    stops: tuple[str, ...]
    """Those of them that ask to stop."""
    commands: tuple[str, ...]
    """All words of all commands, with the numbers and the titles of the bundled routines and their steps."""
    narration: tuple[str, ...]
    """What the guide itself says, which the microphone hears, too."""
    words: tuple[str, ...]
    """All that can be listened for: what any of the grammars may hold, and more for one's own titles."""


def of_language(code: str = "en", frequent: int = FREQUENT) -> Vocabulary:
    """The words of a language.

    Args:
        code: Of one of the languages that come with easeup.
        frequent: How many of the most frequent words are among them.

    Raises:
        LexiconError: nobody knows how some of them are said.
    """
    plans = shelf()
    titles = Titles(
        tuple((plan.routine_id, plan.title) for plan in plans),
        tuple((beat.step_number, beat.title) for plan in plans for beat in plan.steps),
    )
    commands = Language.load(code).commands(titles)
    phrases = commands.phrases(IntentName)
    # A number alone is listened for only where one was asked for.
    alone = {phrase for phrase in commands.phrases(set(IntentName) - ONLY_WHEN_ASKED) if " " not in phrase}
    stops = alone & set(commands.phrases([IntentName.STOP]))
    spoken = {word for phrase in phrases for word in phrase.split()}
    listened = {word for phrase in commands.grammar(set(IntentName)) for word in phrase.split()}
    narration = {word for text in _narration(code, plans) for word in words(text) if lexicon.is_known(word)}
    usual = {word for word in islice(lexicon.by_frequency(), frequent) if words(word) == [word]}
    everything = spoken | listened | narration | usual | set(_BODY.split())
    lexicon.pronounced(everything)
    return Vocabulary(*(tuple(sorted(each)) for each in (alone, stops, spoken, narration, everything)))


def _narration(code: str, plans: tuple[Plan, ...]) -> Iterator[str]:
    """Texts as they are spoken, but for what stands in their fields."""
    said = read_prompts(folder("prompts") / code / "prompts.yaml")
    for wordings in said.prompts.values():
        for wording in (wordings,) if isinstance(wordings, str) else wordings:
            yield COMMAND.sub("", _FIELD.sub("", wording))
    yield from (*said.terms.screening.values(), *said.terms.explained.values(), *said.terms.answer.values())
    for plan in plans:
        yield from (plan.position, *plan.needs)
        for beat in plan.beats:
            yield from filter(None, (beat.title, beat.say, beat.tip, beat.why, beat.care))
            yield from (cue.say for cue in beat.cues)

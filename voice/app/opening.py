"""The beginning of every session: the routines, the questions and the language it is held in."""

from __future__ import annotations

from voice.language import Language
from voice.recognition.recognizer import Recognizer
from voice.routine import shelf
from voice.routine.screening import QUESTIONS
from voice.session.plan import Plan
from voice.session.state import State


def first_state(chosen: Plan | None, *, seed: int = 0) -> State:
    """A session before its first event.

    Args:
        chosen: The routine that "start" alone begins; it joins the bundled ones if it is a file of one's own.
        seed: Draws the wordings.

    Raises:
        DocumentError: A bundled routine has problems.
    """
    plans = shelf()
    if chosen is not None and all(plan.routine_id != chosen.routine_id for plan in plans):
        plans = (*plans, chosen)
    return State(
        plans=tuple(chosen if chosen and plan.routine_id == chosen.routine_id else plan for plan in plans),
        questions=QUESTIONS,
        favourite=None if chosen is None else chosen.routine_id,
        seed=seed,
    )


def language(recognizer: Recognizer | None = None) -> Language:
    """The language in use.

    Args:
        recognizer: Who hears it; None where everything is typed. Nobody is told to say what it can't hear.

    Raises:
        DocumentError: Its files are not right.
    """
    if recognizer is None:
        return Language.load()
    return Language.load(can_hear=lambda phrase: not recognizer.missing([phrase]))

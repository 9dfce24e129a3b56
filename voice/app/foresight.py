"""What may have to be said next, so that it can be spoken at once.

The session core is pure, so the question is put to the core itself: what would it say, if …?
"""

from __future__ import annotations

from collections.abc import Iterator

from voice.language import Prompts
from voice.session import Transition, advance
from voice.session.actions import Say
from voice.session.events import Event, Heard, SpeechFinished, TimePassed
from voice.session.intents import Intent, IntentName
from voice.session.state import State

_LIKELY = (
    IntentName.STOP,
    IntentName.PAIN,
    IntentName.NEXT,
    IntentName.READY,
    IntentName.NO,
    IntentName.YES,
    IntentName.CARRY_ON,
    IntentName.PAUSE,
    IntentName.LIGHTER,
    IntentName.FIRMER,
    IntentName.START,
    IntentName.REPEAT,
)
"""Most wanted first: nobody waits for the words after a stop."""


def upcoming(state: State, deadline: float | None, prompts: Prompts, now: float) -> tuple[str, ...]:
    """The lines that may be spoken next, most wanted first, each once."""
    transitions = _following(state, deadline, now)
    lines = (
        prompts.render(line)
        for transition in transitions
        for action in transition.actions
        if isinstance(action, Say)
        for line in action.lines
    )
    return tuple(dict.fromkeys(lines))


def _following(state: State, deadline: float | None, now: float) -> Iterator[Transition]:
    for name in _LIKELY[:2]:
        yield advance(state, Heard(Intent(name)), now)
    # What comes when nobody says anything: the end of this speech, and then the next deadline.
    if state.speaking is not None:
        silent = advance(state, SpeechFinished(state.speaking.utterance_id), now)
        yield silent
        state_then, deadline_then = silent.state, silent.deadline
    else:
        state_then, deadline_then = state, deadline
    if deadline_then is not None:
        passed: Event = TimePassed()
        yield advance(state_then, passed, max(now, deadline_then))
    for name in _LIKELY[2:]:
        yield advance(state, Heard(Intent(name)), now)

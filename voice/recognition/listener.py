"""Ears for a session: joins what is heard, what counts and what it means. Sound in, events out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from voice.session.events import Heard, NotUnderstood, RejectionReason
from voice.session.intents import Intent, IntentName

from .decision import HOLD_S, UNHURRIED_HOLD_S, Accepted, Decision, IsSomebodys, Rejection, anybodys
from .recognizer import Recognizer


class Listener:
    """Turns sound into events; `expect` has to be called before `hear`."""

    def __init__(self, recognizer: Recognizer, is_somebodys: IsSomebodys = anybodys) -> None:
        self._recognizer = recognizer
        self._decision = Decision(is_somebodys)
        self._match: Callable[[str], Intent | None] = lambda _: None
        self._acted = False
        """Whether the utterance under way has been acted on, so that it is to be forgotten."""

    def expect(
        self,
        phrases: Collection[str],
        match: Callable[[str], Intent | None],
        urgent: Collection[str],
        *,
        expected: Collection[str] = (),
        mistaken: Mapping[str, str] | None = None,
        hurried: bool = True,
    ) -> None:
        """Listen for these from now on.

        Args:
            phrases: Commands and decoys, in lower case.
            match: What a whole text asks for, or None if it is no command.
            urgent: Those of the phrases that act before their utterance ends.
            expected: Those of the phrases that are the likeliest, as they have been asked for.
            mistaken: Words that mean nothing alone, each with the urgent phrase that is often heard as it;
                that counts only while hurried.
            hurried: Whether a stop is likely, and they act as soon as may be, even if they act on what only
                begins like them.

        Raises:
            ModelError: The model can hear none of the phrases that ask to stop.
        """
        self._forget_acted()
        stops = [phrase for phrase in urgent if (found := match(phrase)) and found.name is IntentName.STOP]
        likely = [*expected, min(stops, key=len)] if hurried and stops else expected
        self._recognizer.listen_for(phrases, sorted(stops, key=len), likely)
        hold = HOLD_S if hurried else UNHURRIED_HOLD_S
        self._decision.expect(
            phrases, lambda text: match(text) is not None, urgent, hold, mistaken if hurried else None
        )
        self._match = match

    @property
    def suspects(self) -> str | None:
        """What seems to be an urgent phrase, as it is heard; it is believed, or not, in a moment."""
        return self._decision.suspects

    def hear(self, block: npt.NDArray[np.int16]) -> tuple[Heard | NotUnderstood, ...]:
        """Listen on to a block of sound, shape (samples,), 16 kHz; returns what became clear by it."""
        return tuple(self._events(block))

    def _events(self, block: npt.NDArray[np.int16]) -> Iterator[Heard | NotUnderstood]:
        self._forget_acted()
        for hypothesis in self._recognizer.hear(block):
            match self._decision.judge(hypothesis):
                case Rejection(reason, text):
                    yield NotUnderstood(reason, text)
                case Accepted(text, _, urgent, heard):
                    self._acted = self._acted or urgent
                    intent = self._match(text)
                    if intent is None:  # an urgent phrase that the language doesn't know
                        yield NotUnderstood(RejectionReason.OUT_OF_VOCABULARY, heard or text)
                    else:
                        yield Heard(intent, heard or text)

    def _forget_acted(self) -> None:
        """With the next sound: it takes milliseconds, and who acts on a stop must not wait for them."""
        if self._acted:
            self._acted = False
            self._recognizer.forget_utterance()

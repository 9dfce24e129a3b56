"""Vosk, listening for given phrases: sound in, hypotheses out.

Decides nothing. Deterministic: the same sound and the same grammars give the same hypotheses. For one thread.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .hypothesis import UNKNOWN, Alternative, Hypothesis
from .models import ModelError

RATE = 16_000
"""Samples a second."""
CHUNK = 1_280
"""Samples given to Vosk at a time: 80 ms. It computes in steps of 90 ms (the built-in model) to
200 ms anyway, so less gains nothing; with more, a "stop" lies about unheard."""
REHEARD_S = 3.0
"""So much of an utterance is heard again when the grammar changes in its midst: longer than any command."""
LEAD_IN_S = 0.32
"""So much of the sound before an utterance's end belongs to the next one, too: Vosk has hardly looked at it,
so a word may have begun. Less than the silence that ends an utterance, so that no word is heard twice."""
RENEWED_AFTER_S = 60.0
"""A Vosk recognizer grows by some 20 kB a second for ten minutes (69 to 84 MB); renewed every minute it stays
at 72 MB. A new one costs 4 ms with 2,400 phrases."""
ALTERNATIVES = 10
"""So many texts are asked for when an utterance has ended."""

EXPECTED_SHARE = 0.05
"""So often, of all that is said, a phrase is said that is expected. To Vosk a grammar is how often each word
follows each: of some 2,000 phrases a hundred begin with "step" and others end with it, so that "step" by
itself would be likelier than "stop". And where a start is asked for, 1 of 96 starts of synthetic voices was
taken for a stop, and 12 where a stop was expected."""


class Recognizer:
    """Hears words of a grammar in blocks of sound."""

    def __init__(self, model: Path) -> None:
        """Load a model.

        Args:
            model: Folder of a model, as `models.find` gives it.

        Raises:
            ModelError: Vosk can't load it, or it can't tell other speech from commands.
        """
        import vosk  # noqa: PLC0415 - takes 0.1 s and a C library, which sessions by text need not have

        vosk.SetLogLevel(-1)  # errors only: its log goes to the terminal in which the conversation is shown
        # Of what an interruption leaves half made Vosk would complain that it has no handle to free.
        vosk.Model._handle = vosk.KaldiRecognizer._handle = vosk._ffi.NULL  # noqa: SLF001 - no other way
        self._vosk = vosk
        try:
            self._model = vosk.Model(str(model))
        except Exception as error:  # noqa: BLE001 - Vosk raises no other class
            raise ModelError(
                f"{model}: Vosk can't load this model ({error}); unpack it again, or choose one with --model"
            ) from None
        if not self.knows(UNKNOWN):
            raise ModelError(
                f"{model}: this model has no word {UNKNOWN} for speech that is no command; "
                "choose another with --model"
            )
        self._path = model
        self._grammar: tuple[str, ...] = ()
        self._unheard: tuple[str, ...] = ()
        self._ear: Any = None
        self._ear_began = 0
        self._heard = 0
        self._waiting = np.empty(0, np.int16)
        self._utterance: deque[npt.NDArray[np.int16]] = deque(maxlen=_chunks(REHEARD_S))
        self._reheard: list[Hypothesis] = []

    def knows(self, word: str) -> bool:
        """Whether the model can hear a word."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def missing(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """The words of these phrases that the model can't hear, sorted."""
        return tuple(sorted(word for word in _words(phrases) if not self.knows(word)))

    @property
    def unheard(self) -> tuple[str, ...]:
        """The phrases that were to be listened for and can't be heard, because of a word the model lacks."""
        return self._unheard

    def listen_for(
        self, phrases: Collection[str], must_hear: Collection[str], expected: Collection[str] = ()
    ) -> None:
        """Listen for these phrases from now on.

        An utterance under way is heard again from its beginning, so a word that was begun before is not lost;
        what comes of it is given by the next `hear`.

        Args:
            phrases: In lower case. Their words may be heard in other orders, too.
            must_hear: Phrases of which at least one has to be among those that can be heard.
            expected: Those of the phrases that will be said more often than others; any of `must_hear` after
                unknown speech, too.

        Raises:
            ModelError: None of `must_hear` can be heard; what was listened for before stays.
        """
        lacking = set(self.missing(phrases))
        heard = tuple(phrase for phrase in dict.fromkeys(phrases) if lacking.isdisjoint(phrase.split()))
        can = frozenset(heard)
        if can.isdisjoint(must_hear):
            raise ModelError(
                f'{self._path}: this model can\'t hear "{next(iter(must_hear), "")}", and without that '
                "nobody is safe; choose another with --model"
            )
        self._unheard = tuple(phrase for phrase in dict.fromkeys(phrases) if phrase not in can)
        likely = [phrase for phrase in expected if phrase in can]
        after_others = (f"{UNKNOWN} {phrase}" for phrase in likely if phrase in must_hear)
        grammar = (*heard, UNKNOWN, *after_others, *likely * round(EXPECTED_SHARE * len(heard)))
        if grammar != self._grammar:
            self._grammar = grammar
            self._reheard += self._begin_anew()

    def forget_utterance(self) -> None:
        """Let the utterance so far be over: it has been acted on, and is not to be heard again."""
        self._utterance.clear()
        self._reheard.clear()
        self._begin_anew()

    def hear(self, block: npt.NDArray[np.int16]) -> tuple[Hypothesis, ...]:
        """Listen on.

        Args:
            block: Sound of shape (samples,), 16 kHz; of any length, usually 10 ms.

        Returns:
            What can be told now, in order; a hypothesis for every 80 ms.
        """
        if self._ear is None:
            raise RuntimeError("nothing is being listened for; call listen_for first")
        self._waiting = np.concatenate((self._waiting, block))
        hypotheses, self._reheard = self._reheard, []
        while len(self._waiting) >= CHUNK:
            chunk, self._waiting = self._waiting[:CHUNK], self._waiting[CHUNK:]
            self._heard += CHUNK
            self._utterance.append(chunk)
            hypothesis = self._listen(chunk, self._heard)
            hypotheses.append(hypothesis)
            if hypothesis.is_final:
                self._utterance = deque(list(self._utterance)[-_chunks(LEAD_IN_S) :], self._utterance.maxlen)
                if self._heard - self._ear_began > RENEWED_AFTER_S * RATE:
                    hypotheses += self._begin_anew()
        return tuple(hypotheses)

    def _begin_anew(self) -> list[Hypothesis]:
        """Hear the utterance with a new Vosk recognizer.

        A new one for every grammar: SetGrammar in the midst of an utterance can abort the program.
        """
        self._ear = self._vosk.KaldiRecognizer(
            self._model, RATE, json.dumps(self._grammar, ensure_ascii=False)
        )
        self._ear.SetMaxAlternatives(ALTERNATIVES)
        self._ear_began = at = self._heard - CHUNK * len(self._utterance)
        hypotheses = []
        for chunk in self._utterance:
            at += CHUNK
            hypotheses.append(self._listen(chunk, at))
        return hypotheses

    def _listen(self, chunk: npt.NDArray[np.int16], at: int) -> Hypothesis:
        if not self._ear.AcceptWaveform(chunk.tobytes()):
            return Hypothesis(json.loads(self._ear.PartialResult())["partial"], is_final=False, at=at / RATE)
        found = json.loads(self._ear.Result())["alternatives"]
        alternatives = tuple(Alternative(each["text"], each["confidence"]) for each in found)
        return Hypothesis(alternatives[0].text, is_final=True, at=at / RATE, alternatives=alternatives)


def _words(phrases: Iterable[str]) -> Iterator[str]:
    return iter({word for phrase in phrases for word in phrase.split()})


def _chunks(seconds: float) -> int:
    return round(seconds * RATE / CHUNK)

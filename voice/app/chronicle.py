"""Keeps the record of a conversation as it is held, and tells a scripted partner what the guide does."""

from __future__ import annotations

from collections.abc import Callable

from voice.rehearsal.partner import Partner
from voice.rehearsal.record import Entry, Record
from voice.rehearsal.script import Moment, StepBegins
from voice.session.actions import Action, Chime, CutShort, Earcon, Say, Silence
from voice.session.events import Heard, NotUnderstood, SpeechFinished
from voice.session.state import Massage

from .conversation import Turned


class Chronicle:
    """A witness that writes everything down."""

    def __init__(
        self,
        record: Record,
        partner: Partner | None = None,
        tell: Callable[[Entry], object] | None = None,
    ) -> None:
        """Make one.

        Args:
            record: Where it is written down.
            partner: Who is told what the guide does, if anybody.
            tell: Given each entry as it begins, for a live transcript.
        """
        self._record = record
        self._partner = partner
        self._listening = tell
        self._speaking: Say | None = None

    def turned(self, turn: Turned) -> None:
        """Write down one turn: what was heard, what was spoken, and how the work goes."""
        now = turn.now
        match turn.event:
            case Heard(intent=intent, text=text):
                self._tell(self._record.heard(now, text, intent))
            case NotUnderstood(reason=reason, text=text):
                self._tell(self._record.rejected(now, text, reason))
            case SpeechFinished(utterance_id=ended):
                if self._speaking is not None and self._speaking.utterance_id == ended:
                    self._falls_silent(now, cut=False)
            case _:
                pass
        for action in turn.transition.actions:
            self._acted(action, turn)
        self._worked(turn)
        state = turn.transition.state
        if (phase := self._record.phase(now, state.phase.name)) is not None:
            self._tell(phase)

    def _acted(self, action: Action, turn: Turned) -> None:
        match action:
            case Say(utterance_id=number, asks=asks):
                self._speaking = action
                self._tell(self._record.narration_began(turn.now, number, turn.texts[number], asks))
                if self._partner is not None:
                    self._partner.guide_began()
            case CutShort() | Silence() if self._speaking is not None:
                self._falls_silent(turn.now, cut=True)
            case Chime(earcon=earcon):
                self._tell(self._record.earcon(turn.now, earcon))
                if earcon is Earcon.TIME_UP:
                    self._notice(Moment.TIMER, turn.now)
            case _:
                pass

    def _falls_silent(self, now: float, *, cut: bool) -> None:
        speaking, self._speaking = self._speaking, None
        if speaking is None:
            return
        self._record.narration_ended(now, speaking.utterance_id, cut)
        self._notice(Moment.QUESTION if speaking.asks and not cut else Moment.NARRATION, now)

    def _worked(self, turn: Turned) -> None:
        before, after = _clock(turn.before.massage), _clock(turn.transition.state.massage)
        if before == after:
            return
        if before is not None:
            self._record.work_ended(turn.now)
        massage = turn.transition.state.massage
        if after is None or massage is None:
            return
        beat = massage.beat
        self._tell(self._record.work_began(turn.now, beat.step_number, beat.title, beat.side))
        if massage.worked == 0.0:
            self._notice(StepBegins(beat.step_id), turn.now)

    def _tell(self, entry: Entry) -> None:
        if self._listening is not None:
            self._listening(entry)

    def _notice(self, moment: Moment | StepBegins, now: float) -> None:
        if self._partner is not None:
            self._partner.notice(moment, now)


def _clock(massage: Massage | None) -> tuple[int, float] | None:
    """Which beat's clock runs, and since when."""
    if massage is None or massage.working_since is None:
        return None
    return massage.index, massage.working_since

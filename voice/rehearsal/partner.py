"""The scripted partner: decides when each remark of a script is said.

Pure scheduling: it makes no sound and reads no clock. The app tells it what the guide does (`guide_began`,
`notice`), asks it for the next remark (`due`) and tells it when a remark has been spoken (`spoken`).

The rules, with all times in seconds of audio time:

- Remarks are said strictly in the order of the script, one at a time.
- `at`: said at that time, or as soon as the previous remark has been spoken, whichever is later.
- `after: question`, `timer` or a step: said `wait` after the first such moment that comes once the previous
  remark has been spoken. A moment that came earlier, or while the partner was speaking, does not count. It is
  then said at its time even when the guide is speaking.
- `after: narration`: said once the guide has been silent for `wait`. A guide that begins to speak while the
  partner waits starts the wait again from the end of that speech, so two utterances with a short gap count
  as one. A guide that is already silent when the previous remark has been spoken counts as silent at once,
  but is given `ANSWER_TIME` to begin an answer: a remark can so follow one that was answered by a sound
  only, and never falls into the answer that was just about to come.
- The end of a question is the end of a narration, too.
"""

from __future__ import annotations

from .script import Moment, Remark, Script, StepBegins

ANSWER_TIME = 2.0
"""Seconds that a silent guide has to begin an answer: a recognizer's longest trailing silence is 1 s."""


class Partner:
    """Says the remarks of `script`, each at its time. At the beginning, time 0, the guide is silent."""

    def __init__(self, script: Script) -> None:
        self._remarks = script.remarks
        self._index = 0
        self._speaking = False
        self._guide_speaks = False
        self._due: float | None = None
        self._look_ahead(0.0)

    @property
    def done(self) -> bool:
        """Whether everything has been said, to the end of its last word."""
        return self._index == len(self._remarks)

    @property
    def speaking(self) -> bool:
        """Whether a remark has become due and has not been spoken to its end."""
        return self._speaking

    @property
    def due_at(self) -> float | None:
        """When the next remark is due, as far as that is known; None when it hangs on something to come."""
        return self._due

    @property
    def waiting_for(self) -> str:
        """What has to happen before the partner goes on, for people to read; "nothing" when done."""
        if self.done:
            return "nothing"
        remark = self._remarks[self._index]
        if self._speaking:
            return f'the end of "{remark.text}"'
        purpose = f'to say "{remark.text}" (line {remark.place[0]} of the script)'
        if self._due is not None:
            return f"{self._due:.1f} s, {purpose}"
        match remark.after:
            case Moment.QUESTION:
                moment = "the end of a question"
            case Moment.TIMER:
                moment = "the end of a step's time"
            case StepBegins(step_id):
                moment = f"the beginning of step {step_id}"
            case _:
                moment = "the guide to fall silent"
        return f"{moment}, {purpose}"

    def guide_began(self) -> None:
        """The guide has begun to speak."""
        self._guide_speaks = True
        if self._awaits(Moment.NARRATION):
            self._due = None

    def notice(self, moment: Moment | StepBegins, now: float) -> None:
        """Something has happened at `now`.

        `QUESTION` in place of `NARRATION` when a question was asked to its end. Speech that was cut short
        ends with `NARRATION`. `StepBegins` comes with every beginning of the step's work: also with that of
        its other side and of its repetitions.
        """
        ends_speech = moment in (Moment.NARRATION, Moment.QUESTION)
        if ends_speech:
            self._guide_speaks = False
        if (ends_speech and self._awaits(Moment.NARRATION)) or (self._due is None and self._awaits(moment)):
            self._due = now + self._remarks[self._index].wait

    def due(self, now: float) -> Remark | None:
        """Give the remark whose time has come, if any: once, and none until it has been `spoken`."""
        if self._speaking or self._due is None or now < self._due:
            return None
        self._speaking = True
        return self._remarks[self._index]

    def spoken(self, now: float) -> None:
        """The last sample of the remark that was due has been heard in the room.

        Raises:
            RuntimeError: When no remark is being spoken.
        """
        if not self._speaking:
            raise RuntimeError("no remark is being spoken")
        self._speaking = False
        self._index += 1
        self._look_ahead(now)

    def _awaits(self, moment: Moment | StepBegins) -> bool:
        """Whether the next remark is one after `moment`, and the partner is free to say it."""
        return not self.done and not self._speaking and self._remarks[self._index].after == moment

    def _look_ahead(self, now: float) -> None:
        """Set when the next remark is due; None when that hangs on something still to come."""
        self._due = None
        if self.done:
            return
        remark = self._remarks[self._index]
        if remark.at is not None:
            self._due = remark.at
        elif remark.after == Moment.NARRATION and not self._guide_speaks:
            self._due = now + max(remark.wait, ANSWER_TIME)

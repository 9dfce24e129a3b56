"""Says lengths of time, as exactly as a person at work wants to hear them."""

from __future__ import annotations

import math

from pydantic import Field

from voice.documents import Shape

from .numbers import Numbers

_MINUTE = 60
_EXACT = 2 * _MINUTE
"""Up to this many seconds, every second is said; above, quarters of a minute."""
_LONG = 13 * _MINUTE
"""Above this, half minutes: what is said is never wrong by more than a fiftieth."""
_TEEN = 10
"""From here on, seconds after "one minute" need no unit to be understood."""


class DurationWords(Shape):
    """The wordings of lengths of time, as prompts.yaml has them under `durations`."""

    moment: str
    second: str
    seconds: str
    minute: str
    minutes: str
    minute_and_second: str = Field(alias="minute-and-second")
    minute_and_seconds: str = Field(alias="minute-and-seconds")
    minute_rest: str = Field(alias="minute-rest")
    minutes_rest: str = Field(alias="minutes-rest")
    minutes_and_a_half: str = Field(alias="minutes-and-a-half")


DURATION_FIELDS: dict[str, tuple[str, ...]] = {
    "moment": (),
    "second": (),
    "seconds": ("number",),
    "minute": (),
    "minutes": ("number",),
    "minute-and-second": (),
    "minute-and-seconds": ("rest",),
    "minute-rest": ("rest",),
    "minutes-rest": ("number", "rest"),
    "minutes-and-a-half": ("number",),
}
"""The fields of each wording."""


def say_duration(seconds: float, wordings: DurationWords, numbers: Numbers) -> str:
    """A length of time in words: to a second, above two minutes to 15 seconds, above 13 to half a minute."""
    whole = math.floor(seconds + 0.5)
    if whole > _EXACT:
        part = _MINUTE // 2 if whole > _LONG else _MINUTE // 4
        minutes, rest = divmod(part * math.floor(seconds / part + 0.5), _MINUTE)
        if rest == _MINUTE // 2:
            return wordings.minutes_and_a_half.format(number=numbers.say(minutes))
        if rest:
            return wordings.minutes_rest.format(number=numbers.say(minutes), rest=numbers.say(rest))
        return wordings.minutes.format(number=numbers.say(minutes))
    if whole < _MINUTE:
        return _below_a_minute(whole, wordings, numbers)
    return _from_a_minute(whole, wordings, numbers)


def _below_a_minute(whole: int, wordings: DurationWords, numbers: Numbers) -> str:
    if whole < 1:
        return wordings.moment
    return wordings.second if whole == 1 else wordings.seconds.format(number=numbers.say(whole))


def _from_a_minute(whole: int, wordings: DurationWords, numbers: Numbers) -> str:
    rest = whole - _MINUTE
    if rest in {0, _MINUTE}:
        return wordings.minutes.format(number=numbers.say(2)) if rest else wordings.minute
    if rest == 1:
        return wordings.minute_and_second
    wording = wordings.minute_and_seconds if rest < _TEEN else wordings.minute_rest
    return wording.format(rest=numbers.say(rest))

"""From what was heard to figures: the rules of counting, all of them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from voice.recognition.decision import Accepted
from voice.recognition.hypothesis import Hypothesis

from .clips import LEAD_S, Clip, Kind, word_end
from .figures import Delays, Figure, Rate, Share
from .listening import Belief

Key = tuple[str, ...]
"""What a figure is of, such as ("recall", "stop", "10 dB")."""
STOP = "stop"


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What an ear made of a clip."""

    kind: Kind
    said: str
    speaker: str
    snr: float | None
    seconds: float
    """With the silences around it."""
    ends: float
    """When the last word ended, on the clock of the hypotheses; where speech goes on, the clip's end."""
    hypotheses: tuple[Hypothesis, ...]

    @classmethod
    def of(cls, clip: Clip, seconds: float, hypotheses: tuple[Hypothesis, ...]) -> Heard:
        """Make it of a clip that was padded, unless it is narration."""
        ends = seconds if clip.kind is Kind.NARRATION else LEAD_S + word_end(clip.sound)
        return cls(clip.kind, clip.said, clip.speaker, clip.snr, seconds, ends, hypotheses)


def condition(snr: float | None) -> str:
    """What a noise is called in a key."""
    return "clean" if snr is None else f"{snr:g} dB"


class Tally:
    """Counts, by what they are counts of."""

    def __init__(self) -> None:
        self._shares: dict[Key, dict[str, tuple[int, int]]] = defaultdict(dict)
        self._events: dict[Key, int] = defaultdict(int)
        self._seconds: dict[Key, float] = defaultdict(float)
        self._delays: dict[Key, list[float]] = defaultdict(list)

    def count(self, key: Key, hit: bool, speaker: str) -> None:
        """One more of them, which is a hit or not."""
        hits, clips = self._shares[key].get(speaker, (0, 0))
        self._shares[key][speaker] = (hits + hit, clips + 1)

    def happened(self, key: Key, times: int, seconds: float) -> None:
        """So often in so much audio."""
        self._events[key] += times
        self._seconds[key] += seconds

    def took(self, key: Key, seconds: float) -> None:
        """One more delay."""
        self._delays[key].append(seconds)

    def figures(self) -> dict[Key, Figure]:
        """All of them."""
        found: dict[Key, Figure] = {key: Share.of(people.values()) for key, people in self._shares.items()}
        found |= {key: Rate(self._events[key], self._seconds[key] / 3600) for key in self._seconds}
        found |= {key: spread for key, seconds in self._delays.items() if (spread := Delays.of(seconds))}
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """How one row is scored."""

    match: Callable[[str], Hashable | None]
    """What a whole text asks for; None if it is no command."""
    believes: Belief
    """Which phrases count."""
    stops: Belief
    """Which stops the product would believe."""
    timed: bool = True
    """Whether its hypotheses come while it listens, so that delays mean something."""


def score(heard: Iterable[Heard], rules: Rules) -> dict[Key, Figure]:
    """The figures of everything but the whole vocabulary."""
    tally = Tally()
    for each in heard:
        believed = tuple(rules.believes.believed(each.hypotheses))
        stops = tuple(one for one in rules.stops.believed(each.hypotheses) if one.urgent)
        if each.kind is Kind.COMMAND:
            _score_command(tally, each, rules, believed, stops)
        elif each.kind is not Kind.PHRASE:
            _score_other(tally, each, believed, stops)
    return tally.figures()


def _score_command(
    tally: Tally, heard: Heard, rules: Rules, believed: Sequence[Accepted], stops: Sequence[Accepted]
) -> None:
    """The first phrase believed has to ask for what was said; words that ask for nothing don't count."""
    wanted, noise = rules.match(heard.said), condition(heard.snr)
    if wanted is None:
        return
    right = bool(believed) and rules.match(believed[0].text) == wanted
    groups = [heard.said, "all four"] if heard.said == STOP else [heard.said, "yes, no, go", "all four"]
    for group in groups:
        tally.count(("recall", group, noise), right, heard.speaker)
    timely = rules.timed and heard.snr is None
    if heard.said == STOP:
        tally.count(("recall", "stop by rule", noise), bool(stops), heard.speaker)
        if stops and timely:
            tally.took(("delay", STOP), stops[0].at - heard.ends)
    elif right and timely:
        tally.took(("delay", "yes, no, go"), believed[0].at - heard.ends)


def _score_other(tally: Tally, heard: Heard, believed: Sequence[Accepted], stops: Sequence[Accepted]) -> None:
    """Whatever is believed is wrong."""
    counts = {
        "any": len(believed),
        "urgent": sum(one.urgent for one in believed),
        STOP: sum(one.text == STOP for one in believed),
        "urgent by rule": len(stops),
    }
    for what, times in counts.items():
        key = (heard.kind.value, what, condition(heard.snr))
        if heard.kind is not Kind.NARRATION:
            tally.count(key, times > 0, heard.speaker)
        if heard.kind in {Kind.SENTENCE, Kind.READING, Kind.NARRATION}:
            tally.happened((*key, "an hour"), times, heard.seconds)


def score_vocabulary(
    heard: Iterable[Heard], match: Callable[[str], Hashable | None], believes: Belief, unheard: frozenset[str]
) -> dict[Key, Figure]:
    """Recall over the whole vocabulary, and over the phrases of whose words the ear knows every one."""
    tally = Tally()
    for each in heard:
        if each.kind is not Kind.PHRASE:
            continue
        found = next(iter(tuple(believes.believed(each.hypotheses))), None)
        right = found is not None and match(found.text) == match(each.said)
        tally.count(("vocabulary", "all"), right, each.speaker)
        tally.count(("vocabulary", each.speaker), right, each.speaker)
        if each.said not in unheard:
            tally.count(("vocabulary", "known"), right, each.speaker)
    return tally.figures()

"""Is every constant of voice/recognition/decision.py the best one? Each, beside its alternatives.

    python -m tests.benchmarks.decision --speech ../shared/speech

Recordings as for tests.benchmarks.recognition, heard with the product's grammar while hands are at work,
without noise and with the kitchen's at 5 dB. Each table comes twice: for the half of the training side's
speakers that is chosen by, and for those who are held out of training, which is what is reported. Where those
of the training decide nothing, for the model knows them too well, the others had to; decision.py says where.
With --corpus, those who are held out read aloud, too; that takes a quarter of an hour for three hours of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import yaml

from tests.benchmarks.progress import progress
from tests.benchmarks.recognition.clips import (
    Clip,
    Kind,
    Sound,
    SpeechError,
    in_noise,
    kitchen,
    people,
)
from tests.benchmarks.recognition.command import corpus_option, read_aloud
from tests.benchmarks.recognition.ears import EarError, EarProcess
from tests.benchmarks.recognition.listening import (
    Belief,
    ByRule,
    Listening,
    WholePhrases,
    commands,
    while_choosing,
    while_guiding,
)
from tests.benchmarks.recognition.scoring import Heard, Rules, score
from voice.language import Commands
from voice.recognition.decision import (
    AFTER_OTHERS_HOLD_S,
    HOLD_S,
    QUIET_S,
    UNHURRIED_HOLD_S,
    WORD_BONUS,
    Decision,
)
from voice.recognition.models import BUILT_IN
from voice.recognition.recognizer import Recognizer
from voice.resources import folder
from voice.session.intents import IntentName

from . import policies, tables
from .hearing import CHOSEN, REPORTED, acts_on_two, half, hear, long_phrases, starts, stops

HOLDS = (0.0, 0.08, 0.16, 0.24, 0.32, 0.4)
UNHURRIED_HOLDS = (0.24, 0.32, 0.4, 0.48, 0.56, 0.64)
AFTER_OTHERS_HOLDS = (0.24, 0.32, 0.4, 0.48, 0.56)
WORD_BONUSES = (0.0, 1.0, 2.0, 3.0, 4.0)
QUIETS = (0.16, 0.32, 0.5, 0.8)
GROUPS = ("like stop and start", "like other commands", "narration's own", "of people who talk")
"""The groups of decoys in commands.yaml, in its order."""
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)

Believes = Callable[[Listening], Belief]


def holds() -> Mapping[str, Believes]:
    """HOLD_S."""
    return {
        "any partial": policies.AnyPartial,
        **{_held(hold, HOLD_S): partial(ByRule, hold=hold) for hold in HOLDS},
        "finals only": WholePhrases,
    }


def unhurried_holds() -> Mapping[str, Believes]:
    """UNHURRIED_HOLD_S."""
    return {_held(hold, UNHURRIED_HOLD_S): partial(ByRule, hold=hold) for hold in UNHURRIED_HOLDS}


def after_others_holds() -> Mapping[str, Believes]:
    """AFTER_OTHERS_HOLD_S."""
    return {
        _held(hold, AFTER_OTHERS_HOLD_S): _with(partial(Decision, after_others_hold=hold))
        for hold in AFTER_OTHERS_HOLDS
    }


def word_bonuses() -> Mapping[str, Believes]:
    """WORD_BONUS, and what it is without alternatives."""
    return {
        "no alternatives": lambda listening: policies.Rewritten(ByRule(listening), str),
        **{
            f"{bonus:g} nats{' *' if bonus == WORD_BONUS else ''}": _with(partial(Decision, word_bonus=bonus))
            for bonus in WORD_BONUSES
        },
    }


def acceptances() -> Mapping[str, Believes]:
    """How a phrase is accepted that is not urgent, and one that is."""
    return {
        "whole phrase *": ByRule,
        "[unk] around it": lambda listening: policies.Rewritten(ByRule(listening), policies.without_unknown),
        "anywhere": lambda listening: policies.Rewritten(
            ByRule(listening),
            partial(policies.longest_command, is_command=lambda text: listening.match(text) is not None),
        ),
        "urgent: alone": _with(policies.Alone),
        "urgent: after others": _with(policies.NotAtTheBeginning),
        "urgent: before too *": ByRule,
        "urgent: anywhere": _with(policies.Anywhere),
    }


def _with(rule: Callable[[], Decision]) -> Believes:
    return lambda listening: ByRule(listening, decision=rule())


def _held(hold: float, usual: float) -> str:
    return f"{hold:.2f} s{' *' if hold == usual else ''}"


def decoys(known: Commands) -> Iterator[tuple[str, Listening]]:
    """The product's listening with all of its decoys, with none, and without each group."""
    usual = while_guiding(known)
    found = yaml.safe_load((folder("prompts") / "en" / "commands.yaml").read_text(encoding="utf-8"))["decoys"]
    groups = {name: set(words.split()) for name, words in zip(GROUPS, found, strict=True)}
    phrases = set(known.phrases(IntentName))
    yield "all *", usual
    yield "none", _without(usual, set[str]().union(*groups.values()) - phrases)
    for name, words in groups.items():
        others = set[str]().union(*(each for group, each in groups.items() if group != name))
        yield f"not {name}", _without(usual, words - others - phrases)


def _without(listening: Listening, phrases: set[str]) -> Listening:
    kept = tuple(each for each in listening.phrases if each not in phrases)
    return replace(listening, phrases=kept)


@click.command()
@click.option("--speech", type=_FOLDER, required=True, help="Folder of the recordings.")
@corpus_option
@click.option("--model", type=_FOLDER, default=BUILT_IN, help="Vosk model to listen with.")
def main(speech: Path, corpora: tuple[Path, ...], model: Path) -> None:
    """Print the tables of every constant of the decision; the product's own value has a star."""
    try:
        clips = tuple(
            clip for clip in people(speech) if half(clip.speaker) and clip.kind is not Kind.BACKGROUND
        )
        read, noise, known = read_aloud(corpora), kitchen(speech), commands()
        with EarProcess(model) as ear:
            _print_all(ear, clips, read, noise, known)
    except (EarError, SpeechError, OSError) as error:
        raise click.ClickException(str(error)) from None
    _print_quiet(Recognizer(model), while_guiding(known), clips)


def _print_all(
    ear: EarProcess, clips: Sequence[Clip], read: Sequence[Clip], noise: Sound, known: Commands
) -> None:
    usual = while_guiding(known)
    quiet = (*clips, *read)
    heard = hear(ear, usual, (in_noise(clip, noise, snr) for snr in (None, 5.0) for clip in quiet), "all")
    click.echo(tables.LEGEND)
    for name in (CHOSEN, REPORTED):
        kinds = Counter(clip.kind.value for clip in quiet if half(clip.speaker) == name)
        counts = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        click.echo(f"{name}: {counts}; stop {len(stops(clips, name))}")
    _print("HOLD_S, hands at work", heard, usual, holds())
    _print("AFTER_OTHERS_HOLD_S", heard, usual, after_others_holds())
    _print("acceptance", heard, usual, acceptances())
    _print("UNHURRIED_HOLD_S", heard, usual, unhurried_holds())
    _print_said(ear, while_choosing(known), "UNHURRIED_HOLD_S: starts", starts, unhurried_holds())
    _print("WORD_BONUS", heard, usual, word_bonuses())
    _print_said(ear, usual, "WORD_BONUS: phrases", partial(long_phrases, known), word_bonuses())
    found = {name: (each, hear(ear, each, clips, name)) for name, each in decoys(known)}
    for name in (CHOSEN, REPORTED):
        click.echo(f"\ndecoys, {name}\n{tables.heading()}")
        for label, (listening, heard) in found.items():
            click.echo(tables.line(label, score(_of(heard, name), _rules(listening, ByRule(listening)))))


def _print(title: str, heard: Sequence[Heard], listening: Listening, rules: Mapping[str, Believes]) -> None:
    for name in (CHOSEN, REPORTED):
        click.echo(f"\n{title}, {name}\n{tables.heading()}")
        for label, believes in rules.items():
            belief = believes(listening)
            click.echo(tables.line(label, score(_of(heard, name), _rules(listening, belief))))


def _of(heard: Sequence[Heard], name: str) -> Iterator[Heard]:
    return (each for each in heard if half(each.speaker) == name)


def _rules(listening: Listening, belief: Belief) -> Rules:
    return Rules(listening.match, belief, belief)


def _print_said(
    ear: EarProcess,
    listening: Listening,
    title: str,
    said_by: Callable[[], Iterator[tuple[str, Clip]]],
    rules: Mapping[str, Believes],
) -> None:
    """How often synthetic voices are understood, and how often they are stopped."""
    try:
        said = tuple(said_by())
    except ImportError as error:
        click.echo(f"\nwithout {title}: {error}; pip install '.[train]'", err=True)
        return
    heard = hear(ear, listening, (clip for _, clip in said), title)
    click.echo(f"\n{title} of synthetic voices\n{'':24}{CHOSEN:>32}{REPORTED:>32}")
    for label, believes in rules.items():
        belief = believes(listening)
        cells = []
        for name in (CHOSEN, REPORTED):
            ours = [each for (of, _), each in zip(said, heard, strict=True) if of == name]
            first = [next(iter(tuple(belief.believed(each.hypotheses))), None) for each in ours]
            stopped = sum(each is not None and each.urgent for each in first)
            right = sum(
                found is not None and listening.match(found.text) == listening.match(each.said)
                for each, found in zip(ours, first, strict=True)
            )
            cells.append(f"{stopped} of {len(ours)} a stop, {right} right")
        click.echo(f"{label:24}" + "".join(f"{cell:>32}" for cell in cells))


def _print_quiet(recognizer: Recognizer, listening: Listening, clips: Sequence[Clip]) -> None:
    """How long an utterance that was acted on has to be quiet before the next one counts."""
    recognizer.listen_for(listening.phrases, ("stop",), listening.expected)
    click.echo(
        f"\nQUIET_S: stop, then the same again{'':6}" + "".join(f"{name:>36}" for name in (CHOSEN, REPORTED))
    )
    for quiet in QUIETS:
        cells = []
        for name in (CHOSEN, REPORTED):
            ours = stops(clips, name)
            with progress(f"{quiet} s", len(ours)) as advance:
                acts = []
                for clip in ours:
                    acts.append(acts_on_two(recognizer, listening, clip, quiet))
                    advance(1)
            twice, again = sum(first > 1 for first, _ in acts), sum(second > 0 for _, second in acts)
            cells.append(f"{twice} act twice, {again} again of {len(ours)}")
        click.echo(f"{_held(quiet, QUIET_S):40}" + "".join(f"{cell:>36}" for cell in cells))

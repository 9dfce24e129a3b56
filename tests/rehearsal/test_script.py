from __future__ import annotations

from pathlib import Path

import pytest

from voice.documents import DocumentError
from voice.rehearsal.script import (
    Echo,
    Moment,
    Noise,
    PartnerVoice,
    Remark,
    Script,
    StepBegins,
    load,
    seconds,
)

WHOLE = """\
partner: {voice: gmw/en-gb-x-rp, rate: 170}
noise: {file: kitchen.wav, snr_db: 15}
echo: {gain_db: -12, delay_ms: 100}
say:
  - {text: start, after: narration}
  - {text: "no", after: question, wait: 400ms}
  - {text: lighter, after: knead, wait: 2s}
  - {text: stop, wav: stop.wav, at: 1m30s}
  - {text: next, after: timer, wait: 0s}
"""


def script(folder: Path, text: str) -> Path:
    path = folder / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    path = script(folder, text)
    with pytest.raises(DocumentError) as caught:
        load(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_a_whole_script(tmp_path: Path) -> None:
    for name in ("kitchen.wav", "stop.wav"):
        (tmp_path / name).touch()
    path = script(tmp_path, WHOLE)
    assert load(path) == Script(
        file=str(path),
        partner=PartnerVoice("gmw/en-gb-x-rp", 170),
        noise=Noise(tmp_path / "kitchen.wav", 15.0),
        echo=Echo(-12.0, 100.0),
        remarks=(
            Remark("start", after=Moment.NARRATION, wait=1.0, place=(5, 26)),
            Remark("no", after=Moment.QUESTION, wait=0.4, place=(6, 25)),
            Remark("lighter", after=StepBegins("knead"), wait=2.0, place=(7, 28)),
            Remark("stop", wav=tmp_path / "stop.wav", at=90.0, place=(8, 37)),
            Remark("next", after=Moment.TIMER, wait=0.0, place=(9, 25)),
        ),
    )


def test_what_may_be_left_out(tmp_path: Path) -> None:
    read = load(script(tmp_path, "partner: {voice: gmw/en-us}\nsay: [{text: start, at: 0s}]\n"))
    assert (read.partner.rate, read.noise, read.echo) == (150, None, Echo(gain_db=-20.0, delay_ms=80.0))


def test_all_faults_at_once_at_their_places(tmp_path: Path) -> None:
    written = """\
partner: {voise: gmw/en-us, rate: 20}
noise: {file: none.wav, snr_db: loud}
say:
  - {text: start}
  - {text: "", at: 12, after: narration}
  - {text: next, at: 30s, wait: 2s}
  - {text: stop, at: 20s, wav: stop.wav}
  - nonsense
  - {txt: a, at: 1:30}
"""
    found = faults(tmp_path, written)
    # What `voice.documents` and the durations word themselves is known here by its place and a word of it.
    expected = (
        ("1:11: ", "voise"),
        ("1:35: ", "80"),
        ("2:15: ", f'there is no file "none.wav" in {tmp_path}'),
        ("2:33: ", "number"),
        ("4:5: ", 'no time; add "at: 12s" or "after: narration"'),
        ("5:12: ", "empty"),
        ("5:20: ", "12s"),
        ("5:24: ", 'two times; keep either "at" or "after"'),
        ("6:27: ", '"wait" goes with "after" only'),
        ("7:22: ", "20s is before the 30 s of a remark above; remarks are said in order"),
        ("7:32: ", f'there is no file "stop.wav" in {tmp_path}'),
        ("8:5: ", "nonsense"),
        ("9:6: ", "txt"),
        ("9:18: ", "1m30s"),
    )
    assert len(found) == len(expected)
    for fault, (place, words) in zip(found, expected, strict=True):
        assert fault.startswith(place)
        assert words in fault


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("partner: {voice: a}\n", "1:1"),
        ("partner: {voice: a}\nsay: []\n", "2:6"),
        ("partner: {voice: a}\nsay: start\n", "2:6"),
        ("- start\n", "1:1"),
        ("partner: {voice: a}\nsay:\n  - {wav: 'a\\0b.wav', at: 1s, text: a}\n", "3:11"),
        (f"partner: {{voice: a}}\nsay:\n  - {{wav: {'a' * 300}, at: 1s, text: a}}\n", "3:11"),
    ],
)
def test_other_forms_are_faults_and_no_tracebacks(tmp_path: Path, written: str, place: str) -> None:
    assert faults(tmp_path, written)[0].startswith(f"{place}: ")


def test_steps_that_are_not_in_the_routine(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        "partner: {voice: a}\nsay:\n  - {text: next, after: kneed}\n  - {text: next, after: knead}\n"
        "  - {text: next, after: tmer}\n  - {text: next, after: xyz}\n",
    )
    assert [str(problem) for problem in load(path).check(["knead", "rub"])] == [
        f'{path}:3:25: "kneed" is no moment and no step of the routine; did you mean "knead"?',
        f'{path}:5:25: "tmer" is no moment and no step of the routine; did you mean "timer"?',
        f'{path}:6:25: "xyz" is no moment and no step of the routine: narration, question, timer, knead, rub',
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12s", 12.0),
        ("1m30s", 90.0),
        ("2m", 120.0),
        ("0s", 0.0),
        ("0.5s", 0.5),
        ("12.25s", 12.25),
        ("400ms", 0.4),
    ],
)
def test_times(written: str, meant: float) -> None:
    assert seconds(written) == meant


@pytest.mark.parametrize(
    "written", ["12", 12, "1:30", "-1s", "s", ".5s", "1s\n", "", None, True, "1e3s", "٣s"]
)
def test_what_is_no_time(written: object) -> None:
    with pytest.raises(ValueError, match=r"write|duration"):
        seconds(written)

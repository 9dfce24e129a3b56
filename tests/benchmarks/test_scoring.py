from __future__ import annotations

from tests.benchmarks.recognition.clips import Kind
from tests.benchmarks.recognition.figures import Delays, Figure, Rate, Share
from tests.benchmarks.recognition.listening import ByRule, WholePhrases, headline
from tests.benchmarks.recognition.scoring import Heard, Key, Rules, score, score_vocabulary
from voice.recognition.hypothesis import Hypothesis

LISTENING = headline()
ENDS = 1.0


def final(text: str, at: float = 2.0) -> Hypothesis:
    return Hypothesis(text, is_final=True, at=at)


def partials(text: str, *times: float) -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(text, is_final=False, at=at) for at in times)


def heard(kind: Kind, said: str, *hypotheses: Hypothesis, snr: float | None = None) -> Heard:
    return Heard(kind, said, "0c40e715", snr, 3.0, ENDS, hypotheses)


def scored(*clips: Heard, timed: bool = True) -> dict[Key, Figure]:
    rules = Rules(LISTENING.match, WholePhrases(LISTENING), ByRule(LISTENING), timed=timed)
    return score(clips, rules)


def test_a_word_is_heard_when_a_final_is_all_of_it() -> None:
    found = scored(
        heard(Kind.COMMAND, "go", final("go")),
        heard(Kind.COMMAND, "go", final("go [unk]")),
        heard(Kind.COMMAND, "go", *partials("go", 1.0, 1.1), final("")),
        heard(Kind.COMMAND, "go"),
    )
    assert found["recall", "go", "clean"] == Share(1, 4)


def test_another_phrase_before_it_makes_it_wrong() -> None:
    found = scored(
        heard(Kind.COMMAND, "no", final("next", 1.5), final("no", 2.5)),
        heard(Kind.COMMAND, "no", final("[unk]", 1.5), final("no", 2.5)),
    )
    assert found["recall", "no", "clean"] == Share(1, 2)


def test_words_are_put_together_and_kept_apart_by_noise() -> None:
    found = scored(
        heard(Kind.COMMAND, "stop", final("stop")),
        heard(Kind.COMMAND, "yes", final("yes")),
        heard(Kind.COMMAND, "no", final("yes")),
        heard(Kind.COMMAND, "yes", final("no"), snr=10.0),
    )
    assert found["recall", "yes, no, go", "clean"] == Share(1, 2)
    assert found["recall", "all four", "clean"] == Share(2, 3)
    assert found["recall", "all four", "10 dB"] == Share(0, 1)


def test_a_stop_on_partials_is_one_that_the_product_believes() -> None:
    long_enough = partials("stop", 0.8, 0.88, 0.96, 1.04, 1.12)
    found = scored(
        heard(Kind.COMMAND, "stop", *long_enough, final("[unk]")),
        heard(Kind.COMMAND, "stop", *partials("stop", 0.96), *partials("", 1.04), final("")),
    )
    assert found["recall", "stop", "clean"] == Share(0, 2)
    assert found["recall", "stop by rule", "clean"] == Share(1, 2)


def test_what_was_not_finished_in_one_clip_does_not_count_in_the_next() -> None:
    held_twice_half = heard(Kind.COMMAND, "stop", *partials("stop", 2.8, 2.88))
    found = scored(held_twice_half, held_twice_half, held_twice_half)
    assert found["recall", "stop by rule", "clean"] == Share(0, 3)


def test_delays_are_from_the_words_end_without_noise() -> None:
    clips = [heard(Kind.COMMAND, "yes", final("yes", ENDS + delay)) for delay in (0.5, 0.6, 0.7)]
    wrong = heard(Kind.COMMAND, "yes", final("no", 9.0))
    noisy = heard(Kind.COMMAND, "yes", final("yes", 9.0), snr=0.0)
    delays = scored(*clips, wrong, noisy)["delay", "yes, no, go"]
    assert isinstance(delays, Delays)
    assert (delays.n, round(delays.p50, 6)) == (3, 0.6)
    assert ("delay", "yes, no, go") not in scored(*clips, timed=False)


def test_everything_believed_of_another_word_is_false() -> None:
    found = scored(
        heard(Kind.OTHER_WORD, "left", final("stop")),
        heard(Kind.OTHER_WORD, "left", final("ouch")),
        heard(Kind.OTHER_WORD, "left", final("next")),
        heard(Kind.OTHER_WORD, "left", final("next [unk]")),
        heard(Kind.OTHER_WORD, "left", *partials("stop", 1.0, 1.1, 1.2, 1.3), final("[unk]")),
    )
    assert found["other word", "any", "clean"] == Share(3, 5)
    assert found["other word", "urgent", "clean"] == Share(2, 5)
    assert found["other word", "stop", "clean"] == Share(1, 5)
    assert found["other word", "urgent by rule", "clean"] == Share(3, 5)


def test_a_sentence_counts_once_and_each_of_its_commands_for_the_hour() -> None:
    found = scored(
        heard(Kind.SENTENCE, "", final("yes", 1.0), final("stop", 2.0), snr=5.0),
        heard(Kind.SENTENCE, "", final(""), snr=5.0),
    )
    assert found["sentence", "any", "5 dB"] == Share(1, 2)
    assert found["sentence", "any", "5 dB", "an hour"] == Rate(2, 6 / 3600)


def test_narration_is_counted_by_the_hour_only() -> None:
    found = scored(heard(Kind.NARRATION, "Say next.", final("next"), final("next")))
    assert found["narration", "any", "clean", "an hour"] == Rate(2, 3 / 3600)
    assert ("narration", "any", "clean") not in found


def test_noise_alone_is_counted_by_the_clip_only() -> None:
    found = scored(heard(Kind.BACKGROUND, "", final("go")))
    assert found["background", "any", "clean"] == Share(1, 1)
    assert ("background", "any", "clean", "an hour") not in found


def test_a_word_that_is_no_command_has_no_recall() -> None:
    def only_stop(text: str) -> str | None:
        return text if text == "stop" else None

    rules = Rules(only_stop, WholePhrases(LISTENING), ByRule(LISTENING))
    assert ("recall", "go", "clean") not in score([heard(Kind.COMMAND, "go", final("go"))], rules)


def test_a_phrase_is_right_when_it_asks_for_the_same() -> None:
    asks = {"yes": "yes", "okay": "yes", "no": "no"}.get
    listening = LISTENING.__class__(("yes", "okay", "no"), asks, ())
    clips = [
        heard(Kind.PHRASE, "okay", final("yes")),
        heard(Kind.PHRASE, "yes", final("no")),
        heard(Kind.PHRASE, "no", final("")),
    ]
    found = score_vocabulary(clips, asks, WholePhrases(listening), frozenset({"no"}))
    assert found["vocabulary", "all"] == Share(1, 3)
    assert found["vocabulary", "known"] == Share(1, 2)
    assert found["vocabulary", "0c40e715"] == Share(1, 3)

from __future__ import annotations

from voice.audio.watch import Trouble, Watch
from voice.session.events import Failed, Part, Recovered

BOTH = frozenset({Part.MICROPHONE, Part.LOUDSPEAKER})


def test_a_stream_that_calls_back_is_well() -> None:
    watch = Watch(BOTH)
    assert [watch.observe(100 + n * 0.1, n * 10, 0.0, clipped=False) for n in range(100)] == [()] * 100
    assert not watch.troubles


def test_half_a_second_without_a_callback_is_the_loss_of_both() -> None:
    watch = Watch(BOTH)
    assert watch.observe(10.0, 500, 0.0, clipped=False) == ()
    assert watch.observe(10.49, 500, 0.0, clipped=False) == ()
    assert watch.observe(10.5, 500, 0.0, clipped=False) == (Failed(Part.MICROPHONE), Failed(Part.LOUDSPEAKER))
    assert set(watch.troubles) == BOTH
    assert watch.stalled
    assert watch.observe(11.0, 500, 0.0, clipped=False) == ()
    assert watch.observe(11.1, 501, 0.0, clipped=False) == (
        Recovered(Part.MICROPHONE),
        Recovered(Part.LOUDSPEAKER),
    )
    assert watch.observe(11.2, 511, 0.0, clipped=False) == ()
    assert not watch.stalled


def test_three_seconds_of_digital_zeros_are_the_loss_of_the_microphone() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 2.99, clipped=False) == ()
    assert watch.observe(0.1, 10, 3.0, clipped=False) == (Failed(Part.MICROPHONE),)
    assert watch.observe(0.2, 20, 3.1, clipped=False) == ()
    assert watch.observe(0.3, 30, 0.0, clipped=False) == (Recovered(Part.MICROPHONE),)


def test_a_dead_microphone_whose_stream_stops_as_well_fails_once_a_part() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 10, 4.0, clipped=False) == (Failed(Part.MICROPHONE),)
    assert watch.observe(0.6, 10, 4.0, clipped=False) == (Failed(Part.LOUDSPEAKER),)
    assert watch.observe(0.7, 11, 4.0, clipped=False) == (Recovered(Part.LOUDSPEAKER),)
    assert watch.observe(0.8, 21, 0.0, clipped=False) == (Recovered(Part.MICROPHONE),)


def test_a_file_in_place_of_a_part_cannot_fail() -> None:
    watch = Watch(frozenset({Part.LOUDSPEAKER}))
    assert watch.observe(0.0, 0, 9.0, clipped=False) == ()
    assert watch.observe(1.0, 0, 9.0, clipped=False) == (Failed(Part.LOUDSPEAKER),)


def test_a_late_look_at_a_stream_that_went_on_is_no_failure() -> None:
    watch = Watch(BOTH)
    watch.observe(0.0, 0, 0.0, clipped=False)
    assert watch.observe(30.0, 3000, 0.0, clipped=False) == ()


def test_a_microphone_that_is_too_loud_fails_until_it_is_not() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=True) == (Failed(Part.MICROPHONE),)
    assert watch.troubles == {Part.MICROPHONE: Trouble.CLIPPED}
    assert watch.observe(0.1, 10, 0.0, clipped=False) == (Recovered(Part.MICROPHONE),)


def test_what_is_wrong_may_become_something_else() -> None:
    watch = Watch(BOTH)
    watch.observe(0.0, 0, 0.0, clipped=True)
    assert watch.observe(0.1, 10, 3.0, clipped=False) == ()
    assert watch.troubles == {Part.MICROPHONE: Trouble.SILENT}


def test_a_microphone_that_hangs_behind_is_opened_anew_at_once() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.05) == ()
    assert watch.observe(0.2, 20, 0.0, clipped=False, late_seconds=0.3) == ()
    assert watch.stalled
    # While it is opened anew nothing comes, so nothing is known of it.
    assert watch.observe(0.4, 20, 0.0, clipped=False, opening=True) == ()
    assert watch.stalled
    assert watch.observe(0.6, 30, 0.0, clipped=False, late_seconds=0.02) == ()
    assert not watch.stalled
    assert not watch.troubles


def test_a_microphone_that_hangs_behind_has_failed_when_opening_it_anew_takes_long() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.3) == ()
    assert watch.observe(0.9, 0, 0.0, clipped=False, opening=True) == ()
    assert watch.observe(1.0, 0, 0.0, clipped=False, opening=True) == (Failed(Part.MICROPHONE),)
    assert watch.troubles == {Part.MICROPHONE: Trouble.LATE}
    assert watch.observe(1.2, 10, 0.0, clipped=False, late_seconds=0.02) == (Recovered(Part.MICROPHONE),)


def test_a_device_that_is_late_by_itself_is_opened_anew_once() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.35) == ()
    assert watch.observe(0.2, 0, 0.0, clipped=False, opening=True) == ()
    assert watch.stalled
    assert watch.observe(0.4, 10, 0.0, clipped=False, late_seconds=0.4) == ()
    assert not watch.stalled
    assert watch.observe(0.6, 30, 0.0, clipped=False, late_seconds=0.69) == ()
    assert not watch.stalled
    assert watch.observe(0.8, 50, 0.0, clipped=False, late_seconds=0.71) == ()
    assert watch.stalled


def test_what_is_too_late_for_a_stop_has_failed_and_is_opened_anew_again_and_again() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.6) == ()
    assert watch.observe(0.5, 0, 0.0, clipped=False, opening=True) == ()
    assert watch.observe(1.0, 10, 0.0, clipped=False, late_seconds=0.6) == (Failed(Part.MICROPHONE),)
    for n in range(2, 9, 2):
        assert watch.observe(n, n * 10, 0.0, clipped=False, opening=True) == ()
        assert watch.observe(n + 1, n * 10 + 10, 0.0, clipped=False, late_seconds=0.6) == ()
        assert watch.stalled


def test_a_late_start_is_not_the_devices_own_way() -> None:
    watch = Watch(BOTH)
    watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.5)
    watch.observe(0.2, 0, 0.0, clipped=False, opening=True)
    watch.observe(0.4, 10, 0.0, clipped=False, late_seconds=0.5)
    assert not watch.stalled
    watch.observe(0.6, 30, 0.0, clipped=False, late_seconds=0.02)
    watch.observe(0.8, 50, 0.0, clipped=False, late_seconds=0.35)
    assert watch.stalled


def test_a_microphone_that_has_long_been_silent_is_opened_anew() -> None:
    watch = Watch(BOTH)
    watch.observe(0.0, 0, 7.9, clipped=False)
    assert not watch.stalled
    watch.observe(0.1, 10, 8.0, clipped=False)
    assert watch.stalled
    assert watch.troubles == {Part.MICROPHONE: Trouble.SILENT}
    watch.observe(0.2, 20, 0.0, clipped=False)
    assert not watch.stalled
    of_a_file = Watch(frozenset({Part.LOUDSPEAKER}))
    of_a_file.observe(0.0, 0, 9.0, clipped=False)
    assert not of_a_file.stalled


def test_what_is_opened_anew_is_not_lost_until_that_has_taken_too_long() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 10, 8.0, clipped=False) == (Failed(Part.MICROPHONE),)
    assert watch.observe(4.9, 10, 8.0, clipped=False, opening=True) == ()
    assert watch.observe(5.0, 10, 8.0, clipped=False, opening=True) == (Failed(Part.LOUDSPEAKER),)
    assert watch.observe(5.1, 10, 8.0, clipped=False, opening=True) == ()
    assert watch.observe(5.2, 11, 8.1, clipped=False) == (Recovered(Part.LOUDSPEAKER),)


def test_what_is_lost_stays_so_while_it_is_opened_anew() -> None:
    watch = Watch(BOTH)
    watch.observe(0.0, 10, 0.0, clipped=False)
    assert len(watch.observe(0.5, 10, 0.0, clipped=False)) == 2
    assert watch.observe(0.6, 10, 0.0, clipped=False, opening=True) == ()
    assert watch.stalled

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


class LateMicrophone:
    """A microphone, looked at four times a second; opened anew as soon as that may help."""

    def __init__(self) -> None:
        self.watch = Watch(BOTH)
        self.now = 0.0
        self.opened = 0

    def is_late(self, *seconds: float) -> list[Failed | Recovered]:
        changes: list[Failed | Recovered] = []
        for late in seconds:
            self.now += 0.25
            changes += self.watch.observe(
                self.now, round(self.now * 100), 0.0, clipped=False, late_seconds=late
            )
            if self.watch.stalled:
                self.opened += 1
                self.watch.opened_anew()
        return changes


def test_a_microphone_that_hangs_behind_is_opened_anew_at_once() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(0.05, 0.3, 0.02) == []
    assert microphone.opened == 1
    assert not microphone.watch.stalled
    assert not microphone.watch.troubles


def test_a_microphone_that_hangs_behind_has_failed_when_opening_it_anew_takes_long() -> None:
    watch = Watch(BOTH)
    assert watch.observe(0.0, 0, 0.0, clipped=False, late_seconds=0.3) == ()
    assert watch.observe(0.9, 0, 0.0, clipped=False, opening=True) == ()
    assert watch.stalled
    assert watch.observe(1.0, 0, 0.0, clipped=False, opening=True) == (Failed(Part.MICROPHONE),)
    assert watch.troubles == {Part.MICROPHONE: Trouble.LATE}


def test_what_was_too_late_for_a_stop_has_failed_until_it_has_long_been_on_time() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(0.02, 0.6) == [Failed(Part.MICROPHONE)]
    assert microphone.opened == 1
    assert microphone.is_late(*[0.02] * 11) == []
    assert microphone.is_late(0.02) == [Recovered(Part.MICROPHONE)]


def test_a_microphone_that_hangs_behind_again_has_failed() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(0.02, 0.4, *[0.02] * 30, 0.4) == [Failed(Part.MICROPHONE)]
    often = LateMicrophone()
    assert often.is_late(*[0.4, 0.02, 0.02, 0.02] * 20) == [Failed(Part.MICROPHONE)]
    seldom = LateMicrophone()
    assert seldom.is_late(*[0.4, *[0.02] * 40] * 5) == []
    assert seldom.opened == 5


def test_a_device_that_is_late_by_itself_is_opened_anew_once() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(0.35, *[0.4] * 100, 0.59) == []
    assert microphone.opened == 1
    assert microphone.is_late(0.6) == [Failed(Part.MICROPHONE)]
    assert microphone.opened == 2


def test_what_is_too_late_for_a_stop_is_opened_anew_again_and_again() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(*[0.6] * 20) == [Failed(Part.MICROPHONE)]
    assert microphone.opened == 20


def test_a_late_start_is_not_the_devices_own_way() -> None:
    microphone = LateMicrophone()
    microphone.is_late(0.5, 0.5, 0.02)
    assert microphone.opened == 1
    microphone.is_late(0.35)
    assert microphone.opened == 2


def test_a_device_ahead_of_its_time_is_on_time() -> None:
    microphone = LateMicrophone()
    assert microphone.is_late(-0.5, 0.02, 0.2) == []
    assert microphone.opened == 0


def test_a_device_that_does_not_tell_is_not_late() -> None:
    microphone = LateMicrophone()
    microphone.is_late(0.4)
    assert microphone.watch.observe(1.0, 200, 0.0, clipped=False) == ()
    assert not microphone.watch.stalled


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

"""What each phase does with each event: the whole of it, in one table.

A row is an event, a column a phase, a cell the rule that answers. Cells with a rule of `refusing` are pairs
that do not go together. Intents that are told in the same way share a row's columns by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .course import Due
from .intents import IntentName as I
from .names import Name
from .rules import screening as screened
from .rules.adjusting import (
    faster,
    firmer,
    fit_time,
    less_time,
    lighter,
    louder,
    more_time,
    quieter,
    say_less,
    say_more,
    slower,
    speak_faster,
    speak_slower,
    two_lighter,
)
from .rules.answering import (
    answer,
    first_step_ahead,
    help_now,
    how,
    how_long,
    preparation_again,
    say_again,
    whats_next,
    where_am_i,
    why,
)
from .rules.attending import (
    already_open,
    await_answer,
    await_comfort,
    cannot_be,
    check_in,
    count,
    cue,
    no_answer,
    note_failure,
    note_recovery,
    pause_for_failure,
    pressure_is_good,
    rest,
    settled,
    stand_by,
    start_or_go_on_working,
    tell_recovery,
    time_is_up,
)
from .rules.beginning import finish_before_beginning, first_step
from .rules.choosing import begin, begin_what_was_found, find, forget_wishes, list_routines, welcome
from .rules.comfort import note_after, note_before
from .rules.flow import ask_again
from .rules.meeting import greet
from .rules.mishearing import answer_not_understood, not_understood, overhear
from .rules.moving import (
    go_to_step,
    next_beat,
    previous_beat,
    restart_step,
    skip_step,
    switch_sides,
    tell_again,
)
from .rules.refusing import (
    REFUSALS,
    after_the_end,
    already_going,
    already_under_way,
    answer_first,
    carry_on_first,
    latched,
    not_yet_begun,
    nothing_asked,
    nothing_under_way,
)
from .rules.resuming import begin_afresh, come_back, stay, stay_stopped
from .rules.stopping import (
    already_paused,
    ask_to_finish,
    ask_to_finish_a_pause,
    carry_on,
    do_not_finish,
    ease_while_stopped,
    fetch_before_beginning,
    finish_now,
    numbness,
    numbness_with_nothing_under_way,
    once_begun,
    pain,
    pain_at_the_end,
    pain_is_only_pressure,
    pain_is_sharp,
    pause,
    pause_to_fetch,
    stop,
    stop_again,
    stop_while_asking,
    stop_with_nothing_under_way,
    tell_ways_on,
)
from .state import PhaseName as P
from .turn import Turn

Rule = Callable[[Turn], None]


class Happening(Name):
    """Rows of the table that are no intents and not brought by the work clock."""

    OPENED = "opened"
    NOT_UNDERSTOOD = "not-understood"
    SPEECH_FINISHED = "speech-finished"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    RECOVERED = "recovered"
    INTERRUPTED = "interrupted"


Row = I | Due | Happening


def _row(  # noqa: PLR0917 - the columns of the table, in its order
    choosing: Rule,
    screening: Rule,
    preparing: Rule,
    guiding: Rule,
    checking_in: Rule,
    paused: Rule,
    stopped: Rule,
    asking_about_pain: Rule,
    confirming: Rule,
    finished: Rule,
) -> Mapping[P, Rule]:
    return {
        P.CHOOSING: choosing,
        P.SCREENING: screening,
        P.PREPARING: preparing,
        P.GUIDING: guiding,
        P.CHECKING_IN: checking_in,
        P.PAUSED: paused,
        P.STOPPED: stopped,
        P.ASKING_ABOUT_PAIN: asking_about_pain,
        P.CONFIRMING: confirming,
        P.FINISHED: finished,
    }


def _step(rule: Rule) -> Mapping[P, Rule]:
    """A way to another beat: only while hands are at work."""
    return _row(
        nothing_under_way, answer_first, not_yet_begun, rule, rule,
        carry_on_first, latched, latched, answer_first, after_the_end,
    )  # fmt: skip


def _work(rule: Rule) -> Mapping[P, Rule]:
    """A change of, or a question about, the beat that is under way; a pause is a good time for it, too."""
    return _row(
        nothing_under_way, answer_first, not_yet_begun, rule, rule,
        once_begun(rule), latched, latched, answer_first, after_the_end,
    )  # fmt: skip


def _voice(rule: Rule) -> Mapping[P, Rule]:
    """How the guide speaks: at any time but after a stop."""
    return _row(rule, rule, rule, rule, rule, rule, latched, latched, rule, after_the_end)


def _clock(guiding: Rule, checking_in: Rule) -> Mapping[P, Rule]:
    """Brought by the work clock, which runs only while hands are at work."""
    return _row(
        cannot_be, cannot_be, cannot_be, guiding, checking_in,
        cannot_be, cannot_be, cannot_be, cannot_be, cannot_be,
    )  # fmt: skip


# fmt: off
TABLE: Mapping[Row, Mapping[P, Rule]] = {
    #                  choosing           screening      preparing          guiding            checking in
    #                  paused             stopped        asking about pain  confirming         finished
    I.START:      _row(begin,             answer_first,  first_step,        already_under_way, already_under_way,
                       carry_on,          latched,       latched,           answer_first,      begin),
    I.PERSON:     _row(greet,             screened.introduced, already_under_way, already_under_way, already_under_way,
                       already_under_way, latched,       latched,           answer_first,      greet),
    I.LIST_ROUTINES: _row(list_routines,  answer_first,  already_under_way, already_under_way, already_under_way,
                       already_under_way, latched,       latched,           answer_first,      after_the_end),
    I.FIND:       _row(find,              answer_first,  already_under_way, already_under_way, already_under_way,
                       already_under_way, latched,       latched,           answer_first,      after_the_end),
    I.FIT_TIME:   _row(find,              answer_first,  fit_time,          fit_time,          fit_time,
                       once_begun(fit_time), latched,    latched,           answer_first,      after_the_end),
    I.READY:      _row(nothing_under_way, answer_first,  first_step,        already_going,     already_going,
                       carry_on,          carry_on,      latched,           answer_first,      after_the_end),
    I.CARRY_ON:   _row(nothing_under_way, answer_first,  first_step,        already_going,     already_going,
                       carry_on,          carry_on,      latched,           do_not_finish,     after_the_end),
    I.RATE:       _row(nothing_asked,     answer_first,  note_before,       nothing_asked,     nothing_asked,
                       nothing_asked,     latched,       nothing_asked,     answer_first,      note_after),
    I.YES:        _row(begin_what_was_found, screened.yes, first_step,        nothing_asked,     pressure_is_good,
                       carry_on_first,    latched,       latched,           finish_now,        after_the_end),
    I.NO:         _row(nothing_asked,     screened.no,   not_yet_begun,     nothing_asked,     ask_again,
                       carry_on_first,    latched,       latched,           do_not_finish,     after_the_end),

    I.STOP:       _row(stop_with_nothing_under_way, stop, stop,             stop,              stop,
                       stop,              stop_again,    stop_while_asking, stop,
                       stop_with_nothing_under_way),
    I.PAIN:       _row(stop_with_nothing_under_way, pain, pain,             pain,              pain,
                       pain,              pain,          pain_is_sharp,     pain,
                       pain_at_the_end),
    I.NUMB:       _row(numbness_with_nothing_under_way, numbness, numbness, numbness,          numbness,
                       numbness,          numbness,      numbness,          numbness,
                       numbness_with_nothing_under_way),
    I.TOO_MUCH:   _row(nothing_under_way, answer_first,  not_yet_begun,     two_lighter,       two_lighter,
                       once_begun(two_lighter), ease_while_stopped, pain_is_only_pressure, two_lighter,   after_the_end),
    I.PAUSE:      _row(nothing_under_way, pause,         pause,             pause,             pause,
                       already_paused,    latched,       latched,           pause,             after_the_end),
    I.FETCH:      _row(nothing_under_way, answer_first,  fetch_before_beginning, pause_to_fetch, pause_to_fetch,
                       already_paused,    latched,       latched,           answer_first,      after_the_end),
    I.FINISH:     _row(nothing_under_way, finish_before_beginning, finish_before_beginning, ask_to_finish,
                       ask_to_finish,
                       ask_to_finish_a_pause, finish_now, finish_now,       finish_now,        after_the_end),

    I.NEXT: _step(next_beat),
    I.BACK: _step(previous_beat),
    I.RESTART_STEP: _row(nothing_under_way, answer_first, not_yet_begun,    restart_step,      restart_step,
                       begin_afresh,      latched,       latched,           answer_first,      after_the_end),
    I.GO_TO_STEP: _step(go_to_step),
    I.SKIP: _step(skip_step),
    I.SWITCH_SIDES: _step(switch_sides),

    I.LIGHTER:    _row(nothing_under_way, answer_first,  not_yet_begun,     lighter,           lighter,
                       once_begun(lighter), ease_while_stopped, latched,       answer_first,      after_the_end),
    I.FIRMER: _work(firmer),
    I.SLOWER: _work(slower),
    I.FASTER: _work(faster),
    I.MORE_TIME: _work(more_time),
    I.LESS_TIME: _work(less_time),
    I.WHERE_AM_I: _work(where_am_i),
    I.WHY: _work(why),
    I.HOW: _work(how),
    I.ASK:        _row(answer,            answer,        answer,            answer,            answer,
                       answer,            latched,       latched,           answer,            after_the_end),
    I.EXPLAIN:    _row(nothing_under_way, screened.explain, preparation_again, how,            how,
                       how,               latched,       ask_again,         ask_again,         after_the_end),
    I.HOW_LONG:   _row(nothing_under_way, answer_first,  how_long,          how_long,          how_long,
                       once_begun(how_long), latched,       latched,           answer_first,      after_the_end),
    I.WHATS_NEXT: _row(nothing_under_way, answer_first,  first_step_ahead,  whats_next,        whats_next,
                       whats_next,        latched,       latched,           answer_first,      after_the_end),
    I.REPEAT:     _row(say_again,         ask_again,     preparation_again, tell_again,        ask_again,
                       say_again,         tell_ways_on,  ask_again,         ask_again,         say_again),
    I.HELP:       _row(help_now,          help_now,      help_now,          help_now,          help_now,
                       help_now,          tell_ways_on,  ask_again,         help_now,          after_the_end),

    I.LOUDER: _voice(louder),
    I.QUIETER: _voice(quieter),
    I.SPEAK_SLOWER: _voice(speak_slower),
    I.SPEAK_FASTER: _voice(speak_faster),
    I.SAY_LESS: _voice(say_less),
    I.SAY_MORE: _voice(say_more),

    Happening.OPENED: _row(welcome, already_open, already_open, already_open, already_open,
                           already_open, already_open, already_open, already_open, already_open),
    Happening.NOT_UNDERSTOOD: _row(
        overhear,       answer_not_understood, not_understood,        not_understood,        answer_not_understood,
        not_understood, overhear,              answer_not_understood, answer_not_understood, overhear),
    Happening.SPEECH_FINISHED: _row(
        await_answer,   await_answer, await_answer, start_or_go_on_working, await_answer,
        await_answer,   rest,         await_answer, await_answer,           await_comfort),
    Happening.NO_ANSWER: _row(
        forget_wishes,  no_answer,    no_answer,    cannot_be,    no_answer,
        no_answer,      cannot_be,    no_answer,    no_answer,    stand_by),
    Happening.FAILED: _row(
        note_failure,   pause_for_failure, pause_for_failure, pause_for_failure, pause_for_failure,
        pause_for_failure, note_failure, note_failure, pause_for_failure, note_failure),
    Happening.RECOVERED: _row(
        note_recovery,  note_recovery, note_recovery, note_recovery, note_recovery,
        tell_recovery,  note_recovery, note_recovery, note_recovery, note_recovery),
    Happening.INTERRUPTED: _row(
        stay,           come_back,    come_back,    come_back,    come_back,
        come_back,      stay_stopped, stay_stopped, come_back,    stay),

    Due.SETTLED: _clock(settled, cannot_be),
    Due.TIME_UP: _clock(time_is_up, time_is_up),
    Due.COUNT: _clock(count, cannot_be),
    Due.CUE: _clock(cue, cannot_be),
    Due.CHECK_IN: _clock(check_in, cannot_be),
}
# fmt: on


def legal(phase: P) -> frozenset[I]:
    """The intents that a phase does something with: what the ears listen for in whole phrases."""
    return frozenset(intent for intent in I if TABLE[intent][phase] not in REFUSALS)

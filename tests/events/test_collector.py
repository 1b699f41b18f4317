"""The collector rests while somebody builds, and goes on when the last is done."""

import gc
import threading

from events.collector import collector_at_rest


def test_it_rests_inside_and_goes_on_afterwards() -> None:
    assert gc.isenabled()
    with collector_at_rest:
        assert not gc.isenabled()
        with collector_at_rest:
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    try:
        with collector_at_rest:
            raise ValueError
    except ValueError:
        assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with collector_at_rest:
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_rests_until_the_last_thread_is_done() -> None:
    entered, leave, seen = threading.Event(), threading.Event(), []

    def build() -> None:
        with collector_at_rest:
            entered.set()
            leave.wait(10)
            seen.append(gc.isenabled())

    thread = threading.Thread(target=build)
    with collector_at_rest:
        thread.start()
        assert entered.wait(10)
    leave.set()
    thread.join(10)
    assert (seen, gc.isenabled()) == ([False], True)

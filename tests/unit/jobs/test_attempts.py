"""Tries and rests."""

from __future__ import annotations

from voice_app.jobs.attempts import PAUSES_SECONDS, Attempts


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rests_get_longer_and_end_in_a_last_try() -> None:
    clock = Clock()
    attempts = Attempts(clock=clock)
    for pause_seconds in PAUSES_SECONDS:
        assert attempts.resting() == frozenset()
        assert attempts.failed(1)
        clock.now += pause_seconds - 0.1
        assert attempts.resting() == {1}
        clock.now += 0.2
    assert not attempts.failed(1)
    assert attempts.resting() == {1}


def test_success_starts_counting_anew() -> None:
    attempts = Attempts(clock=Clock())
    for _ in PAUSES_SECONDS:
        attempts.failed(1)
    attempts.forget(1)
    assert attempts.resting() == frozenset()
    assert attempts.failed(1)
    attempts.forget(2)  # never failed: nothing to forget


def test_articles_are_counted_apart() -> None:
    attempts = Attempts(clock=Clock())
    attempts.failed(1)
    assert attempts.resting() == {1}

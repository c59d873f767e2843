"""The bucket on a clock of its own: how many go, and when."""

from __future__ import annotations

from collections import Counter

import pytest

from wablast_box.lib.rate import CREDIT, RECOVER_AFTER_S, SLOWEST, Bucket


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def run(bucket: Bucket, clock: Clock, *, for_s: float, late_s: float = 0.0) -> list[float]:
    """Take as fast as the bucket lets one; each wait ends `late_s` too late, as on a busy machine."""
    went: list[float] = []
    end = clock.now + for_s
    while clock.now < end:
        wait = bucket.take()
        if wait:
            clock.now += wait + late_s
        else:
            went.append(clock.now)
    return went


def busiest_second(went: list[float]) -> int:
    return max(sum(1 for other in went[i:] if other < moment + 0.999_999) for i, moment in enumerate(went))


@pytest.mark.parametrize("rate", [1, 20, 80, 1000])
def test_the_rate_is_held_and_no_second_is_above_it(rate: int) -> None:
    clock = Clock()

    went = run(Bucket(rate, clock=clock), clock, for_s=12)

    assert abs(len(went) / 12 - rate) <= max(1 / 12, rate * 0.02)
    assert busiest_second(went) <= rate


def test_waking_up_a_little_late_each_time_does_not_cost_throughput() -> None:
    clock = Clock()

    went = run(Bucket(80, clock=clock), clock, for_s=30, late_s=0.001)

    assert len(went) == pytest.approx(80 * 30, rel=0.02)
    assert busiest_second(went) <= 80


def test_after_a_rest_only_the_credit_goes_at_once_and_the_second_still_holds() -> None:
    clock = Clock()
    bucket = Bucket(80, clock=clock)
    clock.now += 60

    went = run(bucket, clock, for_s=3)

    assert Counter(went)[went[0]] in (CREDIT, CREDIT + 1)
    assert busiest_second(went) <= 80


def test_slowing_down_halves_the_rate_and_it_grows_back_by_itself() -> None:
    clock = Clock()
    bucket = Bucket(80, clock=clock)

    bucket.slow_down()
    slow = run(bucket, clock, for_s=RECOVER_AFTER_S - 1)
    run(bucket, clock, for_s=RECOVER_AFTER_S * 6)

    assert len(slow) / (RECOVER_AFTER_S - 1) == pytest.approx(40, rel=0.05)
    assert bucket.rate == 80


def test_it_never_stands_still_however_often_it_is_slowed_down() -> None:
    bucket = Bucket(80, clock=Clock())

    for _ in range(50):
        bucket.slow_down()

    assert bucket.rate == SLOWEST


def test_a_new_cap_counts_at_once() -> None:
    clock = Clock()
    bucket = Bucket(80, clock=clock)

    bucket.set_cap(20)

    assert len(run(bucket, clock, for_s=10)) == pytest.approx(200, abs=CREDIT + 1)


def test_it_tells_beforehand_how_many_may_go_and_when() -> None:
    clock = Clock()
    bucket = Bucket(80, clock=clock)

    assert (bucket.room(0.0, most=50), bucket.room(0.05, most=50), bucket.room(9.0, most=3)) == (1, 5, 3)
    assert bucket.due_in(1) == 0.0
    assert bucket.due_in(41) == pytest.approx(0.5)
    assert len(run(bucket, clock, for_s=0.5)) == 40


def test_what_it_tells_counts_the_second_that_is_full() -> None:
    clock = Clock()
    bucket = Bucket(80, clock=clock)
    for pause in (60, 0.25, 0.25, 0.25):
        clock.now += pause
        while not bucket.take():
            pass

    assert bucket.room(0.1, most=50) == 0
    assert bucket.due_in(1) == pytest.approx(0.25)

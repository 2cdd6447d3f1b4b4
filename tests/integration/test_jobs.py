"""Recurring jobs are claimed like events: a message means nothing but by its row (R2), and a dead worker costs a lease."""

import pytest
from stage import Stage
from watching import Watcher

from outbox.jobs import Job, JobId, Jobs, NotNow


@pytest.fixture(name="jobs")
def _jobs(stage: Stage) -> Jobs:
    """The jobs of the stage's process; one is due."""
    stage.db.execute("insert into outbox.job (practice_id, kind, due_at) values (1, 'delta', now())")
    return Jobs(stage.runtime.connecting, stage.pace)


def handed(stage: Stage) -> tuple[JobId, int]:
    """A hand-out that nobody works off."""
    watcher = Watcher(stage)
    watcher.watch = lambda *_: None  # type: ignore[assignment]
    kept: list[tuple[JobId, int]] = []
    watcher.dispatch._enqueue = lambda some: kept.extend((one.job_id, one.epoch) for one in some)
    watcher.turn()
    watcher.close()
    return kept[0]


def test_a_message_counts_once(stage: Stage, jobs: Jobs) -> None:
    """Doubled, old or forged ones change nothing."""
    job_id, epoch = handed(stage)

    assert jobs.begin(job_id, epoch - 1) is None
    assert jobs.begin(JobId(job_id + 1), epoch) is None
    assert isinstance(jobs.begin(job_id, epoch), Job)
    assert jobs.begin(job_id, epoch) is None


def test_what_a_dead_worker_held_goes_on_after_its_lease(stage: Stage, jobs: Jobs) -> None:
    """And what it still writes changes nothing."""
    job_id, epoch = handed(stage)
    lost = jobs.begin(job_id, epoch)
    assert lost is not None
    stage.db.execute("update outbox.job set lease_until = now() - interval '1 second'")

    again = handed(stage)
    with pytest.raises(NotNow):
        jobs.take_slot(lost)
    jobs.finish(lost)

    assert again[0] == job_id
    assert jobs.begin(*again) is not None


def test_a_job_takes_no_slot_that_somebody_waits_for(stage: Stage, jobs: Jobs) -> None:
    """Nor one of a paused practice, nor while it cools down."""
    job = jobs.begin(*handed(stage))
    assert job is not None
    jobs.take_slot(job)
    for spoilt, restored in (
        ("tat = now() + interval '1 minute'", "tat = now()"),
        ("pause_reason = 'operator', paused_at = now()", "pause_reason = null, paused_at = null, tat = now()"),
        ("cool_until = now() + interval '1 minute'", "cool_until = now(), tat = now()"),
    ):
        stage.db.execute(f"update outbox.lane set {spoilt}")
        with pytest.raises(NotNow):
            jobs.take_slot(job)
        stage.db.execute(f"update outbox.lane set {restored}")
    jobs.take_slot(job)

"""Jobs are handed out in rows of neighbours; every one is done once, whoever does it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from exporters.pdf.jobs import Job, RefusedPart, html_job
from exporters.pdf.store import FragmentStore, fragment_store
from exporters.pdf.worker import PATIENCE
from exporters.pdf.workers import Workers


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> FragmentStore:
    settings.DATA_DIRECTORY = tmp_path
    return fragment_store()


def jobs(count: int, title: str) -> list[Job]:
    return [html_job(f"<p>{title} {number}.</p>", name=f"{title} {number}") for number in range(count)]


def test_workers_that_are_replaced_hand_their_row_over(store: FragmentStore) -> None:
    waiting = jobs(37, "Część")
    done: list[int] = []
    with Workers(store, per_worker=7) as workers:
        workers.make(waiting, lambda: done.append(1))
    assert len(done) == len(waiting)
    assert [job.name for job in waiting if store.find(job.key) is None] == []


def test_laying_out_books_gives_way_to_everything_else(store: FragmentStore) -> None:
    with Workers(store) as workers:
        workers.make(jobs(2, "Część"))
        priorities = {os.getpriority(os.PRIO_PROCESS, number) for number in workers.processes}
    assert priorities == {os.getpriority(os.PRIO_PROCESS, 0) + PATIENCE}


def test_after_a_refusal_the_same_workers_do_the_next_jobs_and_no_old_ones(store: FragmentStore) -> None:
    refused = html_job('<p><img src="http://example.org/a.png" alt="x"></p>', name="Zła część")
    old, new = jobs(30, "Stara"), jobs(9, "Nowa")
    with Workers(store) as workers:
        with pytest.raises(RefusedPart, match="Zła część"):
            workers.make([refused, *old])
        started = [job.key for job in old if store.find(job.key)]
        workers.make(new)
    assert all(store.find(job.key) for job in new)
    assert len([job.key for job in old if store.find(job.key)]) <= len(started) + workers.count

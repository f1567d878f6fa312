"""The queue on DBOS: an embedded SQLite file, no server, no network.

Measured on a busy two-core machine: import 1.4 s, launch 0.08 s, enqueue 2 to 4 ms, start of an urgent job 0.1 s
after that. Importing this module is what takes the time, so only the worker does it, when it starts.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dbos import DBOS, DBOSPortableJSONSerializer, error
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import SQLAlchemyError

from voice_app.errors import JobError
from voice_app.jobs.heartbeat import BEAT_SECONDS, Heartbeat
from voice_app.jobs.queue import Handler, Job, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

INTERACTIVE, BATCH = "interactive", "batch"
INTERACTIVE_JOBS = 3  # at a time in one worker
BATCH_JOBS = 1
INTERACTIVE_POLL_SECONDS = 0.2
BATCH_POLL_SECONDS = 0.3

JOBS_VERSION = "1"
"""DBOS gives a job only to workers of the job's version; by default that is a hash of the code, so an upgrade would
leave jobs that nobody takes. Ours carry an id and begin anew, so any version may run them."""

_LIVE = ["ENQUEUED", "PENDING", "DELAYED"]
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_WORKFLOW = "job"


class DbosQueue:
    """See `queue.Queue`. There can be one in a process, because DBOS is a singleton.

    DBOS gives a restarted worker back only what ran under the same name. Ours have a name each, so that one that was
    frozen and wakes up is not taken for its successor; a thread looks every two seconds whose owner is dead
    (`heartbeat`) and puts the jobs back. The worker that wakes up finishes the step at hand, finds that the job is
    somebody else's, and leaves it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._heartbeat = Heartbeat(path)
        self._stopped = threading.Event()
        self._pulse = threading.Thread(target=self._beat_on, name="jobs-pulse", daemon=True)

    def start(self, handlers: Mapping[Kind, Handler]) -> None:
        self._heartbeat.beat()
        logging.getLogger("dbos").addHandler(logging.NullHandler())  # else it adds a console of its own
        if not event.contains(Engine, "connect", teach_milliseconds):
            event.listen(Engine, "connect", teach_milliseconds)
        with _job_errors():
            DBOS(
                config={
                    "name": "voice-app",
                    "system_database_url": URL.create("sqlite", database=str(self._path)).render_as_string(False),
                    "application_version": JOBS_VERSION,
                    "executor_id": self._heartbeat.worker_id,
                    "log_level": "WARNING",
                    "enable_otlp": False,
                    "serializer": DBOSPortableJSONSerializer(),  # the default is pickle, which runs what it reads
                    "notification_listener_polling_interval_sec": 0.2,  # `stop` waits so long for that thread
                    "scheduler_polling_interval_sec": 3600,  # and have no schedules
                }
            )
            _register(handlers)
            DBOS.launch()
            self._clear_up()
            self._take_over()
            DBOS.register_queue(
                INTERACTIVE, worker_concurrency=INTERACTIVE_JOBS, polling_interval_sec=INTERACTIVE_POLL_SECONDS
            )
            DBOS.register_queue(BATCH, worker_concurrency=BATCH_JOBS, polling_interval_sec=BATCH_POLL_SECONDS)
        self._pulse.start()

    def stop(self) -> None:
        self._stopped.set()
        self._pulse.join(BEAT_SECONDS)
        self._heartbeat.leave()
        with _job_errors():
            DBOS.destroy(destroy_registry=True)

    def enqueue(self, job: Job) -> None:
        with _job_errors():
            try:
                DBOS.enqueue_workflow_with_options(
                    {
                        "workflow_name": _WORKFLOW,
                        "queue_name": INTERACTIVE if job.urgent else BATCH,
                        "workflow_id": f"{job.key}:{uuid.uuid4()}",
                        "deduplication_id": job.key,
                        "app_version": JOBS_VERSION,
                    },
                    job.kind.value,
                    job.article_id,
                )
            except error.DBOSQueueDeduplicatedError:
                log.debug("job already waiting key=%s", job.key)

    def live(self) -> frozenset[str]:
        with _job_errors():
            jobs = DBOS.list_workflows(status=_LIVE, load_input=False, load_output=False)
        return frozenset(job.workflow_id.partition(":")[0] for job in jobs)

    def _beat_on(self) -> None:
        while not self._stopped.wait(BEAT_SECONDS):
            try:
                self._heartbeat.beat()
                with _job_errors():
                    self._take_over()
            except JobError as problem:
                log.warning("heartbeat failed problem=%s", problem)

    def _take_over(self) -> None:
        running = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        if not running:
            return
        alive = self._heartbeat.alive()
        for job in running:
            if job.executor_id not in alive:
                log.info("job taken over id=%s from=%s", job.workflow_id, job.executor_id)
                DBOS.resume_workflow(job.workflow_id, queue_name=job.queue_name)

    def _clear_up(self) -> None:
        over = DBOS.list_workflows(status=_OVER, load_input=False, load_output=False)
        if over:
            DBOS.delete_workflows([job.workflow_id for job in over])


def _register(handlers: Mapping[Kind, Handler]) -> None:
    @DBOS.workflow(name=_WORKFLOW)
    def job(kind: str, article_id: int) -> None:
        DBOS.run_step({"name": kind}, handlers[Kind(kind)], article_id)


def teach_milliseconds(connection: Any, _: object = None) -> None:
    """From Python 3.12 on DBOS asks SQLite for milliseconds, which SQLite learnt in 3.42; before, it says NULL."""
    if isinstance(connection, sqlite3.Connection) and sqlite3.sqlite_version_info < (3, 42):
        connection.create_function("unixepoch", 1, lambda _: time.time())


@contextmanager
def _job_errors() -> Iterator[None]:
    """The one place where the queue's errors become ours."""
    try:
        yield
    except (error.DBOSException, SQLAlchemyError, OSError) as problem:
        raise JobError from problem

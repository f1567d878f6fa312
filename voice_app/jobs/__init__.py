"""What is to do: the library's rows say what is asked, the queue says how soon it is done."""

from voice_app.jobs.queue import Job, Kind, Queue

__all__ = ["Job", "Kind", "Queue"]

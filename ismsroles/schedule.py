"""Every periodic entry of the product, with its reason. Due work is found by its date, so a missed or doubled tick harms nothing."""

from dataclasses import dataclass

from celery.schedules import BaseSchedule, crontab


@dataclass(frozen=True)
class Entry:
    """One thing that happens by itself: its name, its task, when (seconds or crontab, UTC), and why."""

    name: str
    task: str
    schedule: float | BaseSchedule
    reason: str


ENTRIES = [
    Entry(
        "note that the scheduler runs", "core.tick", 60.0,
        "Says that beat and a worker run; when nothing is heard for ten minutes, that is a finding.",
    ),
    Entry(
        "sweep the outbox", "core.deliver_outbox", 60.0,
        "Finds messages that nobody was told of: the broker was down, or the process died between commit and telling.",
    ),
    Entry(
        "seal the log", "core.seal_log", crontab(minute="*/10"),
        "What is new in the audit log comes into its chain: from then on a change of it is noticed, whoever makes it.",
    ),
    Entry(
        "forget ended sessions", "core.forget_ended_sessions", crontab(hour=3, minute=20),
        "Sessions that are over need not be kept; they hold who was signed in from where.",
    ),
    Entry(
        "forget uploaded lists", "core.forget_uploaded_lists", crontab(minute=40),
        "An uploaded list, of whatever kind, that nobody imported is personal data without a purpose: gone after a day.",
    ),
    Entry(
        "remind of training", "competence.remind", crontab(hour=5, minute=50),
        "What is due or expires within 60, 30 and 7 days, and what is overdue: one mail a person for each newest threshold.",
    ),
    Entry(
        "open and remind of reviews", "reviews.run_due", crontab(minute=10),
        "Reviews that are due open, are reminded of, escalated: each hour, so that a missed hour costs only one.",
    ),
    Entry(
        "tell of changed roles", "roles.tell_of_changes", crontab(minute=10),
        "What was changed in somebody's role on a day that is over: told the day after, once a role and day (K2).",
    ),
    Entry(
        "make the digests of the day", "notices.make_digests", crontab(minute="2,17,32,47"),
        "One digest a person and day, from the hour they chose: looked at four times an hour, since zones differ by quarters (K2).",
    ),
    Entry(
        "forget old messages", "notices.forget_old_messages", crontab(hour=3, minute=35),
        "Messages of more than 400 days ago: what matters of them is in the audit log.",
    ),
]  # fmt: skip

SCHEDULE = {entry.name: {"task": entry.task, "schedule": entry.schedule} for entry in ENTRIES}

"""Every periodic entry of the product, with its reason. Due work is found by its date, so a missed or doubled tick harms nothing."""

from celery.schedules import crontab

SCHEDULE = {
    # Finds messages that nobody was told of: the broker was down, or the process died between commit and telling.
    "sweep the outbox": {"task": "core.deliver_outbox", "schedule": 60.0},
    # What is new in the audit log comes into its chain: from then on a change of it is noticed, whoever makes it.
    "seal the log": {"task": "core.seal_log", "schedule": crontab(minute="*/10")},
    # Sessions that are over need not be kept; they hold who was signed in from where.
    "forget ended sessions": {"task": "core.forget_ended_sessions", "schedule": crontab(hour=3, minute=20)},
    # An uploaded list, of whatever kind, that nobody imported is personal data without a purpose: gone after a day.
    "forget uploaded lists": {"task": "core.forget_uploaded_lists", "schedule": crontab(minute=40)},
    # What is due or expires within 60, 30 and 7 days, and what is overdue: one mail a person for each newest threshold.
    "remind of training": {"task": "competence.remind", "schedule": crontab(hour=5, minute=50)},
    # Reviews that are due open, are reminded of, escalated: each hour, so that a day begins early in each zone and a missed hour costs one.
    "open and remind of reviews": {"task": "reviews.run_due", "schedule": crontab(minute=10)},
    # What was changed in somebody's role on a day that is over: told the day after, once a role and day (K2).
    "tell of changed roles": {"task": "roles.tell_of_changes", "schedule": crontab(minute=10)},
    # One digest a person and day, from the hour they chose: looked at four times an hour, since zones differ by quarters (K2).
    "make the digests of the day": {"task": "notices.make_digests", "schedule": crontab(minute="2,17,32,47")},
    # Messages of more than 400 days ago: what matters of them is in the audit log.
    "forget old messages": {"task": "notices.forget_old_messages", "schedule": crontab(hour=3, minute=35)},
}

"""Changes are made while workers, beats, the broker and PostgreSQL are killed with -9 at random (design §6).

Everything is real: PostgreSQL, Valkey, Celery's processes, a mail server that counts by Message-ID. `run` is one round; `make soak`
runs many. At the end the set of reviews is exactly the expected one, every change and every message has arrived, and mails came
twice no more often than something was killed. A seed says which processes are killed in which order, and after which change."""

"""The order of a local run, from the first check to the last process stopped."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import redis

from ismsroles import broker
from ismsroles.local import checks, children, options, secrets_kept
from ismsroles.local.children import Child
from ismsroles.local.options import ROOT, Options
from ismsroles.local.sentences import CannotStart

STARTING_AT_MOST = 60.0
STOPPING_AT_MOST = 15.0
WEB = ["--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "10"]


class _Stop(BaseException):
    """Ctrl-C, or a polite request to end."""


def run() -> int:
    """0 when stopped on request, 1 when one of the processes ended by itself, CannotStart when it never began."""
    chosen = options.read(os.environ)
    _on_signals()
    try:
        _check(chosen)
        with checks.only_one(chosen), _broker(chosen) as redis_url:
            env = _environment(chosen, redis_url)
            words = _prepare(env)
            return _serve(chosen, env, words)
    except _Stop:
        print("Stopped.", file=sys.stderr)
        return 0


def _check(chosen: Options) -> None:
    checks.pdf_libraries()
    checks.data_folder(chosen)
    checks.port_free(chosen)


def _on_signals() -> None:
    def stop(*_) -> None:
        raise _Stop

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)


@contextmanager
def _broker(chosen: Options) -> Iterator[str]:
    """The address of the broker: the one that REDIS_URL names, or an embedded server that ends with us."""
    if chosen.redis_url:
        _reachable(chosen.redis_url)
        yield chosen.redis_url
        return
    try:
        server = broker.start(chosen.data_dir / "broker", chosen.log_dir / "broker.log")
    except broker.BrokerProblem as problem:
        raise CannotStart(str(problem)) from problem
    try:
        yield server.url
    finally:
        server.stop()


def _reachable(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as problem:
        raise CannotStart(
            f"The broker named by REDIS_URL does not answer: {problem}\n"
            "Start it, correct REDIS_URL, or unset REDIS_URL to use the embedded one."
        ) from problem


def _environment(chosen: Options, redis_url: str) -> dict[str, str]:
    """What every process of this run is told."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ismsroles.settings",
        "PYTHONUNBUFFERED": "1",
        "LOCAL_HTTP": "1",
        "DATA_DIR": str(chosen.data_dir),
        "DEMO": "1" if chosen.demo else "0",
        "REDIS_URL": redis_url,
        "BASE_URL": os.environ.get("BASE_URL", chosen.address),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets_kept.secret_key(chosen.data_dir),
        "SETUP_CODE": os.environ.get("SETUP_CODE") or secrets_kept.setup_code(chosen.data_dir),
    }


def _prepare(env: Mapping[str, str]) -> str:
    """Migrations, fonts, demo organisation; gives the words to print once the pages answer."""
    done = subprocess.run(
        [sys.executable, "-m", "ismsroles.local.prepare"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C ends it through us, without its traceback
    )
    if done.returncode == 2:
        raise CannotStart("Nothing was started.")
    if done.returncode:
        raise CannotStart("The database could not be prepared; the lines above say why. Nothing was started.")
    return done.stdout.strip("\n")


def _serve(chosen: Options, env: Mapping[str, str], words: str) -> int:
    running: list[Child] = []
    try:
        for name, command in _commands(chosen).items():
            running.append(children.start(name, command, chosen.log_dir, env))
        if children.wait_until(lambda: _answers(chosen.port), STARTING_AT_MOST, running):
            _greet(chosen, words)
            _watch(running)
        return _say_which_ended(chosen, running)
    finally:
        _finish(running)


def _finish(running: list[Child]) -> None:
    """Beat first (no new work), then the pages, then the worker with what it began. A second Ctrl-C does not wait."""
    print("\nStopping …", file=sys.stderr, flush=True)
    order = running[::-1]
    try:
        children.stop(order, STOPPING_AT_MOST)
    except _Stop:
        children.stop(order, 0)


def _commands(chosen: Options) -> dict[str, list[str]]:
    celery = [sys.executable, "-m", "celery", "-A", "ismsroles.celery"]
    quiet = ["--without-gossip", "--without-mingle"]
    gunicorn = [sys.executable, "-m", "gunicorn", "ismsroles.wsgi", "--no-control-socket"]
    return {
        "worker": [*celery, "worker", "--loglevel", "info", "--concurrency", "2", *quiet],
        "web": [*gunicorn, "--bind", f"127.0.0.1:{chosen.port}", *WEB],
        "beat": [*celery, "beat", "--loglevel", "info", "--pidfile", ""],
    }


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _greet(chosen: Options, words: str) -> None:
    print(f"\nismsroles is running at {chosen.address}\n")
    if words:
        print(f"{words}\n")
    if not os.environ.get("EMAIL_URL"):
        print(f"Mails are kept in {chosen.data_dir / 'mail'}")
    print(f"Logs are kept in {chosen.log_dir}\nStop with Ctrl-C.", flush=True)


def _watch(running: list[Child]) -> None:
    while not children.first_ended(running):
        time.sleep(0.2)


def _say_which_ended(chosen: Options, running: list[Child]) -> int:
    ended = children.first_ended(running)
    if ended is None:
        web = next(child for child in running if child.name == "web")
        print(f"The pages did not answer in {STARTING_AT_MOST:.0f} seconds. {_log_of(web)}", file=sys.stderr)
    else:
        print(f"\n{ended.name} has ended, so everything is stopped. {_log_of(ended)}", file=sys.stderr)
    return 1


def _log_of(child: Child) -> str:
    return f"The last lines of {child.log}:\n\n{child.last_lines()}"

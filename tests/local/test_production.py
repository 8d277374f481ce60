"""The entry points that the containers use, run as there: production settings, PostgreSQL, a broker; only the engine is missing."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import psycopg
import pytest

from ismsroles import broker
from tests.local.test_containers import ROOT, SERVICES
from tests.local.test_starting import free_port

POSTGRES = os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not POSTGRES, reason="PostgreSQL only: what the containers use"),
]
BIN = Path(sys.executable).parent
DATABASE = f"production_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"  # the tests may run in two processes


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """What docker-compose.yml would set, with servers of this machine; migrated and collected as in the image."""
    folder = tmp_path_factory.mktemp("production")
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    jobs = broker.start(folder / "broker", folder / "broker.log")
    yield {
        **{name: os.environ[name] for name in ("PATH", "HOME", "FONT_DIR") if name in os.environ},
        "SECRET_KEY": "of-this-test-only-" + "0123456789abcdef" * 4,
        "SETUP_CODE": "ABCD-EFGH-JKLM",
        "DATA_DIR": str(folder),
        "DATABASE_URL": re.sub("//[^@]*@", "//product:of-its-own@", POSTGRES.rsplit("/", 1)[0]) + f"/{DATABASE}",
        "MIGRATE_DATABASE_URL": POSTGRES.rsplit("/", 1)[0] + f"/{DATABASE}",
        "REDIS_URL": jobs.url,
        "ALLOWED_HOSTS": "roles.example.org",
        "BASE_URL": "https://roles.example.org",
        "BEHIND_TLS_PROXY": "1",
        "TRUSTED_PROXIES": "1",
        "PORT": free_port(),
        "HOSTNAME": "test",
    }
    jobs.stop()


@pytest.fixture(scope="module")
def migrated(env):
    """One at a time: the role of the product belongs to the whole server."""
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(7461)")
        return _migrate(env)


def _migrate(env):
    for command in (SERVICES["migrate"]["command"], ["python", "manage.py", "collectstatic", "--noinput"]):
        subprocess.run([sys.executable, *command[1:]], env=env, cwd=ROOT, check=True, capture_output=True)
    return env


@pytest.fixture(scope="module")
def web(migrated):
    command = json.loads(re.search(r"^CMD (\[.*?\])", (ROOT / "Dockerfile").read_text().replace("\\\n", ""), re.M)[1])
    command[command.index("--bind") + 1] = f"127.0.0.1:{migrated['PORT']}"
    yield from running(command, migrated, "Listening at")


@pytest.fixture(scope="module")
def worker(migrated):
    yield from running(SERVICES["worker"]["command"], migrated, " ready.")


def running(command: list[str], env: dict[str, str], sign: str):
    log = Path(env["DATA_DIR"]) / f"{command[0]}.log"
    with log.open("wb") as out:
        process = subprocess.Popen([BIN / command[0], *command[1:]], env=env, cwd=ROOT, stdout=out, stderr=out)
    until = time.monotonic() + 60
    while sign not in log.read_text():
        assert process.poll() is None and time.monotonic() < until, log.read_text()
        time.sleep(0.1)
    yield env
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def ask(env: dict[str, str], path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", int(env["PORT"]), timeout=20)
    connection.request("GET", path, headers={"Host": "roles.example.org", **headers})
    return connection.getresponse()


def test_the_health_check_of_the_image_finds_web_well(web):
    done = subprocess.run(
        [sys.executable, "-m", "ismsroles.local.healthy"], env=web, cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "web answers 200\n")


def test_the_health_check_of_the_image_finds_a_dead_web_ill(web):
    env = {**web, "PORT": free_port()}
    assert subprocess.run([sys.executable, "-m", "ismsroles.local.healthy"], env=env, cwd=ROOT).returncode == 1


def test_without_tls_a_page_sends_to_https(web):
    answer = ask(web, "/account/login/")
    assert (answer.status, answer.headers["Location"]) == (301, "https://roles.example.org/account/login/")


def test_behind_tls_a_page_comes_with_strict_headers_and_hashed_style_sheets(web):
    answer = ask(web, "/account/login/", **{"X-Forwarded-Proto": "https"})
    page = answer.read().decode()
    assert answer.status == 200 and "max-age=" in answer.headers["Strict-Transport-Security"]
    sheet = re.search(r'href="(/static/css/[a-z]+\.[0-9a-f]{12}\.css)"', page)[1]
    assert ask(web, sheet, **{"X-Forwarded-Proto": "https"}).status == 200


def test_another_host_name_is_refused(web):
    assert ask(web, "/account/login/", Host="evil.example.org").status == 400


def test_the_health_check_of_the_worker_finds_it_well(worker):
    check = (
        SERVICES["worker"]["healthcheck"]["test"][1]
        .replace("$$", "$")
        .replace("celery@$HOSTNAME", "$(hostname | sed s/^/celery@/)")
    )
    assert (
        subprocess.run(["sh", "-c", check], env={**worker, "PATH": f"{BIN}:{worker['PATH']}"}, cwd=ROOT).returncode == 0
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditevent SET code = code", "DELETE FROM core_logseal", "TRUNCATE roles_historicalassignment",
        "DELETE FROM django_migrations", "ALTER TABLE core_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER core_auditevent_no_update ON core_auditevent",
        "DROP TABLE core_auditevent CASCADE", "SET session_replication_role = replica", "CREATE ROLE mine SUPERUSER",
    ],
)  # fmt: skip
def test_the_product_connects_as_a_role_that_cannot_rewrite_the_log(migrated, sql):
    with psycopg.connect(migrated["DATABASE_URL"], autocommit=True) as product:
        assert product.execute("SELECT current_user").fetchone() == ("product",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            product.execute(sql)


def test_migrating_again_leaves_rights_as_they_are(migrated):
    again = [sys.executable, *SERVICES["migrate"]["command"][1:]]
    subprocess.run(again, env=migrated, cwd=ROOT, check=True, capture_output=True)
    with psycopg.connect(migrated["DATABASE_URL"], autocommit=True) as product:
        product.execute("SELECT isms_wait_for_writers()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            product.execute("DELETE FROM core_auditevent")

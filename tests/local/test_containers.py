"""docker-compose.yml and the Dockerfile, read without an engine: what a wrong line would break only on somebody's server."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(TEXT)["services"]
OURS = ("migrate", "web", "worker", "beat")


def test_the_services_are_the_processes_of_the_product_and_its_two_servers():
    assert set(SERVICES) == {*OURS, "database", "broker"}


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "POSTGRES_PASSWORD", "APP_POSTGRES_PASSWORD", "SETUP_CODE", "ALLOWED_HOSTS", "BASE_URL"]
)
def test_what_must_be_given_is_asked_for_in_a_sentence(name):
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", TEXT)
    assert uses and all(use.startswith(f":?put {name}=") and "into the file .env" in use for use in uses)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_database_is_migrated_and_the_broker_answers(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "broker": {"condition": "service_healthy"},
    }


@pytest.mark.parametrize("name", OURS)
def test_our_containers_cannot_change_themselves(name):
    service = SERVICES[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"] and service["tmpfs"] == ["/tmp"]


def test_only_web_can_be_reached_from_outside_and_only_by_a_proxy_on_the_same_machine():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])
    assert SERVICES["database"]["networks"] == SERVICES["broker"]["networks"] == ["inside"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_by_tag(name):
    assert re.fullmatch(r"[a-z]+:(local|\d+-bookworm)", SERVICES[name]["image"])


def test_only_migrate_knows_the_password_of_the_role_that_owns_the_tables():
    knowing = {
        name for name in OURS for value in SERVICES[name]["environment"].values() if "{POSTGRES_PASSWORD" in value
    }
    assert knowing == {"migrate"} and "//ismsroles_app:" in SERVICES["web"]["environment"]["DATABASE_URL"]


def test_the_broker_keeps_every_job_on_disk():
    command = " ".join(SERVICES["broker"]["command"])
    assert "--appendonly yes" in command and "--maxmemory-policy noeviction" in command


def test_every_setting_that_a_container_is_given_is_one_that_the_product_reads():
    settings = (ROOT / "ismsroles" / "settings.py").read_text()
    assert [name for name in SERVICES["web"]["environment"] if f'"{name}"' not in settings] == []


def test_the_image_installs_by_hash_and_does_not_run_as_root():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes" in dockerfile and dockerfile.index("\nUSER ismsroles") < dockerfile.index("\nCMD")
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {"python:3.11-slim-bookworm", "base"}

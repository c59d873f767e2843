"""The commands beside a running box and without one."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.process.conftest import APP_SECRET, PASSWORD, Start, command, fetch, inbound, prepare, until


def on(data: Path, *words: str, given: str | None = None) -> str:
    done = command(*words, "--data", str(data), given=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_key_is_all_that_is_printed_and_works_at_once_beside_the_running_box(start: Start, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    before = on(tmp_path / "data", "api-key", "create", "--name", "till", "--role", "ADMIN")
    box = start()
    box.waits_until_it_runs()
    beside = on(tmp_path / "data", "api-key", "create", "--name", "second till", "--role", "AGENT")

    for key in (before, beside):
        assert re.fullmatch(r"wbx_[\w-]{43}\n", key)
        assert box.get("/api/v1/conversations", Authorization=f"Bearer {key.strip()}").status == 200
    listed = on(tmp_path / "data", "api-key", "list")
    on(tmp_path / "data", "api-key", "revoke", beside.strip()[:10])

    assert "second till" in listed and beside.strip() not in listed
    until(lambda: box.get("/api/v1/conversations", Authorization=f"Bearer {beside.strip()}").status == 401, within_s=5)


def test_people_are_added_listed_given_links_and_disabled(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)

    link = on(data, "user", "add", "--name", "Ravi", "--email", "ravi@example.com", "--role", "agent")
    another = on(data, "user", "password-link", "ravi@example.com")
    listed = on(data, "user", "list")
    on(data, "user", "disable", "ravi@example.com")

    assert re.fullmatch(r"http://\S+/password\?token=\S+\n", link)
    assert another != link
    assert "ravi@example.com" in listed and "AGENT" in listed
    assert "disabled" in on(data, "user", "list")
    assert command("user", "disable", "asha@example.com", "--data", str(data)).returncode == 1, "the last owner"


def test_set_up_by_flags_signs_in_hears_meta_and_a_second_run_keeps_the_rest(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    on(data, "setup", "--business", "Asha Silks", "--verify-token", "another-verify", "--no-check")
    box = start()

    signed_in = fetch(
        f"{box.address}/api/v1/session", json.dumps({"email": "asha@example.com", "password": PASSWORD}).encode(), {"Content-Type": "application/json"}
    )
    verified = box.get("/hooks/meta?hub.mode=subscribe&hub.verify_token=another-verify&hub.challenge=12345")
    posted = box.meta_posts(inbound("kept", 1), APP_SECRET)

    assert signed_in.status == 200 and signed_in.json()["business"]["name"] == "Asha Silks"
    assert (verified.status, verified.body) == (200, b"12345")
    assert posted.status == 200


def test_a_secret_changed_beside_the_running_box_counts_and_the_old_one_does_until_it_is_forgotten(start: Start, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    box = start()
    box.waits_until_it_runs()
    new = "process-app-secret-new-0123456789"

    on(tmp_path / "data", "setup", "--app-secret", new, "--no-check")

    until(lambda: box.meta_posts(inbound("new", 1), new).status == 200, within_s=5)
    assert box.meta_posts(inbound("old", 2), APP_SECRET).status == 200
    assert box.meta_posts(inbound("wrong", 3), "process-app-secret-wrong-123456").status == 401
    said = on(tmp_path / "data", "setup", "--forget-previous-app-secret")
    until(lambda: box.meta_posts(inbound("leaked", 4), APP_SECRET).status == 401, within_s=5)
    assert "counts no more" in said
    assert box.meta_posts(inbound("still new", 5), new).status == 200


def test_set_up_without_anything_prints_the_link_for_the_browser(tmp_path: Path) -> None:
    said = on(tmp_path / "data", "setup")

    assert re.search(r"http://\S+/setup\?token=\S+", said)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--owner-email", "asha@example.com", "--no-check"), "--owner-password-stdin"),
        (("--phone-number-id", "+91 98450 12345", "--no-check"), "not an id of Meta's"),
        (("--time-zone", "India/Mysuru"), "not a time zone"),
        (("--public-url", "http://box.example.com"), "https"),
    ],
)
def test_a_wrong_flag_is_refused_with_the_fix(tmp_path: Path, words: tuple[str, ...], named: str) -> None:
    done = command("setup", "--data", str(tmp_path / "data"), *words)

    assert done.returncode == 2
    assert named in done.stderr


@pytest.mark.feature("OP-20")
def test_the_doctor_names_what_is_broken_and_the_fix(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    nothing = command("doctor", "--data", str(data))
    prepare(data)
    box = start()
    assert box.get("/readyz").status == 200
    running = command("doctor", "--data", str(data), environment={"WABLAST_BOX_GRAPH_URL": "http://127.0.0.1:9"})

    assert nothing.returncode == 1 and "no data folder" in nothing.stdout
    assert running.returncode == 1
    assert "ok   The running box is ready." in running.stdout
    assert "ok   The database is whole." in running.stdout
    assert "BAD  Meta cannot be reached at 127.0.0.1" in running.stdout
    assert "BAD  The box has no public address" in running.stdout
    assert "--public-url" in running.stdout


@pytest.mark.feature("OP-20")
def test_the_doctor_is_content_with_a_demo_except_that_the_world_cannot_reach_it(start: Start, tmp_path: Path) -> None:
    box = start("demo")
    address = box.address
    until(lambda: "Pretend phone" in " ".join(box.printed) or box.says("Pretend phone"))

    found = command(
        "doctor", "--data", str(tmp_path / "data"), environment={"WABLAST_BOX_GRAPH_URL": f"{address}/simulator/graph", "WABLAST_BOX_PUBLIC_URL": address}
    )

    assert "BAD" not in found.stdout, found.stdout
    assert found.returncode == 0
    assert "The access token works" in found.stdout
    assert "reaches this box" in found.stdout


@pytest.mark.feature("OP-20")
@pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX")
def test_the_doctor_sees_a_folder_that_is_open_to_others_and_a_foreign_key(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    (data / "secrets.key").write_bytes(b"k" * 32)
    foreign = command("doctor", "--data", str(data))
    data.chmod(0o755)
    is_open = command("doctor", "--data", str(data))

    assert foreign.returncode == 1 and "cannot be opened with this key file" in foreign.stdout
    assert is_open.returncode == 1 and "chmod 700" in is_open.stdout


@pytest.mark.feature("OP-20")
def test_the_doctor_sees_a_damaged_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    raw = bytearray((data / "box.db").read_bytes())
    raw[8192:60000] = os.urandom(60000 - 8192)
    (data / "box.db").write_bytes(raw)

    found = command("doctor", "--data", str(data))

    assert found.returncode == 1
    assert "damaged" in found.stdout
    assert "Traceback" not in found.stderr


@pytest.mark.feature("OP-20")
def test_a_database_that_does_not_open_is_told_in_words_by_every_command(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    away = {"WABLAST_BOX_DATABASE_URL": "postgresql://127.0.0.1:1/box"}
    serve = ("serve", "--data", str(data), "--bind", "127.0.0.1:0")

    elsewhere = [command(*serve, environment=away), command("user", "list", "--data", str(data), environment=away)]
    (data / "box.db").write_bytes(b"no database at all" * 500)
    broken = [command(*serve), command("setup", "--data", str(data), "--business", "Asha Textiles")]

    for told in (*elsewhere, *broken):
        assert told.returncode == 1 and "Traceback" not in told.stderr
        assert "The database cannot be opened: " in told.stderr and "WABLAST_BOX_DATABASE_URL" in told.stderr


@pytest.mark.feature("OP-20")
def test_the_doctor_sees_a_database_without_tables(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    (data / "box.db").write_bytes(b"")

    found = command("doctor", "--data", str(data))

    assert (found.returncode, found.stderr) == (1, "")
    assert "BAD  The database is empty." in found.stdout


def test_a_flag_without_a_value_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    data = tmp_path / "data"

    for flag in ("--access-token", "--app-secret", "--verify-token", "--waba-id", "--phone-number-id", "--business"):
        told = command("setup", "--data", str(data), "--owner-email", "asha@example.com", "--owner-password-stdin", flag, "", given=PASSWORD + "\n")
        assert told.returncode == 2 and f"{flag} is empty. Give it a value" in told.stderr
    assert not (data / "box.db").exists()

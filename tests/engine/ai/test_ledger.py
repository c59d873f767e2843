"""What models cost: entered before it leaves, never past a cap, settled whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.ai.conftest import Added
from tests.models import Rude, a_model
from wablast_box.engine.ai import ledger
from wablast_box.engine.ai.ask import complete
from wablast_box.engine.ai.models import AiUsage
from wablast_box.engine.notifications.alarms import open_alarms
from wablast_box.engine.settings import store
from wablast_box.lib import db
from wablast_box.lib.clock import frozen_at, now
from wablast_box.lib.db import connect_thread, disconnect_thread
from wablast_box.lib.errors import BoxError, Conflict

ROOT = Path(__file__).parents[3]
SAID = [{"role": "user", "content": "hi"}]
# A call of SAID reserves some 200 tokens at most and is settled at 120.
RUPEE_A_TOKEN = 100 * 1_000_000


def ask(once: str | None = None) -> str:
    return complete(SAID, purpose="answer", ref="flow:7", max_tokens=100, once=once).text


def alarms() -> list[str]:
    return [str(one.severity) for one in open_alarms(limit=10) if one.key == ledger.ALARM]


@pytest.mark.feature("AI-08")
def test_the_cap_in_rupees_is_not_passed_and_people_hear_of_it_in_time(added: Added) -> None:
    store.put("ai_cap_rupees", 4)
    with a_model() as model:
        # A rupee for 100 tokens: each call comes to ₹1.20, and may come to more.
        added(model, price_in_paise=1_000_000, price_out_paise=1_000_000)
        ask()
        assert alarms() == []
        ask()
        assert alarms() == []
        with pytest.raises(Conflict) as refused:
            ask()
        assert alarms() == ["critical"]
        assert (refused.value.code, len(model.asked)) == ("spend_cap_reached", 2)

        store.put("ai_cap_rupees", 100)
        ask()
        assert alarms() == []


@pytest.mark.feature("AI-08")
def test_at_four_fifths_there_is_one_warning_and_a_new_month_takes_it_back(added: Added) -> None:
    store.put("ai_cap_tokens", 600)
    # Still November in UTC, December in India already.
    with frozen_at(datetime(2026, 11, 30, 10, tzinfo=UTC)), a_model() as model:
        added(model)
        for _ in range(3):
            ask()
        assert alarms() == []
        AiUsage.update(tokens_in=200).execute()
        ledger.look_at_spending()
        ledger.look_at_spending()
        assert alarms() == ["critical"]
        AiUsage.update(tokens_in=150).execute()
        ledger.look_at_spending()
        assert alarms() == ["warning"]
        with frozen_at(datetime(2026, 11, 30, 19, tzinfo=UTC)):
            ledger.look_at_spending()
            assert (alarms(), ledger.spent().tokens) == ([], 0)
            ask()


@pytest.mark.feature("AI-08")
def test_a_cap_is_one_for_the_whole_month_of_the_shop(added: Added) -> None:
    store.put("ai_cap_tokens", 250)
    # India's November begins on the last evening of UTC's October and ends on the last evening of its November.
    with a_model() as model:
        with frozen_at(datetime(2026, 10, 31, 18, 31, tzinfo=UTC)):
            added(model)
            ask()
        for late in (datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 30, 18, 29, tzinfo=UTC)):
            with frozen_at(late), pytest.raises(Conflict, match="cap"):
                ask()
        with frozen_at(datetime(2026, 11, 30, 18, 31, tzinfo=UTC)):
            ask()
    assert len(model.asked) == 2


@pytest.mark.feature("AI-08")
def test_calls_side_by_side_do_not_pass_the_cap_together(added: Added) -> None:
    store.put("ai_cap_tokens", 1000)
    said: list[str] = []

    def asking() -> None:
        connect_thread()
        try:
            said.append(ask())
        except BoxError as refused:
            said.append(refused.code)
        finally:
            disconnect_thread()

    may_answer = threading.Event()
    with a_model(Rude(200, b'{"choices": [{"message": {"content": "ok"}}]}', held=may_answer)) as model:
        added(model)
        threads = [threading.Thread(target=asking) for _ in range(12)]
        for thread in threads:
            thread.start()
        most = 1000 // (100 + 50 + len('[[{"role": "user", "content": "hi"}], null, []]'))
        # Nobody has an answer while there is one who has not asked.
        deadline = time.monotonic() + 20
        while len(said) + len(model.asked) < 12 and time.monotonic() < deadline:
            time.sleep(0.02)
        may_answer.set()
        for thread in threads:
            thread.join()
        assert (said.count("ok"), said.count("spend_cap_reached")) == (most, 12 - most)
        assert len(model.asked) == most > 1


@pytest.mark.feature("AI-08")
def test_nobody_pays_twice_for_the_answer_of_one_step(added: Added) -> None:
    with a_model("one", "two") as model:
        added(model)
        assert [ask(once="flow:1:2:ask1"), ask(once="flow:1:2:ask1"), ask(once="flow:1:2:ask2")] == ["one", "one", "two"]
        assert len(model.asked) == 2
        with frozen_at(now() + timedelta(days=2)):
            ledger.prune()
            assert AiUsage.select().where(AiUsage.answer_json.is_null(False)).count() == 0


CHILD = """
import sys
from pathlib import Path
from wablast_box.engine.ai.ask import complete
from wablast_box.engine.settings import secrets
from wablast_box.lib import db

folder = Path(sys.argv[1])
db.open_database(f"sqlite:///{folder / 'box.db'}")
secrets.use_key(folder / "secrets.key")
print("asking", flush=True)
complete([{"role": "user", "content": "hi"}], purpose="answer", ref="flow:7", max_tokens=100, once="flow:1:1:ask1")
"""


@pytest.mark.feature("AI-08")
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_call_that_kill_9_cut_off_is_counted_at_its_most(added: Added, box: Path) -> None:
    if db.is_postgres():
        pytest.skip("the second process opens the data folder's own database")
    with a_model(Rude(after_s=30), "again") as model:
        added(model, price_in_paise=100, price_out_paise=100)
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(box)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        deadline = time.monotonic() + 20
        while not model.asked and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()

        ledger.settle_lost()
        (row,) = AiUsage.select()
        assert row.state == "asked", "it may still be under way"
        with frozen_at(now() + timedelta(minutes=6)):
            ledger.settle_lost()
        (row,) = AiUsage.select()
        assert (row.state, row.tokens_out, row.cost_micro_paise > 0) == ("unconfirmed", 100, True)
        # Whoever comes again asks again: both are in the ledger.
        assert ask(once="flow:1:1:ask1") == "again"
    assert [one.state for one in AiUsage.select().order_by(AiUsage.id)] == ["unconfirmed", "done"]

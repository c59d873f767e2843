"""The composition root: opens the data folder, fills the tables of listeners and due verbs, starts and stops the threads."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from wablast_box.config import BootConfig
from wablast_box.engine.desk.routing.route import use_patience
from wablast_box.engine.events import publish
from wablast_box.engine.events.deliver import bring_forward
from wablast_box.engine.events.live import use_carrier
from wablast_box.engine.events.registry import use_listeners
from wablast_box.engine.events.tasks import ring
from wablast_box.engine.flows.running import listen
from wablast_box.engine.flows.running.runner import FlowRunner
from wablast_box.engine.listeners import LISTENERS
from wablast_box.engine.ops import setup, watch
from wablast_box.engine.ops.data_folder import HeldFolder
from wablast_box.engine.ops.opening import TASKS_FILE, close_folder, open_folder
from wablast_box.engine.ops.reach import inside
from wablast_box.engine.outbox.transmit.sender import Sender, recover_after_crash
from wablast_box.engine.schedule import SCHEDULE
from wablast_box.engine.team.google.config import use_google_url
from wablast_box.engine.webhooks.forward.forwarder import Forwarder
from wablast_box.engine.webhooks.processor import Processor
from wablast_box.lib import db, worker
from wablast_box.lib.ticking import Clock
from wablast_box.plugins.loader import load_plugins, unload_plugins

logger = logging.getLogger(__name__)

# Two may be busy with customers' files; the others keep what must be quick.
WORKERS = 4
# Everything that works ends within these seconds, or is found again by the next start. Long enough for a call to Meta
# that is on its way: one that is cut off leaves a message unconfirmed.
STOP_S = 1.8


@dataclass(slots=True)
class Box:
    """An open box and the threads that work in it."""

    config: BootConfig
    folder: HeldFolder
    processor: Processor
    forwarder: Forwarder
    sender: Sender
    flows: FlowRunner
    workers: worker.EmbeddedWorkers
    clock: Clock

    def start(self) -> None:
        """Begin to work: what waited since the last stop goes on now."""
        for part in (self.workers, self.sender, self.flows, self.processor, self.forwarder, self.clock):
            part.start()
        watch.watch_part("webhook processor", self.processor.is_alive)
        watch.watch_part("webhook forwarder", self.forwarder.is_alive)
        watch.watch_part("flows", self.flows.is_alive)
        watch.watch_part("sender", self.sender.is_alive)
        watch.watch_part("clock", self.clock.is_alive)
        setup.use_when_connected(self.sender.wake)
        self.processor.wake()
        self.sender.wake()
        ring()

    def stop(self) -> None:
        """End after what is in hand. Nothing is lost by not being in time: the rows say what is still to be done."""
        self.clock.stop()
        stops = {
            "processor": self.processor.stop, "forwarder": self.forwarder.stop, "sender": self.sender.stop,
            "flows": self.flows.stop, "workers": self.workers.stop_threads,
        }  # fmt: skip
        with ThreadPoolExecutor(len(stops), thread_name_prefix="stopping") as side_by_side:
            ended = dict(zip(stops, side_by_side.map(lambda stop: stop(STOP_S), stops.values()), strict=True))
        late = [name for name, in_time in ended.items() if in_time is False]
        if late:
            logger.warning("some work did not end in time; the next start goes on with it", extra={"late": ",".join(late)})


def open_box(config: BootConfig, *, safe_mode: bool = False) -> Box:
    """Hold the data folder, bring it up to date and wire everything; nothing works yet. Raises a BoxError in plain words.

    In safe mode no plugin is loaded, not even those that come with the box.
    """
    folder = open_folder(config.data_dir, database=config.database, graph_url=config.graph_url, log_level=config.log_level)
    try:
        db.use_refusal_listener(watch.write_refused)
        watch.begin(config.data_dir)
        worker.open_queue(config.data_dir / TASKS_FILE)
        use_listeners(LISTENERS)
        load_plugins(config.data_dir, safe_mode=safe_mode)
        bring_forward()
        use_google_url(config.google_url)
        inside.use_listed(config.inside_addresses, own_port=config.port)
        publish.use_bell(ring)
        use_patience(listen.may_answer)
        recover_after_crash()
        return Box(
            config, folder, Processor(), Forwarder(), Sender(config.graph_url), FlowRunner(), worker.workers(WORKERS), Clock(SCHEDULE)
        )
    except BaseException:
        close_folder(folder)
        raise


def close_box(box: Box) -> None:
    """The database last, then the folder is free for another process."""
    use_carrier(None)
    worker.close_queue()
    unload_plugins()
    logger.info("stopped")
    close_folder(box.folder)

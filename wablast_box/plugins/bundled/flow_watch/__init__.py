"""A flow that fails hands its customer to a person; this makes sure that somebody mends the flow, too."""

from __future__ import annotations

from wablast_box.plugins.api import FlowChanged, FlowFailed, PluginAPI


def register(box: PluginAPI) -> None:
    """Raise on failure, clear on publishing. Both change nothing when they are called twice."""

    def warn(event: FlowFailed) -> None:
        box.raise_alarm(
            str(event.flow_id),
            "A flow could not go on",
            f"{event.why} The customer is with a person now. Open the flow, mend it and publish it again.",
            action_url=f"/flows/{event.flow_id}",
        )

    def is_mended(event: FlowChanged) -> bool:
        return event.what in ("published", "deleted")

    def clear(event: FlowChanged) -> None:
        box.clear_alarm(str(event.subject_id))

    box.listen(FlowFailed, warn)
    box.listen(FlowChanged, clear, wants=is_mended)

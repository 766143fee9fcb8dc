"""What happens after the last agreement. Wagtail loads this module before its own models, so it imports none of them."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what passed its last step (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

    Rights were asked step by step, and the gate asks once more; a coordinator who accepts a card needs no right to publish.
    """
    task_state = workflow_state.current_task_state
    if task_state is not None:
        task_state.revision.publish(user=user, skip_permission_checks=True)

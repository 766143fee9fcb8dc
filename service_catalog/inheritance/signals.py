"""What others may listen to: the notifier, reports and the lifecycle subscribe here, so inheritance need not know them.

Each signal is sent inside the transaction of the change; a listener that writes mail does it on commit.
"""

from __future__ import annotations

from django.dispatch import Signal

reconciliation_opened = Signal()
"""`cards`: office cards (`OfficeCard`) of which something is to be reconciled; `day`: from when the model changes."""
reconciliation_decided = Signal()
"""`row`: the `Reconciliation` after the decision."""
remark_written = Signal()
"""`remark`: a new `ModelRemark`, with `due_on`."""
remark_answered = Signal()
"""`remark`: the answered `ModelRemark`."""
offer_asked = Signal()
"""`decision`: an `OfferDecision` that waits for another person."""
offer_decided = Signal()
"""`decision`: an `OfferDecision` that stands, was refused or taken back."""

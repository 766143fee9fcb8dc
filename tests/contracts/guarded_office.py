"""Office B with everything it may keep to itself: drafts, comments, locks, workflows, people, files. All carry the marker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Comment,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from exporters.webhooks.models import WebhookDelivery, WebhookReceiver
from governance.models import Absence, AdvisorAssignment, CoordinatorAssignment, Notification
from publication.models import Edition
from search.models import GlossaryTerm, Hint, JudgedQueryEntry
from service_catalog.models import (
    LegalAct,
    ModelCard,
    ModelCataloguePage,
    OfficeCard,
    OfficePage,
    OfficeType,
    Topic,
    WordSwap,
)
from tests.contracts.guarded_inheritance import INHERITANCE, GuardedInheritance, guard_inheritance

WORD = "Qwertydraft"
"""What the tests search by; answers repeat it, so it proves nothing."""
MARKER = "Zjkmarker"
"""Stands beside WORD in every text of office B; no answer to office A may contain it."""
SECRET = f"{WORD} {MARKER}"

REGISTERS: tuple[type[models.Model], ...] = (
    LegalAct, OfficeType, Topic, Group, User, Site, Collection, Workflow, Task, WorkflowPage, GroupPagePermission,
    GroupCollectionPermission, Document, Image, Comment, WorkflowState, TaskState, CoordinatorAssignment, Absence,
    AdvisorAssignment, Notification,
)  # fmt: skip
CHANGED_BY_LOGIN = frozenset({"last_login"})


@dataclass(frozen=True)
class GuardedOffice:
    """Keys of what office B keeps, and the people who try to reach it."""

    own_card: OfficeCard
    office: OfficePage
    cards: tuple[Page, ...]
    catalogues: tuple[Page, ...]
    colleague: User
    author: User
    approver: User
    administrator: User
    workflow_state: WorkflowState
    session: EditingSession
    document: Document
    image: Image
    inheritance: GuardedInheritance

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page that office A may neither see nor change."""
        return (*self.cards, self.office, *self.catalogues)

    def fingerprint(self) -> str:
        """Hash over all that must stay as it is: pages of B and the model catalogue, their revisions, registers, the log."""
        digest = hashlib.sha256()
        for row in self._rows():
            digest.update(repr(row).encode())
        return digest.hexdigest()

    def _rows(self) -> Iterator[Any]:
        roots = [self.office, self.catalogues[0]]
        for root in roots:
            pages = Page.objects.descendant_of(root, inclusive=True).order_by("pk")
            yield from pages.values_list()
            yield from (
                Revision.page_revisions.filter(object_id__in=[str(key) for key in pages.values_list("pk", flat=True)])
                .order_by("pk")
                .values_list("pk", "approved_go_live_at", "object_str")
            )
        for card in self.pages:
            model = type(card)
            yield list(model._default_manager.filter(pk=card.pk).values_list())
        for register in (*REGISTERS, *INHERITANCE):
            names = [field.attname for field in register._meta.concrete_fields if field.name not in CHANGED_BY_LOGIN]
            yield from register._default_manager.order_by("pk").values_list(*names)
        yield Page.objects.filter(depth__lte=3).count()
        yield Edition.objects.exclude(key__endswith="/uw-rzeszow").count()
        yield PageViewRestriction.objects.filter(page__in=[page.pk for page in self.pages]).count()


def _fill_empty_registers() -> None:
    """Registers that begin empty get an entry, so that their addresses can be asked for too."""
    GlossaryTerm.objects.get_or_create(term="opłata skarbowa", defaults={"definition": "Opłata, którą bierze miasto."})
    WordSwap.objects.get_or_create(phrase="niniejszy", defaults={"proposal": "ten"})
    Hint.objects.get_or_create(phrase="paszport", defaults={"sentence": "Paszport wyrobisz w każdym punkcie."})
    JudgedQueryEntry.objects.get_or_create(qid="q1", defaults={"query": "paszport"})
    receiver, _ = WebhookReceiver.objects.get_or_create(
        name="System gminy", defaults={"address": "https://system.example/", "mail": "opiekun@system.example"}
    )
    WebhookDelivery.objects.get_or_create(
        receiver=receiver,
        sequence=1,
        event="card.published",
        defaults={"due_at": timezone.now(), "created_at": timezone.now()},
    )


def guard_office() -> GuardedOffice:
    """Make office B's secrets in the loaded catalogue."""
    _fill_empty_registers()
    office = OfficePage.objects.get(code="uw-gdansk")
    own_card = OfficeCard.objects.child_of(OfficePage.objects.get(code="uw-rzeszow")).order_by("pk").first()
    assert own_card is not None
    colleague = _person("kolega.b", office, "zatwierdzający")
    unpublished = _unpublished_card(office)
    changed = _changed_card(office, colleague)
    _team(office, colleague)
    _draft(office, colleague, intro=SECRET, title=f"Urząd {SECRET}")
    catalogue = ModelCataloguePage.objects.get(office_type__code="UW")
    model_card = ModelCard.objects.child_of(catalogue).order_by("pk").last()
    assert model_card is not None
    _draft(model_card, colleague, summary=SECRET, title=f"Wzór {SECRET}")
    _draft(catalogue, colleague, title=f"Katalog {SECRET}")
    return GuardedOffice(
        own_card=own_card,
        office=office,
        cards=(unpublished, changed),
        catalogues=(catalogue, model_card),
        colleague=colleague,
        author=_person("autor.a", OfficePage.objects.get(code="uw-rzeszow"), "autorzy"),
        approver=_person("naczelnik.a", OfficePage.objects.get(code="uw-rzeszow"), "zatwierdzający"),
        administrator=User.objects.create_superuser("zarzadca", password=None),
        workflow_state=_submitted(unpublished, colleague),
        session=_open_editor(unpublished, colleague),
        document=Document.objects.create(title=SECRET, file=ContentFile(b"x", name="tajny.txt")),
        image=Image.objects.create(title=SECRET, file=get_test_image_file()),
        inheritance=guard_inheritance(office, changed, colleague, secret=SECRET),
    )


def _person(username: str, office: OfficePage, role: str) -> User:
    """A member of one group of an office, as `sync_roles` made it."""
    user = User.objects.create_user(username, first_name="Osoba", last_name=f"{SECRET}" if "b" in username else "A")
    user.groups.add(Group.objects.get(name__contains=f"[{office.code}]", name__endswith=role))
    return user


def _team(office: OfficePage, colleague: User) -> None:
    """The team of office B, and what one of them was told."""
    now = timezone.now()
    today = now.date()
    CoordinatorAssignment.objects.create(office=office, person=colleague, post="coordinator", begins=today)
    AdvisorAssignment.objects.create(office=office, person=colleague, begins=today, ends=today)
    Absence.objects.create(person=colleague, begins=today, ends=today)
    Notification.objects.create(recipient=colleague, key="x", subject=SECRET, created_at=now)


def _unpublished_card(office: OfficePage) -> OfficeCard:
    """A card that was never published, locked, with a comment and log entries."""
    taken = OfficeCard.objects.child_of(office).values("model_card")
    model_card = ModelCard.objects.filter(office_type__code="PIP").exclude(pk__in=taken).first() or (
        ModelCard.objects.exclude(pk__in=taken).order_by("pk").first()
    )
    assert model_card is not None
    colleague = User.objects.get(username="kolega.b")
    card = OfficeCard(
        title=f"Karta {SECRET}",
        slug="karta-zastrzezona",
        model_card=model_card,
        live=False,
        owner=colleague,
        internal_note=SECRET,
        pickup=SECRET,
    )
    office.add_child(instance=card)
    card.save_revision(user=colleague, log_action="wagtail.create")
    Comment.objects.create(page=card, user=colleague, text=SECRET, contentpath="pickup")
    Page.objects.filter(pk=card.pk).update(locked=True, locked_by=colleague, locked_at=timezone.now())
    card.refresh_from_db()
    return card


def _changed_card(office: OfficePage, colleague: User) -> OfficeCard:
    """A published card with an unpublished change."""
    card: OfficeCard | None = OfficeCard.objects.child_of(office).filter(live=True).order_by("pk").first()
    assert card is not None
    _draft(card, colleague, pickup=SECRET, internal_note=SECRET, title=f"Zmiana {SECRET}")
    return card


def _draft(page: Page, user: User, **words: str) -> None:
    """Save a revision with the words and leave the published page alone."""
    copy = type(page).objects.get(pk=page.pk)
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision(user=user, log_action=True)
    page.refresh_from_db()


def _submitted(card: OfficeCard, user: User) -> WorkflowState:
    """The card waits in a workflow."""
    workflow = Workflow.objects.order_by("pk").first() or Workflow.objects.create(name="Zatwierdzanie")
    if not workflow.workflow_tasks.exists():
        WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Zadanie"))
    Page.objects.filter(pk=card.pk).update(locked=False)
    state = workflow.start(card, user)
    Page.objects.filter(pk=card.pk).update(locked=True)
    card.refresh_from_db()
    return state


def _open_editor(card: OfficeCard, user: User) -> EditingSession:
    return EditingSession.objects.create(user=user, content_object=card, last_seen_at=timezone.now())

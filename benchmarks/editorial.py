"""Work of officials: publishing with all checks, an office record with its cards, the explorer and the list of tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from benchmarks.measuring import Measurement, cpu_milliseconds, own_cpu_seconds
from cms import roles
from cms.bulk_pages import insert_pages
from cms.editorial.standing import move, register_imported, standing_of
from cms.editorial.states import Decision, State
from service_catalog.authoring.rights import sync_rights
from service_catalog.models import OfficeCard, OfficePage

ROUNDS = 5
THIRTY_THOUSAND = 30_000


def measurements() -> list[Measurement]:
    """Publication, then lists at thirty thousand cards."""
    sync_rights()
    card = OfficeCard.objects.filter(live=True, path__startswith=largest_office().path).order_by("pk")[0]
    office = OfficePage.objects.get(pk=largest_office().pk)
    return [
        _publication("publikacja karty urzędu z wydaniem", card, "pickup", target=120),
        _publication(f"zapis urzędu z kartami ({_cards_of(office)})", office, "phone", target=1500),
        *_lists(),
    ]


def largest_office() -> Page:
    """The office with the most cards."""
    found: Page = Page.objects.filter(depth=4, officepage__isnull=False).order_by("-numchild")[0]
    return found


def _cards_of(office: Page) -> int:
    return int(Page.objects.child_of(office).live().aggregate(count=Count("pk"))["count"])


def _publication(name: str, page: Any, field: str, *, target: float) -> Measurement:
    """CPU of publishing an agreed version, gate and editions included; beside Wagtail's own action without ours."""
    spent = 0.0
    for number in range(ROUNDS):
        with transaction.atomic():
            draft = type(page)._default_manager.get(pk=page.pk)
            setattr(draft, field, f"+48 22 555 00 0{number}")
            revision = draft.save_revision(clean=False)
            agree(draft, revision)
            before = own_cpu_seconds()
            revision.publish()
            spent += own_cpu_seconds() - before
            transaction.set_rollback(True)
    return Measurement(
        name=name,
        value=spent / ROUNDS * 1000,
        unit="ms CPU",
        target=target,
        baseline="zapis samej wersji",
        baseline_value=_saving(page, field),
    )


def _saving(page: Any, field: str) -> float:
    """CPU of saving a version without publishing it."""
    spent = 0.0
    for number in range(ROUNDS):
        with transaction.atomic():
            draft = type(page)._default_manager.get(pk=page.pk)
            setattr(draft, field, f"+48 22 555 10 0{number}")
            before = own_cpu_seconds()
            draft.save_revision(clean=False)
            spent += own_cpu_seconds() - before
            transaction.set_rollback(True)
    return spent / ROUNDS * 1000


def agree(page: Any, revision: Revision) -> None:
    """Give the version every approval that its publication needs."""
    standing = standing_of(page, moment=timezone.now())
    for step in revision.as_object().required_steps():
        person, _ = User.objects.get_or_create(username=f"zgoda.{step}", defaults={"is_active": False})
        move(
            standing, State(standing.state), Decision.APPROVED, person=person, moment=timezone.now(),
            revision=revision, step=step,
        )  # fmt: skip
    standing.state = State.APPROVAL
    standing.save()


def _lists() -> list[Measurement]:
    """The explorer of an office and the first page with its tasks, at 3,059 and at 30,000 cards."""
    user = User.objects.create_user("pomiar.naczelnik")
    office = OfficePage.objects.get(pk=largest_office().pk)
    user.groups.set(roles.groups_of(roles.OFFICE_APPROVER, code=office.code))
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    small = {name: _cpu(client, address) for name, address in _addresses(office).items()}
    _fill()
    return [
        Measurement(
            name=f"{name}, 30 000 kart",
            value=_cpu(client, address),
            unit="ms CPU",
            target=250,
            baseline="to samo przy 3 059",
            baseline_value=small[name],
        )
        for name, address in _addresses(office).items()
    ]


def _addresses(office: Page) -> dict[str, str]:
    return {"lista kart urzędu": f"/admin/pages/{office.pk}/", "moje zadania": "/admin/"}


def _cpu(client: Client, address: str) -> float:
    ask: Callable[[], object] = lambda: client.get(address)  # noqa: E731
    assert client.get(address).status_code == 200, address
    return cpu_milliseconds(ask, repeat=10, warm_up=2)


def _fill() -> None:
    """Copies of office cards at every office until there are thirty thousand, each with its standing and every tenth waiting."""
    moment = timezone.now()
    offices = list(OfficePage.objects.order_by("pk"))
    wanted = (THIRTY_THOUSAND - OfficeCard.objects.count()) // len(offices) + 1
    model = OfficeCard.objects.order_by("pk")[0].model_card
    for office in offices:
        cards = [
            OfficeCard(title=f"Karta {number}", slug=f"pomiar-{office.pk}-{number}", model_card=model)
            for number in range(wanted)
        ]
        insert_pages(office, cards, moment=moment)
        register_imported(cards, moment=moment)
    from cms.editorial.models import Standing

    waiting = Standing.objects.filter(page__slug__endswith="0", page__slug__startswith="pomiar")
    Standing.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(state=State.APPROVAL)

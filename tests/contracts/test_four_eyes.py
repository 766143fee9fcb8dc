"""Four eyes: author, merit reviewer and approver of one version are different people, and no route goes around it.

The first test sends a form to every route of the editor's screen, as people who wrote the waiting version. The second lets
Hypothesis drive the routes in any order, by anybody, and looks at what reached the edition log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cms import roles
from cms.editorial.models import Standing, Transition
from cms.editorial.states import Decision, Step
from publication.models import Edition, EditionKind, EditionState
from publication.reading import head_sequence
from service_catalog.models import OfficeCard, OfficePage
from tests.contracts.admin_routes import addresses, routes, values_for
from tests.contracts.editing import filled_form
from tests.contracts.guarded_office import GuardedOffice
from tests.contracts.test_isolation import FORM, undone

CODE = "uw-rzeszow"
OF_THE_OFFICE = {
    "autor": roles.OFFICE_AUTHOR,
    "recenzent": roles.OFFICE_REVIEWER,
    "jezyk": roles.OFFICE_LANGUAGE_EDITOR,
    "naczelnik": roles.OFFICE_APPROVER,
    "koordynator": roles.OFFICE_COORDINATOR,
}
PEOPLE = (*OF_THE_OFFICE, "wszystko", "redakcja", "zarzadca")
"""`wszystko` has every role of the office at once, `zarzadca` is a superuser with every role of the office."""


def office_card() -> OfficeCard:
    """A published card of the office."""
    card: OfficeCard | None = OfficeCard.objects.child_of(OfficePage.objects.get(code=CODE)).order_by("pk").first()
    assert card is not None
    return card


def make_people() -> dict[str, User]:
    """The people of the office, central staff, and two with more rights than anybody should have."""
    groups = {name: roles.groups_of(role, code=CODE) for name, role in OF_THE_OFFICE.items()}
    everything = [group for held in groups.values() for group in held]
    central = list(Group.objects.filter(name=roles.CENTRAL.name))
    held = {**groups, "wszystko": everything, "redakcja": central, "zarzadca": everything}
    people = {}
    for name, of_person in held.items():
        people[name] = User.objects.create_user(f"czworo.{name}", is_superuser=name == "zarzadca")
        people[name].groups.set(of_person)
    return people


def became_public(since: int) -> list[Edition]:
    """Editions of cards and offices recorded after a sequence."""
    kinds = (EditionKind.CARD, EditionKind.OFFICE)
    return list(Edition.objects.filter(sequence__gt=since, kind__in=kinds, state=EditionState.PUBLISHED))


def all_own_addresses(guarded: GuardedOffice, card: OfficeCard) -> Iterator[str]:
    """Every address of the editor's screen that can name a page, naming the own card and its versions."""
    own, versions = [str(card.pk)], [str(card.latest_revision_id), str(card.live_revision_id)]
    values = values_for(guarded) | {
        "page_id": own, "page_pk": own, "page_to_move_id": own, "revision_id": versions, "object_id": own,
        "wagtailadmin_pages:revisions_compare pk": own, "wagtailadmin_api:pages pk": own,
        "revision_id_a": ["live"], "revision_id_b": ["latest"],
    }  # fmt: skip
    for route in routes():
        if route.name != "wagtail_bulk_action":
            yield from addresses(route, values)
    for action in ("publish", "unpublish", "move", "delete"):
        yield f"/admin/bulk/wagtailcore/page/{action}/?id={card.pk}"
        yield f"/admin/bulk/service_catalog/officecard/{action}/?id={card.pk}"


@pytest.mark.parametrize("person", ["naczelnik", "wszystko", "redakcja", "zarzadca"])
def test_no_route_publishes_what_its_user_wrote(guarded: GuardedOffice, person: str) -> None:
    card, user = office_card(), make_people()[person]
    card.pickup = "Tekst jednej osoby."
    card.save_revision(user=user, log_action=True)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    before, found = head_sequence(), []
    for address in dict.fromkeys(all_own_addresses(guarded, card)):
        with undone():
            form = {**FORM, "decision": "approve", "comment": "Zgadzam się.", "reason": "Powód.", "result": "unchanged",
                    "evidence": "Sprawdzone.", "digest": "0" * 64}  # fmt: skip
            response = client.post(address, form)
            if response.status_code >= 500:
                found.append(f"{response.status_code} {address}")
            found += [f"{address} published {edition.key}" for edition in became_public(before)]
    assert found == []


ACTIONS = ("", "action-publish", "action-submit", "action-send", "action-restart-workflow", "action-workflow-action")


class Editors(RuleBasedStateMachine):
    """Eight people do anything to one card; the machine itself remembers who wrote since the last publication."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.people = make_people()
        self.card = office_card()
        self.path = f"/admin/karty/{self.card.pk}"
        self.seen = head_sequence()
        self.authors: set[int] = set()
        self.clients: dict[str, Client] = {}
        self.texts = 0

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def ask(self, person: str, address: str, form: dict[str, Any]) -> int:
        """Send a form as a person; a version that appeared or changed makes him an author."""
        client = self.clients.get(person)
        if client is None:
            client = self.clients[person] = Client(raise_request_exception=False)
            client.force_login(self.people[person])
        before = self.version()
        status = client.post(address, form).status_code
        assert status < 500, (person, address, status)
        if self.version() != before:
            self.authors.add(self.people[person].pk)
        return status

    def version(self) -> Any:
        """The latest saved version: its number and content."""
        revision = OfficeCard.objects.get(pk=self.card.pk).get_latest_revision()
        return revision.pk, revision.content.get("pickup")

    @rule(person=st.sampled_from(PEOPLE), action=st.sampled_from(ACTIONS))
    def edit(self, person: str, action: str) -> None:
        """Write another text in the form and press any button."""
        self.texts += 1
        client = self.clients.setdefault(person, Client(raise_request_exception=False))
        client.force_login(self.people[person])
        if client.get(f"/admin/pages/{self.card.pk}/edit/").status_code != 200:
            return
        form = filled_form(client, self.card) | {"pickup": f"Odbiór {self.texts}."}
        if action:
            form |= {action: action, "workflow-action-name": "approve"}
        self.ask(person, f"/admin/pages/{self.card.pk}/edit/", form)

    @rule(person=st.sampled_from(PEOPLE))
    def send(self, person: str) -> None:
        """Send the latest version to be checked."""
        self.ask(person, f"{self.path}/wyslij/", {})

    @rule(person=st.sampled_from(PEOPLE), decision=st.sampled_from(["approve", "approve", "approve", "return"]))
    def check(self, person: str, decision: str) -> None:
        """Decide about what is being checked, having seen it."""
        standing = Standing.objects.filter(page=self.card).first()
        digest = standing.submitted_digest if standing else ""
        self.ask(
            person, f"{self.path}/sprawdz/", {"decision": decision, "comment": "Zgoda z powodu.", "digest": digest}
        )

    @rule(
        person=st.sampled_from(PEOPLE),
        word=st.sampled_from(["wstrzymaj", "wznow", "archiwum", "wycofaj-ze-sprawdzenia"]),
    )
    def act(self, person: str, word: str) -> None:
        """Suspend, resume, archive, take back."""
        self.ask(person, f"{self.path}/{word}/", {"reason": "Powód."})

    @rule(person=st.sampled_from(PEOPLE), result=st.sampled_from(["unchanged", "changed", "suspended"]))
    def review(self, person: str, result: str) -> None:
        """Review the card."""
        self.ask(person, f"{self.path}/przeglad/", {"result": result, "evidence": "Rozmowa."})

    @rule(person=st.sampled_from(PEOPLE), back=st.integers(0, 3))
    def revert(self, person: str, back: int) -> None:
        """Bring an older version back in the form, with the button of publishing."""
        revision = self.card.revisions.order_by("-pk")[back : back + 1].first()
        if revision is not None:
            form = {**FORM, "title": self.card.title, "slug": self.card.slug}
            self.ask(person, f"/admin/pages/{self.card.pk}/revisions/{revision.pk}/revert/", form)
            self.ask(person, f"/admin/pages/{self.card.pk}/edit/", form)

    @rule(person=st.sampled_from(PEOPLE), action=st.sampled_from(["publish", "unpublish"]))
    def bulk(self, person: str, action: str) -> None:
        """The same with many pages at once."""
        self.ask(person, f"/admin/bulk/wagtailcore/page/{action}/?id={self.card.pk}", {})

    @invariant()
    def what_is_public_was_checked_by_other_people(self) -> None:
        """Every new edition: two different people agreed to it, and neither wrote it."""
        editions = became_public(self.seen)
        self.seen = head_sequence()
        for edition in editions:
            resumed = Transition.objects.filter(page=self.card).order_by("-pk").first()
            if resumed is not None and resumed.decision == Decision.RESUMED:
                continue
            published = Transition.objects.filter(page=self.card, decision=Decision.PUBLISHED).order_by("-pk")[0]
            agreed = Transition.objects.filter(
                page=self.card, digest=published.digest, decision=Decision.APPROVED, pk__lt=published.pk
            )
            merit = set(agreed.filter(step=Step.MERIT).values_list("person", flat=True)) - self.authors
            approval = set(agreed.filter(step=Step.APPROVAL).values_list("person", flat=True)) - self.authors
            text = msgspec.json.decode(bytes(edition.payload)).get("pickup", "")
            assert merit, ("nobody else checked", text)
            assert approval, ("nobody else approved", text)
            assert len(merit | approval) > 1, ("one person checked and approved", text)
        if editions:
            self.authors = set()


@pytest.mark.django_db
def test_no_order_of_steps_lets_one_person_publish_his_change(guarded: GuardedOffice) -> None:
    run_state_machine_as_test(
        Editors,
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_machine_reaches_publication(guarded: GuardedOffice) -> None:
    """The right people in the right order do publish, so the test above is about something."""
    machine = Editors()
    try:
        machine.edit("autor", "")
        machine.send("autor")
        for person in ("recenzent", "jezyk", "naczelnik"):
            assert became_public(machine.seen) == []
            machine.check(person, "approve")
        assert [edition.key for edition in became_public(machine.seen)] == [f"{machine.card.model_card.symbol}/{CODE}"]
        machine.what_is_public_was_checked_by_other_people()
    finally:
        machine.teardown()

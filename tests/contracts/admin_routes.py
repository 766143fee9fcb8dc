"""Every address of the editor's screen, filled with the keys of what another office keeps.

The addresses are read from the resolver, so a new route is tried as soon as it exists. `VALUES` knows what each part of an
address may be filled with; a part that it does not know is an error, so a new kind of route needs a rule here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection, Site, Task, Workflow

from governance.urls import urlpatterns
from handbooks.models import Handbook, HandbookEdition
from tests.contracts.guarded_office import GuardedOffice

ADMIN = "admin/"
REGULAR = re.compile(r"\(\?P<(\w+)>")
PLAIN = re.compile(r"<(?:\w+:)?(\w+)>")


class NoRule(LookupError):
    """A route has a part for which nobody said what to try."""


@dataclass(frozen=True)
class Route:
    """One route: its full name, the parts of its address and the pattern."""

    name: str
    pattern: str
    chain: tuple[Any, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts that the address is filled with."""
        return tuple(dict.fromkeys([*PLAIN.findall(REGULAR.sub("<\\1>", self.pattern))]))

    @property
    def place(self) -> str:
        """Namespace without the name of the view."""
        return self.name.rpartition(":")[0]


def routes() -> list[Route]:
    """All routes below `/admin/`."""
    return [route for route in _walk(get_resolver().url_patterns, "", (), ()) if route.pattern.startswith(ADMIN)]


def _walk(
    patterns: Sequence[URLPattern | URLResolver], prefix: str, spaces: tuple[str, ...], chain: tuple[Any, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        steps = (*chain, pattern.pattern)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, f"{prefix}{pattern.pattern}", (*spaces, *space), steps)
        else:
            yield Route(":".join([*spaces, pattern.name or ""]), f"{prefix}{pattern.pattern}", steps)


def addresses(route: Route, values: Mapping[str, Sequence[str]]) -> list[str]:
    """Addresses of a route with every combination of values. Raises `NoRule`."""
    if route.name == "" and route.pattern.endswith(".*/$"):
        return ["/admin/nie-ma-takiej-strony/"]
    choices = [_choices(route, part, values) for part in route.parts]
    return [_filled(route, dict(zip(route.parts, chosen, strict=True))) for chosen in itertools.product(*choices)]


def _choices(route: Route, part: str, values: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """What a part of the address is filled with: the rule of the place, else the general one."""
    for rule in (f"{route.name} {part}", f"{route.place} {part}", part):
        if rule in values:
            return values[rule]
    raise NoRule(
        f"Adres {route.pattern} ({route.name}) ma część „{part}”. Dopisz w tests/contracts/admin_routes.py, czym ją wypełnić."
    )


def _filled(route: Route, parts: dict[str, str]) -> str:
    """The address with its parts written in."""
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda found: parts[found[1]], route.pattern)
    text = PLAIN.sub(lambda found: parts[found[1]], text)
    return "/" + text.replace("^", "").replace("$", "").replace("\\.", ".")


def values_for(guarded: GuardedOffice) -> dict[str, list[str]]:
    """What each part of an address is filled with, to reach what office B keeps."""
    pages = _keys(*guarded.pages)
    own = str(guarded.own_card.pk)
    revisions = [str(page.latest_revision_id) for page in guarded.pages]
    task_state = str(guarded.workflow_state.current_task_state_id)
    task = str(guarded.workflow_state.current_task_state.task_id)
    return {
        "page_id": [*pages, own],
        "page_pk": pages,
        "parent_page_id": pages,
        "page_to_move_id": [*pages, own],
        "destination_id": _keys(guarded.office, guarded.catalogues[0]),
        "revision_id": revisions,
        "revision_id_a": ["earliest", "live", revisions[1]],
        "revision_id_b": ["latest", revisions[0]],
        "wagtailadmin_pages:revisions_compare pk": [*pages, own],
        "wagtailadmin_api:pages pk": [*pages, own],
        "action_name": ["approve", "reject", "cancel"],
        "wagtailadmin_api:pages:action action_name": [
            "convert_alias", "copy", "delete", "publish", "unpublish", "move", "copy_for_translation", "create_alias",
            "revert_to_page_revision",
        ],
        "task_state_id": [task_state],
        "task_id": [task],
        "workflow_state_id": [str(guarded.workflow_state.pk)],
        "workflow_pk": _keys(Workflow.objects.get(pk=guarded.workflow_state.workflow_id)),
        "wagtailadmin_workflows pk": [task, str(guarded.workflow_state.workflow_id)],
        "wagtailadmin_workflows app_label": ["wagtailcore"],
        "wagtailadmin_workflows model_name": [Task._meta.model_name or ""],
        "content_type_app_name": ["service_catalog"],
        "content_type_model_name": ["officecard", "localcard", "officepage", "modelcard"],
        "wagtailadmin_pages:choose_parent app_label": ["service_catalog"],
        "wagtailadmin_pages:choose_parent model_name": ["officecard", "localcard", "modelcard"],
        "wagtailadmin_editing_sessions:ping app_label": ["service_catalog"],
        "wagtailadmin_editing_sessions:ping model_name": ["officecard"],
        "object_id": _keys(*guarded.cards),
        "session_id": _keys(guarded.session),
        "app_name": ["taggit"],
        "wagtailadmin_tag_model_autocomplete model_name": ["tag"],
        "wagtailadmin_collections pk": _keys(*Collection.objects.all()[:1]),
        "collection_id": _keys(*Collection.objects.all()[:1]),
        "wagtailsites pk": _keys(*Site.objects.all()[:1]),
        "wagtailusers_users pk": _keys(guarded.colleague),
        "wagtailusers_groups pk": _keys(*Group.objects.filter(user=guarded.colleague)),
        "uidb64": ["MQ"],
        "uidb36": ["1"],
        "account_reset_password_from_key key": ["zmyslony"],
        "provider_id": ["oidc"],
        "mfa_edit_webauthn pk": ["1"],
        "mfa_remove_webauthn pk": ["1"],
        **_teams(guarded),
        "token": ["zmyslony"],
        "document_id": _keys(guarded.document),
        "doc_id": _keys(guarded.document),
        "uploaded_file_id": ["1"],
        "image_id": _keys(guarded.image),
        "filter_spec": ["max-100x100"],
        "handbook_id": _keys(*Handbook.objects.order_by("pk")[:1]),
        "edition_id": _keys(*HandbookEdition.objects.order_by("pk")[:1]),
        "set_id": ["1"],
        "reconciliation_id": _keys(guarded.inheritance.reconciliation),
        "offer_decision_id": _keys(guarded.inheritance.offer_decision),
        "remark_id": _keys(guarded.inheritance.remark),
        **_media(guarded),
        **_registers(),
    }  # fmt: skip


def _teams(guarded: GuardedOffice) -> dict[str, list[str]]:
    """The team of office B, for the addresses of teams and notifications."""
    keys = {
        "code": [guarded.office.code],
        "assignment_id": _keys(*guarded.office.team.all()),
        "absence_id": _keys(*guarded.colleague.absences.all()),
        "advisor_id": _keys(*guarded.office.advisors.all()),
        "notification_id": _keys(*guarded.colleague.notifications.all()),
    }
    return {f"{address.name} {part}": found for address in urlpatterns for part, found in keys.items()}


def _media(guarded: GuardedOffice) -> dict[str, list[str]]:
    """Documents and images, in the library, the chooser and the editor's API."""
    return {
        f"{place} pk": _keys(kept)
        for kind, kept in (("documents", guarded.document), ("images", guarded.image))
        for place in (f"wagtail{kind.replace('documents', 'docs')}_chooser", f"wagtailadmin_api:{kind}")
    }


def _registers() -> dict[str, list[str]]:
    """The first entry of each register, for its list and its chooser."""
    from wagtail.snippets.models import get_snippet_models

    found: dict[str, list[str]] = {}
    for model in get_snippet_models():
        entry = model._default_manager.order_by("pk").first()
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        for place in (f"wagtailsnippets_{name}", f"wagtailsnippetchoosers_{name}"):
            found[f"{place} pk"] = [str(entry.pk)]
    return found


def _keys(*rows: Any) -> list[str]:
    return [str(row.pk) for row in rows]


def bulk_addresses(guarded: GuardedOffice) -> list[str]:
    """Every registered bulk action on what office B keeps, taken from Wagtail's own list of actions."""
    from django.apps import apps

    targets = {
        "wagtailcore.page": _keys(*guarded.pages, guarded.own_card),
        "wagtaildocs.document": _keys(guarded.document),
        "wagtailimages.image": _keys(guarded.image),
        "auth.user": _keys(guarded.colleague),
    }
    bulk_action_registry._scan_for_bulk_actions()
    found = []
    for app, actions in bulk_action_registry.actions.items():
        for model, named in actions.items():
            label = f"{app}.{model}"
            keys = targets.get(label) or _keys(*apps.get_model(label)._default_manager.order_by("pk")[:1])
            queries = ["&".join(f"id={key}" for key in keys), "id=all"]
            queries += [f"id=all&childOf={guarded.office.pk}"] if label == "wagtailcore.page" else []
            found += [f"/admin/bulk/{app}/{model}/{action}/?{query}" for action in named for query in queries]
    return found


def searching_addresses(guarded: GuardedOffice, word: str) -> list[str]:
    """Lists, searches, choosers, reports and the editor's API, asked for office B's words, people and pages."""
    office, card = guarded.office.pk, guarded.cards[0].pk
    listing = [
        f"q={word}",
        f"owner={guarded.colleague.pk}",
        f"user={guarded.colleague.pk}",
        "export=csv",
        "export=xlsx",
    ]
    api = [
        f"search={word}", f"child_of={office}", f"descendant_of={office}", f"ancestor_of={card}", f"id={card}",
        f"child_of={office}&for_explorer=1", f"translation_of={card}", "fields=*&order=-id", "type=service_catalog.OfficeCard",
        f"title=Karta {word}", f"search={word}&type=service_catalog.OfficeCard",
    ]  # fmt: skip
    choosing = [
        f"q={word}", f"q={word}&page_type=service_catalog.OfficeCard", "page_type=service_catalog.OfficeCard",
        f"id={card}", "&".join(f"id={page.pk}" for page in guarded.pages), "user_perms=move_to", f"target_pages={card}",
    ]  # fmt: skip
    lists = [
        "", "pages/search/", "pages/search/results/", "documents/", "documents/results/", "images/", "images/results/",
        "users/", "users/results/", "groups/", "account/", "snippets/",
        *(f"pages/usage/service_catalog/{model}/{end}" for model in _page_models() for end in ("", "results/")),
        *(f"reports/{name}/{end}" for name in REPORTS for end in ("", "results/")),
        f"pages/{guarded.own_card.get_parent().pk}/", f"pages/{guarded.own_card.get_parent().pk}/results/",
        f"pages/{guarded.own_card.pk}/history/", f"pages/{guarded.own_card.pk}/usage/",
    ]  # fmt: skip
    choosers = [
        "choose-page/", "choose-page/search/", "choose-page/chosen-multiple/", f"choose-page/{office}/", "documents/chooser/",
        "documents/chooser/results/", "documents/chooser/chosen-multiple/", "images/chooser/", "images/chooser/results/",
        "images/chooser/chosen-multiple/",
    ]  # fmt: skip
    return [
        *(f"/admin/{path}?{query}" for path in lists for query in listing),
        *(f"/admin/{path}?{query}" for path in choosers for query in choosing),
        *(f"/admin/api/main/pages/{end}?{query}" for end in ("", "find/") for query in api),
        *(f"/admin/api/main/pages/find/?html_path={guarded.office.url_path}{page.slug}/" for page in guarded.cards),
        *(f"/admin/api/main/{kind}/?search={word}" for kind in ("documents", "images")),
        f"/admin/tag-autocomplete/?term={word}",
        "/admin/block-preview/?id=zmyslony",
    ]


REPORTS = ("locked", "workflow", "workflow_tasks", "site-history", "aging-pages", "page-types-usage")


def _page_models() -> list[str]:
    return ["officecard", "localcard", "officepage", "modelcard", "modelcataloguepage"]

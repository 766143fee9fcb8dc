"""Pages and answers of the API, beside what plain Wagtail and plain Django do for the same card."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from benchmarks.measuring import Measurement, cpu_milliseconds
from service_catalog.models import OfficeCard

CARD = "/karta/UW-CUD-001/uw-rzeszow/"
GENERAL = "/karta/UW-CUD-001/"
STORED = "/api/v1/cards/UW-CUD-001/uw-rzeszow"

PLAIN_TEMPLATE = """<!doctype html><html lang="pl"><head><title>{{ page.title }}</title></head><body>
<nav>{% for parent in page.get_ancestors %}<a href="{{ parent.url }}">{{ parent.title }}</a>{% endfor %}</nav>
<h1>{{ model.title }}</h1><p>{{ model.summary }}</p><p>{{ model.who }}</p><p>{{ model.when }}</p>
{% for row in model.channels.all %}<li>{{ row.channel }} {{ row.text }}</li>{% endfor %}
{% for row in model.documents.all %}<li>{{ row.name }} {{ row.condition }}</li>{% endfor %}
{% for block in model.steps %}<li>{{ block.value.text }} {{ block.value.duration }}</li>{% endfor %}
{% for row in model.fees.all %}<li>{{ row.kind }} {{ row.amount }}</li>{% endfor %}
{% for row in model.client_deadlines.all %}<li>{{ row.text }}</li>{% endfor %}
{% for row in model.handling_times.all %}<li>{{ row.text }}</li>{% endfor %}
{% for row in model.appeals.all %}<li>{{ row.appeal_text }}</li>{% endfor %}
{% for row in model.legal_bases.all %}<li>{{ row.act.title }} {{ row.units }}</li>{% endfor %}
{% for block in page.local_notes %}<li>{{ block.value }}</li>{% endfor %}
</body></html>"""
"""The same card as a plain Wagtail site would show it: live models and Django's template language."""


def plain_wagtail() -> Callable[[], HttpResponse]:
    """A request served through the page tree, as `wagtail.views.serve` does."""
    from config.wsgi import application  # noqa: F401 - loads the addresses as the server does

    page = OfficeCard.objects.get(model_card__symbol="UW-CUD-001", url_path__contains="/uw-rzeszow/")
    path = page.url_path.split("/", 2)[2]
    template = Engine().from_string(PLAIN_TEMPLATE)
    factory = RequestFactory()

    def serve() -> HttpResponse:
        request = factory.get(f"/{path}", HTTP_HOST="localhost")
        root = Site.find_for_request(request).root_page.specific
        found, _, _ = root.route(request, [part for part in path.split("/") if part])
        card = found.specific
        return HttpResponse(template.render(Context({"page": card, "model": card.model_card})))

    return serve


def queries(work: Callable[[], object]) -> int:
    """How many database queries one call makes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def plain_json() -> HttpResponse:
    """The same card as JSON built from live models."""
    page = OfficeCard.objects.get(model_card__symbol="UW-CUD-001", url_path__contains="/uw-rzeszow/")
    whole = page.serializable_data() | {"model": page.model_card.serializable_data()}
    return HttpResponse(json.dumps(whole, default=str))


def measurements() -> list[Measurement]:
    """Card page, general card, stored JSON and 304."""
    client = Client(HTTP_HOST="localhost")
    serve = plain_wagtail()
    wagtail_time = cpu_milliseconds(serve)
    json_time = cpu_milliseconds(plain_json)
    etag = client.get(STORED)["ETag"]
    plain = "zwykły Wagtail, ta sama karta"
    from_models = "JSON z modeli, ta sama karta"
    return [
        Measurement(name="karta urzędu, bez pamięci podręcznej", value=cpu_milliseconds(lambda: client.get(CARD)), unit="ms CPU",
                    target=5, baseline=plain, baseline_value=wagtail_time),
        Measurement(name="karta ogólna, bez pamięci podręcznej", value=cpu_milliseconds(lambda: client.get(GENERAL)),
                    unit="ms CPU", target=5, baseline=plain, baseline_value=wagtail_time),
        Measurement(name="karta urzędu, zapytania", value=queries(lambda: client.get(CARD)), unit="zapytań", target=4,
                    baseline=plain, baseline_value=queries(serve)),
        Measurement(name="karta ogólna, zapytania", value=queries(lambda: client.get(GENERAL)), unit="zapytań", target=4,
                    baseline=plain, baseline_value=queries(serve)),
        Measurement(name="JSON karty", value=cpu_milliseconds(lambda: client.get(STORED)), unit="ms CPU", target=1,
                    baseline=from_models, baseline_value=json_time),
        Measurement(name="JSON karty, zapytania", value=queries(lambda: client.get(STORED)), unit="zapytań", target=1,
                    baseline=from_models, baseline_value=queries(plain_json)),
        Measurement(name="JSON karty, 304", value=cpu_milliseconds(lambda: client.get(STORED, HTTP_IF_NONE_MATCH=etag)),
                    unit="ms CPU", target=1, baseline=from_models, baseline_value=json_time),
    ]  # fmt: skip

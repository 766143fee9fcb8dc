"""An editor without a browser: logs in, reads the form of a page and sends it back over HTTP."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from wagtail.test.utils.form_data import querydict_from_html

from tests.journeys.system import System

LISTS = ("local_notes", "before_you_start", "steps", "mistakes", "special_needs", "variants")
"""Lists of entries on an office card, drawn by scripts; sent empty here."""
HIDDEN = {
    "csrfmiddlewaretoken": re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"'),
    "digest": re.compile(r'name="digest" value="(\w+)"'),
}
"""Fields that a form brings along."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Answer:
    """Status and text of an answer."""

    status: int
    text: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are answers of their own."""

    def redirect_request(self, *arguments: object, **named: object) -> None:
        return None


class Editor:
    """One logged-in official."""

    def __init__(self, system: System, username: str) -> None:
        """Log in."""
        self.address = system.address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stay())
        login = self.get("/admin/login/")
        found = TOKEN.search(login.text)
        assert found is not None
        answer = self.post(
            "/admin/login/",
            {"login": username, "password": system.passwords()[username], "csrfmiddlewaretoken": found[1]},
        )
        assert answer.status == 302, answer

    def get(self, path: str) -> Answer:
        """Ask with GET."""
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        body = urllib.parse.urlencode(form).encode()
        return self._ask(
            urllib.request.Request(self.address + path, data=body, headers={"Referer": self.address + path})
        )

    def form(self, page: int) -> dict[str, str]:
        """The form of an office card as the browser would send it unchanged."""
        answer = self.get(f"/admin/pages/{page}/edit/")
        assert answer.status == 200, answer.status
        form = {
            name: str(value)
            for name, value in querydict_from_html(answer.text, form_id="page-edit-form", exclude_csrf=False).items()
        }
        return form | {f"{name}-count": "0" for name in LISTS}

    def save(self, page: int, **changes: str) -> Answer:
        """Change an office card and save it."""
        return self.post(f"/admin/pages/{page}/edit/", self.form(page) | changes)

    def confirm(self, seen: str, path: str = "", **fields: str) -> Answer:
        """Open a screen and send its form, or another form with the token that the screen gave."""
        shown = self.get(seen).text
        hidden = {name: found[1] for name, pattern in HIDDEN.items() if (found := pattern.search(shown))}
        return self.post(path or seen, hidden | fields)

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as response:
                return Answer(response.status, response.read().decode("utf-8", errors="replace"))
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.read().decode("utf-8", errors="replace"))


class Publishers:
    """An author and the three people who check what he writes."""

    def __init__(self, system: System) -> None:
        """Log everybody in."""
        self.author = Editor(system, "autor.rzeszow")
        self.others = [Editor(system, name) for name in ("recenzent.rzeszow", "jezyk.rzeszow", "naczelnik.rzeszow")]

    def publish(self, page: int, **changes: str) -> bool:
        """Change an office card and bring it through all checks; whether the last one was acknowledged."""
        screens = f"/admin/karty/{page}"
        self.author.confirm(f"{screens}/wyslij/", f"{screens}/wycofaj-ze-sprawdzenia/")
        if self.author.save(page, **changes).status != 302:
            return False
        if self.author.confirm(f"{screens}/wyslij/", comment="").status != 302:
            return False
        answers = [
            other.confirm(f"{screens}/sprawdz/", decision="approve", comment="Sprawdzone.").status
            for other in self.others
        ]
        return answers == [302, 302, 302]

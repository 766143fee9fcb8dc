"""The worker class of the web server: what never reaches Django is refused in Polish, too."""

from __future__ import annotations

import contextlib
import json
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

REFUSAL = (
    "Adres jest za długi. Może mieć najwyżej {limit} bajtów. Skróć go; najczęściej za długi jest szukany tekst, "
    "czyli parametr „q”."
)


class Worker(ThreadWorker):
    """Threads, as gunicorn has them; only the refusal of a too long address is ours."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that gunicorn could not read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        status = HTTPStatus.REQUEST_URI_TOO_LONG
        sentence = REFUSAL.format(limit=self.cfg.limit_request_line)
        # Nobody knows yet which page was meant. No form of ours sends so much: it is programs that get here.
        problem = {"type": "about:blank", "title": "Za długi adres", "status": status.value, "detail": sentence}
        body = json.dumps(problem, ensure_ascii=False).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n"
            f"Content-Type: application/problem+json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with contextlib.suppress(OSError):  # who sent it has gone already
            util.write_nonblock(client, head.encode("ascii") + body)

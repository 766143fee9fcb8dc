"""Moje zadania: the first thing an official sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from cms.calendar import today
from cms.editorial.tasks import tasks_of


class MyTasks(Component):
    """The person's tasks with due date, estimate and the reason why it is his."""

    name = "my_tasks"
    template_name = "cms/editorial/my_tasks.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Tasks, most urgent first."""
        return {"tasks": tasks_of(self.request.user), "today": today()}

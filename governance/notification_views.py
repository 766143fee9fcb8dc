"""Pages of notifications: the list, and how a person wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms import NotificationChoiceForm
from governance.models import Notification, NotificationChoice
from governance.notifying import mark_read, unread

PER_PAGE = 50


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """What the user was told, the newest first."""
    rows = Notification.objects.filter(recipient=request.user)  # type: ignore[misc]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "governance/notifications.html", {"page": page, "unread": unread(request.user)})


@require_POST
def open_notification(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark one of the user's notifications as read and go where it leads."""
    row = Notification.objects.filter(recipient=request.user, pk=notification_id).first()  # type: ignore[misc]
    if row is None:
        raise Http404("Nie masz takiego powiadomienia.")
    mark_read(request.user, key=row.pk, moment=timezone.now())
    inside = url_has_allowed_host_and_scheme(row.link, allowed_hosts=None)
    return redirect(row.link if row.link and inside else "governance_notifications")


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(request.user, moment=timezone.now())
    return redirect("governance_notifications")


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """How the user wants his mail."""
    row = NotificationChoice.objects.filter(person=request.user).first()  # type: ignore[misc]
    row = row or NotificationChoice(person=request.user)  # type: ignore[misc]
    form = NotificationChoiceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Zapisano. Od teraz powiadamiamy Cię w ten sposób.")
        return redirect("governance_notifications")
    refused = request.method == "POST"
    return render(request, "governance/notification_choice.html", {"form": form}, status=400 if refused else 200)

"""What Wagtail itself puts into a new database, and what it once let people choose, speaks no English and changes no day."""

from django.db import migrations

DEFAULT = "Moderators approval"
WHOLE_CATALOGUE = "Cały katalog"
ALL_FILES = "Wspólne"


def clear(apps, schema_editor):
    """Remove Wagtail's own way of checking, which no page uses; name the top page and the top folder of files in Polish; forget own time zones."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowState = apps.get_model("wagtailcore", "WorkflowState")
    TaskState = apps.get_model("wagtailcore", "TaskState")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    if not WorkflowState.objects.filter(workflow__name=DEFAULT).exists():
        Workflow.objects.filter(name=DEFAULT).delete()
    if not TaskState.objects.filter(task__name=DEFAULT).exists():
        GroupApprovalTask.objects.filter(name=DEFAULT).delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root").update(
        title=WHOLE_CATALOGUE, draft_title=WHOLE_CATALOGUE
    )
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name="Root").update(name=ALL_FILES)
    apps.get_model("wagtailusers", "UserProfile").objects.exclude(current_time_zone="").update(current_time_zone="")


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0002_editorial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]

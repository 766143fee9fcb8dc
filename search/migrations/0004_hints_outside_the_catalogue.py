from django.db import migrations, models


def mark(apps, schema_editor):
    """Hints that came with the program and say that the office is not in the catalogue."""
    hints = apps.get_model("search", "Hint").objects.filter(address="")
    hints.filter(sentence__contains=" nie ma w katalogu").update(outside_catalogue=True)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_judged_queries"),
    ]

    operations = [
        migrations.AddField(
            model_name="hint",
            name="outside_catalogue",
            field=models.BooleanField(
                default=False,
                help_text="Zaznacz, gdy tej sprawy nie załatwia żaden urząd z katalogu. Czat i infolinia odpowiedzą wtedy tym zdaniem, "
                "a nie treścią podobnej karty.",
                verbose_name="sprawa spoza katalogu",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]

"""The log is append-only: both databases refuse to change or delete a row, whoever asks."""

from django.db import migrations

TABLES = ("publication_edition", "publication_editionlabel")
REFUSAL = "Dziennik wydan tylko przyrasta: wiersza nie wolno zmienic ani usunac."

SQLITE = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;"
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
]
SQLITE_REVERSE = [f"DROP TRIGGER IF EXISTS {table}_no_{verb};" for table in TABLES for verb in ("update", "delete")]

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION publication_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "\n".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION publication_refuse_change();\n"
    f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION publication_refuse_change();"
    for table in TABLES
)
POSTGRESQL_REVERSE = "\n".join(
    f"DROP TRIGGER IF EXISTS {table}_{name} ON {table};" for table in TABLES for name in ("append_only", "no_truncate")
)


def execute(schema_editor, sqlite, postgresql):
    """Run the script of the database at hand."""
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else [postgresql]:
        schema_editor.execute(statement, params=None)


def forward(apps, schema_editor):
    """Create the triggers."""
    execute(schema_editor, SQLITE, POSTGRESQL)


def backward(apps, schema_editor):
    """Drop the triggers."""
    execute(schema_editor, SQLITE_REVERSE, POSTGRESQL_REVERSE)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("publication", "0001_edition_log")]

    operations = [migrations.RunPython(forward, backward)]

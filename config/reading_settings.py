"""Settings of programs that only read editions: the edition log and the exports, without Wagtail and the editor's screen.

Outlets read editions and nothing else, so exporting the catalogue needs none of the apps that write it. Such a process starts with
a third of the memory and a fraction of the time. `config.programs` says which commands run so; everything else is as in
`config.settings`.
"""

from __future__ import annotations

from config import environment
from config import settings as whole

globals().update({name: value for name, value in vars(whole).items() if name.isupper()})

INSTALLED_APPS = [
    "publication.apps.PublicationConfig",
    "exporters.apps.ExportersConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE: list[str] = []
# A catalogue is read once, from its first page to its last: mapped pages would only count as memory of the process.
DATABASES = {"default": environment.database(whole.DATA_DIRECTORY, mapped=False)}
SYNONYMS_FOR_EXPORT = "config.reading_synonyms.rows"

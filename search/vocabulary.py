"""The vocabulary in force: what the registers hold now, compiled once for each version of them.

Each query asks for the version number, one short query; a changed number means that the registers are read again, so
a change is effective at once in every process. Without a database the last known vocabulary stays.
"""

from __future__ import annotations

import datetime
import logging
import threading

from django.db import DatabaseError

from publication.repeated import RepeatedQuestion
from search import synonyms
from search.models import GlossaryTerm, Hint, RegisterVersion, StopPhrase, SynonymEntry
from search.phrases import Target
from search.remarks import Remark
from search.synonyms import KINDS, TARGET_KINDS, Synonym, Vocabulary

logger = logging.getLogger(__name__)

Version = tuple[int, datetime.datetime | str]
"""Number of the last change and its moment, as the database gives it; versions are only compared."""
_version = RepeatedQuestion(lambda: RegisterVersion.objects.filter(pk=1).values_list("number", "changed_at"))


class VocabularyOfProcess:
    """The one compiled vocabulary of this process."""

    def __init__(self) -> None:
        self._compiling = threading.Lock()
        self._version: Version | None = None
        self._vocabulary = synonyms.empty()

    def get(self) -> Vocabulary:
        """The vocabulary of the newest version; the last known one when the database does not answer."""
        try:
            found = version()
            if found != self._version:
                with self._compiling:
                    if found != self._version:
                        self._vocabulary = from_registers() if found else synonyms.empty()
                        self._version = found
        except DatabaseError:
            logger.exception("Nie można odczytać rejestru synonimów; działa ostatnia znana wersja.")
        return self._vocabulary


def version() -> Version | None:
    """The version of the registers; None when they were never filled. One query."""
    row = _version.first()
    return (row[0], row[1]) if row else None


def from_registers() -> Vocabulary:
    """Compile what the registers hold. Four queries."""
    kinds = {kind: kind for kind in KINDS}
    targets = {kind: kind for kind in TARGET_KINDS}
    rows = SynonymEntry.objects.filter(candidate=False).values_list("phrase", "kind", "target_kind", "target")
    found = [
        Synonym(phrase, kinds[kind], Target(targets[target_kind], target))
        for phrase, kind, target_kind, target in rows
        if kind in kinds and target_kind in targets
    ]
    hints = Hint.objects.values_list("phrase", "sentence", "address", "outside_catalogue")
    terms = GlossaryTerm.objects.values_list("term", "definition", "example")
    remarks = [
        Remark("podpowiedź", phrase, sentence, address, outside=outside) for phrase, sentence, address, outside in hints
    ]
    remarks += [Remark("termin", term, meaning, example=example) for term, meaning, example in terms]
    return synonyms.compiled(found, StopPhrase.objects.values_list("phrase", flat=True), remarks)


_vocabularies = VocabularyOfProcess()


def current() -> Vocabulary:
    """The vocabulary in force."""
    return _vocabularies.get()

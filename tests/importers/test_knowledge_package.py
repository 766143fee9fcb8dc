"""A knowledge package goes into an empty installation with the same hashes; deltas follow; what does not fit is refused."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.intake.refusals import RefusedFile
from exporters.files import replace_file
from exporters.knowledge_package.package import delta, full
from importers.knowledge_package import PackageRefused, import_package, last_imported
from publication.models import Edition, EditionLabel
from publication.package_format import MANIFEST, SYNONYMS
from publication.recording import record
from publication.verification import first_damage
from tests.exporters.published_catalogue import (
    ON,
    RECORDED_AT,
    SECRET,
    card_proposal,
    record_small_catalogue,
    small_catalogue,
    withdrawal,
)

pytestmark = pytest.mark.django_db
SYNONYM = {"phrase": "dowód na wyjazd", "kind": "potoczne", "target_kind": "termin", "target": "paszport"}
DAY = datetime.date(2026, 5, 1)
Hashes = set[tuple[str, str, str, str, str]]


def hashes() -> Hashes:
    return {
        (edition.key, edition.state, edition.valid_from.isoformat(), edition.sha256, edition.restricted_sha256)
        for edition in Edition.objects.all()
    }


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do the work in another installation: what it records is rolled back, what it returns stays."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def packages(folder: Path, *, scope: Any = "consultant") -> tuple[Path, Path, Hashes, Hashes]:
    """A full package, then a delta of one changed and one withdrawn card, with the hashes of the source after each."""

    def work() -> tuple[Path, Path, Hashes, Hashes]:
        record_small_catalogue()
        before = hashes()
        replace_file(folder / "full.zip", full(on=ON, scope=scope, synonyms=lambda: [SYNONYM]))
        cards = small_catalogue()
        changed = msgspec.structs.replace(cards[1], title="Inny tytuł")
        record([card_proposal(changed), withdrawal(cards[2], valid_from=DAY)], recorded_at=RECORDED_AT)
        last = len(before)
        replace_file(folder / "delta.zip", delta(last, on=DAY, scope=scope, synonyms=list))
        return folder / "full.zip", folder / "delta.zip", before, hashes()

    found: tuple[Path, Path, Hashes, Hashes] = elsewhere(work)
    assert Edition.objects.count() == 0
    return found


def test_the_round_trip_gives_identical_hashes(tmp_path: Path) -> None:
    whole, changes, before, after = packages(tmp_path)
    assert import_package(whole, moment=RECORDED_AT).editions == len(before)
    assert hashes() == before
    labels = set(EditionLabel.objects.values_list("edition__key", "name", "value"))
    assert ("UW-PAS-001", "office_type", "UW") in labels
    assert import_package(changes, moment=RECORDED_AT).editions == 2
    assert hashes() == after
    assert first_damage() is None
    assert call_command_output("import_knowledge_package", "--last") == f"{len(after)}\n"


def test_a_delta_that_comes_twice_changes_nothing(tmp_path: Path) -> None:
    whole, changes, _, after = packages(tmp_path)
    for path in (whole, changes, changes):
        import_package(path, moment=RECORDED_AT)
    assert hashes() == after
    assert last_imported() == len(after)


def test_synonyms_come_along_and_are_replaced(tmp_path: Path) -> None:
    from config.synonym_register import rows

    whole, changes, _, _ = packages(tmp_path)
    import_package(whole, moment=RECORDED_AT)
    assert rows() == [SYNONYM]
    import_package(changes, moment=RECORDED_AT)
    assert rows() == []


def test_a_public_package_holds_nothing_for_consultants(tmp_path: Path) -> None:
    whole, changes, before, _ = packages(tmp_path, scope="public")
    for path in (whole, changes):
        with zipfile.ZipFile(path) as archive:
            assert all(SECRET.encode() not in archive.read(name) for name in archive.namelist())
    import_package(whole, moment=RECORDED_AT)
    assert {row[:4] for row in hashes()} == {row[:4] for row in before}


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    whole, changes, _, _ = packages(tmp_path)
    with pytest.raises(PackageRefused, match="a tu jest 0"):
        import_package(changes, moment=RECORDED_AT)
    import_package(whole, moment=RECORDED_AT)
    with pytest.raises(PackageRefused, match="do pustej instalacji"):
        import_package(whole, moment=RECORDED_AT)
    record([card_proposal(msgspec.structs.replace(small_catalogue()[0], title="Nowy"))], recorded_at=RECORDED_AT)
    with pytest.raises(PackageRefused, match="własną redakcję"):
        import_package(changes, moment=RECORDED_AT)


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], target: Path) -> Path:
    """The archive with changed files; None leaves a file out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


DAMAGED: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "changed card": (
        lambda name, content: (
            content.replace(b"Paszport dla", b"Paszport nie dla") if name == "cards.jsonl" else content
        ),
        "nie zgadza się ze skrótem",
    ),
    "missing part": (lambda name, content: None if name == SYNONYMS else content, "brakuje pliku"),
    "no manifest": (lambda name, content: None if name == MANIFEST else content, "brakuje pliku"),
    "another format": (
        lambda name, content: content.replace(b"package/1", b"package/9") if name == MANIFEST else content,
        "a czytamy",
    ),
    "manifest of nothing": (lambda name, content: b"{}" if name == MANIFEST else content, "nie ma postaci"),
    "deep manifest": (lambda name, content: b"[" * 200_000 if name == MANIFEST else content, "zagnieżdżony"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_package_is_refused_and_nothing_is_saved(tmp_path: Path, name: str) -> None:
    whole, _, _, _ = packages(tmp_path)
    change, sentence = DAMAGED[name]
    path = rewritten(whole, change, tmp_path / "damaged.zip")
    with pytest.raises(RefusedFile, match=sentence):
        import_package(path, moment=RECORDED_AT)
    assert Edition.objects.count() == 0


def test_a_row_with_a_right_hash_but_a_wrong_date_is_refused(tmp_path: Path) -> None:
    import hashlib

    whole, _, _, _ = packages(tmp_path)
    with zipfile.ZipFile(whole) as archive:
        rows = archive.read("cards.jsonl").replace(b'"valid_from":"2026-01-01"', b'"valid_from":"2026-13-01"', 1)
        manifest = json.loads(archive.read(MANIFEST))
    note = next(note for note in manifest["files"] if note["name"] == "cards.jsonl")
    note["sha256"] = hashlib.sha256(rows).hexdigest()
    contents = {"cards.jsonl": rows, MANIFEST: json.dumps(manifest).encode()}
    path = rewritten(whole, contents.get, tmp_path / "damaged.zip")
    with pytest.raises(RefusedFile, match="data, stan albo klucz"):
        import_package(path, moment=RECORDED_AT)


def call_command_output(*arguments: str) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_the_command_explains(tmp_path: Path) -> None:
    whole, _, before, _ = packages(tmp_path)
    assert f"Wczytano wydań: {len(before)}" in call_command_output("import_knowledge_package", str(whole))
    for path in (tmp_path / "brak.zip", whole):
        with pytest.raises(CommandError) as refusal:
            call_command_output("import_knowledge_package", str(path))
        assert refusal.value.returncode == 2
    (tmp_path / "tekst.zip").write_text("to nie jest archiwum")
    with pytest.raises(CommandError, match="nie jest poprawne archiwum"):
        call_command_output("import_knowledge_package", str(tmp_path / "tekst.zip"))


def test_equal_editions_give_equal_bytes(tmp_path: Path) -> None:
    def work() -> list[bytes]:
        record_small_catalogue()
        return [b"".join(full(on=ON, scope="public", synonyms=lambda: [SYNONYM])) for _ in (1, 2)]

    first, second = elsewhere(work)
    assert first == second

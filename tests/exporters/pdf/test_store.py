"""Kept fragments: honest keys, healing, pruning."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from pytest_django import Settings

from exporters.pdf import assets, building
from exporters.pdf.building import build
from exporters.pdf.jobs import card_job, html_job
from exporters.pdf.store import UNUSED_AFTER_SECONDS, DamagedFragment, FragmentStore, fragment_store
from exporters.pdf.workers import Workers
from tests.exporters.cards_for_tests import model_card, model_cards
from tests.exporters.pdf.test_books import publication_of


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIRECTORY = tmp_path


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.fragment"))


def test_a_damaged_part_of_a_book_is_made_again_and_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    publication, path = publication_of(model_cards()[:1]), tmp_path / "a.pdf"
    with Workers(fragment_store()) as workers:
        whole = build(publication, path, workers)
        content = path.read_bytes()
        victim = fragment_store().found(publication.parts()[-1].job.key).path
        victim.write_bytes(victim.read_bytes()[:-5] + b"xxxxx")
        with caplog.at_level(logging.WARNING):
            healed = build(publication, path, workers)
    assert whole.healed == ()
    assert healed.healed == ("Indeks słów potocznych",)
    assert str(victim) in caplog.text
    assert path.read_bytes() == content


def test_a_part_that_is_damaged_after_it_was_found_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication, path = publication_of(model_cards()[:1]), tmp_path / "a.pdf"
    original: Callable[..., object] = building._made
    calls: list[int] = []

    def damaging(*arguments: object) -> object:
        made = original(*arguments)
        if not calls:
            kept_files(tmp_path)[0].write_bytes(b"zepsute")
        calls.append(1)
        return made

    monkeypatch.setattr(building, "_made", damaging)
    with Workers(fragment_store()) as workers:
        build(publication, path, workers)
    assert len(calls) == 2
    assert path.read_bytes().startswith(b"%PDF")


def test_damage_shows_when_a_fragment_is_read(tmp_path: Path) -> None:
    store = FragmentStore(tmp_path, "styl")
    path = tmp_path / "styl" / "ab" / "abc.fragment"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"okienko-fragment-2\n" + bytes(40))
    assert store.find("abc") is None
    assert store.holds("abc")
    with pytest.raises(DamagedFragment):
        store.found("abc").head()


def test_pruning_keeps_what_is_used_or_recent(tmp_path: Path) -> None:
    store = FragmentStore(tmp_path, "styl")
    paths = {name: tmp_path / "styl" / "aa" / f"{name}.fragment" for name in ("used", "recent", "old")}
    other = tmp_path / "dawny-styl" / "aa" / "x.fragment"
    for path in (*paths.values(), other):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    past = time.time() - UNUSED_AFTER_SECONDS - 60
    for name in ("used", "old"):
        os.utime(paths[name], (past, past))
    assert store.prune(["used"]) == 2
    assert [path.stem for path in kept_files(tmp_path)] == ["recent", "used"]


def test_the_key_of_a_card_changes_with_edition_and_variant_and_nothing_else() -> None:
    card = model_card("UW-PAS-001")
    key = card_job(card, edition_sha256="a" * 64).key
    assert card_job(msgspec.structs.replace(card, title="Inny"), edition_sha256="a" * 64).key == key
    others = {card_job(card, edition_sha256="b" * 64).key, card_job(card, edition_sha256="a" * 64, variant="large").key}
    assert key not in others
    assert len(others) == 2


def test_the_key_of_a_part_changes_with_text_and_variant() -> None:
    keys = {html_job("a", name="x").key, html_job("b", name="x").key, html_job("a", name="x", variant="booklet").key}
    assert len(keys) == 3
    assert html_job("a", name="y").key in keys


@pytest.mark.parametrize(
    "name", ["book.css", "booklet.css", "fonts/SourceSans3_400Regular.ttf", "color/sRGB2014.icc", "fonts/fonts.conf"]
)
def test_the_style_version_changes_with_every_asset(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets.style_version()
    copy = tmp_path / "pdf"
    for asset in (*assets.ASSETS, assets.COLOR_PROFILE, assets.FONT_SETTINGS):
        (copy / asset).parent.mkdir(parents=True, exist_ok=True)
        (copy / asset).write_bytes((assets.FOLDER / asset).read_bytes())
    for module in assets.FOLDER.glob("*.py"):
        (copy / module.name).write_bytes(module.read_bytes())
    monkeypatch.setattr(assets, "FOLDER", copy)
    assets._files_digest.cache_clear()
    assert assets.style_version() == before
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    assets._files_digest.cache_clear()
    assert assets.style_version() != before
    assets._files_digest.cache_clear()


def test_the_style_version_changes_with_the_public_address(settings: Settings) -> None:
    before = assets.style_version()
    settings.PUBLIC_ADDRESS = "https://inny.example"
    assert assets.style_version() != before

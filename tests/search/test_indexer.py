from __future__ import annotations

import datetime
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from publication.models import EditionState
from publication.reading import head_sequence
from search import following, generations, indexer
from search.documents import ServiceSource, build
from search.engines import open_engine
from search.engines.protocol import StoredDocument
from search.finding import Question, find, finder
from search.generations import IndexBusy
from search.verification import differences
from tests.search import catalogue

TODAY = catalogue.TODAY
TOMORROW = TODAY + datetime.timedelta(days=1)
NEW = catalogue.card("US-KAS-001", "Kasa fiskalna w taksówce", "Zgłoś kasę.", catalogue.TAXES)


def symbols(text: str) -> list[str]:
    return [hit.symbol for hit in find(Question(text=text, limit=50)).hits]


def stored(root: Path) -> dict[str, StoredDocument]:
    generation = generations.current(root)
    assert generation is not None
    engine = open_engine(generation)
    engine.ensure()
    return {document.key: document for document in engine.documents()}


@pytest.mark.django_db
def test_without_an_index_the_answer_is_empty_and_says_so() -> None:
    answer = find(Question(text="paszport", facets=True))

    assert (answer.total, answer.hits, answer.index_ready) == (0, (), False)


@pytest.mark.django_db
def test_an_empty_log_gives_an_empty_index() -> None:
    indexer.rebuild(on=TODAY)
    answer = find(Question(text="paszport", facets=True))

    assert (answer.total, answer.hits, answer.index_ready) == (0, (), True)
    assert differences(on=TODAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize("junk", ["current", "state.json", "tantivy/meta.json", "forms-0000.bin"])
def test_a_damaged_index_answers_nothing_and_is_built_again(junk: str, search_directory: Path) -> None:
    catalogue.publish()
    indexer.rebuild(on=TODAY)
    generation = generations.current(search_directory)
    assert generation is not None
    target = search_directory / junk if junk == "current" else generation / junk
    target.write_bytes(b"\x00junk")

    assert find(Question(text="paszport")).index_ready is False
    catalogue.append(catalogue.proposal(NEW))
    indexer.catch_up(on=TODAY)
    assert "US-KAS-001" in symbols("kasa fiskalna")
    assert differences(on=TODAY) == []


@pytest.mark.usefixtures("indexed")
def test_a_new_card_with_new_words_is_found_after_catching_up() -> None:
    assert symbols("kasy fiskalnej") == []
    catalogue.append(catalogue.proposal(NEW))
    outcome = indexer.catch_up(on=TODAY)

    assert (outcome.written, outcome.removed, outcome.rebuilt) == (1, 0, False)
    assert symbols("kasy fiskalnej") == ["US-KAS-001"]
    assert symbols("taksowkami") == ["US-KAS-001"]
    assert symbols("fiskanla") == ["US-KAS-001"]


@pytest.mark.usefixtures("indexed")
def test_an_update_replaces_the_old_words() -> None:
    changed = msgspec.structs.replace(catalogue.GUN, title="Zgoda na pistolet", official_name="Zgoda", service="Zgoda")
    catalogue.append(catalogue.proposal(changed, valid_from=TODAY))
    indexer.catch_up(on=TODAY)

    assert symbols("pistolet") == ["KWP-POZ-001"]
    assert symbols("broń") == []


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("state", [EditionState.WITHDRAWN, EditionState.SUSPENDED])
def test_a_withdrawn_or_suspended_service_disappears_everywhere(state: str) -> None:
    catalogue.append(catalogue.tombstone(catalogue.GUN, state=state))
    outcome = indexer.catch_up(on=TODAY)
    ready = finder()

    assert outcome.removed == 1
    assert symbols("pozwolenie na broń") == []
    assert ready is not None
    assert ready.suggest("pozw", 8) == []
    assert find(Question(text="pozwolneie")).did_you_mean == ""
    assert [item.value for item in find(Question(facets=True)).facets["office_type"]] == ["US", "UW"]


@pytest.mark.usefixtures("indexed")
def test_a_withdrawn_office_card_leaves_the_service_with_fewer_offices() -> None:
    catalogue.append(catalogue.tombstone(catalogue.AT_OFFICES[0]))
    indexer.catch_up(on=TODAY)
    answer = find(Question(text="paszport dla dziecka", office="uw-rzeszow"))

    assert next(hit for hit in answer.hits if hit.symbol == "UW-PAS-002").offices == 1
    assert "UW-PAS-002/uw-rzeszow" not in {hit.key for hit in answer.hits}
    assert symbols("automat biletowy szatnia") == []


@pytest.mark.usefixtures("indexed")
def test_a_future_edition_is_found_on_its_day_and_not_before() -> None:
    catalogue.append(catalogue.proposal(NEW, valid_from=TOMORROW))
    indexer.catch_up(on=TODAY)
    assert symbols("kasa fiskalna") == []

    indexer.catch_up(on=TOMORROW)
    assert symbols("kasa fiskalna") == ["US-KAS-001"]
    assert differences(on=TOMORROW) == []


@pytest.mark.usefixtures("indexed")
def test_a_card_is_found_on_its_last_day_and_not_after() -> None:
    catalogue.append(catalogue.proposal(NEW, valid_to=TOMORROW))
    indexer.catch_up(on=TODAY)
    indexer.catch_up(on=TOMORROW)
    assert symbols("kasa fiskalna") == ["US-KAS-001"]

    indexer.catch_up(on=TOMORROW + datetime.timedelta(days=1))
    assert symbols("kasa fiskalna") == []


@pytest.mark.usefixtures("indexed")
def test_days_without_a_running_indexer_are_made_up_for() -> None:
    catalogue.append(catalogue.proposal(NEW, valid_from=TOMORROW, valid_to=TOMORROW + datetime.timedelta(days=3)))
    indexer.catch_up(on=TODAY)
    indexer.catch_up(on=TODAY + datetime.timedelta(days=40))

    assert symbols("kasa fiskalna") == []
    assert differences(on=TODAY + datetime.timedelta(days=40)) == []


@pytest.mark.usefixtures("indexed")
def test_a_changed_office_changes_who_is_competent() -> None:
    moved = msgspec.structs.replace(catalogue.GORZOW, jurisdiction=catalogue.RZESZOW.jurisdiction)
    left = msgspec.structs.replace(catalogue.RZESZOW, jurisdiction=catalogue.GORZOW.jurisdiction)
    catalogue.append(catalogue.office_proposal(moved), catalogue.office_proposal(left))
    indexer.catch_up(on=TODAY)

    assert find(Question(text="paszport dla dziecka", place="18")).hits[0].key == "UW-PAS-002/uw-gorzow"
    assert differences(on=TODAY) == []


@pytest.mark.usefixtures("indexed")
def test_a_kill_between_log_and_index_is_caught_up(search_directory: Path) -> None:
    catalogue.append(catalogue.proposal(NEW))

    assert [(difference.key, difference.reason) for difference in differences(on=TODAY)] == [
        ("US-KAS-001", "brakuje jej w indeksie")
    ]
    indexer.catch_up(on=TODAY)
    assert differences(on=TODAY) == []


@pytest.mark.usefixtures("indexed")
def test_a_kill_between_the_commit_and_the_state_repeats_work_and_loses_nothing(search_directory: Path) -> None:
    generation = generations.current(search_directory)
    assert generation is not None
    before = generations.read_state(generation)
    assert before is not None
    catalogue.append(catalogue.proposal(NEW), catalogue.tombstone(catalogue.GUN))
    indexer.catch_up(on=TODAY)
    generations.write_state(generation, before)
    indexer.catch_up(on=TODAY)

    assert differences(on=TODAY) == []
    assert symbols("kasa fiskalna") == ["US-KAS-001"]


@pytest.mark.usefixtures("indexed")
def test_a_killed_rebuild_leaves_the_index_as_it_was(search_directory: Path) -> None:
    with generations.writing(search_directory):
        (generations.begin(search_directory) / "tantivy").mkdir()

    assert symbols("paszport dla dziecka")[0] == "UW-PAS-002"
    indexer.rebuild(on=TODAY)
    assert len(list(search_directory.glob("generation-*"))) == 2


@pytest.mark.django_db
def test_a_rebuild_equals_what_grew_edition_by_edition(search_directory: Path) -> None:
    indexer.rebuild(on=TODAY)
    for office in catalogue.OFFICES:
        catalogue.append(catalogue.office_proposal(office))
    for card in (*catalogue.AT_OFFICES, *catalogue.GENERAL):
        catalogue.append(catalogue.proposal(card))
        indexer.catch_up(on=TODAY)
    grown, texts = stored(search_directory), ["paszportu dziecka", "zaswiadczneie dochody", "firma"]
    found = [symbols(text) for text in texts]
    indexer.rebuild(on=TODAY)

    assert stored(search_directory) == grown
    assert [sorted(symbols(text)) for text in texts] == [sorted(each) for each in found]
    assert [symbols(text)[0] for text in texts] == [each[0] for each in found]


@pytest.mark.usefixtures("indexed")
def test_many_small_form_segments_are_merged_and_still_know_their_words(search_directory: Path) -> None:
    animals = [
        "kombajn",
        "traktor",
        "żaglówka",
        "helikopter",
        "rower",
        "motocykl",
        "tramwaj",
        "autobus",
        "pociąg",
        "samolot",
        "prom",
    ]
    for number, word in enumerate(animals, start=1):
        catalogue.append(
            catalogue.proposal(catalogue.card(f"US-POJ-{number:03d}", word.title(), "Opis.", catalogue.TAXES))
        )
        indexer.catch_up(on=TODAY)
    generation = generations.current(search_directory)
    state = generations.read_state(generation) if generation else None

    assert state is not None
    assert len(state.forms) <= indexer.MOST_SEGMENTS + 1
    assert symbols("zaglowkami") == ["US-POJ-003"]
    assert symbols("promami") == ["US-POJ-011"]


@pytest.mark.usefixtures("indexed")
def test_other_rules_of_analysis_mean_a_rebuild(search_directory: Path) -> None:
    generation = generations.current(search_directory)
    state = generations.read_state(generation) if generation else None
    assert generation is not None
    assert state is not None
    generations.write_state(generation, msgspec.structs.replace(state, analysis_version="0-other"))

    assert indexer.catch_up(on=TODAY).rebuilt is True
    assert indexer.catch_up(on=TODAY).rebuilt is False


@pytest.mark.usefixtures("indexed")
def test_a_log_that_began_anew_means_a_rebuild(search_directory: Path) -> None:
    generation = generations.current(search_directory)
    state = generations.read_state(generation) if generation else None
    assert generation is not None
    assert state is not None
    generations.write_state(generation, msgspec.structs.replace(state, sequence=900, chain="f" * 64))

    assert indexer.catch_up(on=TODAY).rebuilt is True


@pytest.mark.usefixtures("indexed")
def test_an_index_of_another_format_is_left_alone_until_it_is_built_again(search_directory: Path) -> None:
    generation = generations.current(search_directory)
    state = generations.read_state(generation) if generation else None
    assert generation is not None
    assert state is not None
    generations.write_state(generation, msgspec.structs.replace(state, document_format=0))

    assert find(Question(text="paszport")).index_ready is False
    indexer.catch_up(on=TODAY)
    assert find(Question(text="paszport")).index_ready is True


@pytest.mark.usefixtures("indexed")
def test_only_one_process_writes(search_directory: Path) -> None:
    with generations.writing(search_directory), pytest.raises(IndexBusy, match="Inny proces"):
        indexer.catch_up(on=TODAY)


@pytest.mark.usefixtures("indexed")
def test_the_indexer_keeps_the_index_between_publications_and_gives_it_back(search_directory: Path) -> None:
    indexer_of_site = indexer.Indexer()
    catalogue.append(catalogue.proposal(NEW))
    assert indexer_of_site.catch_up(on=TODAY).written == 1
    catalogue.append(catalogue.tombstone(catalogue.GUN))
    with pytest.raises(IndexBusy):
        indexer.catch_up(on=TODAY)
    assert indexer_of_site.catch_up(on=TODAY).removed == 1
    assert symbols("kasa fiskalna") == ["US-KAS-001"]
    assert symbols("pozwolenie na broń") == []

    indexer_of_site.rest()
    assert indexer_of_site.resting
    catalogue.append(catalogue.tombstone(NEW))
    assert indexer.catch_up(on=TODAY).removed == 1
    assert differences(on=TODAY) == []


@pytest.mark.usefixtures("indexed")
def test_verification_finds_a_missing_a_foreign_and_a_changed_document(search_directory: Path) -> None:
    generation = generations.current(search_directory)
    assert generation is not None
    engine = open_engine(generation)
    engine.ensure()
    foreign = msgspec.structs.replace(catalogue.GUN, symbol="KWP-OBC-001", key="KWP-OBC-001")
    changed = msgspec.structs.replace(catalogue.ADULT, title="Podmieniony tytuł")
    honest = next(document for document in engine.documents() if document.key == "UW-PAS-001")
    forged = replace(
        build(ServiceSource(card=changed, sha256="0" * 64, sequence=honest.sequence)), source_hash=honest.source_hash
    )
    engine.delete(["KWP-POZ-001"])
    engine.upsert([forged, build(ServiceSource(card=foreign, sha256="0" * 64, sequence=1))])
    engine.commit()
    engine.close()

    assert {(difference.key, difference.reason) for difference in differences(on=TODAY)} == {
        ("KWP-POZ-001", "brakuje jej w indeksie"),
        ("KWP-OBC-001", "jest w indeksie, a nie obowiązuje w dzienniku"),
        ("UW-PAS-001", "zapis w indeksie nie zgadza się z treścią wydania"),
    }


class Script(threading.Event):
    """A stop signal that, instead of waiting, takes the next step of a story; set when the story ends."""

    def __init__(self, steps: Iterator[None]) -> None:
        super().__init__()
        self._steps = steps

    def wait(self, timeout: float | None = None) -> bool:
        if next(self._steps, "end") == "end":
            self.set()
        return self.is_set()


@pytest.mark.django_db
def test_following_survives_an_error_catches_up_and_stops(
    search_directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    search_directory.write_text("a file where the directory should be")
    catalogue.publish()
    seen: list[object] = []

    def story() -> Iterator[None]:
        seen.append("spróbuję ponownie" in caplog.text)
        search_directory.unlink()
        yield
        yield
        seen.append(find(Question(text="paszport dla dziecka")).hits[0].symbol)
        yield
        with generations.writing(search_directory):
            catalogue.append(catalogue.proposal(NEW))
            yield
            seen.append(symbols("kasa fiskalna"))
        yield
        seen.append(symbols("kasa fiskalna"))

    with caplog.at_level(logging.ERROR, logger="search.following"):
        following.follow_embedded(Script(story()), rest_after=1)
    generation = generations.current(search_directory)
    state = generations.read_state(generation) if generation else None

    assert seen == [True, "UW-PAS-002", [], ["US-KAS-001"]]
    assert state is not None
    assert state.sequence == head_sequence()

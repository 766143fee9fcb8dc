from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from search import analysis, synonyms, vocabulary
from search.finding import Question, find
from search.models import GlossaryTerm, Hint, RegisterVersion, SynonymEntry
from search.phrases import Target
from search.synonyms import Synonym, Vocabulary, compiled


def entries(*pairs: tuple[str, str]) -> Vocabulary:
    return compiled([Synonym(phrase, "potoczne", Target("termin", term)) for phrase, term in pairs], ["co zrobić gdy"])


def found(known: Vocabulary, text: str) -> list[str]:
    readings = [dict.fromkeys(word.lemmas, 1.0) for word in analysis.words(text)]
    return [item.phrase.phrase for item in known.find(readings)]


def test_a_phrase_is_found_inflected_and_in_any_order() -> None:
    known = entries(("zająć konto", "egzekucja"))

    assert found(known, "komornik zajął mi konto") == ["zająć konto"]
    assert found(known, "konto zajęte") == ["zająć konto"]
    assert found(known, "konto w banku") == []


def test_a_longer_phrase_hides_the_shorter_one_inside_it() -> None:
    known = entries(("kasa", "pieniądze"), ("kasa fiskalna", "kasa rejestrująca"))

    assert found(known, "kasa fiskalna") == ["kasa fiskalna"]
    assert found(known, "skąd wziąć kasę") == ["kasa"]


def test_negations_belong_to_the_phrase() -> None:
    known = entries(("bez papierów", "samowola"))

    assert found(known, "dom bez papierów") == ["bez papierów"]
    assert found(known, "papier ze skarbówki") == []


def test_stop_phrases_are_recognised_without_diacritics() -> None:
    assert entries().stopped(analysis.words("co zrobic gdy zgubię paszport")) == {0, 1, 2}


def test_the_shipped_list_is_large_and_has_every_kind() -> None:
    shipped = synonyms.read_synonyms(synonyms.SHIPPED_SYNONYMS)

    assert len({(item.phrase, item.target) for item in shipped}) >= 400
    assert {item.kind for item in shipped} == set(synonyms.KINDS)


@pytest.mark.django_db
def test_loading_twice_adds_nothing_and_deleted_entries_stay_deleted() -> None:
    call_command("load_synonyms", verbosity=0)
    SynonymEntry.objects.filter(phrase="sanepid").delete()
    call_command("load_synonyms", verbosity=0)

    assert SynonymEntry.objects.count() > 400
    assert not SynonymEntry.objects.filter(phrase="sanepid").exists()


@pytest.mark.usefixtures("indexed")
def test_a_new_synonym_is_effective_at_once_and_gone_when_deleted() -> None:
    assert find(Question(text="giwerka")).total == 0

    entry = SynonymEntry.objects.create(phrase="giwerka", target="broń")
    assert find(Question(text="giwerkę")).hits[0].symbol == "KWP-POZ-001"

    entry.delete()
    assert find(Question(text="giwerka")).total == 0


@pytest.mark.django_db
def test_every_change_counts() -> None:
    SynonymEntry.objects.create(phrase="a1", target="b1")
    before = vocabulary.version()
    SynonymEntry.objects.filter(phrase="a1").delete()

    after = vocabulary.version()
    assert before is not None
    assert after is not None
    assert after > before
    assert RegisterVersion.objects.count() == 1


@pytest.mark.usefixtures("indexed")
def test_an_office_is_found_by_its_nickname(client: Client) -> None:
    SynonymEntry.objects.create(phrase="skarbówka", target_kind="typ urzędu", target="US")
    html = client.get("/szukaj/", {"q": "skarbowka"}).content.decode()

    assert '<a href="/urzedy/us-rzeszow-1/">' in html


@pytest.mark.usefixtures("indexed")
def test_a_phrase_with_several_targets_offers_a_choice_on_the_page_and_in_the_api(client: Client) -> None:
    for kind, target in (
        ("termin", "zaświadczenie"),
        ("termin", "dokument"),
        ("usługa", "US-ZAS-003"),
        ("typ urzędu", "US"),
        ("termin", "słowo, którego nie ma w żadnej karcie: xyzzy"),
        ("usługa", "XX-NIE-001"),
    ):
        SynonymEntry.objects.create(phrase="papier", target_kind=kind, target=target)

    choice = client.get("/api/v1/search", {"q": "papier na wczoraj"}).json()["choices"][0]
    assert choice["phrase"] == "papier"
    assert {(option["name"], option["query"], option["url"]) for option in choice["options"]} >= {
        ("zaświadczenie", "zaświadczenie na wczoraj", ""),
        ("dokument", "dokument na wczoraj", ""),
        ("Zaświadczenie o dochodach", "Zaświadczenie o dochodach", "/karta/US-ZAS-003/"),
        ("urząd skarbowy", "urząd skarbowy", ""),
    }
    assert "XX-NIE-001" not in {option["value"] for option in choice["options"]}

    html = client.get("/szukaj/", {"q": "papier na wczoraj"}).content.decode()
    assert "„Papier” – chodzi o: <a" in html
    assert '<a href="/karta/US-ZAS-003/">Zaświadczenie o dochodach</a>' in html


@pytest.mark.usefixtures("indexed")
def test_a_phrase_with_one_target_is_not_asked_about(client: Client) -> None:
    SynonymEntry.objects.create(phrase="papier", target="zaświadczenie")

    assert client.get("/api/v1/search", {"q": "papier"}).json()["choices"] == []
    assert "chodzi o:" not in client.get("/szukaj/", {"q": "papier"}).content.decode()


@pytest.mark.usefixtures("indexed")
def test_hints_and_explained_words_stand_on_the_page_and_in_the_api(client: Client) -> None:
    Hint.objects.create(phrase="dowód osobisty", sentence="Dowód wyrabia gmina.", address="/zdarzenia/")
    GlossaryTerm.objects.create(term="zaświadczenie", definition="Pismo, które coś potwierdza.", example="O długach.")

    answer = client.get("/api/v1/search", {"q": "dowodu osobistego zaswiadczenia"}).json()
    assert answer["hints"] == [
        {
            "phrase": "dowód osobisty",
            "sentence": "Dowód wyrabia gmina.",
            "address": "/zdarzenia/",
            "outside_catalogue": False,
        }
    ]
    assert [term["term"] for term in answer["glossary"]] == ["zaświadczenie"]
    html = client.get("/szukaj/", {"q": "dowodu osobistego zaswiadczenia"}).content.decode()
    assert '<a href="/zdarzenia/">Dowód wyrabia gmina.</a>' in html
    assert "<dfn>zaświadczenie</dfn> – Pismo, które coś potwierdza. Na przykład: O długach." in html

    assert client.get("/api/v1/search", {"q": "osobisty"}).json()["hints"] == []


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("kind", "target", "wrong"),
    [
        ("usługa", "NIE-MA-001", "nie ma usługi o symbolu „NIE-MA-001”"),
        ("usługa", "UW-PAS-001", ""),
        ("typ urzędu", "ZZZ", "nie ma typu urzędu o kodzie „ZZZ”"),
        ("typ urzędu", "UW", ""),
        ("termin", "cokolwiek", ""),
    ],
)
def test_a_synonym_leads_to_what_the_catalogue_has(kind: str, target: str, wrong: str) -> None:
    entry = SynonymEntry(phrase="papier", target_kind=kind, target=target)
    if not wrong:
        entry.full_clean()
        return
    with pytest.raises(ValidationError, match=wrong) as refused:
        entry.full_clean()
    assert set(refused.value.error_dict) == {"target"}


@pytest.mark.django_db
def test_the_shipped_registers_keep_their_own_rules() -> None:
    call_command("load_synonyms", verbosity=0)

    assert Hint.objects.filter(outside_catalogue=True).count() >= 40
    assert GlossaryTerm.objects.count() >= 40
    for entry in (*GlossaryTerm.objects.all(), *Hint.objects.all()):
        entry.full_clean()


@pytest.mark.parametrize("word", ["paszport", "mandat", "dowód", "podatek"])
def test_the_name_of_a_document_is_not_the_nickname_of_an_office(word: str) -> None:
    found = synonyms.shipped().find([{word: 1.0}])
    assert [target for item in found for target in item.phrase.targets if target.kind == "typ urzędu"] == []

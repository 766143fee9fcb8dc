from __future__ import annotations

import pytest

from search import analysis
from search.documents import FacetName
from search.finding import Answer, Question, find
from tests.search import catalogue

pytestmark = pytest.mark.usefixtures("indexed")


def first(text: str) -> str:
    """Symbol of the first result."""
    hits = find(Question(text=text)).hits
    return hits[0].symbol if hits else ""


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("paszportu dla dziecka", "UW-PAS-002"),
        ("paszportem dzieciom", "UW-PAS-002"),
        ("odwieszenie firmy", "US-WZN-001"),
        ("odwiesić firmę", "US-WZN-001"),
        ("zgubiłam paszport", "UW-PAS-004"),
        ("zaświadczenia o niezaleganiu", "US-ZAS-001"),
        ("pozwolenia na broń", "KWP-POZ-001"),
    ],
)
def test_inflected_words_find_the_service(typed: str, symbol: str) -> None:
    assert first(typed) == symbol


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("zaswiadczenie o niezaleganiu", "US-ZAS-001"),
        ("zaswiadczenia o dochodach", "US-ZAS-003"),
        ("zgubilem paszport", "UW-PAS-004"),
        ("wznow dzialalnosc", "US-WZN-001"),
        ("pozwolenie na bron", "KWP-POZ-001"),
    ],
)
def test_words_without_diacritics_find_the_service(typed: str, symbol: str) -> None:
    assert first(typed) == symbol


@pytest.mark.parametrize(
    ("typed", "symbol", "correction"),
    [
        ("paszprot dla dziecka", "UW-PAS-002", "paszport dla dziecka"),
        ("pozwolneie na broń", "KWP-POZ-001", "pozwolenie na broń"),
        ("zaswiadczneie o dochodach", "US-ZAS-003", "zaświadczenie o dochodach"),
    ],
)
def test_mistyped_words_find_the_service_and_are_corrected(typed: str, symbol: str, correction: str) -> None:
    assert first(typed) == symbol
    assert find(Question(text=typed)).did_you_mean == correction


def test_a_rightly_typed_query_is_not_corrected() -> None:
    assert find(Question(text="paszport dla dziecka")).did_you_mean == ""


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("papier ze skarbówki", "US-ZAS-001"),
        ("wyjazd do Anglii", "UW-PAS-001"),
        ("PIT-37", "US-ZAS-003"),
        ("pit 37", "US-ZAS-003"),
        ("pit37", "US-ZAS-003"),
        ("sd z2", "US-SPA-001"),
        ("UW-PAS-004", "UW-PAS-004"),
    ],
)
def test_everyday_words_and_codes_find_the_service(typed: str, symbol: str) -> None:
    assert first(typed) == symbol


def test_a_misspelling_among_the_keywords_of_one_card_does_not_outweigh_the_word_on_others() -> None:
    symbols = [hit.symbol for hit in find(Question(text="zaswiadczenie dochody")).hits]

    assert symbols[0] == "US-ZAS-003"


def test_no_word_is_required_and_more_found_words_rank_higher() -> None:
    answer = find(Question(text="kosmiczny paszport dla niemowlęcego dziecka"))

    assert answer.hits[0].symbol == "UW-PAS-002"
    assert {"UW-PAS-001", "UW-PAS-004"} <= {hit.symbol for hit in answer.hits}


def test_words_without_meaning_do_not_find_anything_by_themselves() -> None:
    found = {hit.symbol for hit in find(Question(text="broń dla na do")).hits}

    assert found == {"KWP-POZ-001"}


def test_a_service_is_one_result_with_the_number_of_its_offices() -> None:
    answer = find(Question(text="paszport dla dziecka"))
    child = answer.hits[0]

    assert [hit.symbol for hit in answer.hits].count("UW-PAS-002") == 1
    assert (child.key, child.kind, child.office, child.offices) == ("UW-PAS-002", "model", None, 2)
    assert child.url == "/karta/UW-PAS-002/"
    assert child.fee == "opłata paszportowa 30 zł"


def test_a_local_card_is_found_as_the_card_of_its_office() -> None:
    local = find(Question(text="dyżur paszportowy Bieszczady")).hits[0]

    assert (local.key, local.kind, local.offices) == ("UW-LOK-001/uw-rzeszow", "local", 1)
    assert local.office is not None
    assert local.office.name == "Podkarpacki Urząd Wojewódzki w Rzeszowie"


def test_local_words_of_an_office_card_find_the_service() -> None:
    answer = find(Question(text="automat biletowy przy szatni"))

    assert [hit.symbol for hit in answer.hits] == ["UW-PAS-002"]
    assert answer.hits[0].matched_fields == ("local",)


def test_with_an_office_its_cards_come_first_and_the_others_follow_in_general_form() -> None:
    answer = find(Question(text="paszport", office="uw-gorzow"))

    assert answer.hits[0].key == "UW-PAS-002/uw-gorzow"
    assert answer.hits[0].url == "/karta/UW-PAS-002/uw-gorzow/"
    assert answer.hits[0].fee == "opłata paszportowa 35 zł"
    assert {"UW-PAS-001", "UW-PAS-004"} <= {hit.key for hit in answer.hits[1:]}
    assert answer.total == find(Question(text="paszport")).total


def test_a_voivodeship_leads_to_the_cards_of_its_office() -> None:
    assert find(Question(text="paszport dla dziecka", place="18")).hits[0].key == "UW-PAS-002/uw-rzeszow"
    assert find(Question(text="paszport dla dziecka", place="0861011")).hits[0].key == "UW-PAS-002/uw-gorzow"


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("1863011", "US-ZAS-001/us-rzeszow-1"),
        ("1816052", "US-ZAS-001/us-rzeszow-1"),
        ("1816042", "US-ZAS-001/us-boguchwala"),
    ],
)
def test_the_longest_prefix_decides_and_exclusions_are_honoured(place: str, key: str) -> None:
    assert find(Question(text="zaświadczenie o niezaleganiu", place=place)).hits[0].key == key


def test_a_place_that_does_not_decide_between_offices_names_them_all() -> None:
    debts = find(Question(text="zaświadczenie o niezaleganiu", place="18")).hits[0]

    assert (debts.key, debts.office) == ("US-ZAS-001", None)
    assert [office.code for office in debts.competent] == ["us-boguchwala", "us-rzeszow-1"]


def test_a_place_without_a_competent_office_gives_general_cards() -> None:
    answer = find(Question(text="zaświadczenie o niezaleganiu", place="32"))

    assert answer.hits[0].key == "US-ZAS-001"


def counts(answer: Answer, facet: FacetName) -> dict[str, int]:
    return {item.value: item.count for item in answer.facets[facet]}


def test_facets_count_services_and_name_their_values() -> None:
    answer = find(Question(facets=True))

    assert counts(answer, "office_type") == {"UW": 4, "US": 4, "KWP": 1}
    assert counts(answer, "audience") == {"obywatel": 8, "przedsiębiorca": 2}
    assert counts(answer, "topic") == {"paszporty": 4, "podatki": 3, "firma": 1, "bezpieczenstwo": 1}
    assert counts(answer, "office") == {"uw-rzeszow": 3, "uw-gorzow": 1, "us-rzeszow-1": 1, "us-boguchwala": 1}
    assert [(item.value, item.name) for item in answer.facets["life_event"]] == [("LE-05", "Rodzi mi się dziecko")]
    assert answer.facets["office_type"][-1].name == "komenda wojewódzka Policji"


def test_each_facet_ignores_its_own_filter_only() -> None:
    answer = find(Question(filters={"topic": ("podatki",)}, facets=True))

    assert answer.total == 3
    assert counts(answer, "topic") == {"paszporty": 4, "podatki": 3, "firma": 1, "bezpieczenstwo": 1}
    assert counts(answer, "office_type") == {"US": 3}


def test_values_of_one_filter_add_up_and_filters_narrow_each_other() -> None:
    either = find(Question(filters={"topic": ("podatki", "firma")}))
    both = find(Question(filters={"topic": ("podatki", "firma"), "audience": ("przedsiębiorca",)}))

    assert either.total == 4
    assert {hit.symbol for hit in both.hits} == {"US-ZAS-001", "US-WZN-001"}


def test_a_topic_filter_takes_all_three_levels() -> None:
    assert find(Question(filters={"topic": ("paszporty/kategoria",)})).total == 4
    assert find(Question(filters={"topic": ("paszporty/kategoria/grupa",)})).total == 4
    assert find(Question(filters={"topic": ("paszporty/inna",)})).total == 0


def test_nothing_typed_lists_everything_by_title() -> None:
    titles = [hit.title for hit in find(Question(limit=50)).hits]

    assert len(titles) == 9
    assert titles == sorted(titles, key=analysis.folded)


@pytest.mark.parametrize(
    "question", [Question(text="paszport zaświadczenie"), Question(), Question(text="paszport", office="uw-rzeszow")]
)
def test_pages_put_together_are_the_whole_list(question: Question) -> None:
    whole = find(Question(text=question.text, office=question.office, limit=50))
    pages, offset = [], 0
    for _ in range(20):
        page = find(Question(text=question.text, office=question.office, limit=2, offset=offset))
        pages += [hit.key for hit in page.hits]
        if page.next_offset is None:
            break
        offset = page.next_offset

    assert pages == [hit.key for hit in whole.hits]
    assert len(pages) == whole.total


def test_only_marks_are_unescaped() -> None:
    catalogue.append(
        catalogue.proposal(
            catalogue.card(
                "UW-ZLE-001", "Kara <b>i</b> & skarga", "Tekst <script>alert(1)</script> o skardze.", catalogue.TAXES
            )
        )
    )
    from search.indexer import catch_up

    catch_up(on=catalogue.TODAY)
    hit = find(Question(text="skargi")).hits[0]

    assert hit.title_html == "Kara &lt;b&gt;i&lt;/b&gt; &amp; <mark>skarga</mark>"
    assert hit.snippet == "Tekst &lt;script&gt;alert(1)&lt;/script&gt; o <mark>skardze</mark>."


def test_what_only_consultants_read_is_never_found() -> None:
    answer = find(Question(text=catalogue.SECRET))

    assert answer.total == 0
    assert answer.did_you_mean == ""


@pytest.mark.parametrize("typed", ["!!!", "---", "\u200b", "+", "….", '"', "* OR *"[:1]])
def test_a_query_without_words_finds_nothing(typed: str) -> None:
    assert find(Question(text=typed)).total == 0

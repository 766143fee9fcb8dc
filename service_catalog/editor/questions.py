"""The forms of cards: questions in the order of a client's life, for a model card, an office card and a local card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, InlinePanel, Panel

from service_catalog.editor.panels import (
    FirstChoice,
    FromOfficeRecord,
    LockedPart,
    OptionalPart,
    PriceRows,
    Progress,
    Question,
    QuestionList,
)
from service_catalog.editor.widgets import ChoicesInLines

MORE = "Dodaj coś od siebie (nieobowiązkowe)"


def office_card_form() -> QuestionList:
    """An office card: what the office may say, between the locked answers of the model card."""
    return QuestionList(
        [
            FirstChoice("model_card", widget=forms.Select, heading="Którą sprawę opisujesz?"),
            Progress(),
            *_for_the_client(),
            *_for_the_office(),
            CommentPanel(),
        ]
    )


def _for_the_client() -> list[Panel]:
    """Questions up to the appeal."""
    return [
        Question([LockedPart("who"), OptionalPart([_lines("client_groups", "Inne grupy klientów")], summary=MORE)],
                 heading="Kto?"),
        Question([LockedPart("when")], heading="Kiedy?"),
        Question([LockedPart("prepare"), OptionalPart([_listed("before_you_start", "Zanim zaczniesz – w naszym urzędzie")],
                  summary=MORE)], heading="Co przygotować?"),
        Question([LockedPart("place"), FromOfficeRecord("place"), *_place(), _channel_words()], heading="Gdzie i jak?"),
        Question([LockedPart("steps"), OptionalPart([_listed("steps", "Dodatkowe kroki w naszym urzędzie")], summary=MORE)],
                 heading="Krok po kroku"),
        Question([LockedPart("fees"), PriceRows("prices", heading="Ceny z cennika urzędu", label="Cena"),
                  FromOfficeRecord("accounts"), _payment_methods()], heading="Ile zapłaci?"),
        Question([LockedPart("waiting"), _average()], heading="Ile poczeka?"),
        Question([LockedPart("outcome"), OptionalPart([_pickup()], summary=MORE)], heading="Co dostanie?"),
        Question([LockedPart("appeal")], heading="Jak się odwoła?"),
        Question([LockedPart("care"), OptionalPart([_listed("mistakes", "Błędy, które widzimy w naszym urzędzie")],
                  summary=MORE)], heading="Na co uważać?"),
        Question([LockedPart("needs"), OptionalPart([_listed("special_needs", "Jak jeszcze pomagamy"),
                  _listed("variants", "Inne wersje: łatwy tekst, język migowy, język obcy")], summary=MORE)],
                 heading="Kto potrzebuje pomocy?"),
    ]  # fmt: skip


def _for_the_office() -> list[Panel]:
    """Questions about the office itself."""
    return [
        Question(_who_answers(), heading="Kto w urzędzie prowadzi sprawę?"),
        Question([OptionalPart([_listed("local_notes", "Informacje tego urzędu (najwyżej 5)")], summary=MORE)],
                 heading="Co jeszcze powiedzieć klientowi?"),
        Question([LockedPart("consultant"), OptionalPart([_note()], summary=MORE)], heading="Co powie konsultant?"),
        Question([LockedPart("search"), OptionalPart([_lines("keywords_everyday", "Dodatkowe słowa potoczne"),
                  _lines("keywords_misspellings", "Częste błędy pisowni")], summary=MORE)],
                 heading="Jak klienci tego szukają?"),
        Question([FieldPanel("last_verified", heading="Sprawdzono dnia")], heading="Kiedy to sprawdziliśmy?"),
    ]  # fmt: skip


def model_card_form(*, audiences: Sequence[str]) -> QuestionList:
    """A model card: every question, for the owner of the model."""
    return QuestionList([Progress(), *_law_questions(audiences, place=(), fees=(), waiting=(), outcome=(), office=()),
                       CommentPanel()])  # fmt: skip


def local_card_form(*, audiences: Sequence[str]) -> QuestionList:
    """A local card: every question, with what an office adds at its place."""
    questions = _law_questions(
        audiences,
        place=(FromOfficeRecord("place"), *_place()),
        fees=(FromOfficeRecord("accounts"), _payment_methods()),
        waiting=(_average(),),
        outcome=(_pickup(),),
        office=(
            Question(_who_answers(), heading="Kto w urzędzie prowadzi sprawę?"),
            Question([_listed("local_notes", "Informacje tego urzędu (najwyżej 5)")],
                     heading="Co jeszcze powiedzieć klientowi?"),
            Question([_note(), FieldPanel("last_verified", heading="Sprawdzono dnia")],
                     heading="Co wie tylko urząd?"),
        ),
    )  # fmt: skip
    return QuestionList([Progress(), *questions, CommentPanel()])


def _law_questions(
    audiences: Sequence[str],
    *,
    place: Sequence[Panel],
    fees: Sequence[Panel],
    waiting: Sequence[Panel],
    outcome: Sequence[Panel],
    office: Sequence[Panel],
) -> list[Panel]:
    """Every question of a complete card; the arguments are what an office adds to single questions."""
    return [
        Question([FieldPanel("title", heading="Nazwa sprawy", help_text="Tak, jak mówi klient. Najwyżej 70 znaków."),
                  FieldPanel("official_name", heading="Nazwa urzędowa"), _text("summary", "W skrócie"),
                  FieldRowPanel([FieldPanel("service", heading="Usługa z rejestru"),
                                 FieldPanel("group", heading="Miejsce w działach")]),
                  FieldRowPanel([FieldPanel("symbol"), FieldPanel("office_type")])], heading="Jaka to sprawa?"),
        Question([_text("who", "Kto może to załatwić"),
                  FieldPanel("audience", widget=ChoicesInLines(audiences), help_text="Zaznacz wszystkich, których to dotyczy."),
                  _lines("client_groups", "Grupy klientów", "Na przykład: emeryci. Jedna w wierszu.")], heading="Kto?"),
        Question([_text("when", "Kiedy klient ma się tym zająć"),
                  InlinePanel("client_deadlines", heading="Terminy dla klienta", label="Termin"),
                  FieldPanel("consequence_of_missing", heading="Co się stanie, gdy klient się spóźni")], heading="Kiedy?"),
        Question([_listed("before_you_start", "Zanim zaczniesz"),
                  InlinePanel("documents", heading="Dokumenty", label="Dokument"),
                  InlinePanel("forms", heading="Formularze", label="Formularz")], heading="Co przygotować?"),
        Question([FieldPanel("jurisdiction_basis", heading="Od czego zależy, który urząd to załatwia"),
                  FieldPanel("jurisdiction_text", heading="Powiedz klientowi, do którego urzędu ma iść"),
                  InlinePanel("channels", heading="Sposoby załatwienia", label="Sposób"), *place], heading="Gdzie i jak?"),
        Question([_listed("steps", "Kroki")], heading="Krok po kroku"),
        Question([InlinePanel("fees", heading="Opłaty", label="Opłata",
                              help_text="Bez żadnej opłaty klient przeczyta: „Nic nie zapłacisz”."),
                  _listed("exemptions", "Zwolnienia i zniżki"), *fees], heading="Ile zapłaci?"),
        Question([InlinePanel("handling_times", heading="Ile się czeka", label="Czas załatwienia"), *waiting],
                 heading="Ile poczeka?"),
        Question([FieldPanel("outcome_text", heading="Co klient dostanie"),
                  FieldRowPanel([FieldPanel("outcome_form", heading="Rodzaj", help_text="Na przykład: decyzja."),
                                 FieldPanel("outcome_validity", heading="Jak długo ważne")]), *outcome],
                 heading="Co dostanie?"),
        Question([InlinePanel("appeals", heading="Jak się odwołać", label="Środek odwoławczy")],
                 heading="Jak się odwoła?"),
        Question([_listed("mistakes", "Najczęstsze błędy (najwyżej 5)")], heading="Na co uważać?"),
        Question([_listed("special_needs", "Jak pomagamy"),
                  OptionalPart([_listed("variants", "Inne wersje karty")], summary="Łatwy tekst, język migowy, język obcy")],
                 heading="Kto potrzebuje pomocy?"),
        *office,
        *_behind_the_card(),
    ]  # fmt: skip


def _behind_the_card() -> list[Panel]:
    """What clients do not read as text: the consultant, the search, the law, the place in the catalogue."""
    return [
        Question([_text("consultant_answer", "Odpowiedź konsultanta", "Do 50 słów, czyli 20 sekund mówienia."),
                  FieldRowPanel([FieldPanel("transfer"), FieldPanel("transfer_target")])], heading="Co powie konsultant?"),
        Question([_lines("keywords_everyday", "Słowa potoczne", "Jak klienci to nazywają? Co najmniej 3, jedno w wierszu."),
                  FieldRowPanel([_lines("keywords_official", "Słowa urzędowe"),
                                 _lines("keywords_misspellings", "Częste błędy pisowni")])],
                 heading="Jak klienci tego szukają?"),
        Question([InlinePanel("legal_bases", heading="Podstawa prawna", label="Akt"), FieldPanel("legal_state_date")],
                 heading="Z jakich przepisów to wynika?"),
        Question([InlinePanel("more_placements", heading="Inne miejsca w działach", label="Miejsce"),
                  InlinePanel("relations", heading="Karty powiązane", label="Karta")], heading="Gdzie to stoi w katalogu?"),
        Question([FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to"), FieldPanel("next_review")]),
                  FieldRowPanel([FieldPanel("version"), FieldPanel("change_note")])], heading="Od kiedy i do kiedy?"),
        Question([FieldPanel("uncertain", heading="Niepewne miejsca", help_text="Co i dlaczego, jedno w wierszu. "
                             "Gdy sprawdzisz, skreśl. Karty z niepewnymi miejscami nie można opublikować.")],
                 heading="Co trzeba jeszcze sprawdzić?"),
    ]  # fmt: skip


def _text(name: str, heading: str, help_text: str = "") -> FieldPanel:
    return FieldPanel(name, heading=heading, help_text=help_text)


def _lines(name: str, heading: str, help_text: str = "") -> FieldPanel:
    return FieldPanel(name, heading=heading, help_text=help_text)


def _listed(name: str, heading: str) -> FieldPanel:
    return FieldPanel(name, heading=heading)


def _place() -> list[Panel]:
    return [
        FieldPanel(
            "service_point",
            heading="Miejsce, do którego klient przychodzi",
            help_text="Lista pochodzi z danych urzędu.",
        ),
        FieldPanel("contact_room", heading="Pokój"),
        OptionalPart(
            [
                FieldPanel(
                    "booking", heading="Umawianie wizyt", help_text="Wpisz tylko, jeśli w tej sprawie jest inaczej."
                )
            ],
            summary="W tej sprawie klient umawia się inaczej niż zwykle",
        ),
    ]


def _channel_words() -> Panel:
    rows: list[Any] = [InlinePanel("channel_words", heading="Uwagi do sposobów załatwienia", label="Uwaga")]
    return OptionalPart(rows, summary="Któryś sposób działa u nas inaczej")


def _payment_methods() -> Panel:
    panels = [
        _lines("payment_methods", "Sposoby zapłaty w tej sprawie", "Jeden w wierszu: przelew, karta, BLIK, kasa.")
    ]
    return OptionalPart(panels, summary="W tej sprawie płaci się inaczej niż zwykle")


def _average() -> Panel:
    row = FieldRowPanel(
        [
            FieldPanel("local_average_days", heading="Średnio, dni"),
            FieldPanel("local_average_on", heading="Policzono na dzień"),
        ]
    )
    return OptionalPart([row], summary="Wiemy, ile to trwa w naszym urzędzie (nieobowiązkowe)")


def _pickup() -> Panel:
    return FieldPanel("pickup", heading="Jak odebrać", help_text="Na przykład: w tym samym okienku, z dowodem.")


def _note() -> Panel:
    return FieldPanel("internal_note", heading="Notatka dla konsultanta", help_text="Klienci nigdy jej nie zobaczą.")


def _who_answers() -> list[Panel]:
    return [
        FieldPanel("responsible_unit", heading="Komórka, która prowadzi sprawę"),
        FromOfficeRecord("contact"),
        FieldRowPanel(
            [
                FieldPanel("contact_phone", heading="Telefon do tej sprawy", help_text="Puste: jak w danych urzędu."),
                FieldPanel("contact_email", heading="E-mail do tej sprawy", help_text="Puste: jak w danych urzędu."),
            ]
        ),
        FromOfficeRecord("privacy"),
        OptionalPart(
            [FieldPanel("privacy_notice_url", heading="Adres klauzuli RODO tej sprawy")],
            summary="Ta sprawa ma własną klauzulę RODO",
        ),
    ]

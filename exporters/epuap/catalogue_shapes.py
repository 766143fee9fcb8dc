"""Tables of what stands beside the cards: the office of a catalogue and the life events."""

from __future__ import annotations

from exporters.epuap.card_shapes import NAMED, SERVICE_POINT, UNIT
from exporters.epuap.shapes import Attribute, Child, Fixed, Group, Paragraphs, Shape, Text
from life_events.published import life_event
from service_catalog.published import office

ACCOUNT = Shape(
    office.Account,
    content=(Text("purpose", "Cel"), Text("owner", "WlascicielRachunku"), Text("number", "RachunekBankowy")),
)

AREA = Shape(
    office.JurisdictionArea,
    (Attribute("prefix", "terc"), Attribute("include", "nalezy")),
    text="name",
)

OFFICE_RECORD = Shape(
    office.Office,
    content=(
        Child("office_type", "TypUrzedu", NAMED),
        Text("bip_url", "AdresBip"),
        Text("head_title", "OrganWlasciwy"),
        Child("accounts", "Rachunek", ACCOUNT, wrapper="Rachunki"),
        Child("jurisdiction", "Obszar", AREA, wrapper="WlasciwoscMiejscowa"),
        Text("districts", "Powiat", wrapper="Powiaty"),
        Child("units", "Komorka", UNIT, wrapper="Komorki"),
        Child("service_points", "PunktObslugi", SERVICE_POINT, wrapper="PunktyObslugi"),
        Text("accessibility_contact", "KoordynatorDostepnosci"),
        Paragraphs("privacy_notice", "KlauzulaRODO"),
        Text("participation", "UdzialWProjekcie"),
        Paragraphs("intro", "Wprowadzenie"),
    ),
)
"""What the office record has besides the address: it follows `Uslugodawca` in a catalogue."""

PROVIDER = Shape(
    office.Office,
    (Attribute("code", "idPodmiotu"),),
    content=(
        Group(
            "inst:Instytucja",
            (
                Text("name", "inst:NazwaInstytucji"),
                Group("inst:IdInstytucji", (Text("nip", "inst:NIP"), Text("regon", "inst:REGON"))),
                Group(
                    "adr:Adres",
                    (
                        Text("postal_code", "adr:KodPocztowy"),
                        Text("town", "adr:Miejscowosc"),
                        Text("street", "adr:Ulica"),
                        Text("building", "adr:Budynek"),
                        Fixed("adr:Kraj", "PL"),
                        Text("voivodeship", "adr:Wojewodztwo"),
                        Text("address", "adr:Uwagi"),
                    ),
                ),
                Group(
                    "adr:Kontakt",
                    (Text("phone", "adr:Telefon"), Text("email", "adr:Email"), Text("website", "adr:URIKontakt")),
                ),
            ),
        ),
        Text("short_name", "NazwaSkrocona"),
        Text("teryt", "Terc"),
        Text("nip", "Nip"),
        Text("regon", "Regon"),
        Text("epuap_address", "AdresSkrytkiEpuap"),
        Text("edelivery_address", "AdresDoDoreczenElektronicznych"),
    ),
)

STEP = Shape(
    life_event.Step,
    (
        Attribute("order", "kolejnosc"),
        Attribute("symbol", "karta"),
        Attribute("provider", "realizujacy"),
        Attribute("outside", "pozaKatalogiem"),
        Attribute("optional", "opcjonalny"),
        Attribute("parallel", "rownolegle"),
    ),
    content=(
        Text("service", "Usluga"),
        Text("provider_name", "NazwaRealizujacego"),
        Text("condition", "Warunek"),
        Text("moment", "Kiedy"),
        Text("url", "Adres"),
        Text("text", "Opis"),
    ),
)

STAGE = Shape(
    life_event.Stage,
    (Attribute("order", "kolejnosc"),),
    content=(Text("name", "Nazwa"), Child("steps", "Krok", STEP)),
)

LIFE_EVENT = Shape(
    life_event.LifeEvent,
    (Attribute("code", "kod"),),
    content=(
        Text("title", "Nazwa"),
        Text("group", "Grupa"),
        Paragraphs("intro", "Opis"),
        Text("audience", "Adresat", wrapper="DlaKogo"),
        Child("stages", "Etap", STAGE),
    ),
)

"""The table of the card: which field of the published card stands where in `KartaUslugi`."""

from __future__ import annotations

from exporters.epuap import codes
from exporters.epuap.shapes import Attribute, Child, Fixed, Group, Pairs, Paragraphs, Shape, Text
from service_catalog.published import card

ITEM = Shape(card.Item, (Attribute("local", "lokalna"),), text="text")

NAMED = Shape(card.Named, (Attribute("code", "kod"),), text="name")

TOPIC = Shape(
    card.TopicPlacement,
    (
        Attribute("topic_slug", "dzial"),
        Attribute("category_slug", "kategoria"),
        Attribute("group_slug", "grupa"),
    ),
    content=(Text("topic", "Dzial"), Text("category", "Kategoria"), Text("group", "GrupaUslug")),
)

LIFE_EVENT = Shape(
    card.LifeEventPlacement,
    (Attribute("event", "kod"), Attribute("order", "kolejnosc")),
    content=(Text("title", "Nazwa"), Text("stage", "Etap")),
)

KEYWORDS = Shape(
    card.Keywords,
    content=(
        Child("everyday", "Potoczne", ITEM),
        Text("official", "Urzedowe"),
        Child("misspellings", "BladPisowni", ITEM),
    ),
)

JURISDICTION = Shape(card.Jurisdiction, (Attribute("basis", "podstawa"),), text="text")

CHANNEL = Shape(
    card.Channel,
    (Attribute("channel", "rodzaj"), Attribute("available", "dostepny"), Attribute("local", "lokalna")),
    content=(
        Text("text", "Opis"),
        Text("url", "AdresUslugi"),
        Text("place", "Miejsce"),
        Text("booking", "UmawianieWizyt"),
    ),
)

DOCUMENT = Shape(
    card.RequiredDocument,
    (
        Attribute("requirement", "wymagany", codes.REQUIREMENTS),
        Attribute("count", "liczba"),
        Attribute("form_code", "formularz"),
    ),
    content=(Text("name", "Nazwa"), Text("condition", "Warunek"), Text("form", "Postac"), Text("note", "Uwaga")),
)

FORM = Shape(
    card.Form,
    (
        Attribute("code", "symbol"),
        Attribute("version", "wersja"),
        Attribute("format", "format"),
        Attribute("fillable", "doWypelnienia"),
        Attribute("url", "uri"),
        Attribute("local", "lokalna"),
    ),
    content=(Text("title", "Tytul"), Text("note", "Uwaga")),
)

STEP = Shape(
    card.Step,
    (Attribute("actor", "wykonawca", codes.ACTORS), Attribute("local", "lokalna")),
    content=(Text("text", "Opis"), Text("channel", "Sposob"), Text("duration", "CzasTrwania")),
)

ACT = Shape(
    card.ActCitation,
    (Attribute("act", "kod"), Attribute("eli", "eli"), Attribute("consolidated_eli", "eliTekstuJednolitego")),
    content=(
        Text("title", "Tytul"),
        Text("display", "Publikacja"),
        Text("consolidated", "TekstJednolity"),
        Text("units", "JednostkaRedakcyjna"),
    ),
)

FEE = Shape(
    card.Fee,
    (Attribute("code", "kod"), Attribute("kind", "rodzaj"), Attribute("local", "lokalna")),
    content=(
        Text("text", "Opis"),
        Text("amount", "Kwota"),
        Text("currency", "Waluta"),
        Text("condition", "Warunek"),
        Text("payee", "Odbiorca"),
        Text("account", "RachunekBankowy"),
        Text("account_owner", "WlascicielRachunku"),
        Text("when", "KiedyZaplacic"),
        Text("methods", "SposobZaplaty"),
        Child("legal_basis", "PodstawaPrawna", ACT),
        Text("valid_from", "ObowiazujeOd"),
        Text("valid_to", "ObowiazujeDo"),
    ),
)

DEADLINE = Shape(
    card.DeadlineRule,
    (Attribute("computed", "liczony"), Attribute("local", "lokalna")),
    content=(
        Text("text", "Opis"),
        Text("anchor", "LiczonyOd"),
        Text("n", "Liczba"),
        Text("unit", "Jednostka", words=codes.UNITS),
        Text("direction", "Kierunek", words=codes.DIRECTIONS),
        Text("calendar", "Kalendarz"),
        Text("after_end", "OdDniaPoUplywie"),
        Text("roll", "PrzesuniecieZDniaWolnego", words=codes.ROLLS),
        Text("satisfied_by", "ZachowanyPrzez"),
        Text("restorable", "MoznaPrzywrocic"),
        Text("consequence", "SkutekUchybienia"),
        Text("applies_to", "Dotyczy"),
        Text("valid_from", "ObowiazujeOd"),
        Text("valid_to", "ObowiazujeDo"),
        Child("legal_basis", "PodstawaPrawna", ACT),
    ),
)

OUTCOME = Shape(
    card.Outcome,
    content=(Text("form", "Postac"), Text("text", "Opis"), Text("validity", "Waznosc")),
)

APPEAL = Shape(
    card.Appeal,
    (Attribute("remedy", "srodek"),),
    content=(
        Text("text", "Opis"),
        Text("authority", "OrganOdwolawczy"),
        Text("via", "ZaPosrednictwem"),
        Text("fee", "Oplata"),
        Child("deadline", "Termin", DEADLINE),
    ),
)

SPECIAL_NEED = Shape(
    card.SpecialNeed,
    (Attribute("group", "grupa"), Attribute("local", "lokalna")),
    text="text",
)

RELATED = Shape(
    card.RelatedCard,
    (Attribute("type", "relacja", codes.RELATIONS), Attribute("symbol", "symbol")),
    text="service",
)

VARIANT = Shape(
    card.Variant,
    (
        Attribute("kind", "rodzaj"),
        Attribute("language", "jezyk"),
        Attribute("url", "uri"),
        Attribute("local", "lokalna"),
    ),
    text="title",
)

UNIT = Shape(
    card.Unit,
    (Attribute("symbol", "symbol"), Attribute("parent", "nadrzedna")),
    content=(Text("name", "Nazwa"), Text("phone", "Telefon"), Text("email", "Email"), Text("room", "Pokoj")),
)

CONTACT = Shape(
    card.Contact,
    content=(Text("phone", "Telefon"), Text("email", "Email"), Text("room", "Pokoj")),
)

HOURS = Shape(
    card.Hours,
    (Attribute("weekday", "dzien"), Attribute("opens", "od"), Attribute("closes", "do")),
)

HOURS_EXCEPTION = Shape(
    card.HoursException,
    (
        Attribute("date_from", "pierwszyDzien"),
        Attribute("date_to", "ostatniDzien"),
        Attribute("closed", "zamkniete"),
        Attribute("opens", "od"),
        Attribute("closes", "do"),
    ),
    text="reason",
)

FACILITY = Shape(
    card.Facility,
    (
        Attribute("count", "liczba"),
        Attribute("cost", "koszt"),
        Attribute("availability", "dostepnosc"),
        Attribute("available_from", "dostepneOd"),
        Attribute("available_to", "dostepneDo"),
        Attribute("confirmed_on", "potwierdzono"),
    ),
    content=(Text("kind", "Rodzaj"), Text("how_to_ask", "JakPoprosic")),
)

SERVICE_POINT = Shape(
    card.ServicePoint,
    content=(
        Text("name", "Nazwa"),
        Text("address", "Adres"),
        Text("floor", "Pietro"),
        Text("room", "Pokoj"),
        Child("hours", "Godziny", HOURS, wrapper="GodzinyOtwarcia"),
        Child("exceptions", "Wyjatek", HOURS_EXCEPTION, wrapper="WyjatkiOdGodzin"),
        Text("booking", "UmawianieWizyt"),
        Text("payment_methods", "SposobZaplaty"),
        Text("cash_machine_note", "WplatomatIKasa"),
        Text("accessibility", "Dostepnosc"),
        Child("facilities", "Udogodnienie", FACILITY, wrapper="Udogodnienia"),
    ),
)

OFFICE = Shape(
    card.OfficeReference,
    (Attribute("code", "idPodmiotu"),),
    content=(
        Group(
            "inst:Instytucja",
            (
                Text("name", "inst:NazwaInstytucji"),
                Group("inst:IdInstytucji", (Text("nip", "inst:NIP"), Text("regon", "inst:REGON"))),
                Group(
                    "adr:Adres",
                    (Text("town", "adr:Miejscowosc"), Fixed("adr:Kraj", "PL"), Text("address", "adr:Uwagi")),
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

CARD = Shape(
    card.Card,
    (Attribute("key", "id"), Attribute("kind", "rodzaj", codes.KINDS)),
    content=(
        Text("symbol", "Symbol"),
        Text("title", "Nazwa"),
        Text("official_name", "NazwaUrzedowa"),
        Text("service", "Usluga"),
        Paragraphs("summary", "OpisOgolny"),
        Child("topic", "Klasyfikacja", TOPIC),
        Child("more_topics", "KlasyfikacjaDodatkowa", TOPIC),
        Child("life_events", "ZdarzenieZyciowe", LIFE_EVENT),
        Child("office_type", "TypUrzedu", NAMED),
        Child("office", "Uslugodawca", OFFICE),
        Text("audience", "Adresat", wrapper="DlaKogo"),
        Child("client_groups", "Grupa", ITEM, wrapper="GrupyKlientow"),
        Child("keywords", "SlowaKluczowe", KEYWORDS),
        Paragraphs("who", "KogoDotyczy"),
        Paragraphs("when", "KiedyZalatwic"),
        Child("before_you_start", "Wskazowka", ITEM, wrapper="ZanimZaczniesz"),
        Child("jurisdiction", "WlasciwoscMiejscowa", JURISDICTION),
        Child("channels", "Sposob", CHANNEL, wrapper="MiejsceZlozenia"),
        Child("documents", "WymaganyDokument", DOCUMENT, wrapper="WymaganeDokumenty"),
        Child("forms", "Formularz", FORM, wrapper="Formularze"),
        Child("steps", "Etap", STEP, wrapper="Etapy"),
        Child("fees", "Oplata", FEE, wrapper="Oplaty"),
        Text("exemptions", "Zwolnienie", wrapper="Zwolnienia"),
        Child("client_deadlines", "Termin", DEADLINE, wrapper="TerminZlozenia"),
        Child("handling_time", "Termin", DEADLINE, wrapper="TerminZalatwienia"),
        Text("local_average_days", "SredniCzasWDniach"),
        Text("local_average_on", "SredniCzasStanNa"),
        Child("outcome", "Rezultat", OUTCOME),
        Paragraphs("pickup", "SposobOdbioru"),
        Child("appeal", "SrodekOdwolawczy", APPEAL, wrapper="TrybOdwolawczy"),
        Paragraphs("consequence_of_missing", "SkutekNiezalatwienia"),
        Child("mistakes", "Blad", ITEM, wrapper="NajczestszeBledy"),
        Child("special_needs", "Dostosowanie", SPECIAL_NEED, wrapper="SzczegolnePotrzeby"),
        Child("place", "PunktObslugi", SERVICE_POINT),
        Child("legal_basis", "Akt", ACT, wrapper="PodstawaPrawna"),
        Child("related", "UslugaPowiazana", RELATED),
        Text("local_notes", "Informacja", wrapper="InformacjeUrzedu"),
        Paragraphs("privacy_notice", "KlauzulaRODO"),
        Child("responsible_unit", "KomorkaOdpowiedzialna", UNIT),
        Child("contact", "Kontakt", CONTACT),
        Child("variants", "Wersja", VARIANT, wrapper="WersjeKarty"),
        Text("legal_state_date", "StanPrawnyNa"),
        Text("valid_from", "ObowiazujeOd"),
        Text("valid_to", "ObowiazujeDo"),
        Text("version", "NumerWersji"),
        Paragraphs("change_note", "OpisZmiany"),
        Text("last_verified", "Sprawdzono"),
        Text("next_review", "NastepnyPrzeglad"),
        Pairs("origins", "Pole", "Pochodzenie", key="nazwa", value="zrodlo", words=codes.ORIGINS),
    ),
)

"""Closed sets of codes in published cards that are plain texts in their shape. Authors choose from the same sets."""

from __future__ import annotations

AUDIENCES = ("obywatel", "przedsiębiorca", "cudzoziemiec", "rolnik", "instytucja")
CHANNELS = ("osobiście", "poczta", "internet", "e-doręczenia", "e-mail", "telefon", "konsul", "przez gminę")
CALENDARS = ("KPA57", "OP12", "KC111")
JURISDICTION_BASES = (
    "any", "client_residence", "client_stay", "client_residence_or_property", "client_residence_or_seat", "business_place",
    "activity_place", "property_location", "school_seat", "document_origin", "event_place",
)  # fmt: skip
REMEDIES = ("odwołanie", "zażalenie", "sprzeciw", "skarga", "ponowne rozpatrzenie", "ponaglenie", "brak")
SATISFIED_BY = ("dispatch", "receipt", "action_in_system", "action_by_office")

"""Models of the catalogue. `registers` for central staff, `office` for offices, `complete_cards` for what the law
says (with `card_rows`, `time_limits` and `prose`), `office_cards` for what an office adds.

Imports go downwards: office_cards -> complete_cards -> card_rows -> time_limits -> registers; office_cards -> office -> registers.
"""

from service_catalog.inheritance.models import (
    Adoption,
    AdoptionChoice,
    ModelRemark,
    OfferDecision,
    Reconciliation,
)
from service_catalog.models.card_rows import (
    CardAppeal,
    CardChannel,
    CardDocument,
    CardFee,
    CardForm,
    CardLegalBasis,
    CardPlacement,
    CardRelation,
    ClientDeadline,
    HandlingTime,
)
from service_catalog.models.complete_cards import (
    CompleteCard,
    ModelCard,
    ModelCataloguePage,
    ModelCataloguesPage,
)
from service_catalog.models.editing_aids import LinkCheck, WordSwap
from service_catalog.models.office import (
    BankAccount,
    Facility,
    Jurisdiction,
    NotOffered,
    OfficePage,
    OfficesPage,
    OpeningException,
    OpeningHours,
    OrganisationalUnit,
    ServicePoint,
)
from service_catalog.models.office_cards import ChannelWords, LocalCard, OfficeCard, OfficePrice, office_of
from service_catalog.models.registers import (
    ConsolidatedText,
    FormFamily,
    FormVersion,
    LegalAct,
    OfficeType,
    Service,
    ServiceGroup,
    Topic,
    TopicCategory,
)

__all__ = [
    "Adoption",
    "AdoptionChoice",
    "BankAccount",
    "CardAppeal",
    "CardChannel",
    "CardDocument",
    "CardFee",
    "CardForm",
    "CardLegalBasis",
    "CardPlacement",
    "CardRelation",
    "ChannelWords",
    "ClientDeadline",
    "CompleteCard",
    "ConsolidatedText",
    "Facility",
    "FormFamily",
    "FormVersion",
    "HandlingTime",
    "Jurisdiction",
    "LegalAct",
    "LinkCheck",
    "LocalCard",
    "ModelCard",
    "ModelCataloguePage",
    "ModelCataloguesPage",
    "ModelRemark",
    "NotOffered",
    "OfferDecision",
    "OfficeCard",
    "OfficePage",
    "OfficePrice",
    "OfficeType",
    "OfficesPage",
    "OpeningException",
    "OpeningHours",
    "OrganisationalUnit",
    "Reconciliation",
    "Service",
    "ServiceGroup",
    "ServicePoint",
    "Topic",
    "TopicCategory",
    "WordSwap",
    "office_of",
]

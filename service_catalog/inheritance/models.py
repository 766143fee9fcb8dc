"""What is stored about inheritance: reconciliations, decisions not to offer, remarks to the model, adoption in progress."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

OFFICE_CARD = "service_catalog.OfficeCard"
OFFICE = "service_catalog.OfficePage"
MODEL_CARD = "service_catalog.ModelCard"
PERSON = settings.AUTH_USER_MODEL


class Reconciliation(models.Model):
    """Do uzgodnienia: the model changed under words of an office, and the office decides.

    The three texts are written for people, a line per entry. A decision that changes the card ("accepted", "corrected") becomes
    public with the card's next publication; `in_force_at` says when.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "do uzgodnienia"
        ACCEPTED = "accepted", "przyjęto wzorzec"
        KEPT = "kept", "zostawiono treść urzędu"
        CORRECTED = "corrected", "poprawiono treść urzędu"
        VOID = "void", "bezprzedmiotowe"

    office_card = models.ForeignKey(
        OFFICE_CARD, on_delete=models.CASCADE, related_name="reconciliations", verbose_name="karta urzędu"
    )
    field = models.CharField("pole", max_length=40)
    item = models.CharField("cena albo sposób", max_length=40, blank=True)
    old_model = models.TextField("wzorzec przed zmianą", blank=True)
    new_model = models.TextField("wzorzec po zmianie", blank=True)
    ours = models.TextField("treść urzędu", blank=True)
    since_sequence = models.BigIntegerField("wydanie wzorca")
    since_day = models.DateField("wzorzec zmienia się dnia")
    opened_at = models.DateTimeField("zauważono")
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField("powód", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zdecydował"
    )
    decided_at = models.DateTimeField("kiedy zdecydowano", null=True, blank=True)
    in_force_at = models.DateTimeField("widoczne dla klientów od", null=True, blank=True)

    class Meta:
        verbose_name = "uzgodnienie"
        verbose_name_plural = "uzgodnienia"
        ordering = ("office_card", "field", "item", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("office_card", "field", "item"), condition=Q(state="open"), name="one_open_reconciliation"
            )
        ]
        indexes = (models.Index(fields=("state", "office_card"), name="reconciliation_state"),)

    def __str__(self) -> str:
        return f"{self.office_card_id}: {self.field} {self.item}".rstrip()


class OfferDecision(models.Model):
    """Nie oferujemy: an office says that it does not give a service, or takes that back.

    Waits for another person only when it withdraws a published card. `NotOffered` holds what is in force.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "czeka na potwierdzenie"
        STANDING = "standing", "obowiązuje"
        REFUSED = "refused", "odrzucona"
        REVERSED = "reversed", "cofnięta"

    office = models.ForeignKey(OFFICE, on_delete=models.CASCADE, related_name="offer_decisions", verbose_name="urząd")
    model_card = models.ForeignKey(
        MODEL_CARD, on_delete=models.CASCADE, related_name="offer_decisions", verbose_name="karta wzorcowa"
    )
    reason = models.CharField("powód", max_length=300)
    state = models.CharField("stan", max_length=10, choices=State.choices)
    asked_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zgłosił"
    )
    asked_at = models.DateTimeField("kiedy zgłoszono")
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto rozstrzygnął"
    )
    decided_at = models.DateTimeField("kiedy rozstrzygnięto", null=True, blank=True)
    answer = models.CharField("odpowiedź", max_length=300, blank=True)

    class Meta:
        verbose_name = "decyzja o nieoferowaniu usługi"
        verbose_name_plural = "decyzje o nieoferowaniu usług"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("office", "model_card"),
                condition=Q(state__in=["waiting", "standing"]),
                name="one_offer_decision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.model_card_id} {self.state}"


class ModelRemark(models.Model):
    """Uwaga do wzorca: an office thinks that the model card is wrong and says why, with the legal basis."""

    class State(models.TextChoices):
        """The owner's answer."""

        OPEN = "open", "czeka na odpowiedź"
        ACCEPTED = "accepted", "przyjęta"
        REJECTED = "rejected", "odrzucona"
        EXPLAINED = "explained", "wyjaśniona"

    model_card = models.ForeignKey(
        MODEL_CARD, on_delete=models.CASCADE, related_name="remarks", verbose_name="karta wzorcowa"
    )
    office = models.ForeignKey(OFFICE, on_delete=models.CASCADE, related_name="model_remarks", verbose_name="urząd")
    text = models.TextField("uwaga", max_length=2000)
    legal_basis = models.CharField("podstawa prawna", max_length=300)
    author = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="autor"
    )
    written_at = models.DateTimeField("napisano")
    due_on = models.DateField("odpowiedź do")
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField("odpowiedź", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto odpowiedział"
    )
    answered_at = models.DateTimeField("kiedy odpowiedziano", null=True, blank=True)

    class Meta:
        verbose_name = "uwaga do wzorca"
        verbose_name_plural = "uwagi do wzorca"
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("state", "due_on"), name="remark_state"),)

    def __str__(self) -> str:
        return f"{self.office_id}: {self.model_card_id}"


class Adoption(models.Model):
    """Przyjęcie katalogu wzorcowego: how far an office has come. The choices stay until cards are made of them."""

    office = models.OneToOneField(OFFICE, on_delete=models.CASCADE, related_name="adoption", verbose_name="urząd")
    started_by = models.ForeignKey(
        PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zaczął"
    )
    started_at = models.DateTimeField("zaczęto")
    cards_made_at = models.DateTimeField("utworzono karty", null=True, blank=True)
    sent_at = models.DateTimeField("wysłano do zatwierdzenia", null=True, blank=True)

    class Meta:
        verbose_name = "przyjęcie katalogu"
        verbose_name_plural = "przyjęcia katalogów"

    def __str__(self) -> str:
        return f"{self.office_id}"


class AdoptionChoice(models.Model):
    """What a new office says about one model card: offered, where and by whom, or not offered and why."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="choices", verbose_name="przyjęcie")
    model_card = models.ForeignKey(
        MODEL_CARD, on_delete=models.CASCADE, related_name="+", verbose_name="karta wzorcowa"
    )
    offered = models.BooleanField("oferujemy", null=True)
    reason = models.CharField("powód", max_length=300, blank=True)
    unit = models.ForeignKey(
        "service_catalog.OrganisationalUnit", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="komórka",
    )  # fmt: skip
    point = models.ForeignKey(
        "service_catalog.ServicePoint", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="punkt obsługi",
    )  # fmt: skip
    room = models.CharField("pokój", max_length=40, blank=True)

    class Meta:
        verbose_name = "wybór przy przyjęciu katalogu"
        verbose_name_plural = "wybory przy przyjęciu katalogu"
        constraints = [models.UniqueConstraint(fields=("adoption", "model_card"), name="one_choice_per_model_card")]

    def __str__(self) -> str:
        return f"{self.adoption_id}: {self.model_card_id}"

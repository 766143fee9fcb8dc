"""Addresses of the screens of inheritance below `/admin/`. Pages are named `page_id`, so the walls between offices stand before."""

from __future__ import annotations

from django.urls import URLPattern, path

from service_catalog.inheritance import (
    adoption_views,
    impact_views,
    moving_views,
    offer_views,
    reconciliation_views,
    remark_views,
)

urlpatterns: list[URLPattern] = [
    path("uzgodnienia/", reconciliation_views.waiting, name="inheritance_reconciliations"),
    path("uzgodnienia/<int:page_id>/", reconciliation_views.reconcile, name="inheritance_reconcile"),
    path("uzgodnienia/decyzja/<int:reconciliation_id>/", reconciliation_views.decide, name="inheritance_decide"),
    path("wzorce/<int:page_id>/kogo-dotyczy/", impact_views.concerned, name="inheritance_impact"),
    path("wzorce/<int:page_id>/nieoferowane/", offer_views.not_offered_by_type, name="inheritance_not_offered"),
    path("uslugi-urzedu/<int:page_id>/", offer_views.catalogue, name="inheritance_offer"),
    path("uslugi-urzedu/<int:page_id>/zmiana/", offer_views.change_offer, name="inheritance_change_offer"),
    path("uslugi-urzedu/decyzja/<int:offer_decision_id>/", offer_views.decide_offer, name="inheritance_decide_offer"),
    path("przenies-karty/<int:page_id>/", moving_views.cards_by_place, name="inheritance_move_cards"),
    path("uwagi-do-wzorca/", remark_views.remarks, name="inheritance_remarks"),
    path("uwagi-do-wzorca/nowa/<int:page_id>/", remark_views.new_remark, name="inheritance_new_remark"),
    path("uwagi-do-wzorca/<int:remark_id>/", remark_views.remark, name="inheritance_remark"),
    path("nowy-urzad/", adoption_views.adoptions, name="inheritance_adoptions"),
    path("nowy-urzad/dodaj/", adoption_views.new_office, name="inheritance_new_office"),
    path("nowy-urzad/<int:page_id>/", adoption_views.adopt, name="inheritance_adoption"),
    path("nowy-urzad/<int:page_id>/karty/", adoption_views.adopt_cards, name="inheritance_adoption_cards"),
    path(
        "nowy-urzad/<int:page_id>/podsumowanie/", adoption_views.adoption_summary, name="inheritance_adoption_summary"
    ),
    path("nowy-urzad/<int:page_id>/zakoncz/", adoption_views.finish_adoption, name="inheritance_adoption_finish"),
]

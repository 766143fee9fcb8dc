"""Addresses of the public pages. The prefixes are those of `public_site.addresses`."""

from __future__ import annotations

from django.urls import path

from public_site import card_pages, crawlers, life_event_pages, office_pages, topic_pages, views

app_name = "public_site"

urlpatterns = [
    path("", views.home, name="home"),
    path("karta/<str:symbol>/", card_pages.general_card, name="general_card"),
    path("karta/<str:symbol>/<str:office>/", card_pages.office_card, name="office_card"),
    path("dzialy/", topic_pages.topic_list, name="topics"),
    path("dzialy/<slug:topic>/", topic_pages.topic_page, name="topic"),
    path("dzialy/<slug:topic>/<slug:category>/", topic_pages.topic_page, name="category"),
    path("dzialy/<slug:topic>/<slug:category>/<slug:group>/", topic_pages.topic_page, name="group"),
    path("urzedy/", office_pages.office_list, name="offices"),
    path("urzedy/<slug:code>/", office_pages.office_page, name="office"),
    path("zdarzenia/", life_event_pages.life_event_list, name="life_events"),
    path("zdarzenia/<slug:code>/", life_event_pages.life_event_page, name="life_event"),
    path("deklaracja-dostepnosci/", views.accessibility_declaration, name="accessibility_declaration"),
    path("o-serwisie/", views.about, name="about"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", crawlers.sitemap, name="sitemap_file"),
    path("robots.txt", crawlers.robots, name="robots"),
]

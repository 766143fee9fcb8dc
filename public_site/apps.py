"""Django app `public_site`."""

from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    """Registers the app under its Polish name."""

    name = "public_site"
    verbose_name = "Strony publiczne"

    def ready(self) -> None:
        """Offer the rendering of previews to the editor's screen."""
        from cms.previews import register_renderer
        from public_site.previews import card_preview

        register_renderer(card_preview)

"""The site as a Django app: its own templates and the home page."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "escale.site"
    label = "site"
    verbose_name = "Site"

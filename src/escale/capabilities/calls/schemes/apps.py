"""Schemes as a Django app."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "escale.capabilities.calls.schemes"
    label = "schemes"
    verbose_name = "Appels"

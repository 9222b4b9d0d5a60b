"""Dossiers as a Django app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "escale.capabilities.calls.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"

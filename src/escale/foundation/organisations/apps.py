"""Organisations as a Django app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "escale.foundation.organisations"
    label = "organisations"
    verbose_name = "Organisations"

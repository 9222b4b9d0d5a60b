"""Editions as a Django app."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "escale.foundation.editions"
    label = "editions"
    verbose_name = "Éditions"

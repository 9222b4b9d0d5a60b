"""The territory as a Django app."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "escale.foundation.territory"
    label = "territory"
    verbose_name = "Territoire"

"""The directory as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "escale.capabilities.directory"
    label = "directory"
    verbose_name = "Annuaire des lieux"

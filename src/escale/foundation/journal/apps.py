"""The journal as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "escale.foundation.journal"
    label = "journal"
    verbose_name = "Journal"

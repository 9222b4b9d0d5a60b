"""Documents as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "escale.foundation.documents"
    label = "documents"
    verbose_name = "Documents"

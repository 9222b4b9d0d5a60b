"""Post as a Django app."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "escale.foundation.post"
    label = "post"
    verbose_name = "Courrier"

"""The words by which a filed dossier is found: folded, without accents, one row a word, both databases alike."""

from django.db import models

from escale.foundation.organisations.models import Service


class Word(models.Model):
    """One word of a dossier's number, title, applicant or commune. ``service`` is the dossier's, which never changes:
    a service reads its own words alone.
    """

    dossier = models.ForeignKey("Dossier", on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ("dossier_id", "word")
        constraints = [models.UniqueConstraint(fields=["dossier", "word"], name="one_row_a_word")]
        indexes = [models.Index(fields=["service", "word", "dossier"], name="words_of_service")]

    def __str__(self) -> str:
        return self.word

"""The words by which a filed dossier is found: folded, without accents, one row a word, both databases alike."""

from django.db import models


class Word(models.Model):
    """One word of a dossier's number, title, applicant or commune. ``filed_at`` is copied: a word is read by date."""

    dossier = models.ForeignKey("Dossier", on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40)
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ("dossier_id", "word")
        constraints = [models.UniqueConstraint(fields=["dossier", "word"], name="one_row_a_word")]
        indexes = [models.Index(fields=["word", "-filed_at", "-dossier"], name="word_by_date")]

    def __str__(self) -> str:
        return self.word

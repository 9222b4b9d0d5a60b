"""Persons and what signs them in. Roles are never here: hats are relative to a thing."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Looks persons up by mail, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone who can sign in.

    ``key`` names the person where a name or mail must not stand (the journal's hashed lines).
    ``is_active`` false: the account is closed, its personal data blanked, its traces kept. ``warned_at``: when an
    account that nobody uses was told that it will be closed.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse électronique"), max_length=254, unique=True)
    name = models.CharField(_("prénom et nom"), max_length=200, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    language = models.CharField(
        _("langue"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """The name, else the address; a closed account has neither."""
        if not self.is_active:
            return gettext("compte fermé")
        return self.name or self.email

    @property
    def has_password(self) -> bool:
        """Whether the person ever chose a password."""
        return bool(self.password) and self.has_usable_password()

    @property
    def is_staff(self) -> bool:
        """Nobody enters Django's admin by rank: daily work has its own screens."""
        return False


class Proof(models.Model):
    """A one-time proof that someone reads a mail address: a link and a six-digit code, both only as digests.

    ``person`` is set when an account asks to change its address (``email`` is then the new one). A proof
    ends when it is used, when it expires, or after too many wrong codes.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        CHANGE_EMAIL = "change_email"

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    email = models.EmailField(max_length=254)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    link_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    next_page = models.TextField(blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="proof_expiry")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Tally(models.Model):
    """How often something was tried in one window of time: limits that hold across workers.

    ``key`` is a keyed digest of an address (mail or network): no address is kept here.
    """

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scope", "key", "window"], name="one_tally_per_window")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["window"], name="tally_window")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window}: {self.tries}"


class Session(AbstractBaseSession):
    """A browser session, with what its owner needs to recognise it. Deleting the row signs it out at once.

    ``device`` is a short description ("Firefox sur Linux"); ``how`` the way it was opened (link, code,
    password, demo). Visitors who have not signed in may have one too: ``person`` is then null.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions")
    # Not unique: Django writes the renewed row before it drops the old one, with the same data.
    reference = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    device = models.CharField(max_length=100, blank=True)
    how = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):
        db_table = "people_session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that writes these rows (settings.SESSION_ENGINE)."""
        return import_string("escale.foundation.people.sessions.SessionStore")

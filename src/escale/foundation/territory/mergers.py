"""A commune that merged: whatever pointed to it points to the one that holds it now, its people are counted there."""

from django.db.models import F, ForeignKey, ManyToManyField

from escale.foundation.territory.models import Commune, Population, Travel


def absorb(code: str, into: str) -> None:
    """Takes the commune ``code`` into ``into`` (both are communes today). The caller holds the transaction.

    Populations are added year by year where both have one; tables of minutes from the old commune are dropped;
    rows of any service that named the old commune name the new one.
    """
    for row in Population.objects.filter(commune_id=code):
        if not Population.objects.filter(commune_id=into, year=row.year).update(
            inhabitants=F("inhabitants") + row.inhabitants
        ):
            Population.objects.create(commune_id=into, year=row.year, inhabitants=row.inhabitants)
    Population.objects.filter(commune_id=code).delete()
    Travel.objects.filter(origin_id=code).delete()
    Travel.objects.filter(destination_id=code).delete()
    for relation in Commune._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if isinstance(field, ManyToManyField):
            _repoint(field, code, into)
        elif isinstance(field, ForeignKey) and not field.model._meta.auto_created:
            field.model._base_manager.filter(**{field.name: code}).update(**{field.name: into})
    Commune.objects.filter(code=code).delete()


def _repoint(field: ManyToManyField, code: str, into: str) -> None:
    """Sets of communes (zones, groupings): the new commune stands where the old one stood, once."""
    through = field.remote_field.through
    assert through is not None
    owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = through._base_manager.filter(**{target: code})
    there = set(through._base_manager.filter(**{target: into}).values_list(f"{owner}_id", flat=True))
    for row in list(rows):
        if getattr(row, f"{owner}_id") not in there:
            through._base_manager.create(**{f"{owner}_id": getattr(row, f"{owner}_id"), f"{target}_id": into})
    rows.delete()

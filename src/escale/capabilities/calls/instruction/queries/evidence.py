"""Whether what was examined and corrected still is what it was: digests recomputed, the journal beside them."""

from collections.abc import Iterator

from django.db.models import F

from escale.capabilities.calls.dossiers.models import DossierVersion
from escale.capabilities.calls.instruction.models import Examination
from escale.foundation.journal.chain import digest
from escale.foundation.journal.models import Entry


def problems() -> Iterator[str]:
    """A code and a number for each examination or correction that is not as it was frozen."""
    said = {
        (entry.subject_id, entry.act, entry.data.get("n") or entry.data.get("version")): entry.data.get("sha256")
        for entry in Entry.objects.filter(act__in=("examine", "supply"), subject__kind="dossier").order_by("pk")
    }
    for one in Examination.objects.annotate(subject=F("dossier__subject")).select_related("dossier").order_by("pk"):
        if digest(one.document) != one.sha256 or said.get((one.subject, "examine", one.n)) != one.sha256:
            yield f"examination_altered {one.dossier.number} {one.n}"
    later = DossierVersion.objects.filter(n__gt=1).select_related("dossier").order_by("pk")
    for version in later:
        if said.get((version.dossier.subject_id, "supply", version.n)) != version.sha256:
            yield f"journal_differs {version.dossier.number} v{version.n}"

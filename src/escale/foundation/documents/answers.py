"""Handing a file out. Who may open it was decided by the calling view, on this very request."""

from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from escale.foundation.documents import storage
from escale.foundation.documents.kinds import KINDS
from escale.foundation.documents.models import Document
from escale.rules.refusal import Refused

#: Whatever the file holds, it runs nothing, loads nothing and is a stranger to the site.
_LOCKED_UP = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


def serve(document: Document, request: HttpRequest | None = None, *, shown: bool = False) -> HttpResponseBase:
    """The file, saved to disk by default; ``shown``: displayed by the browser when its kind allows it.

    Raises ``Refused`` (file_erased, file_lost, storage_unavailable) with what can be done.
    """
    if document.status == Document.Status.ERASED:
        raise Refused(
            "file_erased",
            _("« {name} » a été détruit le {day} à la fin de sa durée de conservation.").format(
                name=document.name, day=f"{document.erased_at:%d/%m/%Y}"
            ),
        )
    if request is not None and request.headers.get("If-None-Match") == _tag(document):
        return _protect(HttpResponseNotModified(), document)
    response = FileResponse(_open(document), content_type=document.content_type)
    as_attachment = not (shown and KINDS[document.kind].shown)
    response["Content-Disposition"] = content_disposition_header(as_attachment, document.name) or "attachment"
    response["Content-Length"] = str(document.size)
    return _protect(response, document)


def _open(document: Document) -> BinaryIO:
    try:
        return storage.reading(document.sha256)
    except storage.Lost as error:
        raise Refused(
            "file_lost",
            _(
                "« {name} » a disparu de notre stockage. Nous devons le retrouver dans une sauvegarde : "
                "signalez-le par la page Contact."
            ).format(name=document.name),
        ) from error
    except storage.Unavailable as error:
        raise Refused(
            "storage_unavailable",
            _("Notre stockage ne répond pas : « {name} » s’ouvrira dans quelques minutes.").format(name=document.name),
        ) from error


def _protect[R: HttpResponseBase](response: R, document: Document) -> R:
    # Chromium refuses to show a PDF in a sandbox; a PDF cannot act on the site that sent it.
    sandbox = "" if document.kind == "pdf" else "; sandbox"
    response["Content-Security-Policy"] = _LOCKED_UP + sandbox
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = _tag(document)
    return response


def _tag(document: Document) -> str:
    return f'"{document.sha256}"'

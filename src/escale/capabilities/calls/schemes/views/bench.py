"""The bench: cases tried on what is being written, kept with what they must give."""

import json
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes import actions, queries, wording
from escale.capabilities.calls.schemes.forms import cases as forms
from escale.capabilities.calls.schemes.queries import cases
from escale.capabilities.calls.schemes.views.drafted import Drafted, desk_trail, drafted, person_of
from escale.rules.money import plain_euros
from escale.rules.scheme import trial
from escale.ui.routes import Request


def bench(request: Request, key: str) -> HttpResponse:
    """The kept cases: what each must give, what it gives now."""
    draft = drafted(request, key)
    edition = trial.load(queries.shown_document(draft.tree))
    context = {
        "scheme": draft.scheme, "trail": desk_trail(draft.scheme), "problems": len(draft.problems),
        "rows": cases.kept(draft.scheme.samples.all(), edition), "form": forms.CaseFileForm(),
    }  # fmt: skip
    return render(request, "schemes/bench.html", context)


def try_case(request: Request, key: str) -> HttpResponse:
    """One case on a form: its verdict, its criteria, the lines of its aid. Kept only when one asks."""
    draft = drafted(request, key, "keep-case")
    edition = trial.load(queries.shown_document(draft.tree))
    record, do = cases.case_record(edition.document), request.POST.get("do", "")
    tree, name, wrong = _begun(request, draft)
    if request.method == "POST" and not wrong and "file" not in request.FILES:
        tree = forms.gathered(record, request.POST, tree)
    answer, problems = cases.tried(edition, json.loads(json.dumps(tree)))
    tried = (request.method == "POST" and (do in ("try", "keep") or "file" in request.FILES)) or "case" in request.GET
    verdict, cents = cases.outcome(answer)
    expected = {
        "name": name,
        "verdict": verdict,
        "total": plain_euros(cents).replace(".", ",") if cents is not None else "",
    }
    keeping = forms.KeepForm(request.POST if do == "keep" else None, initial=expected)
    if do == "keep" and keeping.is_valid() and answer is not None:
        given = keeping.cleaned_data
        actions.keep_case(draft.scheme, given["name"], tree, verdict=given["verdict"], total_cents=given["total"],
                          by=person_of(request), at=request.at)  # fmt: skip
        return HttpResponseRedirect(reverse("scheme-bench", args=[key]), status=303)
    context = _page(draft, forms.shown(record, tree, problems if tried else []))
    context |= {"answer": answer if tried else None, "errors": _errors(problems) if tried else [], "keeping": keeping,
                "title": wording.VERDICTS[answer["verdict"]] if answer else "", "wrong": wrong}  # fmt: skip
    failed = bool(wrong) or (tried and answer is None) or (do == "keep" and bool(keeping.errors))
    return render(request, "schemes/case.html", context, status=422 if failed else 200)


def _begun(request: Request, draft: Drafted) -> tuple[dict[str, Any], str, list[str]]:
    """What the page starts from: a kept case, a file, or nothing; the name of the kept one, what is wrong in the file."""
    if "file" in request.FILES:
        form = forms.CaseFileForm(request.POST, request.FILES)
        return (
            (form.cleaned_data["file"], "", [])
            if form.is_valid()
            else ({}, "", [str(one) for one in form.errors["file"]])
        )
    number = request.GET.get("case", "")
    if number.isdecimal() and len(number) < 18 and request.method == "GET":
        sample = get_object_or_404(draft.scheme.samples, pk=int(number))
        return sample.case, sample.name, []
    return {}, request.POST.get("name", ""), []


def _errors(problems: list[Any]) -> list[tuple[str, str]]:
    return [
        (
            "at-case-" + "-".join(map(str, one.steps)),
            _("{label} : {problem}").format(label=one.path, problem=one.message) if one.path else one.message,
        )
        for one in problems
    ]


def _page(draft: Drafted, whole: Any) -> dict[str, Any]:
    trail = [*desk_trail(draft.scheme), (_("Banc d’essai"), reverse("scheme-bench", args=[draft.scheme.key]))]
    return {
        "scheme": draft.scheme,
        "trail": trail,
        "nodes": whole.children,
        "folded": whole.folded,
        "problems": len(draft.problems),
    }


def drop_case(request: Request, key: str, number: int) -> HttpResponse:
    """A case is kept no more."""
    draft = drafted(request, key, "drop-case")
    sample = get_object_or_404(draft.scheme.samples, pk=min(number, 2**62))
    actions.drop_case(draft.scheme, sample, by=person_of(request), at=request.at)
    return HttpResponseRedirect(reverse("scheme-bench", args=[key]), status=303)

"""One report: its text with every claim marked, what each is about, its date, where each sentence comes from."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from attested import codec
from attested.errors import InputError
from attested.ledger import lists
from attested.views import rows
from attested.views.difference import Difference, difference
from attested.views.evidence import meaning_of
from attested.views.facts import Facts
from attested.views.layout import SENTENCE
from attested.views.report_view import group_slug, report_view, sentence_id, status_words
from attested.web import render

_DEFANGED = str.maketrans({".": "[.]", ":": "[:]"})


def report(request: Request) -> Response:
    """A report's page; ``against`` another one shows what was added, cut and changed, ``whole`` cuts no line short."""
    facts, id = _asked(request)
    view = report_view(facts, id, whole=bool(request.query_params.get("whole")))
    page = view.page
    return render.page(
        request,
        "report.html.j2",
        view=view,
        facts=facts,
        difference=_against(request, facts, id),
        beside=render.ledger_of(request).store.ask(lists.beside, id),
        url=view.report.url or (page.url if page else None),
        defanged=defanged,
        group_slug=group_slug,
        sentence_id=sentence_id,
        status_words=status_words,
        SENTENCE=SENTENCE,
    )


def report_data(request: Request) -> Response:
    """The same as JSON: ``body``, ``furniture`` and all offsets are in code points of ``text``."""
    facts, id = _asked(request)
    view = report_view(facts, id, whole=True)
    compared = _against(request, facts, id)
    return render.data(
        {
            "report": rows.report_row(facts, view.report),
            "page": rows.page_row(facts, view.page) if view.page else None,
            "text": view.report.text,
            "sentences": [codec.encode(sentence) for sentence in view.sentences],
            "claims": [_claim_row(facts, told.claim) for group in view.groups for told in group.claims],
            "not_counted": [codec.encode(mention) for mention in view.not_counted],
            "made_from": [rows.derivation_row(facts, edge) for edge in view.made_from],
            "made_into": [rows.derivation_row(facts, edge) for edge in view.made_into],
            "origin": rows.origin_row(facts, view.origin) if view.origin else None,
            "story": rows.story_row(facts, view.story) if view.story else None,
            "against": codec.encode(compared) if compared else None,
        }
    )


def claim(request: Request) -> Response:
    """Lead from a claim to its words in its report."""
    file = render.ledger_of(request)
    id = file.find(request.path_params["id"], ("claim",))
    return RedirectResponse(f"/report/{file.store.ask(lists.report_of, id)}#{id}", 303)


def claim_data(request: Request) -> Response:
    """One claim as JSON."""
    file = render.ledger_of(request)
    facts = file.facts(id := file.find(request.path_params["id"], ("claim",)))
    return render.data(_claim_row(facts, facts.claims[id]))


def defanged(url: str) -> str:
    """An address that nobody follows by accident: ``https[:]//news[.]example/today``."""
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}[:]//{host.translate(_DEFANGED)}{slash}{path}" if colon else url.translate(_DEFANGED)


def _asked(request: Request) -> tuple[Facts, str]:
    file = render.ledger_of(request)
    id = file.find(request.path_params["id"], ("report",))
    return file.facts(id), id


def _against(request: Request, facts: Facts, id: str) -> Difference | None:
    """What the report added to, cut from and changed of the one that the address names."""
    if not (wanted := request.query_params.get("against", "")):
        return None
    other = render.ledger_of(request).find(wanted, ("report",))
    if other == id or other not in facts.reports:
        raise InputError(f"{other} is no other report of the family or story of {id}; see: attested diff")
    return difference(facts, other, id)


def _claim_row(facts: Facts, claim: Any) -> dict[str, Any]:
    return {**rows.claim_row(facts, claim), "meaning": meaning_of(facts, claim)}

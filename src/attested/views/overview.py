"""What a ledger holds, in figures and in one sentence."""

from __future__ import annotations

from collections import Counter

from attested.views.facts import Facts
from attested.views.words import listed, number_words


def counts(facts: Facts) -> dict[str, int]:
    """How many of each: pages read and set aside, reports, origins, stories, incidents, statements, ..."""
    return {
        "pages": len(facts.pages),
        "pages_read": len(facts.pages) - len(facts.set_aside),
        "pages_set_aside": len(facts.set_aside),
        "reports": len(facts.reports),
        "origins": len(facts.origins),
        "stories": len(facts.stories),
        "incidents": len(facts.incidents),
        "statements": len(facts.statements),
        "trends": len(facts.trends),
        "contradictions": facts.n_contradictions,
        "claims": len(facts.claims),
    }


def set_aside_reasons(facts: Facts) -> dict[str, int]:
    """Reasons for which pages were set aside, the most frequent first."""
    reasons = Counter(page.why or "no reason kept" for page in facts.set_aside)
    return dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))


def summary_line(facts: Facts) -> str:
    """``Five pages, four reports from two origins, one story: three incidents and one disagreement.``"""
    n = counts(facts)
    read = f"{number_words(n['pages'], 'page')}, {number_words(n['reports'], 'report')}"
    told = [
        number_words(n["incidents"], "incident"),
        number_words(n["statements"], "statement"),
        number_words(n["contradictions"], "disagreement"),
    ]
    family = f"{number_words(n['origins'], 'origin')}, {number_words(n['stories'], 'story', 'stories')}"
    line = f"{read} from {family}: {listed(told)}."
    return line[0].upper() + line[1:]

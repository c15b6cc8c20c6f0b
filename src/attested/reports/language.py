"""Which language a text is in; the identifier's model (1 s) is loaded only when English is in doubt."""

from __future__ import annotations

import re

import py3langid

_WORD = re.compile(r"[^\W\d_]+")
# The forty commonest words of English news make a third of its running words, and under a twentieth of any
# other language's (a few, "in", "a", "as", are words elsewhere too).
_COMMON = frozenset(
    "the of and to in a that for was on with is as at by said were from he his has have it an be had are "
    "not who which their they been after this its would she her will but".split()
)
_SURE_SHARE = 0.22
_MAX_CHARACTERS = 6_000


def find_language(text: str) -> str:
    """The ISO 639-1 code of the language of ``text``; deterministic."""
    sample = text[:_MAX_CHARACTERS]
    words = _WORD.findall(sample.lower())
    if words and sum(word in _COMMON for word in words) >= _SURE_SHARE * len(words):
        return "en"
    code: str = py3langid.classify(sample.lower() if sample.isupper() else sample)[0]
    return code

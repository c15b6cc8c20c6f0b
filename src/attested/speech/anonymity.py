"""Why a voice has no name: the words in which a report says that somebody may not or would not be named."""

from __future__ import annotations

import re

from attested.model import Span
from attested.reading.tokens import Sentence

_NAMED = r"(?:named|identified|quoted|anonymous|unnamed|unidentified)"
_NOT = r"(?:not\ to\ |to\ not\ |not\ )"
_BE = r"(?:be(?:ing)?\ |remain(?:ing)?\ |have\ (?:his|her|their)\ names?\ )"
_SPEAK = r"(?:speak|talk|comment|brief|discuss|release|give)"
_UNNAMED = re.compile(
    rf"""(?:
      \b(?:up)?on\ (?:the\ )?condition\ of\ (?:strict\ )?anonymity
    | \b(?:up)?on\ (?:the\ )?condition\ (?:that\ )?(?:he|she|they)\ (?:not\ be|remain)\ {_NAMED}
    | \b(?:ask|request|prefer|wish|want|insist)\w*\ (?:on\ )?{_NOT}{_BE}(?:publicly\ )?(?:{_NAMED}|published|used)
    | \b(?:ask|request|prefer|wish|want|insist)\w*\ (?:on\ )?(?:to\ )?{_BE}(?:anonymous|unnamed|unidentified)
    | \b(?:declin|refus)\w*\ to\ {_BE}(?:publicly\ )?{_NAMED}
    | \b(?:request|ask|demand|insist)\w*\ (?:for\ |on\ )?anonymity
    | \b(?:speaking|spoke|speaks|talking|talked)\ anonymously
    | \bnot\ (?:been\ )?authori[sz]ed\ to\ (?:publicly\ )?{_SPEAK}\w*
    | \bunauthori[sz]ed\ to\ (?:publicly\ )?{_SPEAK}\w*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Without one of these the rest need not be tried.
_HINT = re.compile(r"anonym|named|identif|quoted|names?\b|authori", re.IGNORECASE)
# The reason goes on to the end of its clause.
_REASON = re.compile(
    r"""(?:\ (?:publicly|to\ (?:the\ )?(?:media|press|reporters|journalists)))?
    (?:,?\ (?:because|as|since|for\ (?:fear|security|safety|reasons)|citing|out\ of|owing\ to|due\ to|given|so\ as
        |in\ order\ to|to\ (?:discuss|speak|describe|talk)|on\ (?:the\ matter|it|this))\b
        [^.;:”"]*?(?=[.;:”"]|,\ (?:said|told|added)|$))?""",
    re.IGNORECASE | re.VERBOSE,
)


def find_anonymity(sentence: Sentence) -> Span | None:
    """The words that say why somebody in the sentence is not named, with the reason given; None without any."""
    found = _UNNAMED.search(sentence.text) if _HINT.search(sentence.text) else None
    if found is None:
        return None
    reason = _REASON.match(sentence.text, found.end())
    end = reason.end() if reason else found.end()
    text = sentence.text[found.start() : end].rstrip(" ,")
    start = sentence.start + found.start()
    return Span(start, start + len(text), text)

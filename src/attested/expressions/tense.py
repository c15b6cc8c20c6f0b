"""Whether the words around a date speak of what has happened or of what is to come."""

from __future__ import annotations

import re

from attested.model import Span
from attested.reading.tokens import Sentence, Token, base
from attested.text.datewords import date_words

_WINDOW = 90  # code points of the sentence looked at on either side of a date

_FUTURE = re.compile(
    r"\b(?:(?:is|are|was|were)\s+to\s+be\s+\w+|will|shall|won['’]t|is\s+to|are\s+to|be\s+to|going\s+to|to\s+be\s+\w+ed|to\s+be\s+(?:held|built|made|sent)"
    r"|(?:is|are|was|were|been)\s+(?:due|set|slated|scheduled|expected|planned|supposed|likely)|scheduled|slated"
    r"|plans?\s+to|planned\s+for|expects?\s+to|expected|hopes?\s+to|intends?\s+to|starting|beginning|effective"
    r"|upcoming|deadline|by|until|expires?|ahead\s+of|[’']ll)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:said|says|told|was|were|had|did|been|killed|died|reported|began|came|went|took|made|held|met|fell|rose"
    r"|left|found|won|lost|shot|hit|fired|broke|became|got|gave|saw|sent|ran|led|kept|brought|spoke|wrote|fought"
    r"|since|after|ended|(?!need|feed|speed|seed|breed|indeed|exceed|proceed|succeed|unite[d]\b|hundred)\w{2,}ed)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s\s+(\w+)")
_CLAUSE_END = re.compile(r"[;:.!?]\s|\s[-–—]{1,2}\s|—")


def direction_in_words(text: str, span: Span, start: int, end: int) -> int:
    """Return -1 past, +1 future, 0 unsaid for a date, by the nearest cue in its clause, without a parse."""
    if owned := _OWNED.match(text, span.end, end):
        return 0 if owned.group(1).lower() in date_words().planned_nouns else -1
    begin = max(start, span.start - _WINDOW)
    for cut in _CLAUSE_END.finditer(text, begin, span.start):
        begin = cut.end()
    stop = min(end, span.end + _WINDOW)
    if cut_after := _CLAUSE_END.search(text, span.end, stop):
        stop = cut_after.start()
    future = _nearest(_FUTURE, text, begin, stop, span)
    past = _nearest(_PAST, text, begin, stop, span)
    if future is None and past is None:
        return 0
    if past is None or (future is not None and future <= past):
        return 1
    return -1


def _nearest(pattern: re.Pattern[str], text: str, begin: int, stop: int, span: Span) -> int | None:
    """How far the nearest cue is; words after the date count half, since its verb mostly stands before it."""
    before = [span.start - m.end() for m in pattern.finditer(text, begin, span.start)]
    after = [2 * (m.start() - span.end) for m in pattern.finditer(text, span.end, stop)]
    return min(before + after, default=None)


def direction_in_parse(sentence: Sentence, span: Span) -> int:
    """Return -1, +1 or 0 (no verb found, or a tenseless one) by the verb that governs the date in the parse."""
    inside = sentence.inside(span.start, span.end)
    if not inside:
        return 0
    members = {token.i for token in inside}
    if said := _just_before(sentence, inside[0]) or _possessive(sentence, inside[-1]):
        return said
    head = next((token for token in inside if token.head not in members), inside[-1])
    for governor in [head, *sentence.ancestors(head.i)]:
        if governor.i in members:
            continue
        if direction := _tense(sentence, governor):
            return direction
    return 0


def _just_before(sentence: Sentence, first: Token) -> int:
    """The direction of what stands right before, surer than a long attachment: "said late on Monday", "as soon as"."""
    words = [token.lower for token in sentence.tokens[: first.i]]
    if words[-3:] in (["as", "soon", "as"], ["as", "early", "as"]):
        return 1
    i = first.i - 1
    while i >= 0 and words[i] in _BETWEEN:
        i -= 1
    if i < 0 or sentence.tokens[i].upos != "VERB" or words[i] in date_words().planned_verbs:
        return 0
    is_passive = sentence.tokens[i].xpos == "VBN" and (i == 0 or words[i - 1] not in _NOT_YET)
    return -1 if sentence.tokens[i].xpos == "VBD" or is_passive else 0


def _possessive(sentence: Sentence, last: Token) -> int:
    """ "Tuesday's ruling" has been, unless what is Tuesday's is planned."""
    after = sentence.tokens[last.i + 1 : last.i + 2]
    if not after or after[0].xpos != "POS":
        return 0
    owned = sentence.tokens[last.i].head
    return 0 if owned >= 0 and sentence.tokens[owned].lower in date_words().planned_nouns else -1


def _tense(sentence: Sentence, token: Token) -> int:
    """The direction of one governor: a verb's own tense with its auxiliaries, or a planned event's."""
    words = date_words()
    if token.upos == "NOUN" and token.lower in words.planned_nouns:
        return _tense_of_planned(sentence, token)
    if token.upos not in {"VERB", "AUX"} and not sentence.dependents(token.i, "cop", "aux"):
        return 0
    helpers = sentence.dependents(token.i, "aux", "cop")
    if any(h.lower in _WILL for h in helpers):
        return 1
    if any(h.xpos == "VBD" or h.lower in _HAVE for h in helpers):
        return 1 if token.lower in words.planned_verbs and token.xpos == "VBN" else -1
    if token.lower in _LOOKING_BACK:
        return -1  # "police are investigating a shooting early Sunday"
    if token.xpos == "VBD":
        return 1 if token.lower in words.planned_past_verbs else -1
    if any(mark.lower == "to" for mark in sentence.dependents(token.i, "mark")):
        if any(h.lower == "be" for h in helpers):
            return 1  # "to be held", wherever it hangs
        if token.xpos == "VB":
            return _tense_of_infinitive(sentence, token)
    if token.xpos in {"VBZ", "VBP"} or (token.xpos == "VBG" and helpers):
        return 1 if token.lower in words.planned_verbs or token.xpos == "VBG" else 0
    if token.xpos == "VBN":
        return 1 if token.lower in words.planned_verbs else 0 if helpers else -1
    return 0


def _tense_of_planned(sentence: Sentence, token: Token) -> int:
    """A planned event lies ahead unless the verb above it puts it in the past by being done to it or by it."""
    above = next(sentence.ancestors(token.i), None)
    if above is None or base(token.deprel) not in {"nsubj", "obj", "obl"}:
        return 0
    return _tense(sentence, above) if above.upos in {"VERB", "AUX"} else 0


def _tense_of_infinitive(sentence: Sentence, token: Token) -> int:
    """ "Plans to meet" lies ahead; "agreed to meet" too; "managed to flee" does not, nor what an act was for."""
    above = next(sentence.ancestors(token.i), None)
    if above is None:
        return 1
    if base(token.deprel) == "advcl" and above.upos == "VERB":
        return _tense(sentence, above)
    return -1 if above.lower in _DONE else 1


_WILL = {"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "should", "must"}
_HAVE = {"has", "have", "had", "'ve", "’ve"}
_BETWEEN = {"on", "late", "early", "in", "earlier", "reporters", "here", "there", "the", "back"}
_LOOKING_BACK = {"investigating", "investigate", "probing", "probe"}
_NOT_YET = {"be", "to", "get", "will", "being"}
_DONE = {
    "managed",
    "failed",
    "helped",
    "had",
    "used",
    "began",
    "started",
    "continued",
    "seemed",
    "appeared",
    "came",
}

"""What voices say in a report's own words: indirect and mixed speech, with whoever says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.ids import make_id
from attested.mentions.acts import act_table
from attested.model import Report, Saying, Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.hedging import find_hedge
from attested.speech.negation import negated_here
from attested.speech.speaker_words import is_pronoun
from attested.speech.subjects import can_speak
from attested.speech.voices import Attribution
from attested.text.normalise import fold

# Words of the shortest clause ("they did it") and words with a meaning of their own in the shortest phrase: "an
# immediate ceasefire". Less is a topic or a term: "it", "the accusation", "to comment".
_MIN_CLAUSE = 3
_MIN_PHRASE = 2
# Words of the longest "not to be further identified", which says no more than why a voice has no name.
_ANONYMITY = 5
_MEANING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
# Relations of a verb that describes a noun: "the crowd gathered outside", "the men who fled".
_DESCRIBING = frozenset({"acl", "amod", "compound"})
_OPEN = _MEANING - {"VERB"}
_PREDICATES = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
# What one notices or knows is not said by it.
_KNOWING = frozenset(
    {"see", "notice", "realise", "realize", "know", "understand", "remember", "forget", "recognise", "recognize",
     "hear", "gather", "learn", "discover", "mean", "ensure"}
)  # fmt: skip
# What one does to get something, or does not do, is not said either.
_DOING = frozenset(
    {"push", "vote", "lobby", "campaign", "agitate", "press", "pressure", "require", "challenge", "contest", "decline",
     "refuse", "discuss", "debate", "address"}
)  # fmt: skip
# Cues whose words are a clause: a phrase beside them is a shred of one, or what the talk was about.
_TELLING = frozenset(
    {"say", "state", "add", "tell", "inform", "remark", "note", "write", "read", "show", "find", "think", "believe",
     "speak", "talk", "refer", "allude", "point", "comment", "respond", "reply", "answer", "ask", "inquire", "enquire",
     "question", "cite", "describe", "publish", "face", "brief", "repeat", "reiterate", "feel", "assume",
     "consider", "estimate", "imagine", "figure", "judge", "deem", "reckon", "presume", "suppose"}
)  # fmt: skip
_REFUSING = frozenset({"decline", "refuse"})
# First words of a source that is nobody to be named ("no group", "those who"), and the last of another.
_NOBODY = frozenset({"no", "none", "neither", "nobody", "anyone", "anybody", "those", "whoever"})
_OF_THEM = frozenset({"of them", "of whom", "of us", "of those", "of these"})
# Words before the name of a paper or speech that do not tell whose it is: "the statement", "a joint letter".
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "this", "that", "joint"})
_RELATIVES = frozenset({"that", "which", "who", "whom", "what"})
_MARKS = frozenset({'"', "“", "”", "„", "«", "»", "'", "‘", "’", "''", "``"})
_ENDS = "?!"
_LOOSE_ENDS = frozenset({"CCONJ", "SCONJ", "DET", "PART"})


def find_sayings(
    report: Report, attributions: Sequence[tuple[Sentence, tuple[Attribution, ...]]]
) -> tuple[Saying, ...]:
    """Sayings in the order of the text. What stands wholly between quotation marks is a quotation, not a saying.

    Left out: what is known or seen, cues that were not spoken (yet), speakers who are nobody or a pronoun that stands
    for nobody known, the report's own newsroom, and words within other words of the same voice.
    """
    own = {fold(name) for name in (report.outlet, report.agency) if name}
    found: dict[str, Saying] = {}
    for sentence, rows in attributions:
        told = [s for row in rows if _is_told(row, own) for s in _saying(report, sentence, row)]
        found.update((s.id, s) for s in told if not any(_is_within(s, other) for other in told))
    return tuple(sorted(found.values(), key=lambda s: (s.span.start, s.span.end, s.id)))


def is_nobody(name: str | None) -> bool:
    """Whether a voice's name names nobody: "he", "no group", "one of them"."""
    if name is None or is_pronoun(name):
        return True
    words = name.lower().split()
    is_bare = not any(w[0].isalnum() and w not in _ARTICLES for w in words)
    return is_bare or words[0] in _NOBODY or " ".join(words[-2:]) in _OF_THEM


def _is_told(row: Attribution, own: set[str]) -> bool:
    """Whether an attribution tells of words, not in quotation marks, and of whose they are."""
    if not row.is_speech or row.is_direct or not row.content or row.voice.kind == "outlet":
        return False
    name = row.voice.name or ""
    return not is_nobody(name) and fold(name) not in own and not _is_paper(name)


def _is_paper(name: str) -> bool:
    """Whether a name is only that of a paper or a speech, whoever's it is: "the statement"."""
    words = [w for w in name.lower().split() if w not in _ARTICLES]
    return len(words) == 1 and reporting_table().lemma_in(words[0], reporting_table().vehicles) is not None


def _saying(report: Report, sentence: Sentence, row: Attribution) -> Iterator[Saying]:
    """The saying of an attribution, if its cue was spoken and its words say something."""
    if not _can_say(sentence, row):
        return
    cues = _cue_words(sentence, row)
    cue = cues[-1] if cues else None
    if cue is not None and _is_no_speech(sentence, row, cue):
        return
    if not all(_is_spoken(sentence, t) for t in cues):
        return
    stretches = [words for content in row.content if (words := _trimmed(sentence, content))]
    words = max(stretches, key=len, default=[])
    tops = _tops(words)
    if not words or _is_quoted(words) or not _says_something(sentence, words, tops, cue):
        return
    span, rest = _span(sentence, words), [s for s in stretches if s is not words and _adds(s, words)]
    head = next((t for t in tops if _is_predicate(sentence, t)), tops[0])
    yield Saying(
        make_id("sy", report.id, span.start, span.end, row.voice.name),
        report.id,
        span,
        row.voice,
        find_hedge(sentence, head.i, row.voice, row)[0],
        Span(head.start, head.end, head.text) if head.upos == "VERB" else None,
        tuple(_span(sentence, s) for s in rest),
    )


def _can_say(sentence: Sentence, row: Attribution) -> bool:
    """Whether the source's main word is somebody or a body, or stands for one: not "the evidence", "the law"."""
    words = sentence.inside(row.source.start, row.source.end) if row.source else []
    if not words or row.voice.kind != "named body":
        return True
    head = _tops(words)[0]
    return head.upos == "PRON" or can_speak(head)


def _is_no_speech(sentence: Sentence, row: Attribution, cue: Token) -> bool:
    """Whether a cue is no known word of saying or thinking ("gave a warning"), or one of knowing, wishing or doing."""
    table = reporting_table()
    known = table.lemma_in(cue.lower, table.verbs if cue.upos == "VERB" else table.nouns)
    if known is None and table.lemma_in(cue.lower, table.light):
        nouns = (t for t in sentence.inside(row.cue.start, row.cue.end) if t.upos == "NOUN")
        known = next((form for t in nouns if (form := table.lemma_in(t.lower, table.nouns))), None)
    verb = table.verbs.get(known or "")
    wished = cue.upos == "VERB" and verb is not None and not verb.is_speech and "quote" not in verb.content
    return known is None or wished or known in _KNOWING or known in _DOING


def _cue_words(sentence: Sentence, row: Attribution) -> list[Token]:
    """The verbs of a cue, or else its first noun or the like; none for "according to" and a colon."""
    words = sentence.inside(row.cue.start, row.cue.end)
    verbs = [t for t in words if t.upos == "VERB" and t.lower != "according"]
    return verbs or [t for t in words if t.upos in _OPEN][:1]


def _is_form(cue: Token, words: frozenset[str]) -> bool:
    return reporting_table().lemma_in(cue.lower, words) is not None


def _is_spoken(sentence: Sentence, cue: Token) -> bool:
    """Whether a cue was spoken: not "did not say", "will announce", "if he says", "declined to comment"."""
    helpers = sentence.dependents(cue.i, "aux", "mark")
    if any(t.xpos == "MD" or t.lower == "if" for t in helpers) or negated_here(sentence, cue.i):
        return False
    above = sentence.tokens[cue.head] if cue.head >= 0 else cue
    if cue.deprel == "xcomp":
        return not (_is_form(above, _REFUSING) and _is_form(cue, _TELLING))
    return cue.deprel != "conj" or not negated_here(sentence, above.i)


def _trimmed(sentence: Sentence, content: Span) -> list[Token]:
    """The words of content without what joins them to others, and without quotation marks that have no partner."""
    words = sentence.inside(content.start, content.end)
    while words and (_joins(words[0]) or _is_lone(words, words[0])):
        words = words[1:]
    while words and _is_loose(words):
        words = words[:-1]
    return words


def _is_loose(words: Sequence[Token]) -> bool:
    """Whether a last word says nothing without one after it; a question keeps its mark."""
    last = words[-1]
    return last.text not in _ENDS and (last.upos in _LOOSE_ENDS or _is_lone(words, last))


def _joins(first: Token) -> bool:
    """Whether a first word only joins what is said to its cue: "that", "and that"."""
    return first.upos == "CCONJ" or (first.lower == "that" and first.upos == "SCONJ")


def _is_lone(words: Sequence[Token], edge: Token) -> bool:
    """Whether a token at an edge is a mark without its partner."""
    if edge.upos != "PUNCT" or edge.text not in _MARKS:
        return edge.upos == "PUNCT"
    return sum(t.upos == "PUNCT" and t.text in _MARKS for t in words) % 2 == 1


def _is_quoted(words: Sequence[Token]) -> bool:
    """Whether words stand between one pair of marks: what a parse adds to a quotation makes no saying of it."""
    marks = [t.i for t in words if t.upos == "PUNCT" and t.text in _MARKS]
    return marks == [words[0].i, words[-1].i]


def _says_something(
    sentence: Sentence, words: Sequence[Token], tops: Sequence[Token], cue: Token | None
) -> bool:
    """Whether words are a clause, or a phrase that a cue of its own makes one of: "called for a ceasefire".

    Nouns take a clause with its subject: "a warning that it would", but not "a threat to".
    """
    if cue is not None and cue.upos == "NOUN":
        return _has_subject(words)
    if _is_clause(sentence, words, tops):
        is_anonymity = len(words) <= _ANONYMITY and words[-1].lower in act_table().anonymity
        return len(words) >= _MIN_CLAUSE and not is_anonymity
    return (
        cue is not None
        and not _is_form(cue, _TELLING)
        and sum(t.upos in _MEANING for t in words) >= _MIN_PHRASE
    )


def _is_clause(sentence: Sentence, words: Sequence[Token], tops: Sequence[Token]) -> bool:
    """Whether words are a clause and no phrase that a clause only describes: "studies that seek to show it"."""
    if any(_is_predicate(sentence, t) for t in tops):
        return True
    verbs = (sentence.tokens[t.head] if t.deprel == "cop" else t for t in words if t.upos in _PREDICATES)
    first = next((t for t in verbs if base(t.deprel) != "aux"), None)
    return first is not None and base(first.deprel) not in _DESCRIBING


def _is_predicate(sentence: Sentence, token: Token) -> bool:
    return token.upos in _PREDICATES or bool(sentence.dependents(token.i, "cop", *_SUBJECTS))


def _has_subject(words: Sequence[Token]) -> bool:
    return any(base(t.deprel) in _SUBJECTS for t in words)


def _span(sentence: Sentence, words: Sequence[Token]) -> Span:
    return sentence.words(words[0].i, words[-1].i)


def _tops(words: Sequence[Token]) -> list[Token]:
    """The words that hang outside the stretch: one by a right parse, more by others."""
    if not words:
        return []
    first, last = words[0].i, words[-1].i
    return [t for t in words if not first <= t.head <= last and t.upos != "PUNCT"] or [words[0]]


def _adds(words: Sequence[Token], main: Sequence[Token]) -> bool:
    """Whether a further stretch is a clause, or what a relative clause tells of: "camps that, it says, are hidden"."""
    if words[-1].i >= main[0].i and words[0].i <= main[-1].i:
        return False
    opens = words[-1].i < main[0].i and words[-1].lower in _RELATIVES and len(words) > 1
    return opens or (words[0].lower not in _RELATIVES and _has_subject(words))


def _is_within(one: Saying, other: Saying) -> bool:
    """Whether words lie within longer words of the same voice: "he was ready to meet her" holds "to meet her"."""
    is_part = other.span.start <= one.span.start and one.span.end <= other.span.end
    return is_part and one.span != other.span and one.voice.name == other.voice.name

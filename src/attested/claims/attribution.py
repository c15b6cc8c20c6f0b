"""Who says what in one sentence, from its parse alone: source, cue and content as words.

Frames follow PARC 3 and PolNeAR: direct, mixed and indirect speech, with the source before or after. Who
the source *is* (pronouns, roles) is for ``claims.speakers``; what runs over sentences for ``claims.voices``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from attested.claims.cues import VerbCue, reporting_table
from attested.claims.negation import negated_here
from attested.claims.tags import Tag, dateline_end, find_tag
from attested.model import Hedge, Span
from attested.reading.tokens import Sentence, Token, base

_CUE_PARTS = frozenset({"VERB", "NOUN"})
_JOINING = frozenset({"of", "for", "with", "as", "on"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NEEDS_CLAUSE = frozenset({"amod", "compound", "case", "fixed", "det"})
_OPEN_MARKS = "\"“‘„«'`"
_CLOSE_MARKS = "\"”’»'"


# "issued a stern public warning": words from the light verb to its noun.
_MAX_LIGHT_DISTANCE = 4
# A speaker in a headline is a few words: "senior US diplomat".
_MAX_HEADLINE_SPEAKER = 6
_TAG_MARKS = frozenset({",", '"', "”", "’", "'", "''", "?", "!", "—", "–"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in one sentence. ``head`` is the cue's word, ``source`` the head word of its source.

    ``source`` is None for a voice nobody names ("it is believed"). ``is_negated`` marks "did not say".
    """

    head: int
    source: int | None
    source_span: Span | None
    cue: Span
    content: tuple[Span, ...]
    hedge: Hedge
    kind: str
    is_negated: bool = False
    is_speech: bool = True


def find_in_sentence(sentence: Sentence, quoted: Sequence[Span] = ()) -> list[Found]:
    """Attributions of one sentence in the order of their cues; ``quoted`` are quotations that touch it."""
    found = [
        row
        for token in sentence.tokens
        if token.upos in _CUE_PARTS or token.lower == "according"
        for row in (
            _from_verb(sentence, token, quoted)
            or _from_phrase(sentence, token)
            or _from_noun(sentence, token),
        )
        if row is not None
    ]
    if not found:
        headline = _from_colon(sentence)
        return [headline] if headline else []
    return found


# --- verbs ------------------------------------------------------------------------------------------------


def _from_verb(sentence: Sentence, verb: Token, quoted: Sequence[Span]) -> Found | None:
    """A verb of speech or thought with its speaker and what it governs."""
    cue = verb_cue(sentence, verb)
    if cue is None or verb.deprel in _NEEDS_CLAUSE:
        return None
    tag = find_tag(sentence, verb) if "quote" in cue.content else None
    if tag is not None:
        return _from_tag(sentence, verb, cue, tag)
    passive = is_passive(sentence, verb)
    source = agent(sentence, verb) if passive else speaker_of(sentence, verb)
    if source is None and not passive:
        return None
    if source is not None and cue.needs_agent and not can_speak(sentence.tokens[source]):
        return None
    content, is_clause = _verb_content(sentence, verb, cue, passive=passive)
    outside = not any(q.start <= verb.start < q.end for q in quoted)
    may_quote = "quote" in cue.content and outside and source is not None and _may_quote(sentence, verb)
    if may_quote and source is not None:
        with_quotes = _with_quotes(sentence, verb, source, content, quoted)
        is_clause = is_clause or with_quotes > content
        content = with_quotes
    if not content and not (may_quote and _may_stand_bare(sentence, verb)):
        return None
    if source is None and not is_clause:
        return None
    span = _source_span(sentence, source, verb) if source is not None else None
    return Found(
        verb.i,
        source,
        span,
        _cue_span(sentence, verb),
        _spans(sentence, content, span),
        cue.hedge,
        "verb",
        negated_here(sentence, verb.i),
        cue.is_speech or is_clause,
    )


def _from_tag(sentence: Sentence, verb: Token, cue: VerbCue, tag: Tag) -> Found:
    """The attribution of a speech tag told by its surface."""
    span = sentence.words(tag.first, tag.last)
    parsed = _source_span(sentence, tag.head, verb)
    same_side = (parsed.start > verb.start) == (span.start > verb.start) and parsed.start >= span.start
    if same_side and parsed.end > span.end and (parsed.end <= verb.start or parsed.start > verb.start):
        span = sentence.words(tag.first, max(t.i for t in sentence.inside(parsed.start, parsed.end)))
    content = _spans(sentence, set(tag.content), span)
    negated = negated_here(sentence, verb.i)
    return Found(verb.i, tag.head, span, _cue_span(sentence, verb), content, cue.hedge, "tag", negated)


def _may_quote(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb takes words in quotation marks: not with an infinitive or a thing as its object."""
    if sentence.dependents(verb.i, "xcomp"):
        return False
    return all(can_speak(t) for t in sentence.dependents(verb.i, "obj") if t.upos != "PUNCT") or bool(
        sentence.dependents(verb.i, "ccomp")
    )


def verb_cue(sentence: Sentence, verb: Token) -> VerbCue | None:
    """The table's row for a verb, with its particle if it has one ("point out")."""
    clause = verb.upos == "NOUN" and verb.head < 0 and sentence.dependents(verb.i, "nsubj")
    misread = clause and sentence.dependents(
        verb.i, "ccomp", "acl"
    )  # "The army fears that": a noun to parsers
    if verb.upos != "VERB" and not misread:
        return None
    table = reporting_table()
    for child in sentence.dependents(verb.i, "compound:prt"):
        lemma = table.lemma_in(
            verb.lower, {w.split()[0] for w in table.verbs if w.endswith(" " + child.lower)}
        )
        if lemma:
            return table.verbs[f"{lemma} {child.lower}"]
    lemma = table.lemma_in(verb.lower, table.verbs)
    return table.verbs[lemma] if lemma else None


def is_passive(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb is passive: "was said", or a bare participle after a noun ("a man accused of")."""
    if any(t.deprel in {"aux:pass", "nsubj:pass", "csubj:pass"} for t in sentence.dependents(verb.i)):
        return True
    bare = verb.xpos == "VBN" and not sentence.dependents(verb.i, "aux", "nsubj")
    return bare and base(verb.deprel) in {"acl", "advcl", "amod"}


def agent(sentence: Sentence, verb: Token) -> int | None:
    """Whoever a passive verb is done by, or quoted: "was quoted as saying"."""
    for child in sentence.dependents(verb.i, "obl"):
        if any(t.lower == "by" for t in sentence.dependents(child.i, "case")):
            return child.i if can_speak(child) else None
    return None


def subject_of(sentence: Sentence, verb: Token) -> int | None:
    """The head word of a verb's subject: its own, or one it shares with the verb it hangs on."""
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        begin = dateline_end(sentence)
        own = [t for t in sentence.dependents(verb.i, "nsubj") if t.deprel != "nsubj:pass" and t.i >= begin]
        if own:
            return _antecedent(sentence, own[0], verb)
        relation = base(verb.deprel)
        if relation in {"acl", "amod"} and verb.deprel != "acl:relcl" and verb.xpos == "VBG":
            return verb.head
        if verb.head < 0 or relation not in {"conj", "xcomp", "advcl", "parataxis"}:
            return None
        above = sentence.tokens[verb.head]
        if relation == "advcl" and verb.xpos != "VBG" and not _is_infinitive(sentence, verb):
            return None
        if relation == "parataxis" and verb.xpos != "VBG":
            return None
        if above.upos not in {"VERB", "AUX", "ADJ", "NOUN"}:
            return None
        if relation == "conj" and (misread := _garden_path(sentence, verb)) is not None:
            return misread
        if relation == "conj" and (outer := _outer_subject(sentence, verb, above)) is not None:
            return outer
        passive = sentence.dependents(above.i, "nsubj:pass")
        if passive and not sentence.dependents(verb.i, "nsubj"):
            return passive[0].i
        if relation == "xcomp" and (objects := sentence.dependents(above.i, "obj", "iobj")):
            return objects[0].i
        verb = above
    return None


def _garden_path(sentence: Sentence, verb: Token) -> int | None:
    """ "..., but groups believed to be allied have claimed it": the subject a participle took from the verb."""
    for other in sentence.tokens[: verb.i][::-1]:
        if other.upos == "CCONJ":
            return None
        infinitive = any(_is_infinitive(sentence, t) for t in sentence.dependents(other.i, "xcomp"))
        bare = infinitive and other.xpos in {"VBN", "VBD"} and not sentence.dependents(other.i, "aux")
        subjects = [t for t in sentence.dependents(other.i, "nsubj") if t.i < other.i] if bare else []
        if subjects and sentence.dependents(verb.i, "aux"):
            return subjects[0].i
    return None


def _outer_subject(sentence: Sentence, verb: Token, above: Token) -> int | None:
    """ "X said Y planned a raid, and warned": after a comma, a second verb of speech goes on with X."""
    outer = sentence.tokens[above.head] if above.head >= 0 and base(above.deprel) == "ccomp" else None
    first = min(sentence.subtree(verb.i))
    joins = [t.i for t in sentence.dependents(verb.i, "cc")]
    comma = bool(joins) and joins[0] == first and first > 0 and sentence.tokens[first - 1].text == ","
    comma = comma or sentence.tokens[first].text == ","
    inner = verb_cue(sentence, above)
    if outer is None or not comma or verb.xpos != outer.xpos or (inner is not None and inner.is_speech):
        return None
    return subject_of(sentence, outer) if verb_cue(sentence, outer) is not None else None


def speaker_of(sentence: Sentence, verb: Token) -> int | None:
    """The subject of a verb; failing that, a name beside it that the parse took for something else."""
    subject = subject_of(sentence, verb)
    if subject is not None:
        return subject
    before = [t for t in sentence.dependents(verb.i) if t.i < verb.i][::-1]
    after = [t for t in sentence.dependents(verb.i) if t.i > verb.i]
    for child in before:
        beside = all(t.upos in {"PROPN", "PUNCT", "NOUN", "ADP"} for t in sentence.tokens[child.i : verb.i])
        if beside and can_speak(child) and not sentence.dependents(child.i, "case"):
            return child.i
    inverted = verb.i > 0 and sentence.tokens[verb.i - 1].text in _TAG_MARKS
    for child in after if inverted else ():
        if child.upos in {"NOUN", "PROPN"} and can_speak(child) and not sentence.dependents(child.i, "case"):
            return child.i
    return None


def _antecedent(sentence: Sentence, subject: Token, verb: Token) -> int:
    """The noun a relative pronoun stands for, else the subject itself."""
    if subject.lower in _RELATIVE and subject.upos == "PRON":
        clause = (
            verb
            if verb.deprel == "acl:relcl"
            else next((t for t in sentence.ancestors(verb.i) if t.deprel == "acl:relcl"), None)
        )
        if clause is not None:
            return clause.head
    return subject.i


def can_speak(token: Token) -> bool:
    """Whether a word may be a speaker: a person, a body, a place that stands for one, or a pronoun."""
    if token.entity in {"person", "organization", "place"} or token.ner[2:] in {"PER", "ORG", "LOC"}:
        return True
    return (token.upos in {"PRON", "PROPN"} and token.lower not in {"it", "this", "that", "what"}) or (
        token.entity in {"", "object", "abstract"}
        and reporting_table().lemma_in(token.lower, reporting_table().vehicles) is not None
    )


def _verb_content(sentence: Sentence, verb: Token, cue: VerbCue, *, passive: bool) -> tuple[set[int], bool]:
    """Token indexes of what a verb's dependents, or the clause it is put into, say; whether it is a clause."""
    kept: set[int] = set()
    is_clause = False
    for child in sentence.dependents(verb.i):
        if _holds_content(sentence, child, verb, cue, passive=passive):
            clause = base(child.deprel) in {"ccomp", "parataxis", "acl"} or (
                passive and child.deprel == "xcomp"
            )
            is_clause = is_clause or clause
            kept.update(_without_time(sentence, child, verb) if clause else sentence.subtree(child.i))
    if passive and agent(sentence, verb) is None and kept and base(verb.deprel) != "acl":
        for child in sentence.dependents(verb.i, "nsubj:pass"):
            kept.update(sentence.subtree(child.i))
    if not kept and verb.head >= 0 and (base(verb.deprel) == "parataxis" or _is_as_clause(sentence, verb)):
        mine = set(sentence.subtree(verb.i)) | set(range(dateline_end(sentence)))
        kept, is_clause = set(sentence.subtree(verb.head)) - mine, True
    return kept, is_clause


def _without_time(sentence: Sentence, clause: Token, verb: Token) -> set[int]:
    """A clause of content without the date of the saying that the parse puts into it ("said Monday it was")."""
    below = set(sentence.subtree(clause.i))
    first = min(below)
    for child in sentence.dependents(clause.i, "obl", "advmod"):
        part = sentence.subtree(child.i)
        if child.entity == "time" and part[0] == first and first == verb.i + 1 and part[-1] < clause.i:
            below -= set(part)
    return below


def _is_as_clause(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb's clause is "as X said": what it hangs on is then its content."""
    return base(verb.deprel) == "advcl" and any(
        t.lower == "as" for t in sentence.dependents(verb.i, "mark", "advmod")
    )


def _holds_content(sentence: Sentence, child: Token, verb: Token, cue: VerbCue, *, passive: bool) -> bool:
    """Whether a dependent of the verb holds (part of) its content."""
    relation = base(child.deprel)
    if relation == "acl" and verb.upos == "NOUN":
        return "ccomp" in cue.content
    if relation in {"ccomp", "xcomp"}:
        return relation in cue.content or (relation == "xcomp" and "ccomp" in cue.content and passive)
    if relation == "flat" and cue.hedge == "alleged":  # "pinned the blame on the" with a long foreign name
        return child.i > verb.i
    if relation in {"obj", "iobj"}:
        has_xcomp = (
            "xcomp" in cue.content and bool(sentence.dependents(verb.i, "xcomp")) and "obj" not in cue.content
        )
        told = "ccomp" in cue.content and bool(sentence.dependents(verb.i, "ccomp")) and "obj" in cue.content
        return ("obj" in cue.content or (has_xcomp and cue.needs_agent)) and not told
    if relation == "parataxis":
        before = max(sentence.subtree(child.i)) < verb.i and "quote" in cue.content
        return before or (child.i > verb.i and _after_colon(sentence, child))
    if relation in {"obl", "advcl"}:
        words = {t.lower for t in sentence.dependents(child.i, "case", "mark")}
        fixed = {c[4:] for c in cue.content if c.startswith("obl:")}
        joins = (
            words & {"of", "for", "with", "as", "on"} if "obj" in cue.content and child.i > verb.i else set()
        )
        if child.entity == "time":
            return False
        if cue.hedge == "alleged" and child.i > verb.i and relation == "obl":
            return True
        has_object = bool(sentence.dependents(verb.i, "obj", "nsubj:pass"))
        return bool(words & fixed) or (bool(joins) and has_object)
    return False


def _after_colon(sentence: Sentence, child: Token) -> bool:
    """Whether a colon or an opening mark stands before a clause."""
    first = min(sentence.subtree(child.i))
    before = {t.text for t in sentence.tokens[max(0, first - 2) : first + 2]}
    return ":" in before or bool(before & set(_OPEN_MARKS))


def _with_quotes(
    sentence: Sentence, verb: Token, source: int, content: set[int], quoted: Sequence[Span]
) -> set[int]:
    """Content with the quotations that belong to the verb: those it touches, or, if it has none, the nearest."""
    rows = [{t.i for t in sentence.inside(q.start, q.end)} for q in quoted]
    rows = [row for row in rows if row and verb.i not in row and source not in row]
    touching = [row for row in rows if row & content]
    if not content and rows:
        touching = [min(rows, key=lambda row: min(abs(i - verb.i) for i in row))]
        if len(touching[0]) < len(sentence.tokens) / 4 and verb.head >= 0 and base(verb.deprel) != "conj":
            return content
    return content.union(*touching)


def _may_stand_bare(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb without content may take a quotation of a sentence beside it: "he said.", "She added:"."""
    heads = verb.head < 0 or base(verb.deprel) in {"conj", "parataxis"}
    return (
        heads
        and not sentence.dependents(verb.i, "obj", "xcomp", "aux:pass")
        and not negated_here(sentence, verb.i)
    )


# --- according to -------------------------------------------------------------------------------------------


def _from_phrase(sentence: Sentence, token: Token) -> Found | None:
    """ "according to X", "in X's view", "citing X": the clause it hangs on is the content."""
    if token.lower == "according" and token.i + 1 < len(sentence.tokens):
        return _from_according(sentence, token)
    if token.lower == "citing":
        return _from_citing(sentence, token)
    table = reporting_table()
    if token.upos == "NOUN" and token.lower in table.holder_nouns and base(token.deprel) == "obl":
        owner = next(iter(sentence.dependents(token.i, "nmod:poss")), None)
        case = next((t for t in sentence.dependents(token.i, "case") if t.lower in {"in", "by"}), None)
        if owner is not None and case is not None and can_speak(owner):
            return _clause_found(sentence, token, owner, sentence.words(case.i, case.i))
    return None


def _from_according(sentence: Sentence, token: Token) -> Found | None:
    """ "according to X" in either parse: as a preposition of X, or as a verb with X below it."""
    to = sentence.tokens[token.i + 1]
    if to.lower != "to":
        return None
    holder = sentence.tokens[token.head] if base(token.deprel) == "case" and token.head >= 0 else None
    if holder is None:
        holder = next((t for t in sentence.dependents(token.i, "obl", "nmod", "obj")), None)
    if holder is None:
        return None
    top = holder if holder.i == token.head else token
    return _clause_found(sentence, top, holder, sentence.words(token.i, to.i))


def _from_citing(sentence: Sentence, token: Token) -> Found | None:
    """ "..., citing X": X is the source of the clause it hangs on."""
    holder = next(iter(sentence.dependents(token.i, "obj")), None)
    if holder is None or base(token.deprel) not in {"advcl", "acl"} or not can_speak(holder):
        return None
    return _clause_found(sentence, token, holder, sentence.words(token.i, token.i))


def _clause_found(sentence: Sentence, top: Token, holder: Token, cue: Span) -> Found | None:
    """An attribution whose content is the clause that the phrase headed by ``top`` hangs on."""
    if top.head < 0:
        return None
    tokens = sentence.tokens
    below = set(sentence.subtree(top.i))
    first, last = min(below), max(below)
    # "..., according to X" at the edge of a sentence speaks for all of it, though parsers hang it low.
    comma = tokens[first].text == "," or (first > 0 and tokens[first - 1].text in {",", "—", "–"})
    at_edge = first <= 1 or (comma and last >= len(tokens) - 2)
    clause = top.head
    while at_edge and tokens[clause].head >= 0:
        clause = tokens[clause].head
    content = set(sentence.subtree(clause)) - below - set(range(dateline_end(sentence)))
    span = _source_span(sentence, holder.i, top, after=cue.end)
    return Found(top.i, holder.i, span, cue, _spans(sentence, content, span), "reported", "phrase")


# --- nouns ----------------------------------------------------------------------------------------------------


def _from_noun(sentence: Sentence, noun: Token) -> Found | None:
    """ "X's claim that", "X issued a warning that", "reports of": the noun's complement is the content."""
    if noun.upos != "NOUN" or noun.deprel in _NEEDS_CLAUSE:
        return None
    table = reporting_table()
    lemma = table.lemma_in(noun.lower, table.nouns)
    if lemma is None:
        return None
    row = table.nouns[lemma]
    source = noun_source(sentence, noun)
    content: set[int] = set()
    for child in sentence.dependents(noun.i, "acl", "ccomp", "nmod"):
        if child.i > noun.i and _completes(sentence, child, row.after, source):
            content.update(sentence.subtree(child.i))
    if not content or source is None:
        return None
    span = _source_span(sentence, source, noun)
    carrier = light_verb(sentence, noun)
    near = carrier is not None and 0 < noun.i - carrier.i <= _MAX_LIGHT_DISTANCE
    cue = sentence.words(carrier.i if carrier and near else noun.i, noun.i)
    return Found(noun.i, source, span, cue, _spans(sentence, content, span), row.hedge, "noun")


def _completes(sentence: Sentence, child: Token, after: Iterable[str], source: int | None) -> bool:
    """Whether a dependent of a noun of speech is what is said."""
    if child.i == source:
        return False
    if base(child.deprel) == "nmod":
        return any(t.lower in after for t in sentence.dependents(child.i, "case"))
    marks = {t.lower for t in sentence.dependents(child.i, "mark")}
    return "that" in marks or (bool(marks) and child.deprel != "acl:relcl")


def light_verb(sentence: Sentence, noun: Token) -> Token | None:
    """The verb that only carries the noun: "issued" in "issued a warning"."""
    if noun.head < 0 or base(noun.deprel) not in {"obj", "nsubj"}:
        return None
    table = reporting_table()
    verb = sentence.tokens[noun.head]
    return verb if table.lemma_in(verb.lower, table.light) and noun.deprel in {"obj", "nsubj:pass"} else None


def noun_source(sentence: Sentence, noun: Token) -> int | None:
    """Whose claim it is: its possessor, "by" or "from" whom, or the subject of its light verb."""
    for child in sentence.dependents(noun.i, "nmod:poss"):
        if can_speak(child):
            return child.i
    for child in sentence.dependents(noun.i, "nmod"):
        if any(
            t.lower in {"by", "from", "among"} for t in sentence.dependents(child.i, "case")
        ) and can_speak(child):
            return child.i
    verb = light_verb(sentence, noun)
    if verb is None:
        return None
    return agent(sentence, verb) if is_passive(sentence, verb) else speaker_of(sentence, verb)


# --- headlines ------------------------------------------------------------------------------------------------


def _from_colon(sentence: Sentence) -> Found | None:
    """ "Threat remains: envoy" and "Envoy: threat remains": a headline's colon with a speaker on one side."""
    colons = [t.i for t in sentence.tokens if t.text == ":"]
    if len(colons) != 1 or sentence.text.rstrip("\"'”’ ").endswith("."):
        return None
    colon = colons[0]
    left, right = sentence.tokens[:colon], sentence.tokens[colon + 1 :]
    for side, other in ((right, left), (left, right)):
        if side and len(other) >= 2 and _is_speaker_phrase(side):
            head = next((t for t in side if not side[0].i <= t.head <= side[-1].i), side[-1])
            span = sentence.words(side[0].i, side[-1].i)
            content = {t.i for t in other}
            cue = sentence.words(colon, colon)
            return Found(colon, head.i, span, cue, _spans(sentence, content, span), "reported", "colon")
    return None


def _is_speaker_phrase(side: Sequence[Token]) -> bool:
    """Whether the words on one side of a colon are a short noun phrase that can speak."""
    if len(side) > _MAX_HEADLINE_SPEAKER or any(t.upos in {"VERB", "AUX"} for t in side):
        return False
    head = next((t for t in side if not side[0].i <= t.head <= side[-1].i), side[-1])
    return head.upos in {"NOUN", "PROPN"} and (
        head.entity in {"person", "organization"} or head.ner[2:] in {"PER", "ORG"}
    )


# --- spans ------------------------------------------------------------------------------------------------------


def _source_span(sentence: Sentence, source: int, cue: Token, after: int = 0) -> Span:
    """The whole noun phrase of a source, without the cue's own clause and nothing before offset ``after``."""
    below = {i for i in sentence.subtree(source) if sentence.tokens[i].start >= after}
    if cue.i in below and cue.i != source:
        top = cue.i
        while sentence.tokens[top].head != source and sentence.tokens[top].head >= 0:
            top = sentence.tokens[top].head
        below -= set(sentence.subtree(top))
    first, last = _run(below, source)
    tokens = sentence.tokens
    while last > source and tokens[last].upos == "PUNCT":
        last -= 1
    while first < source and (
        tokens[first].upos == "PUNCT" or tokens[first].deprel in {"case", "cc", "mark"}
    ):
        first += 1
    return sentence.words(first, last)


def _run(kept: set[int], i: int) -> tuple[int, int]:
    """The unbroken run of indexes around ``i``."""
    first = last = i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    return first, last


def _cue_span(sentence: Sentence, verb: Token) -> Span:
    """The verb with the auxiliaries, negation and adverbs that stand right before it, and its particle."""
    first = last = verb.i
    light = {t.i for t in sentence.dependents(verb.i, "aux", "advmod", "aux:pass")}
    while first - 1 in light:
        first -= 1
    while (
        first < verb.i
        and base(sentence.tokens[first].deprel) == "advmod"
        and sentence.tokens[first].upos != "PART"
    ):
        first += 1
    if any(t.i == last + 1 for t in sentence.dependents(verb.i, "compound:prt")):
        last += 1
    return sentence.words(first, last)


def _spans(sentence: Sentence, kept: set[int], source: Span | None) -> tuple[Span, ...]:
    """Runs of tokens as spans, trimmed of commas, with the quotation marks that belong to them."""
    tokens = sentence.tokens
    if source is not None:
        kept = {i for i in kept if not (source.start <= tokens[i].start < source.end)}
    found = []
    for first, last in _runs(sorted(kept)):
        while first <= last and tokens[first].upos == "PUNCT" and tokens[first].text not in _OPEN_MARKS + "(":
            first += 1
        while (
            last >= first and tokens[last].upos == "PUNCT" and tokens[last].text not in _CLOSE_MARKS + ")!?"
        ):
            last -= 1
        if first <= last and any(t.upos != "PUNCT" for t in tokens[first : last + 1]):
            found.append(sentence.words(first, last))
    return tuple(found)


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of sorted indexes; a lone punctuation gap does not break one (see ``_spans``)."""
    start = previous = None
    for i in indexes:
        if start is None or previous is None or i > previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous


def _is_infinitive(sentence: Sentence, verb: Token) -> bool:
    return any(t.lower == "to" for t in sentence.dependents(verb.i, "mark"))

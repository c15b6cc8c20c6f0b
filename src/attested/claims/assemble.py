"""The one place where a Claim is made: a mention's roles -> values with span, sentence, voice and hedge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from attested.expressions.counts import PeopleCount, find_counts
from attested.ids import make_id
from attested.mentions.blame_doubt import doubt_of
from attested.mentions.days import DAY_NEARBY
from attested.mentions.lexicon import weapon_in
from attested.mentions.parts import PART
from attested.mentions.toll_words import RISEN
from attested.model import Claim, Mention, Report, Role, Span, Voice
from attested.reading.tokens import Reading, Sentence, Token
from attested.speech.cues import weaker
from attested.speech.hedging import find_hedge
from attested.speech.voices import Attribution, attribution_of
from attested.text.datewords import date_words
from attested.text.lemmas import lemmas
from attested.text.numbers import find_numbers

METHOD = "rules-1"
# A role's name -> the claim's field, for roles whose value is their own words.
_PLAIN_FIELDS = {
    "target": "target", "place": "place", "time": "date", "perpetrator": "perpetrator_alleged",
    "responsibility_claimed": "responsibility_claimed", "responsibility_denied": "responsibility_denied",
    "speaker": "speaker", "addressee": "addressee", "topic": "what", "on_behalf_of": "on_behalf_of",
    "participant": "participant", "effect": "effect",
}  # fmt: skip
# Nouns of a denied harm -> the fields whose value is then 0.
_UNHARMED = {
    "none killed": ("killed",),
    "none injured": ("injured",),
    "death": ("killed",),
    "fatalit": ("killed",),
    "injur": ("injured",),
    "wounded": ("injured",),
}
# What is not so either where a deed is said not to have been done.
_DENIED_TOO = frozenset({"target", "victims", "killed", "injured", "perpetrator_alleged", "weapon"})
_NOBODY_IN_PARTICULAR = frozenset("people others dead persons victims casualties body bodies another".split())
_SEVERAL_TOLD = frozenset({"they", "them", "both", "all"})
_NO_VICTIMS = frozenset({"abducted", "missing"})  # who was taken is the target
_MAX_VALUE_CHARACTERS = 300
# How the unit ends of people told as hit, who may have died of it (``incidents/tolls.py`` takes the dead off).
HIT = ", hit"
# ``Claim.part_of`` of "one of them": part of people told of before, perhaps under another field.
TOLD_BEFORE = "told before"
# The unit of a toll that has grown ("has risen to 15"): what was told before is out of date.
GROWN = "people, risen"
# The unit of people told by a word for their number ("a triple shooting"): the dead and the hurt together.
IN_ALL = "people in all"
# Words that say somebody lived on hurt. "Died of his injuries": the nouns do not.
_LIVED = frozenset(
    "injure wound hurt maim survive recover hospitalize hospitalise treat injured wounded".split()
)
_LIVING_STATE = frozenset("condition alive survivor survivors stable life-threatening".split())
# How often words found in this way fill the field: the share of 3,000 claims that lie in a role of our marks of their
# incident (training/incidents); of a day near by, how often it is the day (MUC-4 dev, GVC).
_CONFIDENCE = {"direct": 0.8, "sum": 0.85, "named": 0.75, "single": 0.75, "continued": 0.55, "nearby": 0.8}


@dataclass(frozen=True)
class Speech:
    """What assembling needs of one report: its sentences, who speaks in each, and who speaks otherwise."""

    sentences: tuple[Sentence, ...]
    attributions: Mapping[int, Sequence[Attribution]]
    default: Voice

    @classmethod
    def of(
        cls, report: Report, reading: Reading, attributions: Mapping[int, Sequence[Attribution]]
    ) -> Speech:
        """The speech of a report: unattributed words are the outlet's, or the wire's through it."""
        default = Voice("outlet", report.outlet or report.agency)
        return cls(reading.sentences, attributions, default)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that covers a page offset."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]


def make_claims(report: Report, mentions: Iterable[Mention], speech: Speech) -> tuple[Claim, ...]:
    """Claims of all mentions of one report, each (mention, field, span) once, in the order of the text."""
    claims: dict[str, Claim] = {}
    for mention in mentions:
        for claim in _claims_of(report, mention, speech):
            if report.text[claim.span.start : claim.span.end] != claim.span.text:
                raise AssertionError(f"claim {claim.id}: its span is not its text")
            claims.setdefault(claim.id, claim)
    return tuple(sorted(claims.values(), key=lambda c: (c.span.start, c.span.end, c.field, c.id)))


def _claims_of(report: Report, mention: Mention, speech: Speech) -> Iterator[Claim]:
    for role in mention.roles:
        if role.name in _PLAIN_FIELDS and mention.kind != "trend":
            span = _clipped(report.text, role.span)
            yield _claim(report, mention, speech, _PLAIN_FIELDS[role.name], span.text, span, head=role.head)
        elif role.name == "weapon":
            yield from _weapon_claims(report, mention, role, speech)
        elif role.name in {"unharmed", "undamaged", "none killed", "none injured"}:
            yield from _none_claims(report, mention, role, speech)
        elif role.name == "intended target":
            span = _clipped(report.text, role.span)
            claim = _claim(report, mention, speech, "target", span.text, span, head=role.head)
            yield replace(claim, unit="intended")
        elif role.name == DAY_NEARBY:
            claim = _claim(report, mention, speech, "date", role.span.text, role.span)
            yield replace(claim, unit=DAY_NEARBY, confidence=_CONFIDENCE["nearby"])
    for field in ("killed", "injured", "abducted", "missing"):
        yield from _people_claims(report, mention, field, speech)
    if mention.kind == "trend":
        yield from _trend_claims(report, mention, speech)


def _people_claims(report: Report, mention: Mention, field: str, speech: Speech) -> Iterator[Claim]:
    """Counts, and who the victims were; phrases of one coordination are summed."""
    for r in mention.roles:
        if r.name == PART + field:
            yield from _part_claims(report, mention, field, r, speech)
        elif r.name == RISEN + field:
            for count in find_counts(speech.sentence_at(r.span.start), [(r.span, r.head)]):
                yield replace(_count_claim(report, mention, field, count, speech), unit=GROWN)
    roles = [r for r in mention.roles if r.name == field]
    for group in _coordinations(roles, speech):
        sentence = speech.sentence_at(group[0].span.start)
        counts = find_counts(sentence, [(r.span, r.head) for r in group]) or _counted_before(
            group, mention, speech
        )
        whole_id: str | None = None
        for count in counts:
            claim = _count_claim(report, mention, field, count, speech)
            if count.how == "sum":
                whole_id = claim.id
                yield claim
            else:
                yield replace(claim, part_of=whole_id or (TOLD_BEFORE if count.is_part else None))
        for r in group if mention.kind == "incident" and field not in _NO_VICTIMS else ():
            if _says_who(r, speech):
                yield _claim(report, mention, speech, "victims", _clipped(report.text, r.span).text,
                             _clipped(report.text, r.span), head=r.head)  # fmt: skip


def _part_claims(report: Report, mention: Mention, field: str, part: Role, speech: Speech) -> Iterator[Claim]:
    """ "Including three children": how many of those told before, and who they were."""
    for count in find_counts(speech.sentence_at(part.span.start), [(part.span, part.head)]):
        yield replace(_count_claim(report, mention, field, count, speech), part_of=TOLD_BEFORE)
    if mention.kind == "incident" and field not in _NO_VICTIMS and _says_who(part, speech):
        span = _clipped(report.text, part.span)
        yield _claim(report, mention, speech, "victims", span.text, span, head=part.head)


def _counted_before(group: Sequence[Role], mention: Mention, speech: Speech) -> list[PeopleCount]:
    """As many as the last people told before "they": "two men were taken to a hospital, where they died"."""
    they = group[0]
    if len(group) > 1 or they.head.text.lower() not in _SEVERAL_TOLD:
        return []
    before = [r for r in mention.roles if r.name in {"killed", "injured"} and r.span.end <= they.span.start]
    told = [
        count
        for told_before in _coordinations(before, speech)
        for count in find_counts(
            speech.sentence_at(told_before[0].span.start), [(r.span, r.head) for r in told_before]
        )[:1]
        if count.value > 1 and not count.is_part
    ]
    if not told:
        return []
    return [PeopleCount(told[-1].value, they.span, "numeral", is_part=True)]


def _says_who(role: Role, speech: Speech) -> bool:
    """Whether a victims' phrase says who they were, not only how many."""
    token = speech.sentence_at(role.head.start).token_at(role.head.start)
    return (
        token is not None and token.upos not in {"NUM", "PRON"} and token.lower not in _NOBODY_IN_PARTICULAR
    )


def _coordinations(roles: Sequence[Role], speech: Speech) -> list[list[Role]]:
    """Roles of one sentence whose heads are conjuncts of each other, together."""
    groups: list[list[Role]] = []
    for r in roles:
        previous = groups[-1] if groups else None
        if previous is not None and any(_are_conjuncts(before, r, speech) for before in previous):
            previous.append(r)
        else:
            groups.append([r])
    return groups


def _are_conjuncts(first: Role, second: Role, speech: Speech) -> bool:
    sentence = speech.sentence_at(first.span.start)
    if not sentence.start <= second.head.start < sentence.end:
        return False
    a, b = sentence.token_at(first.head.start), sentence.token_at(second.head.start)
    if a is None or b is None:
        return False
    if a.deprel == "obj" and b.deprel in {"obj", "conj"} and a.head == b.head:
        return bool(sentence.dependents(b.i, "cc"))  # "shot himself and his friend", both hung on the verb
    head = sentence.tokens[b.head]
    if head.deprel == "flat" and b.deprel == "conj":  # hung on the surname before it
        return head.head == a.i
    return b.head == a.i and (b.deprel == "conj" or _is_listed(a, b, sentence))


def _is_listed(token: Token, apposed: Token, sentence: Sentence) -> bool:
    """ "Ada Brook, Cy Dunn", "a pastor, his wife and their children": apposed, but in a list; not "a man, Cy Dunn"."""
    if apposed.deprel != "appos":
        return False
    if apposed.ner.endswith("PER"):
        return token.ner.endswith("PER")
    owners = sentence.dependents(apposed.i, "nmod")
    return any(d.deprel == "nmod:poss" and d.upos == "PRON" for d in owners)


def _count_claim(report: Report, mention: Mention, field: str, count: PeopleCount, speech: Speech) -> Claim:
    span = _clipped(report.text, count.span)
    sentence = speech.sentence_at(span.start)
    claim = _claim(report, mention, speech, field, count.value, span)
    qualifier = count.qualifier or ("about" if count.approximate else None)
    unit = "people, more" if count.is_more else "people"
    if count.how == "named":
        unit = "named person, more" if count.is_more else "named person"
    if count.how == "in all":
        unit = IN_ALL + HIT
    elif field == "injured" and not count.is_more and count.value and not _tells_lasting(sentence):
        unit += HIT
    return replace(
        claim,
        qualifier=qualifier,
        unit=unit,
        confidence=_CONFIDENCE.get(count.how, _CONFIDENCE["direct"]),
    )  # fmt: skip


def _tells_lasting(sentence: Sentence) -> bool:
    """Whether a sentence says that somebody lived on hurt ("was wounded"), not only that he was hit ("was shot")."""
    return any(
        (token.upos != "NOUN" and not _LIVED.isdisjoint(lemmas(token.lower))) or token.lower in _LIVING_STATE
        for token in sentence.tokens
    )


def _weapon_claims(report: Report, mention: Mention, role: Role, speech: Speech) -> Iterator[Claim]:
    words = role.span.text.lower().split()
    match = weapon_in(words, 0)
    name = match[0].name if match else role.span.text.lower()
    yield _claim(report, mention, speech, "weapon", name, role.span, head=role.head)
    sentence = speech.sentence_at(role.span.start)
    head = sentence.token_at(role.head.start)
    if head is None:
        return
    phrase = sentence.phrase(head.i)
    for number in find_numbers(sentence.text, phrase.start - sentence.start, phrase.end - sentence.start):
        token = sentence.token_at(sentence.start + number.span.start)
        if token is not None and token.head == head.i and float(number.value).is_integer():
            span = Span(phrase.start, phrase.end, phrase.text)
            claim = _claim(report, mention, speech, "weapon_count", int(number.value), span)
            yield replace(
                claim, unit=name, qualifier=number.qualifier or ("about" if number.approximate else None)
            )
            return


def _none_claims(report: Report, mention: Mention, role: Role, speech: Speech) -> Iterator[Claim]:
    """ "no casualties" is 0 killed and 0 injured; "no damage" is an effect: claims, not blanks."""
    if role.name == "undamaged":
        yield replace(_claim(report, mention, speech, "effect", "no damage", role.span), polarity="negative")
        return
    head = role.head.text.lower()
    if role.name.startswith("none "):
        head = role.name
    fields = next((f for stem, f in _UNHARMED.items() if head.startswith(stem)), ("killed", "injured"))
    for field in fields:
        claim = _claim(report, mention, speech, field, 0, role.span)
        yield replace(claim, unit="people", polarity="negative")


def _trend_claims(report: Report, mention: Mention, speech: Speech) -> Iterator[Claim]:
    """A trend's text, number, direction and period."""
    text = _clipped(report.text, mention.sentence)
    yield _claim(report, mention, speech, "text", text.text, text)
    for role in mention.roles:
        if role.name == "number":
            sentence = speech.sentence_at(role.span.start)
            numbers = find_numbers(sentence.text, role.span.start - sentence.start)
            rank = date_words().ordinals.get(role.head.text.lower())
            if rank is not None:
                yield _claim(report, mention, speech, "number", rank, role.span)
            elif numbers:
                claim = _claim(report, mention, speech, "number", int(numbers[0].value), role.span)
                about = "about" if numbers[0].approximate else numbers[0].qualifier
                yield replace(claim, qualifier=about)
        elif role.name in {"rising", "falling"}:
            yield _claim(report, mention, speech, "direction", role.name, mention.trigger)
        elif role.name == "time":
            yield _claim(report, mention, speech, "period", role.span.text, role.span)


def _claim(
    report: Report,
    mention: Mention,
    speech: Speech,
    field: str,
    value: int | str,
    span: Span,
    head: Span | None = None,
) -> Claim:
    sentence = speech.sentence_at(span.start)
    attributions = speech.attributions.get(sentence.start, ())
    own = _own_words(field, span, attributions)
    attribution = own or attribution_of(span, attributions) or _told_by(mention, field, speech)
    voice = attribution.voice if attribution is not None else speech.default
    token = sentence.token_at((head or span).start)
    hedge, polarity = find_hedge(sentence, token.i, voice, attribution) if token else ("reported", "positive")
    if own is None and attribution is not None and not _holds(attribution, span):  # "Police deny this"
        hedge, polarity = attribution.hedge, "negative" if attribution.hedge == "denied" else "positive"
    doubt = doubt_of(sentence, token.i) if token and field == "perpetrator_alleged" else None
    if doubt is not None and hedge != "denied":
        hedge = weaker(hedge, doubt)
    if own is not None:  # the field's name says whether it is claimed or denied
        hedge, polarity = "claimed", "positive"
    if mention.kind == "incident" and field == "perpetrator_alleged" and hedge == "reported":
        hedge = "alleged"
    if mention.status == "denied" and field in _DENIED_TOO:  # "no one attacked the embassy"
        polarity = "negative"
    continued = not mention.sentence.start <= span.start < mention.sentence.end
    return Claim(
        id=make_id("cl", report.id, mention.id, field, value, span.start, span.end),
        report_id=report.id,
        mention_id=mention.id,
        field=field,
        value=value,
        span=span,
        sentence=Span(sentence.start, sentence.end),
        voice=voice,
        hedge=hedge,
        polarity=polarity,
        confidence=_CONFIDENCE["continued" if continued else "direct"],
        method=METHOD,
    )


def _told_by(mention: Mention, field: str, speech: Speech) -> Attribution | None:
    """The attribution that a statement is: whose words its matter are, wherever in the report that stands."""
    if mention.kind != "statement" or field != "what":
        return None
    rows = speech.attributions.get(speech.sentence_at(mention.trigger.start).start, ())
    at = mention.trigger
    return next((a for a in rows if a.is_speech and a.cue.start <= at.start and at.end <= a.cue.end), None)


def _holds(attribution: Attribution, span: Span) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in attribution.content)


def _own_words(field: str, span: Span, attributions: Iterable[Attribution]) -> Attribution | None:
    """The attribution whose source claims or denies responsibility: it speaks for itself, not the outlet."""
    if field not in {"responsibility_claimed", "responsibility_denied"}:
        return None
    rows = [a for a in attributions if a.source is not None]
    return next(
        (a for a in rows if a.source and a.source.start < span.end and span.start < a.source.end), None
    )


def _clipped(text: str, span: Span) -> Span:
    """The span, no longer than a reader can take in, ending at a word."""
    if span.end - span.start <= _MAX_VALUE_CHARACTERS:
        return Span(span.start, span.end, text[span.start : span.end])
    end = text.rfind(" ", span.start, span.start + _MAX_VALUE_CHARACTERS)
    end = end if end > span.start else span.start + _MAX_VALUE_CHARACTERS
    return Span(span.start, end, text[span.start : end])

"""A printed report with the rows that reading it gives: mentions, claims, quotations, sayings, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from attested.ids import make_id
from attested.model import (
    Claim,
    Derivation,
    Hedge,
    Mention,
    Outline,
    Page,
    Passage,
    Published,
    Quote,
    Report,
    Saying,
    Span,
    Voice,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Score

Piece = tuple[str, str, int | str, Any]  # role or "", words, value, what it means
Key = tuple[str, str]  # a row of the ledger: its kind, and which
Kind = Literal["incident", "statement", "trend", "saying", ""]
Actors = Callable[[str, str], str]  # name, kind -> id


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence before it is printed: what it tells of, its pieces, and who says it."""

    kind: Kind
    key: Key
    type: str
    pieces: tuple[Piece, ...]
    voice: Voice = field(default_factory=lambda: Voice("outlet"))
    hedge: Hedge = "fact"
    mode: str = ""
    is_background: bool = False
    status: Literal["happened", "habitual"] = "happened"


@dataclass
class Printed:
    """All rows of one report, by table; ``rows_of`` are the rows that its mentions tell of."""

    page: Page
    report: Report
    published: Published
    at: list[tuple[Sentence, int, int]]  # each sentence with its place
    outline: Outline | None = None
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    dates: dict[str, Anchored] = field(default_factory=dict)
    places: dict[str, PlaceLink] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    seat: PlaceLink | None = None
    rows_of: list[tuple[Mention, Key]] = field(default_factory=list)


def derivation(child: Printed, parent: Printed, kind: Any) -> Derivation:
    """How a report was made from another, with the sentences in common."""
    passages = tuple(
        Passage(*ours[1:], *theirs[1:])
        for ours, theirs in zip(child.at, parent.at, strict=False)
        if kind != "rewrite" or ours[0] is theirs[0]
    )
    why = f"{len(passages)} narrated sentences in common; it is dated {child.published.interval.iso()}"
    return Derivation(
        child.report.id, parent.report.id, kind, Score(0.95 if kind != "rewrite" else 0.45, why),
        parent.report.agency, passages, why,
    )  # fmt: skip


class Reader:
    """The rows that reading a printed report gives: mentions, claims, quotations, sayings, and what they mean."""

    def __init__(self, printed: Printed, actor: Actors) -> None:
        self._printed, self._actor, self._id = printed, actor, printed.report.id

    def read(self) -> None:
        """Fill the report's rows."""
        printed, text = self._printed, self._printed.report.text
        for sentence, start, end in printed.at:
            self._sentence(sentence, Span(start, end, text[start:end]))
        sentences = tuple(Span(start, end, text[start:end]) for _, start, end in printed.at)
        quotes, sayings = tuple(printed.quotes), tuple(printed.sayings)
        printed.outline = Outline(self._id, sentences, quotes=quotes, sayings=sayings)

    def _sentence(self, sentence: Sentence, whole: Span) -> None:
        spans, at = list[tuple[Piece, Span]](), whole.start
        for piece in sentence.pieces:
            spans.append((piece, Span(at, at := at + len(piece[1]), piece[1])))
        said_by = next((span for (role, *_), span in spans if role == "voice"), None)
        voice = (
            replace(sentence.voice, span=said_by) if said_by else Voice("outlet", self._printed.report.outlet)
        )
        if sentence.kind in ("incident", "statement", "trend"):
            self._mention(sentence, whole, spans, voice)
        says = next((span for (role, *_), span in spans if role == "says"), None)
        if sentence.kind == "saying" and says is not None:
            saying = Saying(make_id("sy", self._id, says.start), self._id, says, voice, sentence.hedge)
            self._printed.sayings.append(saying)

    def _mention(
        self, sentence: Sentence, whole: Span, spans: Sequence[tuple[Piece, Span]], voice: Voice
    ) -> None:
        trigger = next(span for (role, *_), span in spans if role == "trigger")
        mention = Mention(
            make_id("mn", self._id, trigger.start), self._id, sentence.kind, sentence.type,  # type: ignore[arg-type]
            trigger, whole, mode=sentence.mode, status=sentence.status, is_background=sentence.is_background,
            why="names a kind of deed" if sentence.status == "habitual" else "",
        )  # fmt: skip
        self._printed.mentions.append(mention)
        if sentence.status == "happened" or sentence.kind == "trend":
            self._printed.rows_of.append((mention, sentence.key))
        if sentence.kind == "trend":
            self._claim(mention, "text", whole.text, whole, voice, sentence.hedge)
        for (role, _, value, means), span in spans:
            if role not in ("", "trigger", "voice", "says"):
                made = "killed" if role == "named" else role
                claim = self._claim(
                    mention, made, value, span, voice, sentence.hedge, is_named=role == "named"
                )
                self._means(claim, means)

    def _claim(
        self, mention: Mention, field: str, value: int | str, span: Span, voice: Voice, hedge: Hedge, *,
        is_named: bool = False,
    ) -> Claim:  # fmt: skip
        if field == "perpetrator_alleged" and hedge in ("fact", "reported"):
            hedge = "alleged"
        unit = "named person" if is_named else "people" if field in ("killed", "injured") else None
        claim = Claim(
            make_id("cl", self._id, field, value, span.start), self._id, mention.id, field, value, span,
            Span(mention.sentence.start, mention.sentence.end), voice, hedge,
            "negative" if field == "responsibility_denied" else "positive", unit,
            "at least" if span.text.startswith("at least") else None, 0.8, "synthetic",
        )  # fmt: skip
        self._printed.claims.append(claim)
        return claim

    def _means(self, claim: Claim, means: Any) -> None:
        """What a claim means beside other reports; a quotation is noted with who spoke it."""
        printed, words = self._printed, claim.span.text
        if claim.field == "date":
            published = printed.published.interval
            told = f"the report of {published.iso()}" if published.is_known else "the story's other reports"
            printed.dates[claim.id] = Anchored(means, f"“{words}” -> {means.iso()}, beside {told}")
        elif claim.field == "place":
            why = f"{means.name}: the phrase itself places it in {means.country}"
            printed.places[claim.id] = PlaceLink(means, Score(0.95, why), (), why)
        elif claim.field in ("perpetrator_alleged", "responsibility_denied", "addressee"):
            printed.actors[claim.id] = self._actor(str(claim.value), "armed group")
        elif claim.field == "speaker":
            printed.actors[claim.id] = self._actor(str(claim.value), "person")
        elif claim.field == "what":
            span, speaker = claim.span, str(means)
            quote = Quote(make_id("qu", self._id, span.start), self._id, span, speaker)
            printed.quotes.append(quote)

"""Chains of event mentions: the program's merging on gold mentions and on its own, and what simple rules get.

A mention is known by its report and the offsets of its first and last word. On gold mentions the program is given
the trigger words and does the rest itself: roles, claims, which words of a report speak of one incident, and which
mentions of all reports do. On its own mentions it has found the words too.

An incident of the program is more than a chain: sets keep a shot, an injury and a death of one shooting apart. So its
words are told apart by what part of it they tell (``Scheme.part_of``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from attested.all_reports import complete
from attested.claims.assemble import Speech, make_claims
from attested.errors import SetAside
from attested.evaluation.coreference import coreference_figures, without_singletons
from attested.evaluation.detokenise import Offsets
from attested.evaluation.scorers import Figure, Tally
from attested.expressions.times import find_times
from attested.ids import make_id
from attested.ledger.store import Ledger
from attested.mentions.grouping import group_hits
from attested.mentions.hits import Hit
from attested.mentions.incidents import Draft, draft_incidents, mention_of
from attested.mentions.lexicon import Family, PartOfSpeech, family_of
from attested.model import Block, Mention, Page, Report, Span
from attested.one_page import Clock, read_report
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading, Sentence, Token
from attested.reports.find import find_reports
from attested.settings import PageSettings, Settings
from attested.speech.voices import attribute
from attested.text.lemmas import lemmas

# What a word of violence that the vocabulary lacks is of: an attack of no particular kind.
_OTHER = Family("other", type="", result="", subjects="", objects="", weak=False, harms=False)
# As which part of speech a word is looked up; any other word as a noun.
_PARTS: dict[str, PartOfSpeech] = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "ADV": "adjective"}

DEATH = "death"
Key = tuple[str, int, int]
Clusters = dict[Key, Hashable]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """The offsets of a mention's words, and the chain that it is filed under."""

    words: tuple[Offsets, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report with the mentions that people marked in its stretches ``scored``.

    Reports of one ``topic`` are read as one pile; ``affair`` is the gold cluster of reports that it is in.
    """

    report: Report
    topic: str
    affair: str
    mentions: tuple[GoldMention, ...]
    scored: tuple[Offsets, ...]

    def key(self, mention: GoldMention) -> Key:
        """The key of one of its mentions."""
        return self.report.id, mention.words[0][0], mention.words[-1][1]


def part_by_word(_: Sentence, word: Token) -> str:
    """The part of an incident that a word tells where a set has no parts of its own: one of its family, or a death."""
    family = _family(word)
    if family is None:
        return stem_of(word.lower)
    return DEATH if family.result == "killed" else family.name


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a set's chains differ from the program's incidents.

    ``rest`` is the chain where it files what it has no chain for; ``is_violence``, whether all that it marks is
    violence, in whatever words; ``part_of`` names the part of its incident that a word of a sentence tells.
    """

    rest: str | None = None
    is_violence: bool = False
    part_of: Callable[[Sentence, Token], str] = part_by_word


# --- reports -----------------------------------------------------------------------------------------


def make_report(
    name: str, text: str, lines: Sequence[Offsets], *, stated: Mapping[str, str], url: str | None = None
) -> Report:
    """A report whose body is all its ``lines``, with the dates and newsroom that our own stage finds at its head."""
    page = Page(make_id("pg", name), name, "text", text, url=url, stated=dict(stated))
    body = tuple(Block(start, end, "body") for start, end in lines)
    try:
        found = find_reports(page, PageSettings(min_body_words=1))[0]
    except SetAside:  # nothing in it reads like a story; it is measured all the same
        found = Report("", page.id, text, body, url=url)
    return replace(found, id=make_id("rp", name), body=body, furniture=(), headline=None)


def read_all(golds: Iterable[GoldReport]) -> dict[str, Reading]:
    """The readings of reports, by id."""
    reader = Reader()
    return {
        gold.report.id: reader.read(gold.report.text, [(b.start, b.end) for b in gold.report.body])
        for gold in golds
    }


# --- the program ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """The cluster of each mention, and the story that the program puts each report in."""

    clusters: Clusters
    stories: dict[str, str]


def merge_given(golds: Sequence[GoldReport], readings: Mapping[str, Reading], scheme: Scheme) -> Merged:
    """The program's clusters of the gold mentions.

    A word of no kind of incident ("announced") is merged by its stem and the program's story. A mention that the
    program takes for no incident stands alone.
    """
    found, stories = Clusters(), dict[str, str]()
    for pile in piles(golds):
        told = {
            gold.report.id: mentions_at(gold, readings[gold.report.id], is_violence=scheme.is_violence)
            for gold in pile
        }
        ledger = ledger_of(pile, readings, told)
        stories |= {report: story.id for story in ledger.stories for report in story.reports}
        incident = {m: i.id for i in ledger.incidents for m in i.mention_ids}
        for gold in pile:
            at, story = told[gold.report.id], (gold.topic, stories[gold.report.id])
            for key, sentence, word in _words(gold, readings[gold.report.id]):
                part = scheme.part_of(sentence, word)
                if key in at:
                    found[key] = incident.get(at[key].id, key), part
                else:
                    found[key] = (story, part) if _family(word) is None else key
    return Merged(found, stories)


def merge_own(golds: Sequence[GoldReport], readings: Mapping[str, Reading], scheme: Scheme) -> Merged:
    """The program's clusters of the trigger words that it finds in the scored stretches.

    A word inside a gold mention is that mention; further words inside it are left out. Words of one mention that is
    no incident of the ledger (planned, habitual) are together but with no others.
    """
    found, stories = Clusters(), dict[str, str]()
    for pile in piles(golds):
        ledger = ledger_of(pile, readings)
        incident = {m: i.id for i in ledger.incidents for m in i.mention_ids}
        for gold in pile:
            reading = readings[gold.report.id]
            for mention, words in own_words(gold.report, reading):
                for word in words:
                    if any(start <= word.start < end for start, end in gold.scored):
                        part = scheme.part_of(*_token_at(reading, word.start))
                        found.setdefault(_key_at(gold, word), (incident.get(mention.id, mention.id), part))
        stories |= {report: story.id for story in ledger.stories for report in story.reports}
    return Merged(found, stories)


def piles(golds: Sequence[GoldReport]) -> Iterator[list[GoldReport]]:
    """The reports of each topic, topics in the order of their first report."""
    for topic in dict.fromkeys(gold.topic for gold in golds):
        yield [gold for gold in golds if gold.topic == topic]


def ledger_of(
    pile: Iterable[GoldReport],
    readings: Mapping[str, Reading],
    given: Mapping[str, Mapping[Key, Mention]] | None = None,
) -> Ledger:
    """The ledger of a pile, as a run makes it; ``given`` mentions by report take the place of its own."""
    parts = []
    for report in (gold.report for gold in pile):
        reading = readings[report.id]
        outline, mentions, claims = read_report(report, reading, Clock())
        if given is not None:
            mentions = tuple({m.id: m for m in given[report.id].values()}.values())
            by_sentence = {s.start: rows for s, rows in attribute(report, reading)}
            claims = make_claims(report, mentions, Speech.of(report, reading, by_sentence))
        parts.append((report, outline, mentions, claims))
    ledger = Ledger(
        reports=tuple(report for report, *_ in parts),
        outlines=tuple(outline for _, outline, _, _ in parts),
        mentions=tuple(mention for _, _, mentions, _ in parts for mention in mentions),
        claims=tuple(claim for *_, claims in parts for claim in claims),
    )
    return complete(ledger, Settings(), Clock())


def mentions_at(gold: GoldReport, reading: Reading, *, is_violence: bool) -> dict[Key, Mention]:
    """The program's mention for each gold mention of a report; what it takes for one incident shares one.

    A gold mention has none where its words only deny harm ("nobody was killed"), or are of no kind of incident, unless
    all that is marked ``is_violence``.
    """
    keys: dict[int, list[Key]] = defaultdict(list)
    hits: dict[int, dict[int, Hit]] = {sentence.start: {} for sentence in reading.sentences}
    for key, sentence, word in _words(gold, reading):
        if (family := _family(word) or (_OTHER if is_violence else None)) is not None:
            hits[sentence.start][word.i] = Hit(word.i, family, part_of(word))
            keys[word.start].append(key)
    given = {
        s.start: _grouped(s, [hits[s.start][i] for i in sorted(hits[s.start])]) for s in reading.sentences
    }
    times = {sentence.start: find_times(sentence) for sentence in reading.sentences}
    return {
        key: mention_of(gold.report, draft)
        for draft in draft_incidents(reading, times, given)
        for word in draft.words
        for key in keys[word.start]
    }


def _grouped(sentence: Sentence, hits: Sequence[Hit]) -> list[list[Hit]]:
    """Trigger words of one incident together, as the program groups them; a word not of its vocabulary is alone."""
    known = [hit for hit in hits if hit.family is not _OTHER]
    groups = group_hits(sentence, known, {hit.i: "happened" for hit in known})
    return sorted([*groups, *([hit] for hit in hits if hit.family is _OTHER)], key=lambda group: group[0].i)


def _words(gold: GoldReport, reading: Reading) -> Iterator[tuple[Key, Sentence, Token]]:
    """The key of each gold mention, the sentence it is in, and the word that stands for it."""
    for mention in gold.mentions:
        sentence, _ = _token_at(reading, mention.words[0][0])
        yield gold.key(mention), sentence, head_of(sentence, mention)


def _token_at(reading: Reading, at: int) -> tuple[Sentence, Token]:
    """The sentence and the word at an offset inside a word."""
    sentence = next(s for s in reading.sentences if s.start <= at < s.end)
    return sentence, next(token for token in sentence.tokens if token.start <= at < token.end)


def head_of(sentence: Sentence, mention: GoldMention) -> Token:
    """The word of a mention that the program's vocabulary has, else the one that governs the others."""
    words = [token for start, _ in mention.words if (token := sentence.token_at(start)) is not None]
    inside = {token.i for token in words}
    known = (token for token in words if _family(token) is not None)
    return next(known, next((token for token in words if token.head not in inside), words[0]))


def part_of(token: Token) -> PartOfSpeech:
    """The part of speech as which a trigger word is looked up."""
    return _PARTS.get(token.upos, "noun")


def _family(token: Token) -> Family | None:
    return family_of(token.lower, part_of(token))


def stem_of(word: str) -> str:
    """What the forms of a word have in common; no word of the language ("announc")."""
    forms = lemmas(word)
    stem = forms[min(1, len(forms) - 1)]
    return (stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem).removesuffix("e")


def own_words(report: Report, reading: Reading) -> Iterator[tuple[Mention, Sequence[Span]]]:
    """The incident mentions that the program finds in a report, each with all its trigger words."""
    drafts: list[Draft] = draft_incidents(reading, {s.start: find_times(s) for s in reading.sentences})
    for draft in drafts:
        if (mention := mention_of(report, draft)).kind == "incident":
            yield mention, draft.words


def _key_at(gold: GoldReport, word: Span) -> Key:
    """The key of the gold mention that a word is in, else its own."""
    for mention in gold.mentions:
        if any(start <= word.start < end for start, end in mention.words):
            return gold.key(mention)
    return gold.report.id, word.start, word.end


# --- figures ----------------------------------------------------------------------------------------------------


def chain_figures(
    golds: Sequence[GoldReport], readings: Mapping[str, Reading], scheme: Scheme
) -> tuple[Figure, ...]:
    """Figures on gold mentions, on the program's own, and of baselines on gold mentions.

    "linked" leaves out mentions that stand alone, in the gold and in ours; "without rest" those of the chain
    ``scheme.rest``. "lemma" puts together the mentions with one stem, of a topic, of a gold affair or of one of the
    program's stories; "affair" all mentions of an affair.
    """
    chains = gold_chains(golds)
    affair = {gold.report.id: gold.affair for gold in golds}
    given, own = merge_given(golds, readings, scheme), merge_own(golds, readings, scheme)

    def unit(key: Key) -> str:
        return affair[key[0]]

    return (
        *coreference_figures(chains, given.clusters, unit),
        *coreference_figures(
            without_singletons(chains), without_singletons(given.clusters), unit, suffix=" linked"
        ),
        *(_without_rest(chains, given.clusters, unit, scheme.rest) if scheme.rest else ()),
        *coreference_figures(chains, own.clusters, unit, suffix=" own"),
        Figure.f1("mention_f1 own", _mention_tallies(chains, own.clusters, affair)),
        *(
            coreference_figures(chains, found, unit, suffix=f" {name}")[0]
            for name, found in _baselines(golds, readings, given.stories).items()
        ),
    )


def _without_rest(
    gold: Clusters, found: Clusters, unit: Callable[[Key], str], rest: str
) -> tuple[Figure, ...]:
    kept = {key: chain for key, chain in gold.items() if chain != rest}
    return coreference_figures(kept, {key: found[key] for key in kept}, unit, suffix=" without rest")[:1]


def gold_chains(golds: Iterable[GoldReport]) -> Clusters:
    """The chain of every gold mention."""
    return {gold.key(mention): mention.chain for gold in golds for mention in gold.mentions}


def _mention_tallies(gold: Clusters, found: Clusters, reports: Iterable[str]) -> list[Tally]:
    """How many mentions are found, a tally for each report."""
    tallies = {report: Tally() for report in reports}
    for key in gold.keys() | found.keys():
        tallies[key[0]] += Tally(
            int(key in gold and key in found), int(key not in gold), int(key not in found)
        )
    return list(tallies.values())


def _baselines(
    golds: Iterable[GoldReport], readings: Mapping[str, Reading], stories: Mapping[str, str]
) -> dict[str, Clusters]:
    """Clusterings of the gold mentions by simple rules, by name."""
    names = ("singletons", "lemma in topic", "lemma in affair", "lemma in story", "affair")
    found: dict[str, Clusters] = {name: {} for name in names}
    for gold in golds:
        story = (gold.topic, stories[gold.report.id])
        for key, _, word in _words(gold, readings[gold.report.id]):
            stem = stem_of(word.lower)
            clusters = (key, (gold.topic, stem), (gold.affair, stem), (*story, stem), gold.affair)
            for name, cluster in zip(names, clusters, strict=True):
                found[name][key] = cluster
    return found

"""Statements of a report: what those who speak for a state, a force or a body said or did to one another.

A statement is something said (a warning, blame, a denial, a promise) or an act of diplomacy (sanctions, a meeting,
troops withdrawn). ``act_roots`` tells which act it is, from one table (``data/acts.toml``); plain "said" is none.
An analyst's ledger has no place for a coach who praised his team, and physical violence is an incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.ids import make_id
from attested.mentions.act_affairs import is_public_affair
from attested.mentions.act_roots import Teller, Told
from attested.mentions.act_told import Scene, acts_told
from attested.mentions.acts import ACTS
from attested.mentions.said import Act, from_content, main_word
from attested.mentions.speaking import People, behalf_of, title_in, when
from attested.model import Mention, Report, Role, Span
from attested.reading.tokens import Reading, Sentence
from attested.speech.voices import Attribution

# Roots of deeds that are incidents, with the modes of those that are decreed or announced instead.
_PHYSICAL = {
    "COERCE": frozenset({"restrict", "curfew", "martial-law"}),
    "PROTEST": frozenset({"boycott"}),
    "MOBILIZE": frozenset(),
}


def find_statements(
    report: Report, reading: Reading, attributions: Sequence[tuple[Sentence, tuple[Attribution, ...]]]
) -> tuple[Mention, ...]:
    """Statements of a report as mentions of kind "statement", in the order of the text.

    ``type`` is the PLOVER root, ``mode`` its mode ("claim": responsibility claimed). Roles: speaker,
    on_behalf_of, addressee, topic, time.
    """
    people = People.of(report, reading)
    rows = {sentence.start: found for sentence, found in attributions}
    mentions: dict[str, Mention] = {}
    before: Span | None = None
    for sentence in reading.sentences:
        told: set[tuple[str, str]] = set()
        found = rows.get(sentence.start, ())
        scene = Scene(Teller(sentence), found, people, before)
        for act in _acts(scene):
            key = (act.told.root, act.speaker.name)
            if key not in told and is_public_affair(scene, act):
                told.add(key)
                mention = _mention(report, sentence, act, people)
                mentions[mention.id] = mention
        people.note(sentence, found)
        before = sentence.span
    return tuple(sorted(mentions.values(), key=lambda m: (m.trigger.start, m.id)))


def _acts(scene: Scene) -> Iterator[Act]:
    """Acts of a sentence: those told as done first, then by what is said where the verb of saying tells none."""
    by_cue: set[int] = set()
    if scene.sentence.text.rstrip("\"'”’ ").endswith("?"):
        return
    for act in acts_told(scene):
        if is_statement(act.told):
            by_cue.add(act.verb.i)
            yield act
    for row in scene.rows:
        inside = scene.sentence.inside(row.cue.start, row.cue.end)
        cue = next((t for t in inside[::-1] if t.upos == "VERB"), None)
        if row.is_speech and (cue is None or cue.i not in by_cue) and _is_publics(scene, row):
            said = from_content(scene.teller, row, cue, scene.people.words_of(row))
            yield from (act for act in said if is_statement(act.told))


def _is_publics(scene: Scene, row: Attribution) -> bool:
    """Whether somebody in public says it."""
    head = main_word(scene.sentence, row.source)
    return row.speaker is not None and scene.people.is_public(row.speaker, scene.sentence, head)


def is_statement(told: Told) -> bool:
    """Whether a deed is something said or an act of diplomacy: no incident, no news of somebody's career."""
    return told.root in ACTS and told.mode in _PHYSICAL.get(told.root, {told.mode}) - {"resign"}


# --- the mention ------------------------------------------------------------------------------------------------


def _mention(report: Report, sentence: Sentence, act: Act, people: People) -> Mention:
    """The statement as a mention with all its roles."""
    name = act.speaker.span or Span(0, 0)
    if not name.end:
        token = sentence.tokens[act.head]
        name = Span(token.start, token.end, token.text)
    roles = [Role("speaker", name, name), *act.roles]
    head = sentence.tokens[act.head]
    behalf = behalf_of(sentence, head) if act.speaker.kind != "named body" or head.upos == "NOUN" else None
    known = people.standing.get(act.speaker.name)
    behalf = behalf or (known.on_behalf_of if known else title_in(name, act.speaker))
    if behalf is not None:
        roles.append(behalf)
    topics = [r for r in roles if r.name in {"topic", "addressee"}] if act.told.root == "ACCUSE" else []
    time = when(sentence, act.verb, act.content, topics)
    if time is not None:
        roles.append(time)
    word = sentence.tokens[act.told.word]
    trigger = Span(word.start, word.end, word.text)
    return Mention(
        id=make_id("mn", report.id, "statement", act.told.root, trigger.start, trigger.end),
        report_id=report.id,
        kind="statement",
        type=act.told.root,
        trigger=trigger,
        sentence=sentence.span,
        roles=tuple(sorted(roles, key=lambda r: (r.span.start, r.span.end, r.name))),
        mode=act.told.mode,
    )

"""Acts done with words: who threatened, blamed, denied, demanded, promised, rejected or praised what.

Three ways to tell an act (tables in ``data/acts.toml``): its verb ("blamed"), its noun ("issued an
ultimatum"), or what is said ("we will not tolerate"). Plain "said" is no act. Only those who speak for a
state, a force or a body count: an analyst's ledger has no place for a coach who praised his team.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.ids import make_id
from attested.mentions.act_roots import mode_of
from attested.mentions.acts import ActFrame, act_table, known_form
from attested.mentions.matter import (
    is_spoken,
    relation,
    verb_roles,
    whole_topic,
)
from attested.mentions.said import Act, content_frames, from_content
from attested.mentions.speaking import (
    People,
    behalf_of,
    is_audience,
    is_bare_pronoun,
    is_own,
    phrase_role,
    title_in,
    trimmed,
    when,
)
from attested.model import Mention, Report, Role, Span
from attested.reading.tokens import Reading, Sentence, Token, base
from attested.speech.describing import Speaker
from attested.speech.hedging import status_of
from attested.speech.negation import negated_here
from attested.speech.phrases import light_verb, noun_source
from attested.speech.subjects import agent, can_speak, is_passive, speaker_of
from attested.speech.voices import Attribution

_TOLD = frozenset({"happened", "habitual"})
# Verbs whose infinitive is a habit: "tends to blame".
_HABITS = frozenset({"tend", "like", "love", "use"})
# Prepositions behind which a verb in -ing names a matter: "accused of denying", "without asking".
_MATTER_OF = frozenset(
    {"of", "in", "for", "without", "from", "against", "about", "before", "instead", "on", "by"}
)


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
        for act in _acts(sentence, found, people, before):
            key = (act.frame.act, act.speaker.name)
            if key in told or not people.is_public(act.speaker, sentence, act.head):
                continue
            told.add(key)
            mention = _mention(report, sentence, act, people)
            mentions[mention.id] = mention
        people.note(sentence, found)
        before = sentence.span
    return tuple(sorted(mentions.values(), key=lambda m: (m.trigger.start, m.id)))


def _acts(
    sentence: Sentence, rows: Sequence[Attribution], people: People, before: Span | None
) -> Iterator[Act]:
    """Acts of a sentence: by verb and noun first, then by what is said where those tell nothing."""
    by_cue: set[int] = set()
    for token in sentence.tokens:
        if token.upos not in {"VERB", "NOUN"} or _is_quoted(token, rows):
            continue
        act = _from_verb(sentence, token, rows, people, before) or _from_noun(sentence, token, people)
        if act is not None:
            by_cue.add(act.verb.i)
            yield act
    for row in rows:
        cue = next((t for t in sentence.inside(row.cue.start, row.cue.end)[::-1] if t.upos == "VERB"), None)
        if row.is_speech and row.speaker is not None and (cue is None or cue.i not in by_cue):
            yield from from_content(sentence, row, cue)


def _is_quoted(token: Token, rows: Sequence[Attribution]) -> bool:
    """Whether a word stands in somebody's direct speech: what they tell of is not their act."""
    return any(r.is_direct and c.start <= token.start < c.end for r in rows for c in r.content)


# --- by verb and noun -----------------------------------------------------------------------------------------


def _from_verb(
    sentence: Sentence, verb: Token, rows: Sequence[Attribution], people: People, before: Span | None
) -> Act | None:
    """An act told by its verb."""
    if verb.upos != "VERB" or verb.deprel in {"amod", "compound", "case"} or _is_in_passing(sentence, verb):
        return None
    lemma = known_form(verb.lower, act_table().verbs)
    row = next((r for r in rows if r.cue.start <= verb.start < r.cue.end), None)
    for frame in act_table().verbs[lemma] if lemma else ():
        if not _fits(sentence, verb, frame, row) or not _is_told(sentence, verb):
            continue
        if frame.act == "REQUEST" and _is_about_names(sentence, verb):
            continue
        source = agent(sentence, verb) if is_passive(sentence, verb) else speaker_of(sentence, verb)
        speaker = _speaker(sentence, source, row, people)
        if source is None or speaker is None or not _may_act(sentence.tokens[source]):
            continue
        roles = verb_roles(sentence, verb, frame, row, before)
        if any(r.name == "addressee" and r.head.start == sentence.tokens[source].start for r in roles):
            continue
        if (
            lemma == "warn"
            and frame.act == "THREATEN"
            and not _is_threat(sentence, verb, speaker, row, roles)
        ):
            continue
        if frame.public == "both" and not any(r.name == "addressee" for r in roles):
            continue
        return Act(verb, frame, speaker, source, verb, roles, row.content if row else ())
    return None


def _is_threat(
    sentence: Sentence, verb: Token, speaker: Speaker, row: Attribution | None, roles: Sequence[Role]
) -> bool:
    """Whether a warning is a threat: aimed at somebody, of one's own deeds, or of harm ("they will pay")."""
    clause = next(iter(sentence.dependents(verb.i, "ccomp")), None)
    if clause is None or any(r.name == "addressee" for r in roles):
        return True
    harm = any(f.act == "THREATEN" for f in content_frames(clause))
    subject = next(iter(sentence.dependents(clause.i, "nsubj")), None)
    words = row.source.text if row is not None and row.source is not None else speaker.name
    direct = row is not None and row.is_direct
    return harm or (subject is not None and is_own(sentence, subject, speaker, words, is_direct=direct))


def _is_in_passing(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb names a purpose, a matter or a habit, not a deed: "to deny it", "tends to blame"."""
    first = verb
    while base(first.deprel) == "conj" and sentence.tokens[first.head].upos == "VERB":
        first = sentence.tokens[first.head]
    if base(first.deprel) == "xcomp":
        return known_form(sentence.tokens[first.head].lower, _HABITS) is not None
    if base(first.deprel) not in {"advcl", "acl", "nmod", "obl"}:
        return False
    marks = {t.lower for t in sentence.dependents(first.i, "mark", "case")}
    bare = first.xpos == "VB" and verb.xpos == "VB"
    return bare or (first.xpos == verb.xpos == "VBG" and bool(marks & _MATTER_OF))


def _speaker(
    sentence: Sentence, source: int | None, row: Attribution | None, people: People
) -> Speaker | None:
    """The speaker as the attribution resolved them, or as the sentence describes them; no bare pronouns."""
    token = sentence.tokens[source] if source is not None else None
    if token is not None and _is_word_for_name(sentence, token):
        return _describe_in(sentence, token.head, people)
    if row is not None and row.speaker is not None:
        return None if is_bare_pronoun(row.speaker) else row.speaker
    if source is None or token is None:
        return None
    speaker = _describe_in(sentence, source, people)
    unknown = token.upos == "PRON" and (speaker.span is None or not speaker.is_person)
    return None if unknown else speaker


def _is_word_for_name(sentence: Sentence, token: Token) -> bool:
    """Whether a noun only explains the name before it: "the White Guard, a group that rejected the deal"."""
    if token.upos != "NOUN" or base(token.deprel) != "appos":
        return False
    return sentence.tokens[token.head].upos == "PROPN" and token.head < token.i


def _describe_in(sentence: Sentence, source: int, people: People) -> Speaker:
    """A speaker by their own words, with the full name the report has."""
    return people.context.name_source(sentence, source, sentence.phrase(source))


def _fits(sentence: Sentence, verb: Token, frame: ActFrame, row: Attribution | None) -> bool:
    """Whether what the frame needs stands around its verb."""
    found = {n for n in frame.needs if n != "quote" and relation(sentence, verb, n)}
    quoted = "quote" in frame.needs and is_spoken(row)
    if frame.needs and not found and not quoted:
        return False
    if not frame.object:
        return True
    things = sentence.dependents(verb.i, "obj", "nsubj:pass")
    return any(known_form(t.lower, frame.object) for t in things)


def _is_about_names(sentence: Sentence, verb: Token) -> bool:
    """ "asked not to be named": a condition of speaking, no request."""
    return any(t.lower in act_table().anonymity for t in sentence.dependents(verb.i, "xcomp", "ccomp"))


def _may_act(token: Token) -> bool:
    """Whether a word may be a speaker: by what it is, or because it names a public body ("service")."""
    return can_speak(token) or known_form(token.lower, act_table().public) is not None


def _from_noun(sentence: Sentence, noun: Token, people: People) -> Act | None:
    """An act told by its noun with a light verb or a possessor: "issued an ultimatum", "US threats to close"."""
    lemma = known_form(noun.lower, act_table().nouns) if noun.upos == "NOUN" else None
    if lemma is None:
        return None
    verb = light_verb(sentence, noun)
    source = noun_source(sentence, noun)
    complement = [
        t for t in sentence.dependents(noun.i, "acl", "ccomp") if t.i > noun.i and t.deprel != "acl:relcl"
    ]
    if source is None and complement:
        source = next((t.i for t in sentence.dependents(noun.i, "compound", "amod") if t.ner != "O"), None)
    if source is None or (verb is None and not complement):
        return None
    if not _is_told(sentence, verb or noun) and verb is not None:
        return None
    speaker = _speaker(sentence, source, None, people)
    if speaker is None:
        return None
    roles = [_promised(sentence, noun, t) for t in complement[:1]]
    for child in [
        *(t for t in sentence.dependents(noun.i, "nmod") if not complement or t.i < complement[0].i),
        *(sentence.dependents(verb.i, "obl", "iobj") if verb else ()),
    ]:
        to = child.deprel == "iobj" or any(
            c.lower in {"to", "against", "on"} for c in sentence.dependents(child.i, "case")
        )
        if to and can_speak(child) and child.i != source and not is_audience(sentence, child):
            roles.append(phrase_role(sentence, "addressee", child))
            break
    return Act(noun, act_table().nouns[lemma], speaker, source, verb or noun, tuple(roles))


def _promised(sentence: Sentence, noun: Token, clause: Token) -> Role:
    """The clause of "its threat to close the border for months", with what parsers hang on the noun instead."""
    last = max(i for t in sentence.dependents(noun.i) for i in sentence.subtree(t.i, ("punct", "parataxis")))
    role = whole_topic(sentence, clause)
    first = sentence.token_at(role.span.start)
    if first is None or last <= clause.i:
        return role
    return Role("topic", trimmed(sentence, sentence.words(first.i, last)), role.head)


def _is_told(sentence: Sentence, word: Token) -> bool:
    """Whether the act is told as done: not planned, feared, hypothetical or denied."""
    return status_of(sentence, word.i)[0] in _TOLD and not negated_here(sentence, word.i)


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
    topics = [r for r in roles if r.name in {"topic", "addressee"}] if act.frame.act == "ACCUSE" else []
    time = when(sentence, act.verb, act.content, topics)
    if time is not None:
        roles.append(time)
    trigger = Span(act.trigger.start, act.trigger.end, act.trigger.text)
    return Mention(
        id=make_id("mn", report.id, "statement", act.frame.act, trigger.start, trigger.end),
        report_id=report.id,
        kind="statement",
        type=act.frame.act,
        trigger=trigger,
        sentence=sentence.span,
        roles=tuple(sorted(roles, key=lambda r: (r.span.start, r.span.end, r.name))),
        mode=act.frame.mode or mode_of(sentence, act.verb, act.frame.act),
    )

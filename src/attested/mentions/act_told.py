"""Acts that a report tells as done, by verb or by noun: "expelled two diplomats", "its threat to close the border"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from attested.mentions.act_done import NOT_DONE, is_done, is_in_passing, is_only_said, is_unsure
from attested.mentions.act_frames import deed_table, forms
from attested.mentions.act_needs import Found, is_whole
from attested.mentions.act_parties import Doing, actor_of, addressees, doing_of, downwards
from attested.mentions.act_phrases import cases, measured
from attested.mentions.act_roots import Teller, may_tell
from attested.mentions.matter import can_be_addressed, noun_topic, topic_of
from attested.mentions.said import BY_SAYING, Act, binds, main_word
from attested.mentions.speaking import People, is_audience, is_bare_pronoun, is_public_word, phrase_role
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import reporting_table
from attested.speech.describing import Speaker
from attested.speech.phrases import light_verb, noun_source
from attested.speech.subjects import can_speak
from attested.speech.voices import Attribution, attribution_of

# So many of a people do nothing in its name: "many Russians".
_SOME = frozenset({"many", "some", "most", "several", "few", "more", "other", "all"})
# Relations of words that say who somebody is.
_TITLING = ("nmod:desc", "compound", "appos", "flat")
_VIOLENT = frozenset({"ASSAULT", "MOBILIZE"})
_FIRST = frozenset({"i", "we"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when a sentence is read: its deeds, its attributions, the report's people, what was told before."""

    teller: Teller
    rows: Sequence[Attribution]
    people: People
    before: Span | None

    @property
    def sentence(self) -> Sentence:
        """The sentence that is read."""
        return self.teller.sentence


def acts_told(scene: Scene) -> Iterator[Act]:
    """The acts of a sentence's narration, the words nearest to the root of the parse first."""
    used: set[int] = set()
    with_clause = {t.head for t in scene.sentence.tokens if t.deprel in {"acl", "ccomp"}}
    nouns = [t for t in scene.sentence.tokens if t.upos == "NOUN" and t.i in with_clause]
    telling = [*(t for t in scene.sentence.tokens if t.upos == "VERB"), *nouns]
    for word in downwards(scene.sentence, filter(_may_state, telling)):
        if word.i not in used:
            act = _from_verb(scene, word, used) if word.upos == "VERB" else _from_noun(scene, word)
            if act is not None:
                yield act


def _may_state(word: Token) -> bool:
    """Whether the table has a word for more than violence, wishes and saying."""
    return may_tell(word) if word.upos == "NOUN" else _states(word.lower)


@cache
def _states(verb: str) -> bool:
    """Whether a row of a verb may tell a statement."""
    rows = [deed for form in forms(verb) for _, _, deed in deed_table().verbs.get(form, ())]
    cue = reporting_table().verbs.get(reporting_table().lemma_in(verb, reporting_table().verbs) or "")
    carried = {"same"} if cue is not None and cue.is_speech else set()
    turns = {deed.name for deed in rows if deed.is_turn} - NOT_DONE - carried
    return bool(turns) or any(deed.name not in _VIOLENT for deed in rows if not deed.is_turn)


# --- by verb ----------------------------------------------------------------------------------------------------


def _from_verb(scene: Scene, verb: Token, used: set[int]) -> Act | None:
    """An act told by its verb; the words that tell it are added to those ``used``."""
    sentence, teller = scene.sentence, scene.teller
    actor = None if is_in_passing(sentence, verb) else actor_of(teller, verb)
    if actor is None or not _may_act(sentence, actor):
        return None
    within = attribution_of(sentence.words(verb.i, verb.i), scene.rows)
    if within is not None and within.is_direct and actor.lower not in _FIRST:
        return None  # what they tell of is not their act
    row = next((r for r in scene.rows if r.cue.start <= verb.start < r.cue.end), None)
    source = _speaker(scene, actor, row, within)
    if source is None or not scene.people.is_public(source[0], sentence, source[1]):
        return None
    doing = doing_of(teller, verb) if teller.rows_of_verb(verb) else None
    if doing is None or is_only_said(teller, doing):
        return None
    used.update(t.i for t in doing.chain)
    if not is_done(teller, doing):
        return None
    aimed = _aimed_at(scene, doing)
    topic = topic_of(teller, doing, row, aimed, scene.before)
    if not is_whole(Found(teller, scene.people, doing, aimed, topic, row)):
        return None
    roles = tuple(r for r in (aimed, topic) if r is not None)
    if any(source[0].span is not None and r.head.start == source[0].span.start for r in roles):
        return None  # a parse that took the object for the subject
    return Act(doing.told, *source, verb, roles, row.content if row else ())


def _may_act(sentence: Sentence, token: Token) -> bool:
    """Whether a word may be a speaker: by what it is, or because it names a public body ("service")."""
    if token.lower == "you":
        return False
    if token.xpos == "NNPS" and any(t.lower in _SOME for t in sentence.dependents(token.i, "amod", "det")):
        return False
    if token.upos == "NOUN" and token.entity == "person" and not is_public_word(token.lower):
        return bool(sentence.dependents(token.i, *_TITLING))  # "the coach, Minister Ruiz", but no coach
    return can_speak(token) or is_public_word(token.lower)


def _speaker(
    scene: Scene, actor: Token, row: Attribution | None, within: Attribution | None
) -> tuple[Speaker, int] | None:
    """Whoever acts, with the word that names them: as the attributions resolved them or as the sentence describes
    them; nobody for a bare pronoun."""
    sentence = scene.sentence
    if _is_word_for_name(sentence, actor):
        return scene.people.named(sentence, actor.head), actor.i
    if row is not None and row.speaker is not None:
        return None if is_bare_pronoun(row.speaker) else (row.speaker, actor.i)
    called = scene.people.words_of(within) if within is not None and actor.upos == "PRON" else ""
    if within is not None and within.speaker and called and binds(sentence, actor, within, called):
        return within.speaker, main_word(sentence, within.source)
    speaker = scene.people.named(sentence, actor.i)
    unknown = actor.upos == "PRON" and (speaker.span is None or not speaker.is_person)
    return None if unknown or actor.lower in _FIRST else (speaker, actor.i)


def _is_word_for_name(sentence: Sentence, token: Token) -> bool:
    """Whether a noun only explains the name before it: "the White Guard, a group that rejected the deal"."""
    if token.upos != "NOUN" or base(token.deprel) != "appos":
        return False
    return sentence.tokens[token.head].upos == "PROPN" and token.head < token.i


def _aimed_at(scene: Scene, doing: Doing) -> Role | None:
    """Whom the act is aimed at; nobody for a bare pronoun and for whoever does it."""
    sentence = scene.sentence
    ours = set(sentence.subtree(doing.actor.i, ("conj",))) if doing.actor is not None else set()
    for token in addressees(scene.teller, doing):
        whom = measured(sentence, token)
        if whom.i not in ours and can_be_addressed(whom) and not is_audience(sentence, whom):
            return phrase_role(sentence, "addressee", token)
    return None


# --- by noun ----------------------------------------------------------------------------------------------------


def _from_noun(scene: Scene, noun: Token) -> Act | None:
    """An act told by a noun with its clause and whose it is: "US threats to close", "its refusal to meet"."""
    sentence = scene.sentence
    clause = next((t for t in sentence.dependents(noun.i, "acl", "ccomp") if _is_of(sentence, noun, t)), None)
    source = noun_source(sentence, noun) if clause is not None else None
    if source is None and clause is not None:
        source = next((t.i for t in sentence.dependents(noun.i, "compound", "amod") if t.ner != "O"), None)
    if clause is None or source is None or light_verb(sentence, noun) or is_unsure(sentence, noun):
        return None
    within = attribution_of(sentence.words(noun.i, noun.i), scene.rows)
    told = scene.teller.noun(noun)
    if not told or told.turn in NOT_DONE | {"plan"} or (within is not None and within.is_direct):
        return None
    if not told.turn and told.root not in BY_SAYING:
        return None  # its clause is what it is for: "a withdrawal to save money"
    found = _speaker(scene, sentence.tokens[source], None, None)
    if found is None or not scene.people.is_public(found[0], sentence, found[1]):
        return None
    near = [t for t in sentence.dependents(noun.i, "nmod") if t.i < clause.i and t.i != source]
    to = [t for t in near if cases(sentence, t) & {"to", "against", "on"} and can_be_addressed(t)]
    heard = [phrase_role(sentence, "addressee", t) for t in to]
    return Act(told, *found, noun, (noun_topic(sentence, noun, clause), *heard[:1]))


def _is_of(sentence: Sentence, noun: Token, clause: Token) -> bool:
    """Whether a clause says what a noun is of: "its threat to close", "a promise that it would help"."""
    marked = any(t.lower in {"to", "that"} for t in sentence.dependents(clause.i, "mark"))
    return noun.upos == "NOUN" and clause.i > noun.i and clause.deprel != "acl:relcl" and marked

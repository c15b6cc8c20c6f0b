"""Whether an act is one of public affairs: by whom, toward whom, about what; no lawsuit, no match, nothing private."""

from __future__ import annotations

from itertools import pairwise

from attested.mentions.act_needs import WITH_SOMEBODY
from attested.mentions.act_phrases import cases, is_headline
from attested.mentions.act_public import is_legal_word, is_private_word, is_state
from attested.mentions.act_told import Scene
from attested.mentions.acts import act_table, is_kind, known_form
from attested.mentions.said import Act
from attested.mentions.speaking import People, is_public_word
from attested.model import Role
from attested.reading.tokens import Sentence, Token
from attested.speech.voices import attribution_of
from attested.text.countries import country_of

# What courts do for a state, in modes of acts.
_OF_COURTS = frozenset({"convict", "arrest", "deport"})
# Acts that may be no more than what somebody thinks.
_STANCES = frozenset({"SUPPORT", "ACCUSE", "REJECT"})
# Acts that are deeds more than words, those that somebody may only allege, and those told by nouns of words.
_DEEDS = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "SANCTION", "COERCE", "MOBILIZE"})
_ALLEGED = _DEEDS | {"REJECT", "CONCEDE", "SUPPORT", "REQUEST"}
_WORDS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# Modes of what is done to somebody.
_DONE_TO_SOMEBODY = frozenset({"release", "disarm", "arrest"})
# Words of a name that is longer than names of bodies are; words after "call" within which "for" or "on" stands.
_LONG = 6
_NEAR = 4
_CALLED_FOR = frozenset({"for", "on", "upon"})
_SILENT = frozenset({"to respond", "to comment", "to answer", "to reply"})
# What stands where a parse found no name: words, forms of "be", the dash of a dateline, "American" alone.
_NO_NAMES = frozenset({"then", "former", "late", "who", "which", "that", "there"})
_BE = frozenset("was were is are be being been has had".split())
_DASHES = frozenset({"-", "–", "—", "/", ":"})
_DEMONYMS = ("an", "ish", "ese")
_OF_STATE = frozenset({"federal", "national"})
_CAREERS = frozenset({"campaign", "bid", "candidacy"})
_SHARES = frozenset({"percent", "%", "pct"})
_ANYBODY = frozenset({"public", "people", "suspects", "victims"})
_MARKS = ".,;:!?()\"“”‘’'"
# Parts of speech of a matter, and relations: of clauses, loose verbs, nouns that hang on others, modifiers.
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_CLAUSES = ("acl", "advcl", "parataxis", "ccomp", "punct")
_LOOSE = frozenset({"advcl", "acl", "conj"})
_HANGING = frozenset({"obl", "nmod"})
_MODIFYING = frozenset({"compound", "amod"})
_PART = ("compound", "amod", "nmod:poss", "nmod:desc", "flat", "conj")


def is_public_affair(scene: Scene, act: Act) -> bool:
    """Whether an act that a report tells is toward somebody in public or about a public matter."""
    people, sentence, head = scene.people, scene.sentence, scene.sentence.tokens[act.head]
    if _is_nobody(sentence, act, head) or _is_stance(sentence, act, head) or _is_alleged(sentence, act):
        return False
    if _is_misread(sentence, act) or _is_survey(sentence, act):
        return False
    if act.told.root in _DEEDS and _is_quoted(scene, act):
        return False
    toward, of_land = is_toward(people, sentence, act), _is_of_state(sentence, act, head)
    of_state = of_land or _is_federal(sentence, head)
    if not of_state and _is_police(people, act, head):
        return _is_of_order(sentence, act)
    sure = of_state or people.in_office(act.speaker)
    topics = [r for r in act.roles if r.name == "topic"]
    public = toward or any(is_matter(people, sentence, r, sure=sure) for r in topics)
    if _is_of_court(people, act, head):
        if of_land:
            return toward or act.told.mode in _OF_COURTS or (public and act.told.root != "REQUEST")
        return act.told.root != "REQUEST" and any(_is_foreign(sentence, r) for r in act.roles)
    if not _is_whole(sentence, act, sure=toward or of_state) or (act.told.root in WITH_SOMEBODY and not sure):
        return False
    legal = is_kind(act.verb, "legal") or is_kind(sentence.tokens[act.told.word], "legal")
    if legal and act.told.mode not in _OF_COURTS:
        return toward
    if act.told.turn == "must" and not toward:
        return public and (sure or not any(r.name == "addressee" for r in act.roles))
    if public or act.told.mode == "claim":
        return True
    return sure and not is_kind(act.verb, "general")


def _is_police(people: People, act: Act, head: Token) -> bool:
    """Whether police or prosecutors act, by any word that they are called."""
    words = people.titles_of(act.speaker) if act.speaker.is_person else act.speaker.name.lower().split()
    known = act_table().kinds["police"]
    return any(known_form(word, known) is not None for word in (head.lower, *words))


def _is_misread(sentence: Sentence, act: Act) -> bool:
    """Whether the word that tells an act is a modifier, another's ("the demands of workers"), or only names."""
    word = sentence.tokens[act.told.word]
    if is_kind(act.verb, "trading") or is_kind(word, "trading"):
        return True
    if act.told.root in _DEEDS and act.verb.xpos == "VBG" and act.verb.deprel in _LOOSE:
        return not sentence.dependents(act.verb.i, "aux")
    if word.deprel in _MODIFYING or any(r.name == "topic" and r.span.text in _SILENT for r in act.roles):
        return True
    if act.told.root == "REQUEST" and is_kind(word, "calling"):
        after = sentence.tokens[word.i + 1 : word.i + 1 + _NEAR]
        return not any(t.lower in _CALLED_FOR for t in after)
    if _is_showing(act) or _is_headline_passive(sentence, act):
        return True
    if act.told.turn == "plan" and act.told.root == "THREATEN":
        return not any(r.name == "addressee" for r in act.roles)
    if act.verb.upos == "NOUN":  # "a test of its commitment to change", "the decision to open the border"
        hangs = act.verb.deprel in _HANGING and act.told.root == "AGREE"
        if hangs or act.verb.deprel == "nmod" or act.told.root == "CONCEDE":
            return True
    if word.upos != "NOUN" or word.i == act.verb.i or act.told.root not in _WORDS:
        return False
    of = [t for t in sentence.dependents(word.i, "nmod") if "of" in cases(sentence, t)]
    return any(act.told.root == "REQUEST" or t.entity in {"person", "organization"} for t in of)


def _is_survey(sentence: Sentence, act: Act) -> bool:
    """Whether a share of people is for somebody: "soldiers backed her, 57 percent to 22 percent"."""
    return act.told.root == "SUPPORT" and any(t.lower in _SHARES for t in sentence.tokens)


def _is_showing(act: Act) -> bool:
    """Whether something done only shows a stance: "approved the loan, demonstrating its support"."""
    return act.verb.xpos == "VBG" and act.verb.deprel.startswith("advcl") and is_kind(act.verb, "showing")


def _is_headline_passive(sentence: Sentence, act: Act) -> bool:
    """Whether a headline leaves out who asks: "Mayor asked to appear before a committee"."""
    if act.told.root != "REQUEST" or not is_headline(sentence):
        return False
    bare = not sentence.dependents(act.verb.i, "obj", "aux") and act.verb.lower.endswith("ed")
    return bare and bool(sentence.dependents(act.verb.i, "xcomp"))


def _is_of_order(sentence: Sentence, act: Act) -> bool:
    """Whether what police did is more than their daily work: toward citizens, or about another state."""
    if act.told.root == "ACCUSE" and act.told.mode == "allege" and not is_kind(act.verb, "legal"):
        heads = [sentence.token_at(r.head.start) for r in act.roles if r.name == "addressee"]
        return any(t is not None and t.ner[2:] in {"ORG", "LOC"} for t in heads)
    if act.told.root in {"CONCEDE", "ACCUSE", "AGREE"} and act.told.mode != "disapprove":
        return False
    for role in act.roles:
        inside = sentence.inside(role.span.start, role.span.end)
        aimed = role.name == "addressee" and any(
            is_kind(t, "citizen") and t.lower not in _ANYBODY for t in inside
        )
        if aimed or any(country_of(t.text) is not None for t in inside if t.ner != "O"):
            return True
    return False


def _is_foreign(sentence: Sentence, role: Role) -> bool:
    """Whether somebody addressed is called by a state: "a Turkish consulate worker"."""
    inside = sentence.inside(role.span.start, role.span.end)
    return role.name == "addressee" and any(
        t.ner[2:] != "PER" and country_of(t.text) is not None for t in inside
    )


def _is_whole(sentence: Sentence, act: Act, *, sure: bool) -> bool:
    """Whether an act that is nothing without somebody has somebody."""
    root, verb = act.told.root, act.verb
    if root == "CONCEDE" and is_kind(verb, "passing"):
        return sure
    if root == "CONCEDE" and is_kind(verb, "admitting"):
        return bool(sentence.dependents(verb.i, "ccomp", "xcomp"))
    if act.told.turn == "intend" and is_kind(verb, "offering"):
        return sure
    aimed = any(r.name == "addressee" for r in act.roles)
    if (
        root == "SUPPORT"
        and is_kind(verb, "admitting")
        and (sentence.dependents(verb.i, "ccomp") or not sure)
    ):
        return False  # "recognised that the day was hard"
    if root == "CONCEDE" and is_kind(verb, "suspending") and _is_of_career(sentence, act):
        return False
    if root == "CONCEDE" and is_kind(verb, "restoring"):
        return aimed
    return aimed or sure if act.told.mode in _DONE_TO_SOMEBODY else True


def _is_of_career(sentence: Sentence, act: Act) -> bool:
    """Whether somebody is suspended, or somebody's campaign for an office."""
    heads = [sentence.token_at(r.head.start) for r in act.roles]
    return any(t is not None and (t.ner[2:] == "PER" or t.lower in _CAREERS) for t in heads)


def _is_quoted(scene: Scene, act: Act) -> bool:
    """Whether a deed is only told of in quotation marks."""
    within = attribution_of(scene.sentence.words(act.verb.i, act.verb.i), scene.rows)
    return within is not None and within.is_direct


def _is_alleged(sentence: Sentence, act: Act) -> bool:
    """Whether a deed is what somebody else alleges."""
    above = [t for t in sentence.ancestors(act.verb.i) if t.upos == "VERB"]
    return act.told.root in _ALLEGED and bool(above) and is_kind(above[0], "alleging")


def _is_of_court(people: People, act: Act, head: Token) -> bool:
    """Whether a court acts, or somebody who sits in one."""
    words = {head.lower, *act.speaker.name.lower().split(), *people.titles_of(act.speaker)}
    return (
        any(is_legal_word(word) for word in words) and "minister" not in words and "department" not in words
    )


def is_toward(people: People, sentence: Sentence, act: Act) -> bool:
    """Whether an act is aimed at somebody in public."""
    return any(is_party(people, sentence, r) for r in act.roles if r.name == "addressee")


def _is_of_state(sentence: Sentence, act: Act, head: Token) -> bool:
    """Whether a speaker is a state or a known force, or is called by the state that they act for."""
    if head.ner[2:] == "LOC" or is_state(act.speaker.name):
        return True
    words = [sentence.tokens[i] for i in sentence.subtree(head.i, _CLAUSES)]
    pairs = [f"{a.text} {b.text}" for a, b in pairwise(words)]  # "South African"
    return any(is_state(name) for name in (*(t.text for t in words), *pairs) if name[:1].isupper())


def _is_federal(sentence: Sentence, head: Token) -> bool:
    """Whether a body is called that of the whole land."""
    return any(t.lower in _OF_STATE for t in sentence.dependents(head.i))


def _is_nobody(sentence: Sentence, act: Act, head: Token) -> bool:
    """Whether a speaker's word names nobody: "who", "then", the place of a dateline, a lone "American"."""
    after = sentence.tokens[head.i + 1].text if head.i + 1 < len(sentence.tokens) else ""
    if head.i == 0 and after in _DASHES:
        return True
    alone = act.speaker.name == head.text and head.ner in {"B-MISC", "B-ORG"} and head.xpos in {"NNP", "JJ"}
    if alone and (head.ner == "B-MISC" or (country_of(head.text) and head.lower.endswith(_DEMONYMS))):
        return True
    words = act.speaker.name.split()
    unknown = head.ner == "O" and not is_public_word(head.lower)
    told = unknown and len(words) > _LONG and words[0].islower()  # a parse that took a clause for a name
    if (
        told
        or not words
        or words[0] in _BE
        or not any(c.isalpha() for c in act.speaker.name)
        or is_kind(head, "paper")
    ):
        return True
    if act.speaker.name.islower() and not any(is_public_word(w) or _is_citizen(w) for w in words):
        return True
    return (
        act.speaker.name.lower() in _NO_NAMES
        or head.upos in {"ADV", "SCONJ", "DET"}
        or head.xpos in {"WP", "WDT", "WP$"}
    )


def _is_citizen(word: str) -> bool:
    return known_form(word, act_table().kinds["citizen"]) is not None


def _is_stance(sentence: Sentence, act: Act, head: Token) -> bool:
    """Whether an act is what people think or used to do: "Danes blame", "the senator, who backed the ban"."""
    if act.told.root not in _STANCES:
        return False
    people = sentence.phrase(head.i, _CLAUSES).text.removeprefix("most ")
    if head.xpos == "NNPS" and head.ner[2:] == "MISC" and (country_of(head.text) or country_of(people)):
        return True
    return act.verb.deprel == "acl:relcl" and is_kind(act.verb, "stance")


def is_party(people: People, sentence: Sentence, role: Role) -> bool:
    """Whether somebody addressed is in public: a state, a body, a politician, people as citizens."""
    token = sentence.token_at(role.head.start)
    if token is None:
        return False
    named = _named_party(people, sentence, token)
    if named is not None:
        return named
    of = [t for t in sentence.dependents(token.i, "nmod") if "of" in cases(sentence, t)]
    near = [token, *sentence.dependents(token.i, *_PART), *of]
    if any(is_private_word(t.lower) for t in near):
        return False
    return any(_is_public_token(people, t) or is_kind(t, "citizen") for t in near)


def _named_party(people: People, sentence: Sentence, token: Token) -> bool | None:
    """Whether a name addressed is a public actor's; None where the word is no name."""
    if token.upos == "NOUN" or token.ner == "O":
        return None
    speaker = people.named(sentence, token.i)
    if token.ner[2:] == "PER":
        return not people.is_private_person(speaker)
    return not people.callings.is_private_body(speaker.name)


def is_matter(people: People, sentence: Sentence, role: Role, *, sure: bool) -> bool:
    """Whether what an act is about is a public matter; to those ``sure`` to act in public, other people are too."""
    inside = sentence.inside(role.span.start, role.span.end)
    if not inside:  # what was told in the sentence before
        return any(_is_public_matter(word.strip(_MARKS)) for word in role.span.text.split())
    if not sure and any(t.ner == "O" and is_kind(t, "custom") for t in inside):
        return False
    if sure and any(
        t.ner == "B-PER" and not people.is_private_person(people.named(sentence, t.i)) for t in inside
    ):
        return True
    return any(
        _is_public_token(people, t)
        or ((t.upos in _NOMINAL and is_kind(t, "matter")) or is_kind(t, "leaving"))
        for t in inside
    )


def _is_public_token(people: People, token: Token) -> bool:
    """Whether a word names a land, a public body, an office or a people."""
    if token.ner[2:] == "LOC":
        return not people.callings.is_play
    if token.ner[2:] == "ORG":
        return not people.callings.is_private_body(token.text)
    if token.ner[2:] == "MISC":
        return country_of(token.text) is not None
    return (
        token.ner == "O"
        and token.upos != "VERB"
        and is_public_word(token.lower)
        and not is_kind(token, "post")
    )


def _is_public_matter(word: str) -> bool:
    """Whether a word of the sentence before is one of a public matter, or a land's name."""
    if word[:1].isupper() and country_of(word) is not None:
        return True
    return is_public_word(word.lower()) or known_form(word.lower(), act_table().kinds["matter"]) is not None

"""Where a report speaks of incidents and trends: triggers grouped, typed, told from what did not happen.

The stages of one report: (1) weapons and trigger words in each sentence, (2) status of each trigger and
whether it sums up, (3) triggers of one incident together, (4) their roles and type, (5) sentences that go on
about the incident before them, (6) blame and claims of responsibility.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from attested.ids import make_id
from attested.mentions.again import Memory
from attested.mentions.arguments import find_roles
from attested.mentions.blame import Blame, find_blame
from attested.mentions.continuation import NOBODY, find_continuation
from attested.mentions.days import DAY_FORMS, add_day
from attested.mentions.drafts import Draft as Draft  # measured stage by stage from here
from attested.mentions.drafts import is_of_illness, join_deaths, violence
from attested.mentions.frames import role
from attested.mentions.grouping import group_hits, told_apart
from attested.mentions.hits import WOUND, Hit, WeaponHit, find_hits, find_weapons, is_finding
from attested.mentions.identified import identified
from attested.mentions.items import Items, find_items
from attested.mentions.outcomes import find_outcomes
from attested.mentions.single import is_single, may_be_single
from attested.mentions.telling import Telling
from attested.mentions.trends import TrendWords, find_trend, is_told
from attested.mentions.typing import DEFAULT_TYPE, VIOLENT_TYPES, decide_type, is_result_only
from attested.model import Mention, MentionStatus, Report, Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence, base
from attested.speech.hedging import status_of
from attested.speech.negation import negated_here
from attested.speech.turns import starts_with_label

# How far a sentence without a trigger may go on about it ("the airport was the target").
_CONTINUED_REACH = 5
# The same in a report that has told of one incident only.
_ONLY_REACH = 15
_LEAD_SENTENCES = 3
# Verbs whose past looks like their present.
_SAME_IN_PAST = frozenset({"hit", "hurt", "beat"})
# Incidents that somebody can be blamed for, singled out from others like them or not.
_TOLD = frozenset({"happened", "habitual"})
_HIT = frozenset({"target", "intended target", "killed", "injured"})
_HURT = frozenset({"killed", "injured"})
_OLD_FORMS = frozenset({"year", "month", "ago", "decade", "month-day-year"})
# Types that a weapon makes: they say more than that there was an attack.
_BY_WEAPON = frozenset(
    {"Remote explosive/landmine/IED", "Suicide bomb", "Grenade", "Shelling/artillery/missile attack"}
)
_ANY_ATTACK = frozenset({"attack", "injure", "die", "destroy"})
_PROTESTS = frozenset({"Peaceful protest", "Protest with intervention"})
_AT_PROTESTS = _PROTESTS | {"Arrests"}
_NOTHING_WRECKED = _AT_PROTESTS | {"Abduction/forced disappearance", "Sexual violence", "trend"}
SPOILS = "arms taken in what was just told"
_HAPPENED: tuple[MentionStatus, str] = ("happened", "")


def find_incidents(
    report: Report, reading: Reading, times: Mapping[int, Sequence[TimeExpression]]
) -> tuple[Mention, ...]:
    """Mentions of incidents and trends in the order of the text; ``times`` by start of sentence."""
    items = find_items(report, reading, times)
    return tuple(mention_of(report, draft) for draft in draft_incidents(reading, times, items=items))


def draft_incidents(
    reading: Reading,
    times: Mapping[int, Sequence[TimeExpression]],
    given: Mapping[int, Sequence[Sequence[Hit]]] | None = None,
    memory: Memory | None = None,
    items: Items | None = None,
) -> list[Draft]:
    """Drafts of incidents and trends in the order of the text; ``memory`` keeps what each group of words told.
    Nothing told in one of the report's ``items`` is of an incident of another.

    ``given`` groups of trigger words, by start of sentence, take the place of those that would be found, and count as
    things that happened: what comes after the finding of triggers can so be measured by itself.
    """
    drafts: list[Draft] = []
    memory, items = memory or Memory(), items or Items()
    for number, sentence in enumerate(reading.sentences):
        groups = None if given is None else given.get(sentence.start, ())
        _read_sentence(sentence, number, times.get(sentence.start, ()), drafts, memory, groups, items)
    if given is None:
        drafts = join_deaths(drafts, items.opening)
    add_day(reading, times, drafts)
    return drafts


def _read_sentence(
    sentence: Sentence,
    number: int,
    times: Sequence[TimeExpression],
    drafts: list[Draft],
    memory: Memory,
    given: Sequence[Sequence[Hit]] | None,
    items: Items,
) -> None:
    weapons = find_weapons(sentence)
    hits = find_hits(sentence, weapons) if given is None else [hit for group in given for hit in group]
    labels = _statuses(sentence, hits) if given is None else {hit.i: _HAPPENED for hit in hits}
    trends = _trends(sentence, hits, times) if given is None else dict.fromkeys(labels)
    told = {hit.i: f"{labels[hit.i][0]}{'/trend' if trends[hit.i] else ''}" for hit in hits}
    here: list[Draft] = []  # what the sentence tells, for the first time or again
    for group in group_hits(sentence, hits, told) if given is None else given:
        draft = _draft(sentence, hits, number, group, weapons, times, labels, trends)
        if any(sentence.tokens[hit.i].lower in WOUND for hit in group):
            draft.roles += [r for r in find_outcomes(sentence) if r not in draft.roles]
        if _denies_harm(draft):
            continue  # "nobody was killed": a zero for the incident before, see ``find_continuation``
        draft.roles = [r for r in draft.roles if draft.status != "happened" or not _is_none(sentence, r)]
        earlier = None
        if draft.kind == "incident" and draft.status in _TOLD:
            telling = Telling.of(sentence, draft, times)
            if given is None:
                _settle(draft, telling, drafts, memory)
            earlier = _recall(draft, telling, memory, items)
            if earlier is not None and earlier.sentence_no == number and _is_before(sentence, earlier, draft):
                earlier = None
            if earlier is None and _are_spoils(draft, drafts, items.opening(number)):
                draft.status, draft.why = "habitual", SPOILS
            earlier = earlier or _protest_of(draft, drafts, items.opening(number))
        if earlier is None:
            drafts.append(draft)
        else:
            _join(earlier, draft)
        here.append(earlier or draft)
    own_item = [d for d in drafts if d.sentence_no >= items.opening(number)]
    _continue(sentence, number, hits, own_item, here)


def _are_spoils(draft: Draft, drafts: Sequence[Draft], opening: int) -> bool:
    """Whether arms are taken after what was just told: "The troops recovered 11 rifles", "found in the truck"."""
    before = [
        d for d in drafts if d.kind == "incident" and d.status == "happened" and d.sentence_no >= opening
    ]
    near = bool(before) and draft.sentence_no - before[-1].sentence_no <= _CONTINUED_REACH
    if draft.type != "Disrupted weapons use" or draft.status != "happened" or not near:
        return False
    own = any(r.name == "time" or (r.name == "place" and not r.span.text.islower()) for r in draft.roles)
    near = draft.sentence_no - before[-1].sentence_no <= _CONTINUED_REACH
    return near and before[-1].type in VIOLENT_TYPES and not own


def _protest_of(draft: Draft, drafts: Sequence[Draft], opening: int) -> Draft | None:
    """The protest just told of that police broke up, or at which protesters were hurt or taken."""
    before = drafts[-1] if drafts and drafts[-1].sentence_no >= opening else None
    if before is None or before.status != "happened" or before.type not in _AT_PROTESTS:
        return None
    if draft.status != "happened" or {before.type, draft.type}.isdisjoint(_PROTESTS):
        return None
    if draft.sentence_no - before.sentence_no > _CONTINUED_REACH:
        return None
    if draft.sentence_no > before.sentence_no and any(r.name in {"place", "time"} for r in draft.roles):
        return None
    hurt = is_result_only(draft.group) and all(r.name != "perpetrator" for r in draft.roles)
    return before if hurt or draft.type in _AT_PROTESTS else None


def _is_before(sentence: Sentence, first: Draft, second: Draft) -> bool:
    """ "Killed four, two days after a raid": whether the words tell how long one was after the other."""
    return any(told_apart(sentence, a.i, b.i) for a in first.group for b in second.group)


def _settle(draft: Draft, telling: Telling, drafts: Sequence[Draft], memory: Memory) -> None:
    """Decides whether the draft tells of one deed of violence that was done."""
    if not may_be_single(telling.habit):
        return
    draft.status, draft.why = violence(telling.sentence, draft, drafts)
    if draft.status == "happened":
        draft.status, draft.why = is_single(telling, memory.likeness(telling))


def _recall(draft: Draft, telling: Telling, memory: Memory, items: Items) -> Draft | None:
    """The incident that a draft tells of again, if its report told of it before in the same item."""
    if draft.status not in _TOLD or is_of_illness(draft):
        return None
    telling = replace(telling, is_vague=draft.status != "happened")
    earlier = memory.opened(telling, items.paragraph(telling.number))
    earlier = earlier or memory.recall(telling, since=items.opening(telling.number))
    memory.add(telling, earlier or draft)
    return earlier


def _join(earlier: Draft, again: Draft) -> None:
    """Adds what is told again to its incident."""
    if earlier.type in _AT_PROTESTS and again.type in _AT_PROTESTS and earlier.type != again.type:
        earlier.type = "Protest with intervention"
    if earlier.type == DEFAULT_TYPE and again.type in _BY_WEAPON and earlier.is_any_attack:
        earlier.type = again.type  # "the attack", told further down as a bombing
    earlier.take(again)


def _denies_harm(draft: Draft) -> bool:
    """Whether the group only says that nobody was harmed."""
    nobody = any(r.name in {"killed", "injured"} and r.head.text.lower() in NOBODY for r in draft.roles)
    return nobody and is_result_only(draft.group)


def _is_none(sentence: Sentence, r: Role) -> bool:
    """ "Killed two soldiers and no civilians": nobody hit or hurt."""
    token = sentence.token_at(r.head.start)
    return r.name in _HIT and token is not None and negated_here(sentence, token.i)


def _statuses(sentence: Sentence, hits: Sequence[Hit]) -> dict[int, tuple[MentionStatus, str]]:
    """Each hit's status; a bare verb coordinated with one that did not happen shares its fate."""
    labels = {hit.i: _status(sentence, hit) for hit in hits}
    for hit in hits:
        token = sentence.tokens[hit.i]
        first = labels.get(token.head)
        bare = token.xpos in {"VB", "VBP", "VBG"} and base(token.deprel) == "conj"
        if bare and first is not None and first[0] != "happened":
            labels[hit.i] = first
    return labels


def _status(sentence: Sentence, hit: Hit) -> tuple[MentionStatus, str]:
    """Whether it happened; "rockets hit a house" is past or present by its form, and past beside a result."""
    status, why = status_of(sentence, hit.i)
    if status == "habitual" and sentence.tokens[hit.i].lower in _SAME_IN_PAST:
        return "happened", ""
    return status, why


def _trends(
    sentence: Sentence, hits: Sequence[Hit], times: Sequence[TimeExpression]
) -> dict[int, TrendWords | None]:
    """What makes each hit a trend; a day of its own makes it specific; a participle shares its noun's fate."""
    specific = any(t.form in DAY_FORMS for t in times)
    found = {hit.i: find_trend(sentence, hit, specific) for hit in hits}
    for hit in hits:
        token = sentence.tokens[hit.i]
        if base(token.deprel) == "acl" and found.get(token.head) is not None:
            found[hit.i] = found[token.head]
    return found


def _draft(
    sentence: Sentence,
    hits: Sequence[Hit],
    number: int,
    group: Sequence[Hit],
    weapons: Sequence[WeaponHit],
    times: Sequence[TimeExpression],
    labels: Mapping[int, tuple[MentionStatus, str]],
    trends: Mapping[int, TrendWords | None],
) -> Draft:
    roles = list(find_roles(sentence, group, weapons, times, hits))
    own = {sentence.tokens[hit.i].start for hit in group}
    blamed = {b.who.start for b in find_blame(sentence, list(hits)) if not _is_just_done(b, own)}
    roles = [r for r in roles if r.head.start not in blamed]
    head = group[0]
    status, why = labels[head.i]
    token = sentence.tokens[head.i]
    draft = Draft(
        kind="incident",
        type=decide_type(group, _used(sentence, weapons, roles), roles),
        trigger=Span(token.start, token.end, token.text),
        sentence=sentence.span,
        sentence_no=number,
        roles=roles,
        status=status,
        why=why if status != "happened" else "",
        is_background=number >= _LEAD_SENTENCES
        and any(t.form in _OLD_FORMS for t in times if any(r.span.start == t.span.start for r in roles)),
        group=group,
        words=[sentence.words(hit.i, hit.i) for hit in group if not is_finding(sentence, hit)],
        is_any_attack=all(
            hit.family.name in _ANY_ATTACK or sentence.tokens[hit.i].lower == "killed" for hit in group
        ),
    )
    trend = next((t for hit in group if (t := trends[hit.i])), None)
    if trend is not None and status in {"happened", "habitual"}:
        draft.status, draft.why = "habitual", trend.why
        if is_told(trend):
            draft.kind, draft.type = "trend", "trend"
            draft.roles += _trend_roles(sentence, trend)
    return draft


def _used(sentence: Sentence, weapons: Sequence[WeaponHit], roles: Sequence[Role]) -> list[WeaponHit]:
    """The weapons of a sentence that the incident's roles name."""
    named = [r.span for r in roles if r.name == "weapon"]
    heads = {w: sentence.tokens[w.last].start for w in weapons}
    return [w for w, start in heads.items() if any(s.start <= start < s.end for s in named)]


def _is_just_done(blame: Blame, words: set[int]) -> bool:
    """Whether somebody blamed for another deed may well have done the one of these words too."""
    return blame.kind == "perpetrator" and blame.deed is not None and blame.deed.start not in words


def _trend_roles(sentence: Sentence, trend: TrendWords) -> list[Role]:
    roles = []
    if trend.number is not None:
        roles.append(role(sentence, "number", trend.number))
    if trend.direction:
        whole = sentence.span
        roles.append(Role(trend.direction, whole, whole))
    return roles


def _continue(
    sentence: Sentence, number: int, hits: Sequence[Hit], drafts: Sequence[Draft], told_here: Sequence[Draft]
) -> None:
    """Roles that the sentence adds to the last incident, and the blame it lays."""
    told = [d for d in drafts if d.kind == "incident"]
    happened = [d for d in told if d.status == "happened"]
    here = [d for d in told_here if d.status == "happened" and d.kind == "incident"]
    last = next(reversed(here or happened), None)
    reach = _CONTINUED_REACH if len(happened) > 1 else _ONLY_REACH
    if last is not None and (here or number - last.sentence_no <= reach):
        told_of = {
            (r.head.start, name) for r in last.roles if r.name in _HURT for name in {r.name, "injured"}
        }
        added = [r for r in find_continuation(sentence) if r not in last.roles and _fits(last, r)]
        last.roles += [r for r in added if (r.head.start, r.name) not in told_of]  # who was hit may have died
        last.roles += _identified(sentence, last)
    recent = [d for d in happened if number - d.sentence_no <= _CONTINUED_REACH]
    before = last or next((d for d in reversed(told) if d.status in _TOLD), None)
    for blame in find_blame(sentence, list(hits)):
        target = _blamed_draft(blame, told, before)
        several = _several(blame, target, recent)
        for draft in several or ([target] if target is not None else []):
            draft.roles.append(role(sentence, blame.kind, blame.who))


def _identified(sentence: Sentence, draft: Draft) -> list[Role]:
    """Victims of an incident whom the sentence names; they share the others' fate where it does not tell theirs."""
    fates = [r for r in draft.roles if r.name in _HURT]
    one_of_them = any(r.span.text.lower().startswith("one of") for r in fates)
    shared = {r.name for r in fates}
    fate = shared.pop() if len(shared) == 1 and not one_of_them else "killed" if not fates else ""
    found = (role(sentence, name or fate, token) for name, token in identified(sentence) if name or fate)
    return [r for r in found if r not in draft.roles]


def _fits(draft: Draft, r: Role) -> bool:
    """Whether an incident of its type has such a role: nothing is wrecked in an abduction."""
    return r.name != "target" or draft.type not in _NOTHING_WRECKED


def _several(blame: Blame, named: Draft | None, recent: Sequence[Draft]) -> Sequence[Draft]:
    """The incidents of "these attacks", "both killings": those just told of, unless the words tell of them anew."""
    told_anew = named is not None and named.status == "happened" and _own(blame, named)
    if blame.n_deeds == 1 or blame.is_generic or told_anew:
        return ()
    alike = [d for d in recent if blame.deed is None or not _own(blame, d)]
    return alike[-blame.n_deeds :] if blame.n_deeds else alike


def _own(blame: Blame, draft: Draft) -> bool:
    """Whether the deed's word is one of the draft's own."""
    return blame.deed is not None and any(w.start == blame.deed.start for w in draft.words)


def _blamed_draft(blame: Blame, told: Sequence[Draft], last: Draft | None) -> Draft | None:
    """The incident that blame is laid for: the one its words name or point back to, else the last one told.

    A deed that singles no incident out keeps its blame for itself; one that did not happen, or is generic, has none.
    """
    if blame.is_generic:
        return None
    named = next((d for d in told if _own(blame, d)), None)
    if blame.is_reply and (last is None or not _is_accused(blame, last)):
        return None
    if named is None or (blame.kind == "responsibility_denied" and named.status == "denied"):
        return last  # "the army denied bombing the market": the strike on it that was told before
    return named if named.status in _TOLD else None


def _is_accused(blame: Blame, draft: Draft) -> bool:
    """Whether an incident is laid to somebody, by a word of his name, or by a word for a body ("the group")."""
    accused = [r.span.text.lower().split() for r in draft.roles if r.name == "perpetrator"]
    return any(blame.who.lower in words for words in accused) or (bool(accused) and blame.who.ner == "O")


def mention_of(report: Report, draft: Draft) -> Mention:
    """The mention that a draft has grown into; a dateline or a speaker's label fills no role."""
    kind = "trend" if draft.kind == "trend" else "incident"
    line = report.dateline or Span(0, 0)
    outside = (r for r in draft.roles if not line.start <= r.head.start < line.end)
    kept = [r for r in outside if not starts_with_label(report.text, r.head.start)]
    roles = {(r.name, r.span.start, r.span.end): r for r in kept}
    return Mention(
        id=make_id("mn", report.id, kind, draft.trigger.start, draft.trigger.end),
        report_id=report.id,
        kind="trend" if kind == "trend" else "incident",
        type=draft.type,
        trigger=draft.trigger,
        sentence=draft.sentence,
        roles=tuple(sorted(roles.values(), key=lambda r: (r.span.start, r.span.end, r.name))),
        status=draft.status,
        is_background=draft.is_background,
        why=draft.why,
    )

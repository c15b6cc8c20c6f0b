"""Where a report speaks of incidents and trends: triggers grouped, typed, told from what did not happen.

The stages of one report: (1) weapons and trigger words in each sentence, (2) status of each trigger and
whether it sums up, (3) triggers of one incident together, (4) their roles and type, (5) sentences that go on
about the incident before them, (6) blame and claims of responsibility.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from attested.ids import make_id
from attested.mentions.arguments import find_roles
from attested.mentions.blame import Blame, find_blame
from attested.mentions.continuation import NOBODY, find_continuation
from attested.mentions.frames import role
from attested.mentions.grouping import group_hits
from attested.mentions.hits import Hit, WeaponHit, find_hits, find_weapons
from attested.mentions.lexicon import tells_accident
from attested.mentions.participants import is_passive
from attested.mentions.trends import TrendWords, find_trend, is_told
from attested.mentions.typing import decide_type, is_result_only
from attested.model import Mention, MentionStatus, Report, Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence, base
from attested.speech.hedging import status_of

# How many sentences back "the attack", "it also killed", "no casualties" may reach.
_REACH = 3
# How far a sentence without a trigger may go on about it ("the airport was the target").
_CONTINUED_REACH = 5
_LEAD_SENTENCES = 3
_DAY_FORMS = frozenset(
    {"weekday", "month-day", "month-day-year", "iso", "numeric", "relative-day", "day-of-month"}
)
_PERIOD_FORMS = frozenset({"run", "since", "between", "season", "decade"})
# Verbs whose past looks like their present.
_SAME_IN_PAST = frozenset({"hit", "hurt", "beat"})
_NOTHING_HIT = frozenset(
    "orbit space sea ocean waters pacific air satellite atmosphere sky test once".split()
)
_ANOTHER = frozenset(
    "separate separately another second third similar elsewhere previous earlier other".split()
)
_OLD_FORMS = frozenset({"year", "month", "ago", "decade", "month-day-year"})


@dataclass
class Draft:
    """A mention in the making: sentences further down may add roles to it."""

    # Not frozen on purpose: its roles, status and reason grow until `find_incidents` makes a Mention of it.

    kind: str
    type: str
    trigger: Span
    sentence: Span
    sentence_no: int
    roles: list[Role]
    status: MentionStatus = "happened"
    is_background: bool = False
    why: str = ""
    group: Sequence[Hit] = field(default_factory=tuple)


def find_incidents(
    report: Report, reading: Reading, times: Mapping[int, Sequence[TimeExpression]]
) -> tuple[Mention, ...]:
    """Mentions of incidents and trends in the order of the text; ``times`` by start of sentence."""
    drafts: list[Draft] = []
    for number, sentence in enumerate(reading.sentences):
        _read_sentence(sentence, number, times.get(sentence.start, ()), drafts)
    return tuple(_mention(report, _without_dateline(report, draft)) for draft in drafts)


def _without_dateline(report: Report, draft: Draft) -> Draft:
    """The draft without roles read from the dateline, which is nobody's subject."""
    if report.dateline is not None:
        start, end = report.dateline.start, report.dateline.end
        draft.roles = [r for r in draft.roles if not start <= r.head.start < end]
    return draft


def _read_sentence(
    sentence: Sentence, number: int, times: Sequence[TimeExpression], drafts: list[Draft]
) -> None:
    weapons = find_weapons(sentence)
    hits = find_hits(sentence, weapons)
    labels = _statuses(sentence, hits)
    trends = _trends(sentence, hits, times)
    told = {hit.i: f"{labels[hit.i][0]}{'/trend' if trends[hit.i] else ''}" for hit in hits}
    found: list[Draft] = []
    for group in group_hits(sentence, hits, told):
        draft = _draft(sentence, hits, number, group, weapons, times, labels, trends)
        if _denies_harm(draft):
            continue  # "nobody was killed": a zero for the incident before, see ``find_continuation``
        earlier = _antecedent(sentence, draft, [*drafts, *found])
        if earlier is not None:
            earlier.roles += [r for r in draft.roles if r not in earlier.roles]
            continue
        if draft.kind == "incident" and draft.status == "happened":
            draft.status, draft.why = _particular(sentence, draft, times, [*drafts, *found])
        found.append(draft)
    drafts += found
    _continue(sentence, number, hits, drafts, found)


def _denies_harm(draft: Draft) -> bool:
    """Whether the group only says that nobody was harmed."""
    nobody = any(r.name in {"killed", "injured"} and r.head.text.lower() in NOBODY for r in draft.roles)
    return nobody and is_result_only(draft.group)


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
    specific = any(t.form in _DAY_FORMS for t in times)
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
    blamed = {b.who.start for b in find_blame(sentence, list(hits))}
    roles = [r for r in roles if r.head.start not in blamed]
    head = group[0]
    status, why = labels[head.i]
    token = sentence.tokens[head.i]
    draft = Draft(
        kind="incident",
        type=decide_type(group, weapons, roles),
        trigger=Span(token.start, token.end, token.text),
        sentence=sentence.span,
        sentence_no=number,
        roles=roles,
        status=status,
        why=why if status != "happened" else "",
        is_background=number >= _LEAD_SENTENCES
        and any(t.form in _OLD_FORMS for t in times if any(r.span.start == t.span.start for r in roles)),
        group=group,
    )
    trend = next((t for hit in group if (t := trends[hit.i])), None)
    if trend is not None and status in {"happened", "habitual"}:
        draft.status, draft.why = "habitual", trend.why
        if is_told(trend):
            draft.kind, draft.type = "trend", "trend"
            draft.roles += _trend_roles(sentence, trend)
    return draft


def _trend_roles(sentence: Sentence, trend: TrendWords) -> list[Role]:
    roles = []
    if trend.number is not None:
        roles.append(role(sentence, "number", trend.number))
    if trend.direction:
        whole = sentence.span
        roles.append(Role(trend.direction, whole, whole))
    return roles


def _antecedent(sentence: Sentence, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The incident that this group speaks of again, if its words point back to one."""
    if draft.kind != "incident" or draft.status != "happened":
        return None
    told = [d for d in drafts if d.kind == "incident" and d.status == "happened"]
    has_date = any(r.name == "time" for r in draft.roles)
    if told and _is_definite(sentence, draft.group):
        same_day = [d for d in reversed(told) if not has_date or _same_dates(d, draft)]
        return next(
            (d for d in same_day if _compatible(d, draft) and _same_victims(sentence, d, draft)), None
        )
    has_place = any(r.name == "place" for r in draft.roles)
    if has_date or has_place or not told or _opens_another(sentence, draft):
        return None
    recent = [d for d in told if 0 < draft.sentence_no - d.sentence_no <= _REACH]
    main = [d for d in told if not d.is_background and d.sentence_no != draft.sentence_no][:1]
    homes = [*reversed(recent), *main]
    head = sentence.tokens[draft.group[0].i]
    if head.upos == "VERB" and head.xpos not in {"VBD", "VBN"}:
        return None  # "shooting rockets at the embassy has long been a habit"
    perfect = any(d.lower in {"has", "have"} for d in sentence.dependents(head.i, "aux"))
    if head.xpos == "VBN" and perfect and not is_passive(sentence, head.i):
        return None  # "a militia that has fired on the base in the past"
    is_noun = draft.group[0].part == "noun"  # a verb may tell of one more victim: "it also killed X"
    return next(
        (d for d in homes if _compatible(d, draft) and (not is_noun or _same_victims(sentence, d, draft))),
        None,
    )


def _opens_another(sentence: Sentence, draft: Draft) -> bool:
    """ "in a separate attack", "another bomb": words that set an incident beside the one before it."""
    near = {sentence.tokens[j].lower for hit in draft.group for j in sentence.subtree(hit.i)}
    return bool(near & _ANOTHER)


def _same_dates(earlier: Draft, later: Draft) -> bool:
    """Whether both give the same words for the day ("September 30"), or the earlier gives none."""
    days = [{r.span.text.lower() for r in d.roles if r.name == "time"} for d in (earlier, later)]
    return not days[0] or any(a in b or b in a for a in days[0] for b in days[1])


def _same_victims(sentence: Sentence, earlier: Draft, later: Draft) -> bool:
    """ "The killing of X" points back only to an incident that X was told to have died in."""
    named = {
        r.head.text.lower() for r in later.roles if r.name in {"killed", "injured"} and _is_name(sentence, r)
    }
    told = {w.lower() for r in earlier.roles if r.name in {"killed", "injured"} for w in r.span.text.split()}
    return not named or bool(named & told)


def _is_name(sentence: Sentence, r: Role) -> bool:
    token = sentence.token_at(r.head.start)
    return token is not None and token.ner.endswith("PER")


def _particular(
    sentence: Sentence, draft: Draft, times: Sequence[TimeExpression], earlier: Sequence[Draft]
) -> tuple[MentionStatus, str]:
    """ "happened", unless the words give nothing that singles one incident out: day, place, count or name.

    "Gangs that have robbed foreign lorries" tells of a habit; "the robberies on that road" of no one robbery.
    """
    if all(hit.family.name == "launch" for hit in draft.group) and not _is_aimed(draft):
        return "habitual", "a launch, but nothing was hit or aimed at"
    if all(hit.family.name == "die" for hit in draft.group) and not any(
        r.name == "weapon" for r in draft.roles
    ):
        return "habitual", "a death, but no violence is told of"
    if is_result_only(draft.group) and not any(
        r.name in {"killed", "injured", "weapon"} for r in draft.roles
    ):
        return "habitual", "nobody harmed is named"
    word = _accident(sentence, draft, earlier)
    if word and not any(r.name in {"weapon", "perpetrator"} for r in draft.roles):
        return "accident", f"harm without violence: {word}"
    periods = {t.span.start for t in times if t.form in _PERIOD_FORMS}
    told = {r.name for r in draft.roles if r.name != "time" or r.span.start not in periods}
    if told & {"time", "place"}:
        return "happened", ""
    if any(r.name in {"killed", "injured"} and _is_counted(sentence, r) for r in draft.roles):
        return "happened", ""
    if any(r.name in {"target", "weapon"} and _is_single(sentence, r) for r in draft.roles):
        return "happened", ""
    if _is_definite(sentence, draft.group):
        return "habitual", f'"the {draft.trigger.text}" points back to nothing told'
    return "habitual", "no day, place, number or name singles one incident out"


def _accident(sentence: Sentence, draft: Draft, earlier: Sequence[Draft]) -> str:
    """What makes bare results an accident's: a word beside them, or the accident the report is about."""
    if not all(hit.family.result or hit.family.name in {"explode", "land"} for hit in draft.group):
        return ""
    if word := tells_accident(token.lower for token in sentence.tokens):
        return f'"{word}"'
    about = [d for d in earlier if d.kind == "incident" and d.status in {"happened", "accident"}]
    return about[0].why.rpartition(": ")[2] if about and about[0].status == "accident" else ""


def _is_aimed(draft: Draft) -> bool:
    """Whether something on the ground was fired at: not orbit, not the open sea, not a test."""
    aimed = [r for r in draft.roles if r.name == "target" and r.head.text.lower() not in _NOTHING_HIT]
    return bool(aimed) or any(r.name in {"killed", "injured"} for r in draft.roles)


def _is_counted(sentence: Sentence, r: Role) -> bool:
    """Whether the phrase holds a numeral, a name, or one person ("a soldier")."""
    token = sentence.token_at(r.head.start)
    inside = sentence.inside(r.span.start, r.span.end)
    if any(t.upos == "NUM" or t.ner.endswith("PER") for t in inside):
        return True
    return token is not None and token.xpos in {"NN", "NNP"} and token.upos != "PRON"


def _is_single(sentence: Sentence, r: Role) -> bool:
    """Whether the phrase is one or counted thing ("a convoy", "three rockets"), not a kind of thing."""
    token = sentence.token_at(r.head.start)
    if token is None:
        return False
    below = sentence.dependents(token.i, "det", "nummod")
    return any(d.lower in {"a", "an", "one"} or d.upos == "NUM" for d in below)


def _is_definite(sentence: Sentence, group: Sequence[Hit]) -> bool:
    """ "the attack", "this blast": a noun that points back, with no participants of its own."""
    head = group[0]
    determiners = {d.lower for d in sentence.dependents(head.i, "det")}
    owners = [d for d in sentence.dependents(head.i) if d.deprel == "nmod:poss"]
    dated = any(d.entity == "time" for d in owners)  # "Tuesday's attack"
    return head.part == "noun" and (dated or bool(determiners & {"the", "this", "that", "these"}))


def _compatible(earlier: Draft, later: Draft) -> bool:
    return later.type in {earlier.type, "Attack", "Remote explosive/landmine/IED"} or is_result_only(
        later.group
    )


def _continue(
    sentence: Sentence, number: int, hits: Sequence[Hit], drafts: list[Draft], found: Sequence[Draft]
) -> None:
    """Roles that the sentence adds to the last incident, and the blame it lays."""
    open_drafts = [d for d in drafts if d.kind == "incident" and d.status == "happened"]
    here = [d for d in found if d.status == "happened" and d.kind == "incident"]
    if not open_drafts:
        return
    last = (here or open_drafts)[-1]
    if number - last.sentence_no <= _CONTINUED_REACH:
        last.roles += [r for r in find_continuation(sentence) if r not in last.roles]
    for blame in find_blame(sentence, list(hits)):
        target = _blamed_draft(blame, drafts, sentence, last)
        if target is not None:
            target.roles.append(role(sentence, blame.kind, blame.who))


def _blamed_draft(blame: Blame, drafts: Sequence[Draft], sentence: Sentence, last: Draft) -> Draft | None:
    """The incident that blame is laid for: the one its words name, else the last one told; none if generic."""
    if blame.is_generic:
        return None
    if blame.deed is None:
        return last
    inside = [
        d for d in drafts if d.sentence.start == sentence.start and any(h.i == blame.deed.i for h in d.group)
    ]
    if inside:
        return inside[0] if inside[0].status == "happened" and inside[0].kind == "incident" else None
    return last


def _mention(report: Report, draft: Draft) -> Mention:
    kind = "trend" if draft.kind == "trend" else "incident"
    roles = {(r.name, r.span.start, r.span.end): r for r in draft.roles}
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

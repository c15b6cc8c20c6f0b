"""``attested history``: how each value of an incident moved, day by day, and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from attested.cli.ledger_option import as_of_day, as_of_option, follow, ledger_option, open_ledger
from attested.cli.output import console, is_terminal, json_text, require_one, write_out
from attested.cli.snippets import merged, plain, snippet
from attested.incidents.fused import COUNTS

if TYPE_CHECKING:
    from rich.text import Text

    from attested.model import Judgement
    from attested.views.evidence import Evidence
    from attested.views.history import Arrival, History, Step
    from attested.views.moves import Move, ValueMove

_LABEL = 14  # columns: "responsibility", the longest word of a field's name
_MAX_VOICES = 3  # for one value on one day; the rest are counted (--json has all)
_MAX_COPIES = 5  # copies of one day that are named; the rest are counted
_MAX_NAMED = 2  # reports that are named on the line of a day without movement
_IN_SHORT = ("date", "place", *COUNTS)  # values of which there is one at a time
_IN_HEADING = ("n_reports", "n_origins")  # the day's heading has them
_SIGNS = {"told": "+ ", "fuller": "+ ", "backed": "= ", "changed": "= ", "joined": "− ", "gone": "− "}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line on one value, and the words that it rests on; ``label`` is empty but for a field's first."""

    label: str
    text: Text
    evidence: tuple[Evidence, ...] = ()

    @property
    def rests_on(self) -> tuple[object, ...]:
        """What entries share that one sentence in one voice gives."""
        return tuple(
            (e.report, e.voice, e.cue, e.hedge, e.polarity, plain(e.sentence)) for e in self.evidence
        )


def fields_meant(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> frozenset[str]:
    """The fields whose names begin so ("responsibility" is two), all without any; else a usage error."""
    if not value:
        return frozenset()
    from attested.views.moves import FIELDS

    found: set[str] = set()
    for word in value:
        key = word.replace("-", "_").replace(" ", "_").lower()
        meant = {f for f in FIELDS if key and (f.startswith(key) or f.removeprefix("n_").startswith(key))}
        if not meant:
            near = get_close_matches(key, FIELDS, n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(FIELDS)}"
            raise click.BadParameter(f"no field {word!r}; {hint}")
        found |= meant
    return frozenset(found)


@click.command("history")
@click.argument("incident")
@ledger_option
@as_of_option
@click.option(
    "--field", "fields", multiple=True, callback=fields_meant, metavar="FIELD",
    help="Only this field, such as killed or perpetrator; may be given again.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON (default when piped).")
@click.option("--table", "as_table", is_flag=True, help="As text (default on a terminal).")
def command(
    incident: str, ledger: str, as_of: str | None, fields: frozenset[str], as_json: bool, as_table: bool
) -> None:
    """Show how the values of an INCIDENT moved, day by day, and on whose word.

    For each day on which reports of it came in: which they were and whose text they have; what the ledger said
    before and after; who said so, how surely and in what words; and the rule by which the value changed. The
    values of a day are those of --as-of that day. INCIDENT is an id or its first letters; list them with:
    attested show incidents.

    "+" marks a value told beside others, "=" one with other origins behind it than before, "−" one that stands no
    longer. What the day's reports only say again is under "repeated".
    """
    require_one({"json": as_json, "table": as_table})
    day = as_of_day(as_of)
    from attested.views.history import history

    rows = open_ledger(ledger, around=incident)
    found = history(rows, follow(rows, incident), as_of=day)
    if fields:
        found = found.of_fields(fields)
    if as_json or not (as_table or is_terminal()):
        write_out([json_text(found.row())], None)
    else:
        print_history(found)


def print_history(history: History) -> None:
    """Text for a person: marked words are reversed on a colour terminal and stand in [brackets] otherwise."""
    from rich.text import Text

    from attested.views.words import listed, number_words

    out, incident = console(), history.incident
    known = number_words(incident.n_reports, "report"), number_words(incident.n_origins, "independent origin")
    days = number_words(sum(step.has_moved for step in history.steps), "day")
    moved = f"{listed([_label(name) for name in history.fields]) or 'values'} moved on {days}"
    out.print(Text.assemble((history.title, "bold"), (f"  {history.id}", "dim")))
    out.print(Text(f"{', '.join(known)}; {moved}", style="dim"))
    if rows := list(_courses(history)):
        out.print()
        _print_rows(out, rows)
    was_moved = True
    for step in history.steps:
        if not step.has_moved and all(arrival.kind == "beside" for arrival in step.arrivals):
            continue  # other claims stand for the same values
        if step.has_moved or was_moved:
            out.print()
        _print_step(out, step, history.fields)
        was_moved = step.has_moved
    if decisions := [j for j in history.decisions if not history.fields or j.right in history.fields]:
        out.print()
        _print_rows(out, [(_label(str(j.right)), _decided(j)) for j in decisions])


def _decided(judgement: Judgement) -> Text:
    """``14 → 7``, who decided so and when; it is shown instead of what the reports say."""
    from rich.text import Text

    from attested.incidents.corrections import correction_words
    from attested.views.audit import value_words

    value = value_words(str(judgement.right), str(judgement.value))
    why = f"  {correction_words(judgement)} [{judgement.id}]"
    return Text.assemble((judgement.before, "dim"), " → ", (value, "bold cyan"), (why, "dim"))


def _courses(history: History) -> Iterator[tuple[str, Text]]:
    """In short: the course of each value of which there is one at a time, if it moved after it was first told."""
    from rich.text import Text

    days = [step.day for step in history.steps if step.day]
    form = "%b" if len({day.year for day in days}) < 2 else "%b %Y"
    for name in _IN_SHORT:
        moves = [(s.day, m) for s in history.steps for m in s.moves if m.field == name]
        course = [(day, move.words[1]) for day, move in moves if move.words[0] != move.words[1]]
        if len(course) > 1:
            parts = [
                Text.assemble(
                    (said, "bold"), (f" ({f'{day.day} {day:{form}}' if day else 'day unknown'})", "dim")
                )
                for day, said in course
            ]
            yield name, Text(" → ").join(parts)


def _print_step(out: Any, step: Step, fields: Sequence[str]) -> None:
    from rich.text import Text

    from attested.views.words import day_words

    day = day_words(step.day).upper() if step.day else "DAY UNKNOWN"
    said = _came_in(step) if step.has_moved else _unmoved(step.arrivals, is_all=not fields)
    out.print(Text.assemble((day, "bold"), (f"  {said}", "dim")))
    if step.day is None:
        out.print(Text("  nobody knows when; such reports are counted from the beginning", style="dim"))
    if step.has_moved:
        _print_rows(out, list(_arrival_rows(step.arrivals)))
        out.print()
        shown = [m for m in step.moves if m.change != "repeated" and (fields or m.field not in _IN_HEADING)]
        _print_rows(out, list(_move_rows(out, shown, step.moves)))


def _print_rows(out: Any, rows: Iterable[tuple[str, Any]]) -> None:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(style="green", width=_LABEL)
    grid.add_column()
    for label, text in rows:
        grid.add_row("", label, text)
    out.print(grid)


def _came_in(step: Step) -> str:
    """``three reports, one new origin; by now six reports of two origins``."""
    from attested.views.words import number_words

    n = sum(arrival.kind != "beside" for arrival in step.arrivals)
    new = sum(arrival.is_new_origin for arrival in step.arrivals)
    said = f"{number_words(n, 'report')}, {number_words(new, 'new origin') if new else 'no new origin'}"
    if n == step.incident.n_reports:
        return said
    total = number_words(step.incident.n_reports, "report"), number_words(step.incident.n_origins, "origin")
    return f"{said}; by now {' of '.join(total)}"


def _unmoved(arrivals: Sequence[Arrival], *, is_all: bool) -> str:
    """``copies only: Plateau Mirror (excerpt) rp_ifpjej6ghd``; whether all fields are looked at or some alone."""
    from attested.views.words import number_words

    what = "copies only" if is_all else "not moved"
    named = ", ".join(f"{a.outlet} ({a.kind}) {a.report}" for a in arrivals)
    return f"{what}: {named if len(arrivals) <= _MAX_NAMED else number_words(len(arrivals), 'report')}"


def _arrival_rows(arrivals: Sequence[Arrival]) -> Iterator[tuple[str, Text]]:
    """The day's reports, new origins and later versions first, and so many of the copies."""
    from rich.text import Text

    from attested.views.words import date_words

    first = [a for a in arrivals if a.is_new_origin or a.kind == "later version"]
    copies = [a for a in arrivals if a not in first]
    for a in [*first, *copies[:_MAX_COPIES]]:
        when = f", {date_words(a.published)}" if a.published.n_days > 1 else ""
        is_made_from = a.of and not a.is_new_origin
        parent = f", {'as' if a.kind == 'same text' else 'from'} {a.of}" if is_made_from else ""
        kind = "new origin" if a.is_new_origin and a.kind == "own text" else a.kind
        yield kind, Text.assemble(f"{a.outlet}: “{a.headline}”", (f"{when}  {a.report}{parent}", "dim"))
    if len(copies) > _MAX_COPIES:
        yield "", Text(f"and {len(copies) - _MAX_COPIES} more copies", style="dim")


def _move_rows(out: Any, shown: Sequence[Move], moves: Sequence[Move]) -> Iterator[tuple[str, Any]]:
    """For each field its lines on values, and after all lines that rest on the same words these words."""
    from rich.console import Group
    from rich.text import Text

    entries = [entry for move in shown for entry in _entries(move)]
    rows: list[tuple[str, list[Any]]] = []
    for _, group in groupby(entries, key=lambda entry: entry.rests_on or id(entry)):
        alike = list(group)
        for entry in alike:
            if entry.label:
                rows.append((entry.label, []))
            rows[-1][1].append(entry.text)
        rows[-1][1].extend(_evidence_lines(out, list(zip(*(entry.evidence for entry in alike), strict=True))))
    yield from ((label, Group(*lines)) for label, lines in rows)
    if repeated := _repeated(moves):
        yield "repeated", Text(repeated, style="dim")


def _entries(move: Move) -> Iterator[_Entry]:
    """The field's value before and after with the rule, and each of its values that moved."""
    label = _label(move.field)
    moved = [value for value in move.values if value.change != "repeated"]
    if move.field in (*_IN_SHORT, *_IN_HEADING):
        shown = next((value for value in moved if value.value == _shown(move)), None)
        yield _Entry(label, _course(move, shown), _voices(shown) if shown else ())
        moved, label = [value for value in moved if value is not shown], ""
    if move.field == "contradictions":  # its words are those of both sides; the earlier ones only tire
        moved = [replace(value, before="") for value in moved]
    for value in moved:
        sign = "" if move.change == "first" else _SIGNS.get(value.change, "")
        yield _Entry(label, _value_text(value, sign), _voices(value))
        label = ""


def _shown(move: Move) -> str | None:
    """Which of the values told is the one that the ledger shows."""
    if move.field in COUNTS:
        return str(move.after["best"]) if move.after else None
    if move.field in _IN_HEADING:
        return None
    if move.field == "place":
        return str(move.after["name"]) if move.after else None
    days = dict.fromkeys((move.after["start"], move.after["end"]))
    return "/".join(str(day) for day in days)


def _course(move: Move, shown: ValueMove | None) -> Text:
    """``14 → 19``, who stands behind it, and the rule."""
    from rich.text import Text

    before, after = move.words
    text = Text.assemble((before, "dim"), " → ") if before and before != after else Text()
    text.append(after or "nothing", "bold cyan")
    is_ruled = move.why and (before != after or move.field in COUNTS)
    is_counted = shown and not (is_ruled and "origin" in move.why)
    reasons = [_backing(shown) if shown and is_counted else "", move.why if is_ruled else ""]
    return text.append(f"  {'; '.join(reason for reason in reasons if reason)}", "dim")


def _value_text(value: ValueMove, sign: str) -> Text:
    from rich.text import Text

    text = Text(sign)
    if value.before and value.change in ("fuller", "changed"):
        text.append(value.before, "dim").append(" → ")
    style = {"gone": "red", "joined": "red", "stale": "dim"}.get(value.change, "cyan")
    return text.append(value.words or value.value, style).append(f"  {_backing(value)}", "dim")


def _backing(value: ValueMove) -> str:
    """``two reports, one origin``, ``one origin → two origins``, or why a value stands no longer."""
    from attested.views.words import number_words

    before, after = value.backed
    if before and before != after:
        return f"{before} → {after}" + (f"; {value.why}" if value.why else "")
    n = number_words(len(value.reports), "report")
    if value.change in ("gone", "stale"):
        still = (
            f"; {n} of the day still {'say' if len(value.reports) > 1 else 'says'} so"
            if value.reports
            else ""
        )
        return f"{'not counted: ' if value.change == 'stale' else ''}{value.why}{still}"
    return value.why or (f"{n}, {after}" if after else "")


def _voices(value: ValueMove) -> tuple[Evidence, ...]:
    """The words shown: not those of a machine."""
    return () if value.backed[1] == "machine-spun text only" else value.evidence


def _evidence_lines(out: Any, voices: Sequence[Sequence[Evidence]]) -> Iterator[Any]:
    """The words in their sentence, once, and who says them, how surely, where; so many voices and no more."""
    from rich.padding import Padding
    from rich.text import Text

    from attested.views.words import number_words

    said: set[str] = set()
    for shared in voices[:_MAX_VOICES]:
        pieces = snippet(merged([evidence.sentence for evidence in shared]))
        words = "".join(part for part, _ in pieces)
        text = Text() if words in said else Text.assemble("“", _marked(out, pieces), "”\n")
        said.add(words)
        yield Padding(text.append(_who_says(shared[0]), "dim"), (0, 0, 0, 2))
    if (more := len(voices) - _MAX_VOICES) > 0:
        yield Padding(Text(f"and {number_words(more, 'more voice')}", style="dim"), (0, 0, 0, 2))


def _marked(out: Any, pieces: Iterable[tuple[str, bool]]) -> Text:
    from rich.text import Text

    is_plain = out.no_color or not out.is_terminal
    text = Text()
    for part, is_marked in pieces:
        if is_marked:
            text.append(f"[{part}]" if is_plain else part, "" if is_plain else "reverse")
        else:
            text.append(part)
    return text


def _who_says(evidence: Evidence) -> str:
    """``police (“said”, reported) · Valley News rp_4bn4dgxnno``, and whose words they are if not of its family."""
    negative = "negative" if evidence.polarity == "negative" else ""
    how = ", ".join(part for part in (evidence.cue and f"“{evidence.cue}”", evidence.hedge, negative) if part)
    is_own = not evidence.cue and (evidence.voice == "the report itself" or evidence.voice in evidence.outlet)
    voice = "in its own voice" if is_own else evidence.voice
    whose = f" · {evidence.origin}" if " " in evidence.origin else ""  # more than an origin's id
    return f"{voice} ({how}) · {evidence.outlet} {evidence.report}{whose}"


def _repeated(moves: Sequence[Move]) -> str:
    """``no new origin: two more reports say injured 31, weapon bomb``: what the day's reports only say again."""
    from attested.views.words import number_words

    groups: dict[int, list[str]] = defaultdict(list)
    for move in moves:
        for value in move.values:
            if value.change == "repeated":
                groups[len(value.reports)].append(f"{_label(move.field)} {value.words or value.value}")
    more = [
        f"{number_words(n, 'more report')}: {', '.join(v)}" for n, v in sorted(groups.items(), reverse=True)
    ]
    return f"no new origin; {'; '.join(more)}" if more else ""


def _label(field: str) -> str:
    return "contradiction" if field == "contradictions" else field.removeprefix("n_").replace("_", " ")

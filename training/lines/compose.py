"""Pages composed of real prose and furniture: what stands on them is known line by line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from training.lines.furniture import SLOTS, write
from training.lines.texts import Story, headline_of

Row = tuple[str, bool]
# One page in so many is a bare text, without any furniture.
_BARE_SHARE = 0.15


@dataclass(frozen=True)
class Shelf:
    """What pages are made of."""

    stories: list[Story]
    posts: list[str]


def compose(shelf: Shelf, rng: random.Random) -> list[Row]:
    """One page as (line, is it the story's): anything from bare text to a page with hundreds of menu lines."""
    story = rng.choice(shelf.stories)
    if rng.random() < _BARE_SHARE:
        return _bare(story, rng)
    weight = rng.choice((0.0, 0.3, 1.0, 1.0, 2.0, 2.0, 3.0, 4.0))
    title = headline_of(story, rng)
    rows = [*_above(shelf, story, title, weight, rng), *_body(shelf, story, weight, rng)]
    return [*rows, *_below(shelf, weight, rng)]


def _bare(story: Story, rng: random.Random) -> list[Row]:
    """A text as an archive keeps it: a few paragraphs, often one, perhaps a headline, nothing else."""
    kept = story.sentences[: rng.randint(2, 20)]
    n = rng.choice((1, 2, 4, len(kept)))
    rows: list[Row] = [(" ".join(kept[i : i + n]), True) for i in range(0, len(kept), n)]
    return [(headline_of(story, rng), False), *rows] if rng.random() < 0.4 else rows


def _some(kind: str, most: float, rng: random.Random) -> Iterator[Row]:
    for _ in range(int(rng.random() * (most + 1))):
        yield write(kind, rng), False


def _maybe(chance: float, rows: Iterator[Row], rng: random.Random) -> Iterator[Row]:
    if rng.random() < chance:
        yield from rows


def _above(shelf: Shelf, story: Story, title: str, weight: float, rng: random.Random) -> Iterator[Row]:
    yield from _maybe(0.15 * weight, _some("cookies", 6, rng), rng)
    yield from _some("navigation", 25 * weight, rng)
    yield from _maybe(0.2 * weight, _teasers(shelf, rng), rng)
    yield from _maybe(0.15 * weight, _some("advert", 3, rng), rng)
    if rng.random() < 0.9:
        yield title, False
    if rng.random() < 0.25 * min(1, weight):
        yield title.replace("'", ""), False
    yield from _maybe(0.2 * min(1, weight), iter([(rng.choice(story.sentences[1:6]), False)]), rng)
    for kind, chance, most in (("byline", 0.5, 2), ("stamp", 0.5, 2), ("share", 0.4, 7), ("caption", 0.4, 1)):
        if rng.random() < chance * min(1.0, weight + 0.2):
            for _ in range(rng.randint(1, most)):
                yield _line(kind, shelf, story, rng), False


def _line(kind: str, shelf: Shelf, story: Story, rng: random.Random) -> str:
    sentence = rng.choice(story.sentences if rng.random() < 0.5 else rng.choice(shelf.stories).sentences)
    return write(kind, rng, sentence.rstrip(".") if rng.random() < 0.3 else sentence)


def paragraphs(story: Story, rng: random.Random) -> list[str]:
    """The story cut into paragraphs of a few sentences, at most a page's worth."""
    most = rng.choice((1, 1, 2, 2, 3, 5))
    kept = story.sentences[: rng.choice((8, 15, 25, 40, 80))]
    cut: list[str] = []
    i = 0
    while i < len(kept):
        n = rng.randint(1, most)
        cut.append(" ".join(kept[i : i + n]))
        i += n
    return cut


def _body(shelf: Shelf, story: Story, weight: float, rng: random.Random) -> Iterator[Row]:
    asides = 0.08 * weight
    has_lists, has_heads = rng.random() < 0.08, rng.random() < 0.15
    for i, paragraph in enumerate(paragraphs(story, rng)):
        if i == 0 and rng.random() < 0.25:
            paragraph = (
                f"{rng.choice(SLOTS['city']).upper()} ({rng.choice(('AFP', 'Reuters', 'AP'))}) — {paragraph}"
            )
        if i and has_heads and rng.random() < 0.2:
            yield " ".join(paragraph.split()[: rng.randint(2, 6)]).strip(",.;\"'"), True
        yield paragraph, True
        if has_lists and rng.random() < 0.25:
            yield from _list(story, rng)
        if rng.random() < asides:
            yield from _aside(shelf, story, rng)


def _list(story: Story, rng: random.Random) -> Iterator[Row]:
    """List items of a story: bare, numbered, or a label and a colon; with or without a full stop."""
    lead = rng.choice(("", "", "{i}. ", "{i}) ", "- ", "• ", "Item {i}: "))
    longest = rng.choice((6, 12, 40))
    for i in range(1, rng.randint(3, 12)):
        words = rng.choice(story.sentences).split()[: rng.randint(3, longest)]
        yield lead.format(i=i) + " ".join(words), True


def _aside(shelf: Shelf, story: Story, rng: random.Random) -> Iterator[Row]:
    kind = rng.choice(
        ("advert", "advert", "caption", "caption", "plea", "share", "related", "quote", "teaser")
    )
    if kind == "related":
        lead = rng.choice(("READ MORE: ", "Also read: ", "READ | ", "Related: ", ""))
        yield lead + headline_of(rng.choice(shelf.stories), rng), False
    elif kind == "quote":
        yield rng.choice(story.sentences), False
    elif kind == "teaser":
        yield from _teasers(shelf, rng)
    else:
        for _ in range(rng.randint(1, 2)):
            yield _line(kind, shelf, story, rng), False


def _teasers(shelf: Shelf, rng: random.Random) -> Iterator[Row]:
    """Other stories' headlines under a heading: bare, dated, with a snippet, glued to it, or cut short."""
    yield write("headings", rng), False
    style = rng.choice(("bare", "bare", "dated", "snippet", "snippet", "glued", "cut", "whole", "mixed"))
    wanted = style
    for other in rng.sample(shelf.stories, rng.randint(2, 14)):
        style = rng.choice(("bare", "dated", "snippet", "cut")) if wanted == "mixed" else wanted
        title, lead = headline_of(other, rng), " ".join(other.sentences[: rng.randint(1, 2)])
        if style == "glued":
            yield title + rng.choice(("", " ", " ", ". ")) + lead, False
            continue
        yield title, False
        if style == "dated":
            yield write("stamp", rng), False
        elif style in ("snippet", "whole"):
            yield lead, False
        elif style == "cut":
            yield (
                " ".join(lead.split()[: rng.randint(12, 30)])
                + rng.choice(("...", " ...", "… Read more", " [...]")),
                False,
            )


def _comments(shelf: Shelf, rng: random.Random) -> Iterator[Row]:
    yield from _some("comment_frame", 4, rng)
    for _ in range(rng.randint(1, 25)):
        yield from _maybe(0.7, iter([(write("comment_frame", rng), False)]), rng)
        yield rng.choice(shelf.posts), False
        yield from _maybe(0.5, iter([(write("comment_frame", rng), False)]), rng)


def _second_item(shelf: Shelf, rng: random.Random) -> Iterator[Row]:
    other = rng.choice(shelf.stories)
    yield headline_of(other, rng), False
    yield write(rng.choice(("byline", "stamp")), rng), False
    for paragraph in paragraphs(other, rng)[: rng.randint(1, 4)]:
        yield paragraph, False


def _below(shelf: Shelf, weight: float, rng: random.Random) -> Iterator[Row]:
    chance = min(1.0, weight)
    yield from _maybe(0.3, _some("credit", 1, rng), rng)
    yield from _maybe(0.2 * chance, _some("caption", 1, rng), rng)
    yield from _maybe(0.35 * chance, _some("about", 2, rng), rng)
    parts = [
        (0.4, _some("share", 8, rng)), (0.35, _some("plea", 8, rng)), (0.7, _teasers(shelf, rng)),
        (0.25, _comments(shelf, rng)), (0.25, _teasers(shelf, rng)), (0.1, _second_item(shelf, rng)),
        (0.25, _some("advert", 6, rng)), (0.3, _some("navigation", 20 * weight, rng)),
    ]  # fmt: skip
    rng.shuffle(parts)
    for odds, part in parts:
        yield from _maybe(odds * chance, part, rng)
    yield from _maybe(0.5 * chance, _some("navigation", 25 * weight, rng), rng)
    yield from _maybe(0.6 * chance, _some("footer", 4, rng), rng)
    yield from _maybe(0.15 * chance, _some("cookies", 7, rng), rng)

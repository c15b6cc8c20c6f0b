from typing import Any

import pytest
from factory import claim, mention, report, voice

from attested.incidents.backing import Backer, Backing
from attested.model import Claim, Derivation, DerivationKind, Origin, Passage, Report, Span
from attested.values import Score

WIRE = report(
    "A bomb killed nine people in Biu. The police blamed a rebel group.",
    id="wire", outlet="Meridian", agency="Meridian",
)  # fmt: skip
REWRITE = report(
    "A bomb killed nine people in Biu. The market was full for the last sale. Rebels were blamed.",
    id="rewrite", outlet="Savannah Post", agency="Meridian",
    credit_line=Span(0, 0, "With reporting by Meridian"),
)  # fmt: skip
OTHER = report(
    "Eleven people died in Biu, Meridian reported. The army kept silent.", id="other", outlet="Kanem Times"
)
SPUN = report("A bomb slew nine individuals in Biu.", id="spun")
REPORTS = {r.id: r for r in (WIRE, REWRITE, OTHER, SPUN)}
ORIGINS = (
    Origin("org_wire", ("rewrite", "spun", "wire"), "Meridian"),
    Origin("org_other", ("other",)),
)
FIRST = Passage(0, 33, 0, 33)


def made(kind: DerivationKind = "rewrite", **more: object) -> Derivation:
    return Derivation("rewrite", "wire", kind, Score(0.5), passages=(FIRST,), **more)  # type: ignore[arg-type]


def backing(*derivations: Derivation, reports: dict[str, Report] = REPORTS) -> Backing:
    return Backing(reports, derivations, ORIGINS, frozenset({"spun"}))


def said(owner: Report, text: str, **more: Any) -> Claim:
    spoken = mention(owner, text)
    return claim(owner, spoken, says=text, target=text, **more)


def test_what_a_rewrite_shares_is_its_wires_and_what_it_adds_its_own() -> None:
    found = backing(made())
    assert found.backer(said(REWRITE, "nine people")) == Backer("org_wire")
    assert found.backer(said(REWRITE, "last sale")) == Backer("org_wire", addition="rewrite")
    assert found.backer(said(WIRE, "rebel group")) == Backer("org_wire")


@pytest.mark.parametrize("edge", [made("identical"), made(is_version=True)])
def test_the_same_text_and_later_versions_add_nothing_of_their_own(edge: Derivation) -> None:
    assert backing(edge).backer(said(REWRITE, "last sale")) == Backer("org_wire")


@pytest.mark.parametrize("kind", ["republished", "excerpt", "rewrite"])
def test_a_paragraph_that_a_paper_put_into_its_copy_is_its_own(kind: DerivationKind) -> None:
    assert backing(made(kind)).backer(said(REWRITE, "last sale")) == Backer("org_wire", addition="rewrite")
    told = REWRITE.text.replace("Rebels were", "Nine died, and rebels were")
    reworded = report(told, id="rewrite", outlet="Savannah Post")
    found = backing(made(kind), reports=REPORTS | {"rewrite": reworded})
    dead = claim(reworded, mention(reworded, "Nine died"), says="Nine", killed=9)
    assert found.backer(dead) == Backer("org_wire"), "nine is in the wire too"


def test_a_value_that_the_wire_has_too_is_not_added_by_other_words() -> None:
    found = backing(made())
    assert found.count([said(REWRITE, "Rebels")]) == 1
    assert found.count([said(WIRE, "rebel group"), said(REWRITE, "Rebels")]) == 1
    assert found.count([said(WIRE, "rebel group"), said(OTHER, "Eleven people")]) == 2
    assert found.count([said(OTHER, "Eleven people"), said(REWRITE, "last sale")]) == 2


def test_words_of_another_newsroom_are_its_own_whatever_paper_prints_them() -> None:
    found = backing(made())
    heard = said(OTHER, "Eleven people", by=voice("other report", "Meridian", cue="reported"))
    assert found.backer(heard) == Backer("org_other", named="meridian")
    assert found.count([heard]) == 1
    assert found.count([heard, said(WIRE, "nine people")]) == 1
    assert found.count([heard, said(OTHER, "army")]) == 2
    through = voice("named body", "police", via=voice("other report", "Meridian"))
    assert found.backer(said(OTHER, "Eleven people", by=through)) == Backer("org_other", named="meridian")


def test_an_agency_that_names_itself_is_no_other() -> None:
    own = said(WIRE, "nine people", by=voice("other report", "Meridian"))
    assert backing().backer(own) == Backer("org_wire")


def test_a_spun_copy_stands_behind_nothing() -> None:
    assert backing().backer(said(SPUN, "nine individuals")) is None
    assert backing().count([said(SPUN, "nine individuals")]) == 0


def test_one_addition_in_two_rewrites_counts_once() -> None:
    twin = report(REWRITE.text.replace("full for", "full, for"), id="twin", outlet="The Courier")
    edges = (made(), Derivation("twin", "wire", "rewrite", Score(0.5), passages=(FIRST,)))
    found = backing(*edges, reports=REPORTS | {"twin": twin})
    assert found.count([said(REWRITE, "last sale"), said(twin, "last sale")]) == 1


def test_siblings_of_an_unseen_dispatch_know_what_they_share() -> None:
    edge = Derivation("wire", "rewrite", "rewrite", Score(0.5), passages=(FIRST,), is_sibling=True)
    turned = backing(
        edge, reports=REPORTS | {"rewrite": report(REWRITE.text, id="rewrite", outlet="Savannah Post")}
    )
    assert turned.backer(said(REWRITE, "nine people")) == Backer("org_wire")
    assert turned.backer(said(REWRITE, "last sale")) == Backer("org_wire", addition="rewrite")


def test_a_number_that_an_editor_put_in_the_others_place_is_his_own() -> None:
    changed = report(REWRITE.text.replace("nine", "thirty"), id="rewrite", outlet="Savannah Post")
    found = backing(made(), reports=REPORTS | {"rewrite": changed})
    spoken = claim(changed, mention(changed, "thirty people"), says="thirty people", killed=30)
    assert found.backer(spoken) == Backer("org_wire", addition="rewrite")
    same = report(REWRITE.text.replace("nine", "9"), id="rewrite", outlet="Savannah Post")
    found = backing(made(), reports=REPORTS | {"rewrite": same})
    assert found.backer(claim(same, mention(same, "9 people"), says="9 people", killed=9)) == Backer(
        "org_wire"
    )


def test_a_newsroom_counts_once_under_any_of_its_names() -> None:
    own = report("Nine died in Biu.", id="own", outlet="The New York Times")
    other = report("Nine died in Biu, it was said.", id="paper", outlet="Kanem Times")
    origins = (Origin("org_own", ("own",)), Origin("org_paper", ("paper",)))
    found = Backing({"own": own, "paper": other}, (), origins, frozenset())
    heard = claim(
        other, mention(other, "Nine"), says="Nine", killed=9, by=voice("other report", "New York Times")
    )
    assert found.count([heard, claim(own, mention(own, "Nine"), says="Nine", killed=9)]) == 1

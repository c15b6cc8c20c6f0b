"""Names that people put together or kept apart, and whom claims mean then."""

from factory import claim, mention, report

from attested.incidents.judged import ACTOR, LOST, SAME, STANDS, Decided, decide
from attested.incidents.known_as import KnownAs, actors_by_name
from attested.model import Claim, Judgement
from attested.values import Actor

FRONT = Actor("ac_front", "Northern Front", "armed group", ("NF", "the Front"), "XA")
LEAGUE = Actor("ac_league", "Salt League", "armed group", ("League",))
ARMY = Actor("ac_army", "Xaran army", "armed forces", (), "XA")
FOUND = (ARMY, FRONT, LEAGUE)
REPORT = report("The Salt League shelled Oro. Fighters of the NF fled.")


def same(*left: str, apart_from: tuple[str, ...] = (), id: str = "jd_1") -> Judgement:
    right = "\n".join(apart_from) or None
    return Judgement(id, SAME + ACTOR, "\n".join(left), right, "negative" if right else "positive", by="anna")


def known(*judgements: Judgement) -> tuple[KnownAs, Decided]:
    decided = decide(judgements, {}, {}, {}, (), FOUND)
    return KnownAs(FOUND, decided), decided


def by_id(actors: tuple[Actor, ...]) -> dict[str, tuple[str, ...]]:
    return {actor.id: (actor.name, *actor.aliases) for actor in actors}


def blamed(words: str) -> Claim:
    deed = mention(REPORT, "shelled")
    return claim(REPORT, deed, perpetrator_alleged=words, says=words)


def test_two_actors_become_one_that_goes_by_the_name_given_first() -> None:
    actors, _ = known(same("Salt League", "NF"))
    assert by_id(actors.actors) == {
        "ac_army": ("Xaran army",),
        "ac_league": ("Salt League", "League", "Northern Front", "NF", "the Front"),
    }
    assert actors.links({"cl_1": "ac_front", "cl_2": "ac_army"}, {}) == {
        "cl_1": "ac_league",
        "cl_2": "ac_army",
    }


def test_an_alias_given_first_is_what_it_is_called() -> None:
    [front] = [a for a in known(same("NF", "Salt League"))[0].actors if a.name == "NF"]
    assert (front.kind, front.country, front.aliases[0]) == ("armed group", "XA", "Northern Front")
    assert front.id not in {actor.id for actor in FOUND}


def test_a_name_that_is_parted_is_an_actor_of_its_own_and_takes_its_claims() -> None:
    actors, _ = known(same("Northern Front", apart_from=("NF",)))
    [apart] = [actor for actor in actors.actors if actor.name == "NF"]
    assert by_id(actors.actors)["ac_front"] == ("Northern Front", "the Front")
    claims = {"cl_1": blamed("Fighters of the NF"), "cl_2": blamed("The Salt League")}
    meant = actors.links(dict.fromkeys(claims, "ac_front"), claims)
    assert meant == {"cl_1": apart.id, "cl_2": "ac_front"}


def test_names_that_are_parted_together_are_one_actor() -> None:
    actors, _ = known(same("Northern Front", apart_from=("NF", "the Front")))
    assert sorted(names for names in by_id(actors.actors).values() if "NF" in names) == [("NF", "the Front")]


def test_who_is_one_with_another_may_be_without_a_name_of_his() -> None:
    actors, _ = known(
        same("Salt League", "Northern Front"), same("Salt League", apart_from=("NF",), id="jd_2")
    )
    assert by_id(actors.actors)["ac_league"] == ("Salt League", "League", "Northern Front", "the Front")
    assert [a.name for a in actors.actors if "NF" in (a.name, *a.aliases)] == ["NF"]


def test_of_two_decisions_the_later_stands_and_an_undone_one_changes_nothing() -> None:
    _, decided = known(same("NF", "Salt League"), same("NF", apart_from=("Salt League",), id="jd_2"))
    assert decided.states == {"jd_1": "overruled by a later decision", "jd_2": STANDS}
    undo = Judgement("jd_2", "undo", "jd_1", None, "unsure", supersedes="jd_1")
    assert known(same("NF", "Salt League"), undo)[0].actors == FOUND


def test_a_name_that_nobody_bears_no_longer_fits() -> None:
    actors, decided = known(same("Reed Brotherhood", apart_from=("NF",)))
    assert (decided.states["jd_1"], actors.actors) == (LOST, FOUND)


def test_a_name_of_several_is_his_who_is_called_so() -> None:
    other = Actor("ac_other", "League", "party")
    assert actors_by_name((LEAGUE, other))["league"] is other
    assert actors_by_name((FRONT, LEAGUE))["nf"] is FRONT

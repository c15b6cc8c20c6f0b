import pytest
from parsed import marked

from attested.model import Span, Voice
from attested.speech.hedging import find_hedge, is_negated, status_of

OUTLET = Voice("outlet", "The Daily")
POLICE = Voice("named body", "police", "said")

STATUS = {
    "happened": [
        "Two sailors jumped off to escape the [[fire]].",
        "The mayor survived the [[attack]].",
        "The rebels launched [[attacks]] on two villages, killing 12 people.",
        "Gunmen [[attacked]] a village near Mopti on Friday, killing 12 people.",
        "The army said rebels had [[shelled]] the market.",
        "The [[attack]] killed five soldiers.",
        "Why did the army [[shell]] the market on Monday?",
        "Three rockets [[landed]] near the airport late on Tuesday.",
        "A car bomb [[exploded]] outside the ministry, wounding nine.",
        "Rebels [[kill]] six police officers in northern Cauca",
        "The governor said the [[attack]] could worsen tensions.",
        "Officials condemned the [[bombing]] and vowed to find the killers.",
        "The general, who has been [[shot]] twice, survived.",
        "No group has claimed responsibility for the [[attack]].",
        "The coastguard did not give reasons for the [[raid]].",
        "Two people may have been [[killed]] in the blast, police said.",
        "After the [[strike]], the government said it would respond.",
        "The warlord ordered the [[murder]] of his rival last spring.",
        "On Sunday two separate [[attacks]] killed four people in Jos.",
        "The militia was blamed for the [[shelling]] of the port.",
        "The pirates did not stop [[firing]] on the tug.",
        "The abbot did not forgive the [[raid]].",
        "Drone [[strikes]] kill dozens in northern town",
        "He vowed to avenge the [[raid]].",
        "She wants to see the plan [[announced]] in May.",
        "Doctors will treat the men [[wounded]] in the raid.",
        "The ferry can carry 90 cars and was [[named]] after the mayor.",
        "The mill did not [[close]] until Friday.",
        "Three sailors are feared to have [[drowned]].",
        "Not all of the [[shots]] hit the mill.",
        "The miller refused to leave as the river [[rose]].",
        "Twelve miners were feared [[killed]] in the blast.",
    ],
    "habitual": [
        "Smugglers have repeatedly been [[ambushing]] customs patrols.",
        "The bandits usually [[shoot]] at lorries after dark.",
        "The two clans continue to [[raid]] each other's herds.",
        "Over the summer knife [[attacks]] aboard the ferries have increased.",
        "The village has seen a spate of [[kidnappings]] since March.",
        "Officials say such [[attacks]] are common.",
        "It was one of some 25 [[assaults]] on bus drivers since the new year.",
        "The brigade has claimed several [[bombings]] over the years.",
        "The gang repeats the [[raids]] three times a month.",
        "The rate of the [[kidnappings]] has doubled.",
        "The ferries will not sail unless the [[shooting]] stops.",
        "It is clear that the rebels [[attack]] villages and burn crops.",
        "Drones have [[bombed]] markets and schools.",
        "Snipers are [[firing]] at civilians, she said.",
    ],
    "planned": [
        "The rebels plan to [[attack]] the capital.",
        "A vigil is to be [[held]] on Tuesday.",
        "The army will [[strike]] again, the minister said.",
        "Police foiled a plot to [[bomb]] the stadium.",
        "The minister said forces would [[attack]] the camp within days.",
        "Troops are preparing to [[storm]] the compound.",
        "The general vowed to [[crush]] the rebels.",
        "The talks prevented an [[attack]] on the town.",
        "The mayor demanded that the gang stop [[attacking]] ferries.",
        "A driver is going to be [[shot]], the clerk said.",
        "Government promises to end [[attacks]] by bandits",
        "Brewer to [[cut]] 400 jobs",
        "The brewer expanded in order to [[sell]] more ale.",
        "The navy will block the port to [[starve]] the garrison.",
        "The troops are ordered to be [[moved]] north.",
        "The council is considering [[closing]] the bridge.",
        "The mayor spoke of a foiled [[bombing]].",
        "A northern firm was selected to [[build]] the bridge.",
    ],
    "feared": [
        "The brewer expects to [[cut]] 400 jobs.",
        "A [[flood]] is expected next week.",
        "Residents fear an [[attack]] on the camp.",
        "The embassy warned of [[attacks]] on hotels.",
        "The group threatened to [[kill]] the hostages.",
        "There is a risk of [[bombings]] in the city.",
        "The ministry warned that militants could [[attack]] schools.",
        "He spoke of the threat of [[kidnapping]].",
    ],
    "hypothetical": [
        "If the rebels [[attack]], the army will respond.",
        "Did the army [[shell]] the market on Monday?",
        "An [[attack]] could trigger a war.",
        "The missile could have [[killed]] hundreds, he said.",
        "It was unclear whether troops [[fired]] on the crowd.",
        "It is wrong for soldiers to [[shoot]] at crowds.",
        "If a price is not [[agreed]], the mill will close.",
        "The brewer was allowed to [[bid]] for the inn.",
    ],
    "denied": [
        "The army did not [[fire]] on protesters, a spokesman said.",
        "The group denied [[attacking]] the convoy.",
        "The minister denied that soldiers had [[shot]] anyone.",
        "There was no [[attack]] on the base, the ministry said.",
        "The bomb failed to [[explode]].",
        "The navy did not launch an [[attack]] on the boat.",
        "The [[concert]] was cancelled.",
        "The gang cancelled its [[meeting]].",
        "The army has no plan to [[attack]] the port.",
        "The boat was unable to [[reach]] the port.",
        "Shots were not [[fired]].",
    ],
}


@pytest.mark.parametrize(("status", "text"), [(s, t) for s, rows in STATUS.items() for t in rows])
def test_whether_it_happened(status: str, text: str) -> None:
    sentence, i = marked(text)
    found, why = status_of(sentence, i)
    assert (found, bool(why)) == (status, status != "happened")


@pytest.mark.parametrize(
    ("hedge", "text"),
    [
        ("fact", "The rebels killed [[five]] people."),
        ("fact", "The suspected leader watched as rebels killed [[five]] people."),
        ("suspected", "Suspected [[rebels]] shot a teacher."),
        ("suspected", "The [[militia]] is believed to have fired the rockets."),
        ("alleged", "The soldiers allegedly [[burned]] the village."),
        ("alleged", "The group is accused of [[killing]] nine monks."),
        ("reported", "At least [[six]] people were reportedly hurt."),
        ("possible", "The blast may have killed [[three]] guards."),
        ("possible", "The gang was possibly behind the [[raid]]."),
        ("possible", "There were unconfirmed reports of [[deaths]]."),
        ("possible", "It was not clear whether [[rebels]] fired first."),
        ("possible", "There were rumours that the [[mayor]] had been shot."),
        ("suspected", "The storm probably killed [[three]] guards."),
        ("suspected", "The storm is likely to have killed [[three]] guards."),
        ("suspected", "The rebels appear to have killed [[three]] guards."),
        ("suspected", "The storm must have killed [[three]] guards."),
        ("fact", "The men, who killed [[three]] guards, may have fled."),
        ("fact", "The boat may have sunk when [[rebels]] fired on it."),
        ("fact", "The plan, drawn up by [[rebels]], may fail."),
    ],
)
def test_how_sure_an_outlet_is(hedge: str, text: str) -> None:
    assert find_hedge(*marked(text), OUTLET)[0] == hedge


def test_another_voice_reports_what_it_says() -> None:
    sentence, i = marked("Rebels killed [[five]] people.")
    assert find_hedge(sentence, i, POLICE) == ("reported", "positive")


NEGATIVE = [
    "No [[casualties]] were reported.",
    "There were no reports of [[damage]].",
    "The blast did not hurt [[anyone]].",
    "Nobody was [[hurt]].",
    "The ship escaped without [[damage]].",
    "The rebels denied [[killing]] the priest.",
    "The army never [[shelled]] the town.",
    "The mine failed to [[explode]].",
    "The soldiers were not [[wounded]].",
    "Neither [[pilot]] was hurt.",
    "The mayor called off the [[raid]].",
    "The rebels fled instead of [[attacking]] the port.",
    "The company no longer [[sells]] guns.",
    "The rebels were too weak to [[attack]] the port.",
]
POSITIVE = [
    "Not only [[soldiers]] but also nurses were killed.",
    "The governor gave no details about the [[raid]].",
    "No group has claimed responsibility for the [[bombing]] that killed nine.",
    "The minister did not condemn the [[raid]].",
    "The police did not say who [[fired]] the shots.",
    "The rebels killed [[five]] soldiers, not civilians.",
    "Not all of the [[soldiers]] fled.",
    "The [[raid]] was not reported until Friday.",
    "The [[glitch]] was not reported.",
    "The guards barely [[escaped]].",
    "The army has no news of the [[raid]].",
]


@pytest.mark.parametrize("text", NEGATIVE)
def test_what_is_denied(text: str) -> None:
    assert is_negated(*marked(text))
    assert find_hedge(*marked(text), OUTLET)[1] == "negative"


@pytest.mark.parametrize("text", POSITIVE)
def test_what_a_negation_leaves_standing(text: str) -> None:
    assert not is_negated(*marked(text))


class Cue:
    def __init__(self, hedge, span):
        self.hedge = hedge
        self.content = (span,)


def test_the_cue_of_an_attribution_sets_the_hedge() -> None:
    sentence, i = marked("The group claimed that it killed [[five]] soldiers.")
    content = Span(18, sentence.end)
    assert find_hedge(sentence, i, POLICE, Cue("claimed", content)) == ("claimed", "positive")
    assert find_hedge(sentence, i, POLICE, Cue("denied", content)) == ("denied", "negative")

# ruff: noqa: E501  (a table of literals)
"""A small invented ledger for views, exports and the command line: two newsrooms, a copy, a spun copy, a
disagreement over the dead, an undated page, a page set aside. Fused by hand, so that views are tested alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory import claim, mention, outline, page, published, quote, report, saying, sure, voice, words

from attested.incidents.context import Resolved
from attested.incidents.fused import Contradiction, FusedIncident, FusedTrend, FusedValue
from attested.incidents.statements import FusedStatement
from attested.ledger.store import Ledger, RunSummary
from attested.model import (
    DateCandidate,
    Derivation,
    Incident,
    Origin,
    Passage,
    Published,
    QuoteLink,
    Statement,
    Story,
    Trend,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor, Count, PartialDate, Place
from attested.views.facts import Facts

WIRE = (
    "Gunmen storm police post in Tibú\n"
    "BOGOTA (Andes Press) — Gunmen attacked a police post in Tibú on Monday, killing four officers, the defence "
    "ministry said. The ministry blamed the National Liberation Army. “We will not leave our people alone,” "
    "Defence Minister Laura Paredes told reporters. Attacks on police posts have doubled since January, the "
    "ministry said."
)
SPUN = (
    WIRE.replace("storm", "tempest")
    .replace("killing", "eliminating")
    .replace("attacked", "assaulted")
    .replace("our people alone", "our folks on your own")
)
OTHER = (
    "Six dead in Tibú, mayor says\n"
    "At least six police officers died in an attack in Tibú on 3 May, the town's mayor, Jorge Rueda, said. "
    "The National Liberation Army denied that it had attacked the post. In March a drone dropped explosives on an "
    "army base in Arauca, wounding two soldiers. A radio mast was blown up, a reader wrote <script>alert(1)</script>. "
    "Rueda said that the school beside the post would stay shut until June."
)
JUNK = "Accept all cookies to go on"

wire = report(WIRE, id="rp_wire", headline="Gunmen storm police post in Tibú", outlet="Bogotá Daily", agency="Andes Press",
              body=WIRE.split("\n")[1], dateline=words(page(WIRE), "BOGOTA (Andes Press)"))  # fmt: skip
copy = report(
    WIRE + " ",
    id="rp_copy",
    headline="Gunmen storm police post in Tibú",
    outlet="Valley News",
    agency="Andes Press",
)
spun = report(SPUN, id="rp_spun", headline="Gunmen tempest police post in Tibú")
other = report(OTHER, id="rp_othr", headline="Six dead in Tibú, mayor says", outlet="El Correo")
REPORTS = (wire, copy, spun, other)

ministry = voice("named body", "the defence ministry")
mayor = voice("named person", "Jorge Rueda", via=voice("outlet", "El Correo", None))
rebels = voice("named body", "The National Liberation Army", "denied")

m_wire = mention(wire, "attacked", id="mn_wire")
m_copy = mention(copy, "attacked", id="mn_copy")
m_other = mention(other, "died", id="mn_othr")
m_drone = mention(other, "dropped", id="mn_dron", type="Air/drone strike")
m_mast = mention(other, "blown up", id="mn_mast", type="Remote explosive/landmine/IED", is_background=False)
m_told = mention(wire, "told", id="mn_told", kind="statement", type="SUPPORT")
m_trend = mention(wire, "doubled", id="mn_trnd", kind="trend", type="trend")

four = claim(wire, m_wire, killed=4, says="four officers", by=ministry, id="cl_four")
four_copy = claim(copy, m_copy, killed=4, says="four officers", by=ministry, id="cl_fou2")
six = claim(
    other, m_other, killed=6, says="At least six police officers", by=mayor, qualifier="at least", id="cl_six"
)
monday = claim(wire, m_wire, date="Monday", by=ministry, id="cl_mond")
third = claim(other, m_other, date="3 May", by=mayor, id="cl_thrd")
tibu = claim(wire, m_wire, place="Tibú", says="Tibú", id="cl_tibu")
blamed = claim(wire, m_wire, perpetrator_alleged="the National Liberation Army", by=voice("named body", "The ministry", "blamed"), hedge="alleged", id="cl_blam")  # fmt: skip
denied = claim(other, m_other, responsibility_denied="The National Liberation Army", by=rebels, hedge="denied", polarity="negative", id="cl_deny")  # fmt: skip
hurt = claim(other, m_drone, injured=2, says="two soldiers", id="cl_hurt")
march = claim(other, m_drone, date="In March", id="cl_mrch")
mast = claim(other, m_mast, target="radio mast", says="radio mast", by=voice("unnamed official", "a reader", "wrote"), hedge="claimed", id="cl_mast")  # fmt: skip
doubled = claim(wire, m_trend, trend="doubled", by=ministry, id="cl_doub")
told = claim(wire, m_told, speaker="Laura Paredes", id="cl_told")
CLAIMS = (four, four_copy, six, monday, third, tibu, blamed, denied, hurt, march, mast, doubled, told)

vow = quote(wire, "We will not leave our people alone,", speaker="Laura Paredes")
vow_copy = quote(copy, "We will not leave our people alone,", speaker="Laura Paredes")
vow_spun = quote(spun, "We will not leave our folks on your own,", speaker="Laura Paredes")

shut = saying(other, "the school beside the post would stay shut until June", by=mayor, verb="stay")

TIBU = Place("Tibú", "CO", 8.64, -72.73, admin1="Norte de Santander", precision=1, geonames_id=3666608)
ARAUCA = Place("Arauca", "CO", 7.08, -70.76, precision=4)


def ledger() -> Ledger:
    """The stored rows."""
    pages = [page(r.text, id=r.page_id, input=f"in/{r.id}.txt") for r in REPORTS]
    pages.append(
        page(JUNK, id="pg_junk", input="in/junk.html", status="set aside", why="no story on the page")
    )
    stamp = DateCandidate(
        PartialDate.day(date(2021, 6, 1)), "stamp", None, "after every other date of its family"
    )
    return Ledger(
        pages=tuple(pages),
        reports=REPORTS,
        outlines=(
            outline(wire, quotes=(vow,)),
            outline(copy, quotes=(vow_copy,)),
            outline(spun, quotes=(vow_spun,)),
            outline(other, sayings=(shut,)),
        ),
        mentions=(m_wire, m_copy, m_other, m_drone, m_mast, m_told, m_trend),
        claims=CLAIMS,
        published={
            wire.id: published(wire, date(2021, 5, 3)),
            copy.id: published(copy, date(2021, 5, 4), basis="lineage", doubts=("its stamp is a month late",), candidates=(stamp,)),
            spun.id: Published(spun.id, PartialDate(), "unknown"),
            other.id: published(other, date(2021, 5, 5)),
        },
        derivations=(
            Derivation(copy.id, wire.id, "republished", sure(0.99, "every sentence"), "Andes Press", (Passage(0, 90, 0, 90),), "same text, a day later"),
            Derivation(spun.id, wire.id, "spun", sure(0.9, "words swapped"), None, (), "“attacked” became “assaulted”"),
            Derivation(wire.id, None, "republished", sure(0.8), "Andes Press", (), "credit line"),
        ),
        origins=(
            Origin("or_wire", (wire.id, copy.id, spun.id), "Andes Press", "copies of one dispatch"),
            Origin("or_othr", (other.id,), None, "shares no text with another report"),
        ),
        stories=(Story("st_tibu", "Gunmen storm police post in Tibú", tuple(r.id for r in REPORTS)),),
        incidents=(
            Incident("in_tibu", "Attack", (m_wire.id, m_copy.id, m_other.id), ("same town and day",)),
            Incident("in_drone", "Air/drone strike", (m_drone.id,)),
            Incident("in_mast", "Remote explosive/landmine/IED", (m_mast.id,)),
        ),
        statements=(Statement("sm_vow", "SUPPORT", (m_told.id,)),),
        trends=(Trend("tr_posts", (m_trend.id,)),),
        quote_links=(
            QuoteLink(vow.id, (vow_copy.id,)),
            QuoteLink(vow_copy.id, (vow.id,)),
            QuoteLink(vow_spun.id, (), vow.id, "“people alone” became “folks on your own”"),
        ),
        actors=(Actor("ac_eln", "National Liberation Army", "rebel group", ("ELN", "The National Liberation Army"), "CO"),),
        resolved=Resolved(
            {
                monday.id: Anchored(PartialDate.day(date(2021, 5, 3)), "\"Monday\" -> 2021-05-03, the last Monday on or before the report of 2021-05-03"),
                third.id: Anchored(PartialDate.day(date(2021, 5, 3)), "3 May in the year of the report"),
                march.id: Anchored(PartialDate.month(2021, 3), "the March before the report"),
            },
            {tibu.id: PlaceLink(TIBU, sure(0.9, "the only Tibú in Colombia"))},
            {blamed.id: "ac_eln"},
        ),
        summary=RunSummary("2021-05-06T08:00:00Z", "0.1.0", {"lineage": {"min_shared": 0.3}}, {"pages": 5}, {"no story on the page": 1}, {"read": 1.5, "lineage": 0.25}, 2.0, 4),
    )  # fmt: skip


def value(words: str, *claims: str, n: int = 1, **more: object) -> FusedValue:
    """A fused value."""
    return FusedValue(words, tuple(claims), n, more.get("by"), more.get("actor"))  # type: ignore[arg-type]


def facts() -> Facts:
    """The ledger with its incidents, statements and trends fused by hand."""
    nothing: dict[str, tuple[FusedValue, ...]] = dict.fromkeys(
        (
            "weapon",
            "target",
            "victims",
            "perpetrator_alleged",
            "responsibility_claimed",
            "responsibility_denied",
        ),
        (),
    )
    tibu_values = nothing | {
        "target": (value("a police post", four.id),),
        "victims": (value("officers", four.id, six.id, n=2),),
        "perpetrator_alleged": (
            value("National Liberation Army", blamed.id, by=blamed.voice, actor="ac_eln"),
        ),
        "responsibility_denied": (
            value("National Liberation Army", denied.id, by=denied.voice, actor="ac_eln"),
        ),
    }
    dead = Contradiction(
        "killed", (value("4", four.id, four_copy.id), value("6", six.id)), "the mayor says more"
    )
    incidents = (
        FusedIncident("in_tibu", "Attack", "ASSAULT", PartialDate.day(date(2021, 5, 3)), TIBU, Count(4, 4, 6, False, "the count with most origins, then the lower"),
                      None, **tibu_values, reports=(wire.id, copy.id, other.id), n_reports=3, n_origins=2, contradictions=(dead,),
                      claims=(four, four_copy, six, monday, third, tibu, blamed, denied), headline="Attack in Tibú, 3 May 2021"),
        FusedIncident("in_drone", "Air/drone strike", "ASSAULT", PartialDate.month(2021, 3), ARAUCA, None, Count(2, 2, 2),
                      **nothing | {"weapon": (value("drone", march.id),)}, reports=(other.id,), n_reports=1, n_origins=1, contradictions=(),
                      claims=(hurt, march), headline="Drone strike in Arauca, March 2021"),
        FusedIncident("in_mast", "Remote explosive/landmine/IED", "ASSAULT", PartialDate(), None, None, None, **nothing | {"target": (value("radio mast", mast.id),)},
                      reports=(other.id,), n_reports=1, n_origins=1, contradictions=(), claims=(mast,), headline="Radio mast blown up"),
    )  # fmt: skip
    vowed = FusedStatement(id="sm_vow", act="SUPPORT", mode="", speaker="Laura Paredes", on_behalf_of="Colombia", addressee="", what="will not leave our people alone",
                           date=PartialDate.day(date(2021, 5, 3)), quotes=(vow.id,), reports=(wire.id,), n_reports=1, n_origins=1, contradictions=(), claims=(told,))  # fmt: skip
    trend = FusedTrend(id="tr_posts", text="Attacks on police posts have doubled since January", value=None, approximate=False, direction="up",
                       period=PartialDate.span(date(2021, 1, 1), date(2021, 5, 3)), reports=(wire.id,), n_origins=1, claims=(doubled,))  # fmt: skip
    return fused_by_hand(Facts(ledger()), incidents, (vowed,), (trend,))


def fused_by_hand(
    facts: Facts,
    incidents: Iterable[FusedIncident],
    statements: Iterable[FusedStatement] = (),
    trends: Iterable[FusedTrend] = (),
) -> Facts:
    """The facts as if these rows had been fused already."""
    vars(facts).update(incidents=tuple(incidents), statements=tuple(statements), trends=tuple(trends))
    return facts

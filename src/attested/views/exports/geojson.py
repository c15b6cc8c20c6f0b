"""Incidents as GeoJSON points (RFC 7946); those that cannot be drawn are counted, not dropped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attested.incidents.fused import FusedIncident
from attested.views.facts import Facts
from attested.views.flat import incident_rows
from attested.views.rows import run_row

_PLACE_COLUMNS = ("lat", "lon")


def feature_collection(facts: Facts) -> dict[str, Any]:
    """A FeatureCollection; ``without_place`` counts and names the incidents that have no coordinates.

    ``place_precision`` (UCDP where_prec) says what a point is worth: 1 exact, 4 a province, 6 a country.
    """
    drawn = [i for i in facts.incidents if _point(i) is not None]
    missing = [i.id for i in facts.incidents if _point(i) is None]
    flat = {str(row["id"]): row for row in incident_rows(facts)}
    return {
        "type": "FeatureCollection",
        "attested": run_row(facts),
        "without_place": {"n_incidents": len(missing), "incidents": missing},
        "features": [_feature(incident, flat[incident.id]) for incident in drawn],
    }


def export_geojson(facts: Facts) -> Iterator[str]:
    """The text of the GeoJSON export, in pieces."""
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(feature_collection(facts))
    yield "\n"


def _feature(incident: FusedIncident, flat: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": _point(incident)},
        "properties": {name: cell for name, cell in flat.items() if name not in _PLACE_COLUMNS},
    }


def _point(incident: FusedIncident) -> list[float] | None:
    """[lon, lat] in WGS84 degrees, or None."""
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return [place.lon, place.lat]

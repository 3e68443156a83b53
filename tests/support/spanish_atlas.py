"""A small atlas in Spanish, of three provincias: every kind of thing that a page can show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROVINCES = {"soria": "Soria", "segovia": "Segovia", "zamora": "Zamora"}
ATLAS = """\
id: meseta
title: {es: Tres provincias}
place: {es: Castilla}
intro: {es: Lo que cambia en la meseta.}
about: {es: Un texto sobre el campo.}
languages: [es, pt]
levels:
  county: {es: {one: comunidad, other: comunidades}}
  division: {es: {one: provincia, other: provincias}}
  story: {es: {one: crónica, other: crónicas}}
boundaries: boundaries
themes:
  - {id: agua, label: {es: Agua}, icon: eco, colour: "#0072B2"}
  - {id: campo, label: {es: Campo}, icon: factory, colour: "#B75294"}
stories: [soria, segovia]
no_story: [zamora]
source: {title: {es: Crónica de la meseta}}
figures:
  - {id: vecinos, label: {es: Vecinos}, unit: people, value: 1300000, period: 2023,
     source: {es: Padrón}}
places:
  - {id: ermita, division: zamora, name: {es: Ermita}, kind: {es: ermita}, known: unstated,
     source: {es: Crónica}}
metrics:
  - {id: paro, label: {es: Paro}, unit: {es: "%"}, decimals: 1, kind: share, source: {es: Encuesta}}
  - {id: pueblos, label: {es: Pueblos}, unit: {es: pueblos}, kind: count, source: {es: Padrón}}
  - {id: densidad, label: {es: Pueblos por km²}, unit: {es: por km²}, decimals: 2, kind: density,
     source: {es: Padrón}, computed: {per_km2: pueblos}}
"""
SORIA = """\
town: soria
themes: [agua, campo]
section: {es: Soria}
figures:
  - {id: pozos, label: {es: Pozos}, unit: count, value: 12, period: 2024, qualifier: over,
     baseline: {value: 10, period: 2023}, passage: {paragraph: 1}, quote: doce pozos}
  - {id: obra, label: {es: Obra}, unit: EUR, value: 1300000, period: 2031, status: forecast,
     qualifier: about, passage: {paragraph: 2}}
  - {id: ayuda, label: {es: Ayuda}, unit: EUR, value: 300000, period: unstated, status: plan,
     passage: {paragraph: 2}}
  - {id: entrega, label: {es: Entrega}, unit: date, value: 2031-05, period: unstated,
     status: target, passage: {paragraph: 2}}
  - {id: subida, label: {es: Subida}, unit: "%", value: 20, period: 2024,
     computed: {formula: percent_change, from: [pozos]}}
graphics:
  - {id: antes, form: change, title: {es: Antes y ahora}, figures: [pozos]}
  - {id: plazos, form: statuses, title: {es: Dinero}, figures: [obra, ayuda]}
places:
  - {id: pozo, name: {es: Pozo viejo}, kind: {es: pozo}, known: approximate, at: [-2.5, 41.5],
     within_m: 500, datum: wgs84, at_source: {es: Mapa}, passage: {paragraph: 1}}
  - {id: plaza, name: {es: Plaza}, kind: {es: plaza}, known: division, passage: {paragraph: 1}}
scenes:
  - {id: todo, look: county, light: [soria, segovia], metric: paro}
  - {id: cerca, look: {place: pozo}, figure: pozos}
"""
SEGOVIA = """\
town: segovia
themes: [campo]
section: {es: Segovia}
figures: []
"""
METRICS = """\
division,metric,period,value,qualifier,status
soria,paro,2022,11.5,,
segovia,paro,2022,8.1,about,
zamora,paro,2022,,,
soria,paro,2023,10.2,,forecast
segovia,paro,2023,8.4,,
zamora,paro,2023,9,,
soria,pueblos,2023,183,,
segovia,pueblos,2023,209,,
zamora,pueblos,2023,248,,
"""


def write_spanish_atlas(folder: Path) -> Path:
    """Write the atlas into a new folder."""
    (folder / "boundaries").mkdir(parents=True)
    (folder / "boundaries" / "divisions.geojson").write_text(json.dumps(_divisions()), "utf-8")
    files = {
        "atlas.yaml": ATLAS,
        "soria.yaml": SORIA,
        "segovia.yaml": SEGOVIA,
        "metrics.csv": METRICS,
        "soria.es.md": "# Agua en Soria\n\nHay [más de 12](#figure-pozos) pozos.\n\n"
        "::: scene todo\nLa comunidad entera.\n:::\n\n::: scene cerca\nEl pozo viejo.\n:::\n",
        "segovia.es.md": "# Campo en Segovia\n\nEl campo sigue.\n\nY cambia.\n",
        "soria.pt.md": "# Água em Sória\n\nHá [mais de 12](#figure-pozos) poços.\n\n"
        "::: scene todo\nTudo.\n:::\n\n::: scene cerca\nO poço.\n:::\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _divisions() -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "code": str(40 + index),
                    "slug": slug,
                    "name_es": name,
                    "name_en": name,
                    "kind": "provincia",
                    "boundary_status": ("published", "reconstructed", "unknown")[index],
                    "source": "Instituto",
                    "area_km2": 8000.0,
                    "label_point": [-2.5 + index, 41.5],
                },
                "geometry": {"type": "Polygon", "coordinates": [_square(-3 + index, 41)]},
            }
            for index, (slug, name) in enumerate(PROVINCES.items())
        ],
    }


def _square(west: float, south: float) -> list[list[float]]:
    east, north = west + 1, south + 1
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]

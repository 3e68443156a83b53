"""An atlas in Arabic and English: the bundled one with other words."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from tests.support.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DEQING, SHAPES = ROOT / "stories" / "data" / "deqing", ROOT / "geo" / "data" / "deqing"
NAMES = (
    "ناحية المسيب", "بلدة النهر", "ناحية السهل الأخضر", "قرية الجسر", "حي الزيتون", "بلدة الميناء",
    "ناحية البساتين", "حي القلعة", "بلدة الوادي", "ناحية الينابيع", "حي السوق", "قرية التل",
    "ناحية البحيرة",
)  # fmt: skip
"""Names of the divisions; their English ones stay."""
HEADLINE = "أكثر من 40 مصنعًا جديدًا في بلدة النهر خلال عام 2024"
LEAD = "قالت شركة Tianjin Sci-Tech (天津) إن **المشروع** يوفر 1800 فرصة عمل بحلول نهاية 2025."
BODY = (
    "يقع المصنع على بعد 12 كم من المدينة، وتعمل فيه ثلاث فرق.",
    "- بدأ العمل في مارس 2024.\n- تبلغ الطاقة 3.5% من الإجمالي (نحو 20 طنًا).",
    "> «سنعود إلى هنا كل ربيع»، كما قال Li Wei.",
)
WORDS = (
    "عدد الشركات",
    "فرص العمل الجديدة",
    "الاستثمار في المشروع",
    "نسبة الإنجاز",
    "تقرير المحافظة",
)


def write_arabic_atlas(folder: Path, languages: Sequence[str] = ("ar", "en")) -> Path:
    """Write the atlas of Deqing, in which each text is Arabic or English."""
    yaml, words = YAML(typ="safe", pure=True), cycle(WORDS)
    folder.mkdir(parents=True)
    for file in sorted(DEQING.glob("*.yaml")):
        data = _in_arabic(yaml.load(file.read_text(encoding="utf-8")), words)
        if file.name == "atlas.yaml":
            data |= {"languages": list(languages), "boundaries": "shapes"}
            data["title"]["ar"], data["place"]["ar"] = "أطلس المحافظة", "محافظة النهرين"
            data["intro"]["ar"] = "قصص من بلدات المحافظة، مع خرائطها وأرقامها."
        text = json.dumps(data, ensure_ascii=False, default=str)
        (folder / file.name).write_text(text, encoding="utf-8")
    for file in DEQING.glob("*.en.md"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
        _write_story(folder / file.name.replace(".en.", ".ar."), file.read_text(encoding="utf-8"))
    table = (DEQING / "metrics.csv").read_text(encoding="utf-8")
    (folder / "metrics.csv").write_text(table.replace("source.zh", "source.ar"), encoding="utf-8")
    names = dict(zip(_slugs(), NAMES, strict=False))
    for file in SHAPES.rglob("*.geojson"):
        collection = json.loads(file.read_text(encoding="utf-8"))
        for feature in collection["features"]:
            _name(feature["properties"], names)
        path = folder / "shapes" / file.relative_to(SHAPES)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    for file in SHAPES.rglob("*.json"):
        path = folder / "shapes" / file.relative_to(SHAPES)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
    return folder


def _slugs() -> list[str]:
    shapes = json.loads((SHAPES / "divisions.geojson").read_text(encoding="utf-8"))
    return [each["properties"]["slug"] for each in shapes["features"]]


def _name(properties: dict[str, Any], names: dict[str, str]) -> None:
    for key in [key for key in properties if key.endswith("_zh")]:
        said = properties.pop(key)
        arabic = names.get(properties.get("slug", ""), NAMES[0]) if key == "name_zh" else WORDS[4]
        properties[key.replace("_zh", "_ar")] = arabic if said else said


def _in_arabic(data: Any, words: Any) -> Any:  # noqa: ANN401  # whatever YAML holds
    if isinstance(data, list):
        return [_in_arabic(each, words) for each in data]
    if not isinstance(data, dict):
        return data
    if "zh" in data and isinstance(data["zh"], str):
        return {"ar": "%" if data["zh"] == "%" else next(words), "en": data.get("en", "")}
    if "zh" in data:
        return {"en": data.get("en", [])}
    return {key: _in_arabic(each, words) for key, each in data.items()}


def _write_story(path: Path, english: str) -> None:
    """Write a story with the scenes and media that the English one has."""
    marks = [line for line in english.split("\n") if line.startswith("::: ") or line == ":::"]
    body, passages = list(BODY), cycle(BODY)
    for mark in marks:
        begins = mark.startswith("::: scene")
        body.append(f"{mark}\n{next(passages)}" if begins else mark)
    text = "\n\n".join([f"# {HEADLINE}", LEAD, *body])
    path.write_text(text.replace("\n\n:::\n", "\n:::\n") + "\n", encoding="utf-8")

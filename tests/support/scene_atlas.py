"""An atlas whose stories are told in scenes: the bundled one, with passages added."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.support.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEQING = ROOT / "stories" / "data" / "deqing"
FILLING = {
    "zh": "他们到车间察看，为每家企业单独定方案，换上更好的粉尘收集设备，补齐废气处理设施。" * 6,
    "en": "They looked at each workshop and drew up a plan for it, with better filters. " * 7,
}
SCENES = {
    "firms": "look: leidian, figure: foundries",
    "around": "look: [xinan, yuyue], light: [xinan], dim: true",
    "county": "look: county, light: [leidian, xinan, yuyue]",
    "part": "look: {west: 119.9, south: 30.5, east: 120.1, north: 30.6}, light: []",
}
"""Of Leidian's story."""
LINK = {"zh": "[7家](#figure-foundries-done)", "en": "[7 firms](#figure-foundries-done)"}
MANY = 30
"""Scenes of Xin'an's story; they look at one division after another."""
TOWNS = ("leidian", "xinan", "yuyue", "kangqian", "wukang")


def many_scenes() -> dict[str, str]:
    """Scenes of Xin'an's story."""
    return {f"s{i:02}": f"look: {TOWNS[i % len(TOWNS)]}" for i in range(MANY)}


def write_scene_atlas(folder: Path) -> Path:
    """Copy the bundled atlas into `folder` and tell two of its stories in scenes."""
    shutil.copytree(DEQING, folder)
    _tell(folder, "leidian", SCENES)
    _tell(folder, "xinan", many_scenes())
    return folder


def _tell(folder: Path, town: str, scenes: dict[str, str]) -> None:
    file = folder / f"{town}.yaml"
    told = file.read_text(encoding="utf-8").split("\nscenes:\n")[0]
    listed = "".join(f"  - {{id: {name}, {what}}}\n" for name, what in scenes.items())
    file.write_text(f"{told.rstrip()}\nscenes:\n{listed}", encoding="utf-8")
    for lang, filling in FILLING.items():
        words = folder / f"{town}.{lang}.md"
        head = "\n\n".join(words.read_text(encoding="utf-8").split("\n\n")[:2])
        link = LINK[lang] if town == "leidian" else ""
        passages = "\n\n".join(f"::: scene {name}\n{filling}{link}\n:::" for name in scenes)
        words.write_text(f"{head}\n\n{filling}\n\n{passages}\n", encoding="utf-8")

"""The one font in which every browser of the tests draws, whatever the machine has or lacks.

Noto Sans CJK, which the package of the preview pictures brings along, has Latin letters, too.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

FONTS = files("manimgx_fonts_cjk")
CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def write_configuration(folder: Path) -> Path:
    """Write a configuration of fontconfig in which there is no other font, and return its file.

    A browser takes it with the environment variable ``FONTCONFIG_FILE``.
    """
    cache = folder / "cache"
    cache.mkdir(parents=True)
    file = folder / "fonts.conf"
    text = CONFIGURATION.format(fonts=escape(str(FONTS)), cache=escape(str(cache)))
    file.write_text(text, encoding="utf-8")
    return file

"""The reference of the file format, made from the models and their docstrings."""

from decimal import Decimal
from enum import EnumType
from inspect import getdoc
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from faults import MOST_FAULTS
from stories import numbers
from stories.authoring.reference_tables import figure_tables, metric_tables
from stories.authoring.reference_units import unit_lists
from stories.files.folder import MAX_BYTES, MAX_TABLE_BYTES
from stories.files.markdown import MAX_LINES, MAX_MARKS
from stories.files.media import MAX_BYTES as MAX_MEDIA_BYTES
from stories.files.media_kinds import MAX_PIXELS, MAX_SIDE
from stories.files.tables.workbook import METRICS
from stories.files.yaml import MAX_CHARACTERS, MAX_VALUES
from stories.model.atlas import (
    MAX_BODY,
    MAX_EXEMPT,
    MAX_FIGURES,
    MAX_PLACES,
    MAX_PLACES_OF_ATLAS,
    MAX_STORIES,
    MAX_THEMES,
    MAX_WITHOUT_STORY,
    AtlasFile,
    AtlasPlace,
    Baseline,
    Better,
    Computation,
    Figure,
    Formula,
    Graphic,
    GraphicForm,
    GraphicGroup,
    Passage,
    Period,
    Place,
    Qualifier,
    Scene,
    Source,
    Status,
    StoryFile,
    Texts,
    Theme,
)
from stories.model.figure import MAX_DECIMALS, MAX_DIGITS, MAX_OPERANDS
from stories.model.graphic import MAX_DRAWN, MAX_GRAPHICS
from stories.model.media import MAX_MEDIA, HeroPlace, MediaKind, Medium
from stories.model.media_marks import MOST_IN_GALLERY
from stories.model.metric import (
    MAX_METRIC_VALUES,
    MAX_METRICS,
    MAX_REORGANISATIONS,
    MAX_REORGANISED,
    Classing,
    Metric,
    MetricClasses,
    MetricComputation,
    MetricKind,
    Reorganisation,
)
from stories.model.place import Datum, Known, Position
from stories.model.scene import MAX_DIVISIONS, MAX_SCENES, Look
from stories.model.text import MAX_LANGUAGES, MAX_WORDS
from stories.model.unit import MAX_UNITS, DeclaredUnit, Forms, Measure, Unit
from stories.model.words import LevelName, Levels
from stories.numbers import spoken
from stories.numbers.lexicon import read_languages
from stories.view.icons import icon_groups
from stories.wording import catalogue_languages
from stories.wording.catalogues import page_words

_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("`atlas.yaml`", AtlasFile),
    ("A theme", Theme),
    ("The source", Source),
    ("The `levels`", Levels),
    ("`<town>.yaml`", StoryFile),
    ("A figure", Figure),
    ("Its `baseline`", Baseline),
    ("Its `passage`", Passage),
    ("Its `computed`", Computation),
    ("A graphic", Graphic),
    ("Its `groups`", GraphicGroup),
    ("A scene", Scene),
    ("A place", Place),
    ("A medium", Medium),
    ("A metric", Metric),
    ("The `classes` of a metric", MetricClasses),
    ("The `computed` of a metric", MetricComputation),
    ("A re-organisation", Reorganisation),
    ("A unit of the atlas's own", DeclaredUnit),
)
_WORDS = (
    (Qualifier, "qualifier"),
    (Status, "status"),
    (Better, "better"),
    (Formula, "formula"),
    (GraphicForm, "form"),
    (Known, "known"),
    (Datum, "datum"),
    (HeroPlace, "hero_place"),
    (MetricKind, "kind"),
    (Classing, "by"),
)


_KINDS = {
    MediaKind.PICTURE: "a picture",
    MediaKind.SOUND: "a sound",
    MediaKind.FILM: "a film",
    MediaKind.CAPTIONS: "a file of captions",
    MediaKind.TEXT: "a transcript",
}


def reference() -> str:
    """Return the reference in Markdown."""
    parts = [_INTRODUCTION, *(_part(title, model) for title, model in _PARTS)]
    return (
        "\n\n".join(
            [
                *parts,
                _media(),
                _periods(),
                _units(),
                _prose(),
                _page_words(),
                figure_tables(),
                metric_tables(),
                _numbers(),
                _limits(),
                _icons(),
            ]
        )
        + "\n"
    )


_INTRODUCTION = """\
# The files of an atlas

*This page is made from the program (`story-atlas reference`); change it there.*

An atlas is a folder of text files in UTF-8:

| file | what it holds |
|---|---|
| `atlas.yaml` | title, languages, themes, which divisions have a story |
| `<town>.yaml` | themes and figures of one division's story |
| `<town>.<language>.md` | its words in one language |
| `<town>.figures.csv` or `.xlsx` | its figures, where a spreadsheet is handier than YAML |
| `metrics.csv` or `.xlsx` | numbers that every division has, by period |
| `words.<language>.yaml` | words of the page, where the program has none or others are better |
| `media/` | pictures, sounds and films, which `media:` in the YAML describes |
| `boundaries/divisions.geojson` | the lines, made by `story-atlas build` |

The YAML is plain: keys, lists and text. Anchors, aliases and tags are refused, `no` is a word, and
a text with a colon in it goes in quotation marks. *Text per language* means `{zh: 井, en: Wells}`
or one line per language; where a language is missing, the first of the atlas's `languages` that has
the text stands in. `story-atlas check` names every fault by file, line and column."""


def _limits() -> str:
    rows = [
        ("a file", f"{MAX_BYTES:,} bytes"),
        ("a file of YAML", f"{MAX_CHARACTERS:,} characters, {MAX_VALUES:,} values"),
        ("a text", f"{MAX_WORDS:,} characters"),
        ("a name that stands in addresses", "60 characters"),
        ("a number", f"{MAX_DIGITS} digits, at most {MAX_DECIMALS} of them decimals"),
        ("a story in one language", f"{MAX_BODY:,} characters, {MAX_LINES:,} lines"),
        ("its signs of Markdown", f"{MAX_MARKS:,}"),
        ("figures of a file", f"{MAX_FIGURES}"),
        ("figures that one is computed from", f"{MAX_OPERANDS}"),
        ("graphics of a story, figures that one draws", f"{MAX_GRAPHICS}, {MAX_DRAWN}"),
        ("scenes of a story, divisions that one names", f"{MAX_SCENES}, {MAX_DIVISIONS}"),
        ("places of a file, of an atlas", f"{MAX_PLACES}, {MAX_PLACES_OF_ATLAS:,}"),
        ("media of a file", f"{MAX_MEDIA}"),
        *((_KINDS[kind], f"{most:,} bytes") for kind, most in MAX_MEDIA_BYTES.items()),
        ("pixels of a picture", f"{MAX_PIXELS:,}, {MAX_SIDE:,} on a side"),
        ("pictures of a gallery", f"{MOST_IN_GALLERY}"),
        ("metrics, values of all of them", f"{MAX_METRICS}, {MAX_METRIC_VALUES:,}"),
        (
            "`metrics.csv` or `.xlsx`",
            f"{MAX_TABLE_BYTES:,} bytes; a workbook {METRICS.rows:,} rows",
        ),
        (
            "re-organisations, divisions of one",
            f"{MAX_REORGANISATIONS}, {MAX_REORGANISED:,}",
        ),
        ("themes", f"{MAX_THEMES}"),
        ("units of the atlas's own", f"{MAX_UNITS}"),
        ("languages", f"{MAX_LANGUAGES}"),
        ("`stories`, `no_story`", f"{MAX_STORIES}, {MAX_WITHOUT_STORY:,}"),
        ("`not_figures`, `names_with_numbers` of a language", f"{MAX_EXEMPT:,} words"),
    ]
    table = "\n".join(["| | at most |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])
    return f"""\
## Limits

No real atlas comes near them; they keep a file that went wrong from keeping readers waiting. What
goes beyond one is a fault that says so. Of the faults of one file {MOST_FAULTS} are said, and the
rest is counted. Everything here is a plain file: a pipe, a device or a socket in its place is a
fault, and so are control characters and halves of characters in a text.

{table}"""


def _part(title: str, model: type[BaseModel]) -> str:
    rows = [_row(field.alias or name, field) for name, field in model.model_fields.items()]
    table = "\n".join(["| key | takes | |", "|---|---|---|", *rows])
    return f"## {title}\n\n{getdoc(model)}\n\n{table}"


def _row(key: str, field: FieldInfo) -> str:
    text = " ".join((field.description or "").split()).replace("|", "\\|")
    need = "**needed.** " if field.is_required() else ""
    return f"| `{key}` | {_takes(field.annotation)} | {need}{text} |"


def _takes(annotation: Any) -> str:  # noqa: ANN401  # a type of any form
    inner = [each for each in get_args(annotation) if each not in {type(None), Ellipsis}]
    origin = get_origin(annotation)
    if origin is tuple:
        return f"list of {_takes(inner[0])}s".replace("mediums", "media")
    if Measure in inner:
        inner.remove(Unit)
    if origin is dict:
        return _takes_per_language(inner)
    if isinstance(annotation, EnumType):
        return "word"
    names = {
        Texts: "text per language",
        Period: "period",
        Decimal: "number",
        int: "whole number",
        float: "number",
        bool: "`true` or `false`",
        Look: "see right",
        Position: "longitude and latitude",
        AtlasPlace: "place",
        MetricClasses: "see below",
        MetricComputation: "see below",
        Levels: "see below",
        GraphicGroup: "group",
        DeclaredUnit: "unit",
        Measure: "unit",
    }
    if annotation in names:
        return names[annotation]
    if isinstance(annotation, type):
        return annotation.__name__.lower() if issubclass(annotation, BaseModel) else "text"
    plain = [each for each in inner if isinstance(each, type) or get_origin(each)]
    return " or ".join(dict.fromkeys(map(_takes, plain))) or "text"


def _takes_per_language(inner: list[Any]) -> str:
    if Forms in inner:
        return "words by plural form, per language"
    if inner[1] == LevelName:
        return "name per language"
    holds = (inner[1], *get_args(inner[1]))
    is_list = any(get_origin(each) is tuple for each in holds)
    return "lists of words per language" if is_list else "name of a file per language"


def _media() -> str:
    return f"""\
## Media in the text

A story opens with the picture that its `hero` names. In its words each of these stands on a line of
its own, with an empty line before and after it:

| line | shows |
|---|---|
| `::: picture workshop :::` | a picture |
| `::: gallery workshop kiln shop :::` | up to {MOST_IN_GALLERY} pictures in a row to move along |
| `::: compare street-1990 street-2024 :::` | two over one another, with a handle between them |
| `::: sound interview :::` | a sound, with its transcript folded away |
| `::: film firing :::` | a film with its captions and transcript |
| `::: link documentary :::` | a card that leads to a film elsewhere |

The words behind `:::` are ids under `media` in the story's file or in `atlas.yaml`. Pictures are
shown in the size and form that fits a reader's screen; the file may be as large as it came from the
camera. What a camera wrote into it (place, time, owner) reaches no reader. Pictures are never
looked up elsewhere: Markdown's own pictures (`![…](…)`) are refused by the check, and not shown.

A file that is not there, ends too early, moves, is an SVG or HEIC, or lies outside the folder is
left out of the page; the check says what to do. Nothing else of the story suffers."""


def _periods() -> str:
    return f"## Periods\n\n{getdoc(Period)}"


def _units() -> str:
    words = [f"- `{key}`: {', '.join(f'`{word}`' for word in kind)}" for kind, key in _WORDS]
    return "\n\n".join(["## Words", "\n".join(words), unit_lists()])


def _prose() -> str:
    return """\
## `<town>.<language>.md`

The first line is the headline, `# ` before it. The paragraph below is the lead. The rest is the
body. Both are Markdown (CommonMark): paragraphs with an empty line between them, `*emphasis*`,
`~~struck~~`, lists, quotations, tables, and links to `https://` addresses or to another story
(`?town=slug`). Headings stand below the headline, whatever their level: `## ` is the first.
`<!-- a comment -->` reaches no reader. HTML is shown as it is written; that, footnotes, lists of
tasks, bare addresses and other marks that some programs read are named by the check.

**A number that leads to its figure**: `[7 firms](#figure-foundries)`, also in the lead, is a link
to the figure `foundries` of the story, or of the county. The number in its words has to be the
figure's.

**Scenes.** A line `::: scene foundries` begins the passage of the scene `foundries`, and a line
`:::` ends it:

```markdown
::: scene foundries
All seven foundries had to change.
:::
```

What the map does meanwhile stands under `scenes` in `<town>.yaml`, once for all languages. The
headline, the lead and whatever stands between scenes stay plain text. A scene holds no other, and
no other word may follow `:::`."""


def _page_words() -> str:
    tags = catalogue_languages()
    named = ", ".join(f"`{tag}`" for tag in tags)
    count = len(page_words())
    return f"""\
## `words.<language>.yaml`

An atlas may be in any language that has a tag (BCP 47), such as `nl` or `pt-BR`: its numbers,
dates, lists and the names of languages follow CLDR. The words of the page itself (buttons, legends,
what a forecast is called) come with the program in {len(tags)} languages: {named}.
Any other word, and any that you would rather put differently, stands in a file of the atlas:

```yaml
page:
  filter: "Kies een thema"
  other_towns: {{one: "nog {{n}} {{divisions}}", other: "nog {{n}} {{divisions}}"}}
```

`story-atlas words FOLDER --lang nl` writes that file with all that is missing, in English, to
translate; with `--all`, with everything there is. Its {count} sections are those of the program's
own catalogues (`stories/wording`). What it leaves out is taken from the program, else from the next
of the atlas's `languages`, else from English; the check says once for each language how many words
that are. `words.pt.yaml` serves `pt-BR`, too.

`{{placeholders}}` are filled in by the program; which ones a text may have is checked. In any text,
`{{county}}`, `{{division}}`, `{{divisions}}`, `{{story}}` and `{{stories}}` stand for what the
atlas calls its `levels`, and `{{County}}` … begin with a capital. A text that goes with a number
takes a table of the plural forms that the language has (`one`, `few`, `many`, `other` …), or one
text for all of them; there, `{{divisions}}` is in the form of that number. Under `kinds` stands
what divisions are, by the word that the boundary file has for it (`parish: "parochie"`)."""


def _numbers() -> str:
    doc = getdoc(numbers) or ""
    left_aside = doc.partition("\n\n")[2].replace("``", "`")
    read = ", ".join(f"`{lang}`" for lang in read_languages())
    in_words = ", ".join(f"`{lang}`" for lang in sorted(spoken.LANGUAGES))
    return f"""\
## Numbers in the prose

Every number of the prose has to be covered by a figure of the story: its value, its baseline, the
change between both (as a difference, in percent or as a multiple), its periods or their years. What
is said has to fit, and not the digits alone, as far as the number's clause says it:

| part | the text | a figure that does not cover it |
|---|---|---|
| number, magnitude | `破万亿`, `$1.2bn` | 102340000000; 1200000 |
| unit | `3000万美元`, `430 hectares` | `CNY`; `km²` |
| what is counted | `23个村`, `23 villages` | `projects` |
| how firmly | `160座`, `nearly 300 firms` | `over` |
| direction | `下降9%`, `fell 9%` | a label or quote that says 增速 or growth, a lower baseline |
| time | `前三季度`, `in 2021` | a `period` and a baseline of other times |

A number that is rounded is covered where its own words say so: `破千亿` and `1023亿` for
102340000000, `近千亩` for 980, `about 1,000` for 1,030, `过半` for 52%, `a third` for 34%. A figure
that has the number by accident does not cover it where the clause names another figure by the words
of its label. Vague numbers (`数百`, `dozens of`) are held to a figure whose label stands beside
them. Dates and times of day are no figures, unless the ledger has a day that is one slip away.

Words whose numbers are no figures are listed under `not_figures`; they are looked for as they are
written. Names with numbers that stand in several texts are listed once, under `names_with_numbers`
in `atlas.yaml`. The same holds for what is said of places, and for the captions and alternative
texts of pictures, sounds and films. The numbers of a figure's `quote` have to be its own.

{left_aside}

**What is read in which language.** In every language: digits of all scripts, grouped as the
language does (`1,23,456` beside `1,234,567`, `1’234`), sizes (`million`, `억`, `億`, `ألف`),
months, dates in figures, percent, measures and currencies, all by the locale data (CLDR).
In {read} also
the words about numbers: more than, nearly, rose, fell, half, two-thirds, twice, first half.
Numbers in words are read in Chinese, Japanese (numerals), English, and by text2num in {in_words};
in Korean and Arabic the commonest. Of any other language `check` says once that its words are not
read. How well it does is measured: [numbers](benchmarks.md#numbers)."""


def _icons() -> str:
    listed = "\n".join(
        f"- {subject}: {', '.join(f'`{name}`' for name in icons)}"
        for subject, icons in icon_groups().items()
    )
    return f"""\
## Icons

![All icons with their names](images/icons.svg)

{listed}

They are Google's Material Symbols (Apache-2.0). To offer another one, write its name with an empty
outline into `stories/view/icons.json`, under its subject, and run `make icons`."""

"""The part of the reference that lists units, made from the model and the locale data."""

from decimal import Decimal
from itertools import groupby

from stories.model.unit import CURRENCIES, LocaleUnit, Unit, locale_units
from stories.wording import Wording
from stories.wording.figures import value_text


def unit_lists() -> str:
    """Return what a unit may be."""
    zh, en, seven = Wording("zh"), Wording("en"), Decimal(7)
    rows = [
        f"| `{unit}` | {value_text(seven, unit, zh)} | {value_text(seven, unit, en)} |"
        for unit in Unit
        if unit is not Unit.DATE
    ]
    table = "\n".join(["| unit | zh | en |", "|---|---|---|", *rows])
    return f"""\
## Units

With the unit `date` the value is a period, such as `2024-05`.

{table}

Chinese may stand for them: `人次`, `辆`, `台`, `套`, `件`, `册`, `棵`, `亩`.

**Units of the locale data (CLDR)** are written in every language by it: `hours` as `7小时`,
`7 hours` or `7 Stunden`. They go by these names, by the English and Chinese words for them, and by
symbols that stand for one of them only, such as `°C`, `kWh`, `m³`:

{_locale_list()}

**Currencies** go by their codes of ISO 4217, such as `CHF` or `AUD`; {len(CURRENCIES)} are known.

**One unit for each one of another** is written with a slash: `kg/ha`, `people/km²`, `CHF/visits`.

What is still missing is declared under `units` of `atlas.yaml`:

```yaml
units:
  - id: working-days
    label: {{zh: 人天, en: working days, ar: أيام عمل}}
    forms:
      en: {{one: working day, other: working days}}
      ar: {{one: يوم عمل, two: يوما عمل, few: "{{n}} أيام عمل", other: "{{n}} يوم عمل"}}
    per: {{zh: "每人天{{n}}", en: "{{n}} per working day"}}
```

A word without `{{n}}` stands behind its number, close to it in Chinese and Japanese. Where another
form of the language has `{{n}}`, one without it stands alone, as the Arabic dual does. A form that
is left out is written as `other`."""


def _locale_list() -> str:
    units = {unit.key for unit in locale_units().values() if isinstance(unit, LocaleUnit)}
    kinds = groupby(sorted(units), key=lambda key: key.partition("-")[0])
    return "\n".join(
        f"- {kind}: {', '.join(f'`{key.partition(chr(45))[2]}`' for key in keys)}"
        for kind, keys in kinds
    )

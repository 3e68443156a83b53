"""Provenance: what stands beside every data file, and how it is held to it."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  (pydantic reads the annotation)
import hashlib
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError, field_validator

from faults.plain_file import read_file
from geo.coverage.properties import faults_in_values
from geo.errors import SourceError
from geo.files.source import opening

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NO_LICENCE = "none stated"
"""What a record says where a source states no licence."""

MAX_RECORD_BYTES = 1_000_000
"""A larger record is refused unread; it goes out with the data."""

Model = TypeVar("Model", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Origin(_Frozen):
    """Where an input comes from."""

    origin: str
    """Publisher or place where the input was taken from."""
    licence: str = NO_LICENCE
    """Licence as stated by the origin."""
    vintage: str
    """The time that the input describes."""


class Recipe(_Frozen):
    """What a record says in words, written by whoever makes a product."""

    title: str
    """What the product is, in a sentence."""
    vintage: str
    """The time that the product describes."""
    licence: str = NO_LICENCE
    """Licence of the product's contents, as far as its inputs state one."""
    attribution: str
    """Line to show where the product is shown."""
    notes: tuple[str, ...] = ()
    """Decisions that were made for this product, beside the method."""
    origins: dict[str, Origin] = {}
    """Where the inputs come from, by file name."""


class Input(Origin):
    """One input of a product."""

    name: str
    """File name."""
    sha256: str
    """Hash of the input's bytes."""


class Provenance(_Frozen):
    """Record of one product."""

    product: str
    """File name of the product, which stands beside the record."""
    title: str
    """What the product is, in a sentence."""
    sha256: str
    """Hash of the product's bytes."""
    features: int
    """Number of features."""
    geometry_types: tuple[str, ...]
    """Geometry types that occur, sorted."""
    crs: str
    """CRS of the product."""
    tolerance_m: float
    """Simplification tolerance in metres; 0 where nothing was simplified."""
    date: dt.date
    """Day on which the product was made."""
    vintage: str
    """The time that the product describes."""
    method: tuple[str, ...]
    """What was done, step by step."""
    licence: str
    """Licence of the product's contents, as far as its inputs state one."""
    attribution: str
    """Line to show where the product is shown."""
    approval_number: None = None
    """Map approval number (审图号): none of these files has one."""
    notes: tuple[str, ...]
    """Decisions that were made for this product, beside the method."""
    repairs: tuple[str, ...]
    """Every change to the input that no option asked for."""
    inputs: tuple[Input, ...]
    """Inputs, in the order in which they are used."""
    measures: dict[str, JsonValue]
    """Figures that say how good the product is; units stand in the names."""
    command: tuple[str, ...] = ()
    """Words after `story-atlas` that make the product again, files named as seen from its folder;
    none where no command makes it."""
    same_as: str | None = None
    """File that holds the product, as seen from the record's folder, where none stands beside it:
    the divisions of one date that are those of another."""

    @field_validator("measures")
    @classmethod
    def _can_be_written(cls, measures: dict[str, JsonValue]) -> dict[str, JsonValue]:
        for fault in faults_in_values(measures, ""):
            raise ValueError(fault.message)
        return measures

    def dumps(self) -> str:
        """Serialise the record, fields in their order."""
        none = {name for name in ("command", "same_as") if not getattr(self, name)}
        return self.model_dump_json(indent=1, exclude=none) + "\n"


def sha256(data: bytes) -> str:
    """Hash bytes as every record does."""
    return hashlib.sha256(data).hexdigest()


def beside(product: str) -> str:
    """Name the record that belongs to a product's file name."""
    return product.removesuffix(".geojson") + ".provenance.json"


def load_provenance(path: Traversable) -> Provenance:
    """Read and validate a provenance record.

    Raises
    ------
    SourceError
        When the file is missing or is not a complete record.
    """
    return _load(Provenance, path)


def load_recipe(path: Traversable) -> Recipe:
    """Read and validate what a record shall say in words.

    Raises
    ------
    SourceError
        When the file is missing or is not a complete recipe.
    """
    return _load(Recipe, path)


def _load(model: type[Model], path: Traversable) -> Model:
    """Read one of the models from JSON; name the first field that is wrong."""
    with opening(path.name, "write it beside the data"):
        content = read_file(path, MAX_RECORD_BYTES)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or model.__name__.lower()
        raise SourceError(path.name, f"{where}: {first['msg']}", "complete it") from error

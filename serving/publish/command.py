"""The command ``story-atlas publish``."""

from __future__ import annotations

import math
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from serving.errors import PublishError
from serving.folder_argument import chosen_folder
from stories.errors import AtlasError

if TYPE_CHECKING:
    from serving.publish.site import Edition
    from serving.store.catalogue import Catalogue

NOWHERE = "http://localhost/"
"""Address of what has none: a single file names no address of its own."""
EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (reproducible-builds.org), where no day is given."""


@click.command(
    epilog="Example: story-atlas publish huzhou --to site --url https://example.org/map/"
)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--to", "site", type=click.Path(path_type=Path), help="Folder of the site.")
@click.option("--url", help="Address under which the site will be read.")
@click.option(
    "--single",
    type=click.Path(path_type=Path, dir_okay=False),
    help="One file with the whole atlas instead, which opens from a disk without a network.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the edition: what is due before it has passed. Today in UTC unless one is said.",
)
@click.option(
    "--replace", is_flag=True, help="Write among files that were not published from here."
)
def publish(  # noqa: PLR0913  # what it is told
    folder: Path | None,
    site: Path | None,
    url: str | None,
    single: Path | None,
    day: datetime | None,
    *,
    replace: bool,
) -> None:
    """Write an atlas as a site for any web space.

    No program runs there.
    FOLDER is an atlas, or holds several; without it, it is the atlas of the folder one is in, else
    that of Deqing. A second time only what has changed is written, and a site that cannot be made
    whole is left as it was.
    """
    from serving.publish.writer import check_target  # noqa: PLC0415  # what other commands need not
    from serving.store.catalogue import Catalogue  # noqa: PLC0415

    # Read once: what is edited meanwhile belongs to the next edition.
    catalogue = Catalogue(chosen_folder(folder), recheck_seconds=math.inf)
    today = day.date() if day else _today()
    if single is not None:
        if site is not None:
            raise click.BadParameter("say either --to or --single", param_hint="--single")
        _write_single(_edition(catalogue, url or NOWHERE, today), single)
        return
    if site is None or url is None:
        what = "--to" if site is None else "--url"
        raise click.MissingParameter(param_hint=what, param_type="option")
    check_target(site, [catalogue.path], replace=replace)
    _write(_edition(catalogue, url, today), site)


def _write(edition: Edition, site: Path) -> None:
    from serving.publish.site import PublishedSite  # noqa: PLC0415
    from serving.publish.writer import write_site  # noqa: PLC0415

    files = PublishedSite(edition).files()
    with click.progressbar(files, label="Publishing", show_pos=True) as shown:
        written = write_site(shown, site)
    click.echo(
        f"{site}: {written.changed} files written, {written.unchanged} as before,"
        f" {written.removed} removed; {written.size / 1e6:.1f} MB. Read at {edition.url.url}"
    )


def _write_single(edition: Edition, file: Path) -> None:
    from geo.files.geojson import write_all  # noqa: PLC0415
    from serving.publish.single import single_html  # noqa: PLC0415

    html = single_html(edition)
    write_all({file: html})
    click.echo(f"{file}: the whole atlas, {len(html.encode()) / 1e6:.1f} MB; it opens in a browser")


def _edition(catalogue: Catalogue, url: str, today: date) -> Edition:
    from serving.publish.site import Edition  # noqa: PLC0415
    from serving.publish.site_url import SiteUrl  # noqa: PLC0415

    for entry in catalogue.entries():
        state = entry.state
        if not state.is_whole:
            raise AtlasError(state.faults)
    return Edition(catalogue, SiteUrl(_address(url)), today)


def _address(url: str) -> str:
    from serving.http.public_url import folder_address  # noqa: PLC0415

    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        message = f"{url!r} is no address of a site; write https://example.org/map/"
        raise click.BadParameter(message, param_hint="--url")
    return folder_address(parts)


def _today() -> date:
    given = os.environ.get(EPOCH, "")
    try:
        moment = datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise PublishError(f"{EPOCH}={given!r} is no number of seconds since 1970") from error
    return moment.date()

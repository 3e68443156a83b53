"""The QR code of a link to the page, as its script asks for one: of a scene that somebody shares.

A page has the code of its own address in itself; those of all its scenes would weigh more than
their words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.errors import AnswerError
from serving.http.request import named
from stories.view.qr import qr_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.http.public_url import PublicUrl
    from serving.store.catalogue import Catalogue


def qr(
    catalogue: Catalogue, base: PublicUrl, params: Mapping[str, Sequence[str]], accept: str
) -> dict[str, str]:
    """Return a link and its code, as a ``data:`` address.

    What the address asks for in vain is left out of the link, so no other link is ever drawn.

    Raises
    ------
    AnswerError
        404 for an atlas that is not here.
    """
    entry = catalogue.open(named(params, "atlas"))
    if entry is None:
        raise AnswerError(404, "there is no such atlas")
    context = entry.snapshot.view_of(params, entry=entry.name, browser=accept)
    link = f"{base.url}?{context.view.changed(lang=context.lang).query()}"
    return {"link": link, "src": qr_image(link)}

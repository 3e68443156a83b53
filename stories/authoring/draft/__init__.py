"""From an article to an atlas: a draft in which every number stands in its quote.

`draft_atlas` reads an article and lays out an atlas folder from it; nothing in it is made up, and
what was not understood is listed. No network and no model is needed.
"""

from stories.authoring.draft.layout import Drafted, DraftRequest, draft_atlas

__all__ = ["DraftRequest", "Drafted", "draft_atlas"]

"""The story map with everything around it: ``streamlit run serve.py``.

The page is ``streamlit_app.py``, which also runs on its own; here it gets a head that carries its
story, preview pictures, data and what else other sites ask for (see docs/hosting.md).
"""

from pathlib import Path

import streamlit as st

import stories
from serving.site import Site

ATLAS = Path(stories.__file__).parent / "data" / "deqing"

site = Site(ATLAS, st.get_option("server.baseUrlPath") or "")
app = st.App(
    "streamlit_app.py",
    routes=site.routes(),
    middleware=site.middleware(),
    exception_handlers=site.exception_handlers(),
)

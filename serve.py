"""The story map with everything around it: ``streamlit run serve.py``.

The page is ``streamlit_app.py``, which also runs on its own; here it gets a head that carries its
story, preview pictures, data and what else other sites ask for (see docs/hosting.md).
"""

from threading import Thread

import streamlit as st

from serving.http.routes import Site
from serving.store.catalogue import catalogue
from serving.streamlit_shell.hooks import report
from serving.streamlit_shell.own_address import ask_nobody

ask_nobody()
report()
site = Site(catalogue, st.get_option("server.baseUrlPath") or "")
Thread(target=site.warm_up, daemon=True).start()
app = st.App(
    "streamlit_app.py",
    routes=site.routes(),
    middleware=site.middleware(),
    exception_handlers=site.exception_handlers(),
)

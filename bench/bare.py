"""The same panel behind `st.button`: the least that a Streamlit page can take.

With ``SETTLED=1`` it sets its loaded libraries aside from garbage collection, as the story
map does.
"""

import gc
import os

import streamlit as st

from bench.content import panel, towns

st.set_page_config(layout="wide")
for slug, name in towns().items():
    if st.button(name, key=f"town_{slug}"):
        st.session_state["town"] = slug
st.html(panel(st.session_state.get("town")))


@st.cache_resource
def settle() -> None:
    """See `settle` in streamlit_app.py."""
    gc.collect()
    gc.freeze()


if os.environ.get("SETTLED"):
    settle()

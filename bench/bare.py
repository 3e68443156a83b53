"""The same panel behind `st.button`: the least that a Streamlit page can take."""

import streamlit as st

from bench.content import panel, towns

st.set_page_config(layout="wide")
for slug, name in towns().items():
    if st.button(name, key=f"town_{slug}"):
        st.session_state["town"] = slug
st.html(panel(st.session_state.get("town")))

"""The same panel behind Streamlit's own controls: the least that such a page can take."""

import streamlit as st

from bench.content import LANGUAGES, panel, themes, towns

st.set_page_config(layout="wide")
lang = st.segmented_control("lang", LANGUAGES, default="zh", required=True, key="lang")
chosen = st.pills("themes", list(themes()), selection_mode="multi", key="themes")
for slug, name in towns().items():
    if st.button(name, key=f"town_{slug}"):
        st.session_state["town"] = slug
st.html(panel(st.session_state.get("town", st.query_params.get("town")), lang, chosen))

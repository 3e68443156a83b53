"""The same story as streamlit-folium's README would have it written: one script, one map."""

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from bench.content import DIVISIONS, LANGUAGES, faded, panel, themes, towns

st.set_page_config(layout="wide")
lang = st.segmented_control("lang", LANGUAGES, default="zh", required=True, key="lang")
chosen = st.pills("themes", list(themes()), selection_mode="multi", key="themes")
pale = faded(chosen)

divisions = gpd.read_file(DIVISIONS)
story_map = folium.Map(location=[30.57, 120.08], zoom_start=11)
folium.GeoJson(
    divisions[["slug", f"name_{lang}", "geometry"]],
    style_function=lambda f: {"fillOpacity": 0.05 if f["properties"]["slug"] in pale else 0.5},
    tooltip=folium.GeoJsonTooltip(["slug"], labels=False),
).add_to(story_map)

left, right = st.columns([6, 5])
with left:
    answer = st_folium(story_map, width=700, height=560)
with right:
    town = (answer.get("last_object_clicked_tooltip") or "").strip() or st.query_params.get("town")
    st.html(panel(town if town in towns() else None, lang, chosen))

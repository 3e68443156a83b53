"""The same story as streamlit-folium's README would have it written: one script, one map."""

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from bench.content import DIVISIONS, panel, towns

st.set_page_config(layout="wide")
divisions = gpd.read_file(DIVISIONS)
story_map = folium.Map(location=[30.57, 120.08], zoom_start=11)
folium.GeoJson(
    divisions[["slug", "name_zh", "geometry"]],
    tooltip=folium.GeoJsonTooltip(["slug"], labels=False),
).add_to(story_map)

left, right = st.columns([6, 5])
with left:
    answer = st_folium(story_map, width=700, height=560)
with right:
    town = (answer.get("last_object_clicked_tooltip") or "").strip()
    st.html(panel(town if town in towns() else None))

"""Draw boundaries: the folium map, its component on the page, and a still map."""

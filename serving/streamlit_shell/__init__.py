"""Everything that rests on how Streamlit and streamlit-folium are built inside.

Nothing here is promised by their documentation. Each thing that is leaned on is a `Hook`, which
looks for its footing in what is installed: where that is gone, the log says once what is lost
(`hooks.report`), and the page tells its story without it.
"""

"""What all measured pages show: the bundled stories, in the same panel."""

from geo.widget import boundary_folder

DIVISIONS = boundary_folder("deqing") / "divisions.geojson"


@cache
def _atlas() -> tuple[Atlas, dict[str, Town]]:
    atlas = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
    rows = load_boundaries(DIVISIONS).drop(columns="geometry").set_index("slug").to_dict("index")
    return atlas, {slug: Town.from_properties(slug, row) for slug, row in rows.items()}


def towns() -> dict[str, str]:
    """Name of each story town by slug."""
    atlas, divisions = _atlas()
    return {story.town: divisions[story.town].name("zh") for story in atlas.stories}


def panel(town: str | None) -> str:
    """Draw the panel as the story map does."""
    atlas, divisions = _atlas()
    wording = Wording("zh", atlas.languages)
    view = View(town=town, lang="zh")
    return panel_html(Reader(atlas=atlas, wording=wording, view=view, towns=divisions))

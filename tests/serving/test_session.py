"""What the server remembers of an open page, and what its map is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.map.protocol import Choice
from serving.map_content import map_content
from serving.session import PageSession

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot


def test_the_map_shows_the_atlas_in_ids_colours_and_words(snapshot: Snapshot) -> None:
    context = snapshot.view_of({"lang": ["en"], "theme": ["talent"], "town": ["leidian"]})
    content = map_content(context)
    assert content.lang == "en"
    assert list(content.tones) == [story.town for story in snapshot.atlas.stories]
    assert content.tones["leidian"] == snapshot.atlas.theme("environment").colour
    assert content.faded
    assert all("talent" not in _themes(snapshot, town) for town in content.faded)
    assert set(content.tones) - set(content.faded) == {
        story.town for story in snapshot.atlas.stories if "talent" in story.themes
    }
    assert content.notes["leidian"] == context.theme_names(snapshot.atlas.stories[0])
    assert (content.chosen, content.focus) == (None, None)
    assert map_content(snapshot.view_of({"lang": ["en"]})).faded == ()


def _themes(snapshot: Snapshot, town: str) -> tuple[str, ...]:
    story = snapshot.atlas.story(town)
    assert story
    return story.themes


def test_a_page_is_of_one_snapshot_and_one_language(snapshot: Snapshot) -> None:
    session = PageSession()
    english, chinese = (snapshot.view_of({"lang": [lang]}) for lang in ("en", "zh"))
    assert not session.is_drawn_from(english, snapshot)
    session.begin(english, snapshot)
    assert session.is_drawn_from(english, snapshot)
    assert session.is_drawn_from(snapshot.view_of({"lang": ["en"], "town": ["xinan"]}), snapshot)
    assert not session.is_drawn_from(chinese, snapshot)


def test_the_map_moves_on_the_tour_alone(snapshot: Snapshot) -> None:
    session = PageSession()
    for tour, focus in (({}, None), ({"tour": ["1"]}, "xinan")):
        context = snapshot.view_of({"lang": ["en"], "town": ["xinan"], **tour})
        state = session.map_state(map_content(context), context.view)
        assert (state.chosen, state.focus, state.seq) == ("xinan", focus, 0)
        assert state.session == session.id


def test_a_map_is_not_told_of_its_own_choice(snapshot: Snapshot) -> None:
    session = PageSession()
    county = snapshot.view_of({"lang": ["en"]})
    session.begin(county, snapshot)
    sent = session.map_state(map_content(county), county.view)
    session.choice = Choice("xinan", 1)
    chosen = snapshot.view_of({"lang": ["en"], "town": ["xinan"]})
    assert session.map_state(map_content(chosen), chosen.view) is sent

    session.begin(chosen, snapshot)  # the page as a whole is drawn, perhaps with a new map
    anew = session.map_state(map_content(chosen), chosen.view)
    assert (anew.chosen, anew.seq) == ("xinan", 1)


def test_no_two_pages_are_taken_for_one() -> None:
    assert PageSession().id != PageSession().id

"""Pictures come out the same every time, whole, and small."""

from io import BytesIO

import pytest
from PIL import ImageStat

from gazetteer.ops.demo.pictures import charts, maps, scenes
from gazetteer.ops.demo.pictures.canvas import HEIGHT, WIDTH, mix
from gazetteer.ops.demo.pictures.hall import assembly_hall


@pytest.mark.parametrize("draw", scenes.SCENES.values(), ids=scenes.SCENES.keys())
def test_every_scene_is_a_whole_picture_with_something_on_it(draw):
    picture = draw()
    assert picture.size == (WIDTH, HEIGHT)
    assert max(ImageStat.Stat(picture).stddev) > 15


def test_the_lead_picture_is_the_same_every_time_and_small_enough():
    one, two = assembly_hall(), assembly_hall()
    assert one.tobytes() == two.tobytes()
    file = BytesIO()
    one.save(file, "WEBP", quality=82)
    assert len(file.getvalue()) < 200_000


def test_charts_show_their_figures_by_length():
    picture = charts.bar_chart([("A", 100), ("B", 50)])
    strips = [picture.getchannel("B").crop((390, y, 1190, y + 1)).tobytes() for y in (285, 675)]
    dark_a, dark_b = (sum(value < 180 for value in strip) for strip in strips)
    assert dark_b == pytest.approx(dark_a / 2, abs=20)


def test_maps_draw_places_at_the_edges_of_the_world_too():
    dots = [(179.9, -16.0), (-179.9, -16.0), (0.0, 82.5), (-83.0, -79.8)]
    assert maps.world_of_dots(dots, [(*dot, "ABC") for dot in dots[:2]], joined=True).size == (WIDTH, HEIGHT)
    assert maps.polar(dots).size == (WIDTH, HEIGHT)
    assert maps.pair([(10.0, 50.0, "AAA"), (10.0, 50.1, "BBB")], 11.1).size == (WIDTH, HEIGHT)
    assert maps.region([(10.0, 60.0), (25.0, 70.0)]).size == (WIDTH, HEIGHT)


def test_land_that_crosses_the_date_line_is_not_drawn_across_the_map():
    for ring in maps.land():
        steps = [abs(b[0] - a[0]) for a, b in zip(ring, ring[1:], strict=False) if abs(a[1]) < 86]
        assert max(steps, default=0) < 180


def test_colours_mix():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"

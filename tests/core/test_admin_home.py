"""The home page shows what is declared, in four blocks, and says so when there is nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared(monkeypatch):
    """An empty home page to declare on; what the apps declare comes back afterwards."""
    for name in ("_todo", "_figures", "_maps", "_changes"):
        monkeypatch.setattr(home, name, [])
    return home


@pytest.fixture
def look(client, cast):
    def shown(actor=cast.officer) -> str:
        client.force_login(User.objects.get(pk=actor.user_id))
        session = client.session
        session[POST_KEY] = actor.post_id
        session.save()
        return client.get("/admin/").content.decode()

    return shown


def test_nothing_declared_says_so(declared, look):
    assert "您的岗位目前没有待办事项和统计。" in look()


def test_tiles_stand_in_their_order_and_open_their_rows(declared, look):
    declared.todo_tile(order=20)(lambda actor: home.Tile("已超期", 2, "/admin/late/", tone="bad"))
    declared.todo_tile(order=10)(lambda actor: home.Tile("待我处理", 7, "/admin/mine/"))
    declared.todo_tile(order=30)(lambda actor: None)
    text = look()
    assert text.index("待我处理") < text.index("已超期")
    assert 'href="/admin/mine/"' in text
    assert "tile-bad" in text
    assert text.count('class="tile ') == 2
    assert "您的岗位目前没有待办事项和统计。" not in text


def test_a_tile_with_nothing_to_do_is_quiet(declared, look):
    declared.todo_tile(order=10)(lambda actor: home.Tile("已超期", 0, "/admin/late/", tone="bad"))
    assert "tile-bad" not in look()


def test_a_maker_decides_by_the_actor(declared, look, cast):
    declared.figure_tile(order=10)(
        lambda actor: home.Tile("正常机构", 5, "/x/") if actor.role == "county_officer" else None
    )
    assert "正常机构" in look(cast.officer)
    assert "正常机构" not in look(cast.system)


def test_a_map_places_its_tiles_shades_them_and_has_a_table(declared, look):
    tiles = (home.MapTile("思明区", 6, 10, 40, "/admin/a/"), home.MapTile("集美区", 5, 9, 0))
    declared.tile_map(order=10)(lambda actor: home.TileMap("各县机构", "家", tiles))
    text = look()
    assert '<li class="shade-5" style="grid-column:2;grid-row:2">' in text
    assert '<li class="shade-0" style="grid-column:1;grid-row:1">' in text
    assert '<th scope="row" data-label="地区">思明区</th><td data-label="家">40</td>' in text


def test_shades_run_in_equal_steps_to_the_highest():
    values = (0, 1, 20, 21, 60, 99, 100)
    tiles = tuple(home.MapTile(str(value), 1, 1, value) for value in values)
    assert [shade for _, shade in home.TileMap("图", "家", tiles).shaded()] == [0, 1, 1, 2, 3, 5, 5]


def test_changes_of_all_sources_are_merged_newest_first_and_cut(declared, look, monkeypatch):
    now = clock.now()
    declared.recent_changes(order=1)(
        lambda actor: [home.Change(now - timedelta(hours=2), "旧的"), home.Change(now, "新的")]
    )
    declared.recent_changes(order=2)(lambda actor: [home.Change(now - timedelta(hours=1), "中间的")])
    text = look()
    assert text.index("新的") < text.index("中间的") < text.index("旧的")
    monkeypatch.setattr(home, "CHANGES_SHOWN", 2)
    assert "旧的" not in look()


def test_a_trend_is_drawn_from_a_zero_base(declared, look):
    declared.figure_tile(order=10)(lambda actor: home.Tile("本月检查", 8, "/x/", trend=(0, 4, 8)))
    assert 'points="0.0,22.0 48.0,12.0 96.0,2.0"' in look()

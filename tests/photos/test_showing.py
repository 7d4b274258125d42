"""The grid of thumbnails on pages."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.html import format_html

from foundation.photos.queries import same_pictures
from foundation.photos.showing import gallery, when

from .factories import AT, drawn, jpeg, kept
from .hostile import UNDRAWABLE

pytestmark = pytest.mark.django_db
WITHOUT_HINTS, WITH_HINTS = 2, 3


def compared(photos, actor, **given):
    """The gallery for one who is told of repeats."""
    photos = list(photos)
    return gallery(photos, repeats=same_pictures(photos, actor=actor), **given)


def test_photos_of_all_states_stand_side_by_side(cast):
    ready, refused = drawn(cast.supervisor), drawn(cast.supervisor, UNDRAWABLE["png of noise"]())
    photos = [ready, kept(cast.supervisor, jpeg(2)), refused]
    page = gallery(photos)
    assert f'<a href="/photos/{photos[0].public_id}/display/">' in page
    thumb = f'src="/photos/{ready.public_id}/thumb/" width="320" height="240" loading="lazy" alt="照片 1"'
    assert thumb in page
    assert "照片 2 正在处理，请稍后刷新" in page
    assert "照片 3 无法显示：照片内容已损坏，无法显示。" in page
    assert page.count("<li>") == 3


def test_no_photos_are_said(cast):
    assert "没有照片" in gallery([])


def test_the_time_says_whose_it_is(cast):
    assert when(kept(cast.supervisor)) == "2026-03-02 10:00 收到"
    assert when(kept(cast.supervisor, taken_at=AT)) == "2026-03-02 10:00 拍摄"


def test_repeats_are_pointed_out_to_those_who_compare(cast):
    first, second = drawn(cast.supervisor, jpeg(5)), drawn(cast.officer, jpeg(5))
    assert "请核对" not in gallery([first])
    assert "请核对" not in compared([first], cast.supervisor)
    told = f"此照片与 {cast.officer.name} 2026-03-02 上传 的照片相同，请核对"
    assert told in compared([first], cast.officer)
    named = {second.pk: format_html('<a href="{}">{}</a>', "/x/", "检查<1>")}
    page = compared([first], cast.officer, named=named)
    assert '此照片与 <a href="/x/">检查&lt;1&gt;</a> 的照片相同，请核对' in page


def test_many_repeats_are_counted(cast):
    photos = [drawn(cast.supervisor, jpeg(5)) for _ in range(6)]
    page = compared(photos[:1], cast.officer)
    assert (page.count("请核对"), "另有 2 张相同或相近" in page) == (3, True)


def test_no_word_accuses(cast):
    photos = [drawn(cast.supervisor, jpeg(5)) for _ in range(2)]
    page = compared(photos, cast.officer)
    assert not {word for word in ("抄袭", "造假", "作假", "伪造", "违规", "重复上报", "嫌疑") if word in page}


@pytest.mark.parametrize("number", [1, 4])
def test_the_grid_costs_the_same_for_any_number(cast, number, django_assert_num_queries):
    pks = [drawn(cast.supervisor, jpeg(n)).pk for n in range(1, number + 1)]
    model = type(kept(cast.supervisor))
    with django_assert_num_queries(1 + WITHOUT_HINTS):
        gallery(model.objects.filter(pk__in=pks).order_by("pk"))
    with django_assert_num_queries(1 + WITH_HINTS):
        compared(model.objects.filter(pk__in=pks).order_by("pk"), cast.officer)


def test_names_are_escaped(cast):
    drawn(cast.supervisor, jpeg(5))
    photo = drawn(cast.supervisor, jpeg(5))
    page = compared([photo], cast.officer, named={photo.pk - 1: "<script>"})
    assert "<script>" not in page


def test_templates_have_a_tag(cast):
    page = Template("{% load photos %}{% photo_gallery photos %}").render(Context({"photos": [kept(cast.supervisor)]}))
    assert '<ul class="photos"><li>' in page

"""The written posts: verdict, laws and carrier as expected; tricks are seen through, look-alikes are left alone."""

from __future__ import annotations

import pytest

from clues.enums import Carrier, Medium
from clues.screening import Rule, Screened, screen
from clues.wording import check_expression, plain
from foundation.core.errors import InvalidInput
from tests.clues.posts import Post, first_rules, posts

RULES = first_rules()


def judged(post: Post) -> Screened:
    return screen(post.text, rules=RULES, medium=post.medium)


def said(found: Screened) -> tuple[frozenset[str], str]:
    return frozenset(mark.rule.kind for mark in found.marks), found.carrier


@pytest.mark.parametrize("name", ["unlawful.txt", "lawful.txt"])
def test_the_120_written_posts(name):
    held = posts(name)
    assert len(held) == 60
    wrong = [post.text for post in held if said(judged(post)) != (post.kinds, post.carrier)]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "found"),
    [("held_out_1.txt", (22, 0, 0, 22)), ("held_out_2.txt", (20, 1, 0, 19)), ("held_out_3.txt", (11, 1, 9, 19))],
)
def test_what_to_expect_of_posts_that_nobody_tuned_for(name, found):
    """Marked unlawful, marked lawful, missed, left alone. The rules have learned from the first two; the last was
    written after them and tells what to expect: 11 of 12 marks are right, 11 of 20 unlawful posts are found."""
    judged_so = [(bool(post.kinds), judged(post).suspicious) for post in posts(name)]
    pairs = [(True, True), (False, True), (True, False), (False, False)]
    assert tuple(judged_so.count(pair) for pair in pairs) == found


def test_each_mark_says_why_by_which_law_and_where():
    text = "霞浦松城小学数学班,两个月保 证 提 分,报名从速"
    marks = screen(text, rules=RULES, medium=Medium.MOMENTS).marks
    found = {(mark.words, mark.rule.law + mark.rule.clause) for mark in marks}
    assert ("保 证 提 分", "《中华人民共和国广告法》第二十四条第一项") in found
    assert all(text[mark.start : mark.end] == mark.words and mark.rule.reason for mark in marks)


@pytest.mark.parametrize(
    "trick",
    [
        "保证提分",
        "保 证 提 分",
        "保證提分",
        "保.证-提_分",
        "保🔥证🔥提🔥分",
        "保！证！提！分",
        "保\u200b证\u200b提\u200b分",
        "保证，提分",
    ],
)
def test_tricks_are_seen_through(trick):
    found = screen(f"小学数学班，{trick}，报名加微", rules=RULES, medium=Medium.MOMENTS)
    assert "A1" in {mark.rule.code for mark in found.marks}


def test_a_warning_clears_its_own_sentence_only():
    both = "请勿相信保证提分的广告。小学数学班签约提分，现在报名！"
    marks = [mark for mark in screen(both, rules=RULES, medium=Medium.GROUP).marks if mark.rule.code == "A1"]
    assert [mark.words for mark in marks] == ["签约提分"]


def test_who_solicits_is_no_authority():
    plea = "县教育局提醒：学科培训保证提分都是骗局，举报电话12345。"
    assert not screen(plea, rules=RULES, medium=Medium.ACCOUNT).suspicious
    cover = plea + "我们小学数学班签约提分，报名从速！"
    assert screen(cover, rules=RULES, medium=Medium.ACCOUNT).suspicious


def test_a_shop_may_say_what_it_is():
    text = "明德培训中心 小学英语 开放时间17:30-20:30 咨询电话见门口"
    assert not screen(text, rules=RULES, medium=Medium.SHOP).suspicious
    assert screen(text, rules=RULES, medium=Medium.LEAFLET).suspicious


def test_the_thing_is_a_nearer_carrier_than_the_ground():
    text = "进班给学生发印有优才教育报名二维码的文具盒，小学数学试听"
    assert screen(text, rules=RULES, medium=Medium.CAMPUS).carrier == Carrier.STATIONERY


def test_an_expression_reads_as_it_says():
    rule = Rule(code="X", kind="extreme", words=("(全省|全市)…第#名",), law="法", reason="因")
    assert screen("全省数学竞赛第一名", rules=[rule], medium="other").suspicious
    assert not screen("全省数学竞赛的各项记录公布之后的第一名", rules=[rule], medium="other").suspicious
    assert not screen("说的是全省。第一名是谁", rules=[rule], medium="other").suspicious


@pytest.mark.parametrize("wrong", ["", "保", "…提分", "保证…", "(保|包", "保)过", "()", "(保证)?", "(保|包)", "（）"])
def test_what_cannot_be_read_is_refused(wrong):
    with pytest.raises(InvalidInput):
        check_expression(wrong)


def test_plain_keeps_places():
    given = plain("Ａ！保\u3000證")
    assert (given.text, given.places) == ("a保证", (0, 2, 4))


def test_an_endless_text_takes_no_time():
    """Bounded gaps: 2,000 characters that nearly match are judged at once."""
    assert screen("保证" * 1000, rules=RULES, medium=Medium.MOMENTS).carrier == ""

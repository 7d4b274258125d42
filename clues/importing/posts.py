"""广告帖子: how a sheet of collected posts becomes advertisement clues. Key: the text with its link, as one hash.

Each row is judged by the rules of the day. What they mark is shown as a hint and the row may be imported, unless the
clerk ticks 不导入; what they do not mark is left out, and can still be taken in one by one on the screening page.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.imports.columns import Column, SheetResource
from foundation.imports.faults import CellRefused, Warn
from foundation.imports.models import Batch
from foundation.imports.placing import place_row
from foundation.imports.target import Existing, Ground, Row, register
from foundation.imports.values import ChoiceWidget, DateWidget, NameWidget, TextWidget
from foundation.imports.values.texts import written

from ..advert_queries import digest_of, rules_on
from ..enums import ClueState, Medium
from ..models import Sighting
from ..operations.batches import write_posts
from ..screening import screen
from .orders import OrderTarget

SHOWN = 3  # marks named under one row; more are counted
MEDIA = {
    **dict.fromkeys(["微信公众号", "公众平台", "推文"], Medium.ACCOUNT),
    **dict.fromkeys(["微信朋友圈", "朋友圈截图"], Medium.MOMENTS),
    **dict.fromkeys(["微信群", "家长群", "群", "群聊", "QQ群"], Medium.GROUP),
    **dict.fromkeys(["抖音", "快手", "视频号", "直播", "小视频"], Medium.VIDEO),
    **dict.fromkeys(["户外广告", "广告牌", "横幅", "墙体", "电梯广告"], Medium.OUTDOOR),
    **dict.fromkeys(["张贴", "易拉宝", "展板"], Medium.POSTER),
    **dict.fromkeys(["宣传单", "宣传页", "单页"], Medium.LEAFLET),
    **dict.fromkeys(["校园内", "学校"], Medium.CAMPUS),
    **dict.fromkeys(["其它"], Medium.OTHER),
}


class PostWidget(TextWidget):
    """What somebody advertised, with whatever addresses stand in it: it is only ever shown as text."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in self.empty:
            return None
        self.refuse_long(text)
        return text


class LinkWidget(PostWidget):
    """Where it was seen: a web address, never run and never a link on our pages."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is not None and not text.lower().startswith(("http://", "https://")):
            raise CellRefused("link_format", "不是网址，请填写以 http 开头的链接，没有的留空。", before=text)
        return text


class AdvertSheet(SheetResource):
    content = Column(
        "正文",
        spellings=("内容", "帖子内容", "广告内容", "文案", "标题及正文", "原文"),
        widget=PostWidget(2000),
        required=True,
        personal=True,
        example="小学数学班签约提分，不提分全额退款，报名加微信",
    )
    medium = Column(
        "媒介",
        spellings=("来源", "发布平台", "平台", "渠道", "发布渠道"),
        widget=ChoiceWidget(Medium, synonyms=MEDIA, code="medium_unknown"),
        required=True,
        example="公众号",
        note="可填：" + "、".join(Medium.labels),
    )
    seen_on = Column(
        "发现日期",
        spellings=("采集日期", "发布日期", "日期", "发现时间", "采集时间"),
        widget=DateWidget(),
        example="2026-11-02",
    )
    county = Column("区县", spellings=("所属区县", "县区", "行政区"), widget=TextWidget(40), example="思明区")
    town = Column("镇街", spellings=("乡镇", "街道", "乡镇街道"), widget=TextWidget(40), example="厦港街道")
    name = Column(
        "涉及机构",
        spellings=("机构名称", "发布者", "账号主体", "广告主", "招牌"),
        widget=NameWidget(120),
        example="思明区海浪舞蹈培训中心",
    )
    address = Column("地址", spellings=("地点", "发现地点"), widget=TextWidget(200), example="厦港街道思明南路1号")
    link = Column(
        "链接", spellings=("网址", "原文链接", "url"), widget=LinkWidget(500), example="https://mp.weixin.qq.com/s/1"
    )


class AdvertTarget(OrderTarget):
    code = "adverts"
    label = "广告帖子"
    unit = "则"
    resource_class = AdvertSheet
    shown_as = ("name", "medium")
    has_unique_key = False  # a post that was refused may come again

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        super().look_up(rows, ground)
        if "rules" not in ground.known:
            ground.known["rules"] = rules_on(ground.today)

    def check(self, row: Row, ground: Ground) -> None:
        columns, record = self.resource.columns, row.record
        faulty = {fault.field for fault in row.reasons}
        for name, words in (("content", "正文"), ("medium", "媒介")):
            if name not in record and name not in faulty:
                row.reasons.append(columns[name].fault(f"missing_{name}", f"不能为空，请填写{words}。"))
        if record.get("seen_on", "") > ground.today_in_iso:
            row.reasons.append(columns["seen_on"].fault("date_range", "在今天之后，请核对。", before=record["seen_on"]))
        place_row(row, ground, columns)
        if "name" in record:
            self._name(row, ground)
        if "content" in record and "medium" in record:
            self._judge(row, ground)

    def _judge(self, row: Row, ground: Ground) -> None:
        column, text = self.resource.columns["content"], row.record["content"]
        marks = screen(text, rules=ground.known["rules"], medium=row.record["medium"]).marks
        if not marks:
            message = "没有标出违规用语，不登记；确属违规的，请在“粘贴筛查广告”中勾选登记。"
            row.reasons.append(column.fault("no_marks", message))
            return
        told = {mark.rule.code: f"“{mark.words}”{mark.rule.law}{mark.rule.clause}" for mark in reversed(marks)}
        named = list(told.values())[::-1]
        more = f"等{len(named)}处" if len(named) > SHOWN else ""
        row.warnings.append(column.fault("marked", "；".join(named[:SHOWN]) + more))

    def key(self, record: dict[str, Any]) -> str:
        return digest_of(record) if "content" in record else ""

    def key_message(self) -> str:
        return "正文和链接"

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        """A post that was imported before is the clue that it became; a file never changes it."""
        ids = {position: digest_of(row.record) for position, row in enumerate(rows) if "content" in row.record}
        stored = Sighting.objects.filter(digest__in=ids.values()).exclude(clue__state=ClueState.REFUSED)
        known = dict(stored.order_by("pk").values_list("digest", "clue"))
        return {
            position: Existing(known[key], rows[position].record["jurisdiction"], {})
            for position, key in ids.items()
            if key in known and "jurisdiction" in rows[position].record
        }

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_posts(batch=batch, target=self, by=by, at=at)

    def list_url(self) -> str:
        return reverse("admin:clues_sighting_changelist")


ADVERTS = register(AdvertTarget())

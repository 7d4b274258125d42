"""Pages of clues: each one form, one rule, one operation."""

from __future__ import annotations

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.pages import OperationPage, Page, StepPage
from foundation.photos.views import POLICY
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import county_of, lowest_bureaus
from institutions.models import Institution

from . import evidence, forms, rules, workflow
from .enums import OWN_PEOPLE, Channel, ClueState
from .operations import clues as operations
from .operations import tips


class TakeIn(OperationPage):
    """The desk: a call, a letter, a 12345 sheet."""

    slug, label, kind, per_object = "take-in", "登记线索", "main", False
    rule = rules.can_take_in
    form_class = forms.TakeInForm
    effect = "本辖区办理线索的人员会立即收到提醒；来信来电人的姓名、电话只写在下面两栏，请勿写入反映内容。"

    def run(self, *, by, at, division, **facts):
        clue = operations.take_in_clue(
            jurisdiction=bureau_of(by, division, facts["institution"]), division=division, by=by, at=at, **facts
        )
        self.done = f"已登记，编号 {clue.number}。"
        return clue


def bureau_of(actor: Actor, division: Division, institution: Institution | None) -> Jurisdiction:
    """The institution's bureau, else the county's of the place, else the area without a county that the actor has."""
    if institution is not None:
        return institution.jurisdiction
    own = lowest_bureaus(actor)
    found = own.filter(division=county_of(division)).first() or own.filter(division__isnull=True).first()
    if found is None:
        message = f"{division}不在您单位的管辖范围内。"
        raise InvalidInput(message, code="place", fields={"division": [message]})
    return found


class ReportAbout(OperationPage):
    """Contributed to an institution's or a site's page."""

    slug, label = "report-clue", "上报线索"
    rule = rules.can_report_about
    form_class = forms.ReportForm
    effect = "线索由本辖区经办人核查，不计入检查家次。"

    def run(self, *, by, at, **facts):
        row = self.row
        about = {"institution": row} if isinstance(row, Institution) else {"unlicensed_site": row}
        clue = operations.take_in_clue(
            jurisdiction=row.jurisdiction, division=row.division, channel=Channel.STAFF, by=by, at=at, **about, **facts
        )
        self.done = f"线索已上报，编号 {clue.number}。"
        return row


class StartChecking(StepPage):
    slug, label, kind = "start-checking", "开始核查", "main"
    rule, step = rules.can_handle, workflow.START_CHECKING
    effect = "您将成为这条线索的核查人。"
    done = "已开始核查。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        waits = row is not None and row.state == ClueState.RECEIVED and row.channel not in OWN_PEOPLE
        return super().offered_to(actor, row) and not waits

    def run(self, *, by, at):
        return operations.start_checking(clue=self.row, by=by, at=at)


class Close(StepPage):
    slug, label, kind = "close", "办结", "main"
    rule, step = rules.can_handle, workflow.CLOSE
    form_class = forms.CloseForm
    effect = "办结后不能再修改；上报人会收到已办结的提醒，看不到核查情况。"
    done = "已办结。"

    def run(self, *, by, at, verdict, result):
        return operations.close_clue(clue=self.row, verdict=verdict, result=result, by=by, at=at)


class SetPoints(OperationPage):
    slug, label = "points", "修改核查要点"
    rule = rules.can_handle
    form_class = forms.PointsForm

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and not workflow.CLUE.is_final(row.state)

    def form_kwargs(self) -> dict:
        return {"initial": {"check_points": self.row.points}}

    def run(self, *, by, at, check_points):
        return operations.set_check_points(clue=self.row, check_points=check_points, by=by, at=at)


class WriteToSender(OperationPage):
    slug, label = "answer-sender", "回复反映人"
    rule = rules.can_answer_sender
    form_class = forms.MessageForm
    effect = "反映人下次凭查询凭证查看进展时看到；系统不知道反映人是谁，不会发送通知。"
    done = "已回复。"

    def run(self, *, by, at, body):
        tips.write_to_sender(clue=self.row, body=body, by=by, at=at)
        return self.row


class Evidence(Page):
    """One evidence photo of a tip, for those who may read the clue; the picture that we drew, never what was sent."""

    http_method_names = ["get"]
    slug, label, has_button = "evidence", "反映照片", False
    rule = rules.can_see_evidence

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        asked = request.GET.get("photo", "")
        photo = self.row.evidence.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
        if photo is None:
            raise Http404("没有这张照片。")
        response = HttpResponse(evidence.opened(photo), content_type="image/jpeg")
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

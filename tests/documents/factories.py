"""Documents for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from foundation.accounts.models import Organ, User
from foundation.core import clock, outbox
from foundation.core.actor import Actor
from foundation.documents.codes import new_code
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document, LocalWording, NumberSeries
from foundation.documents.operations import issue_document
from foundation.documents.wording import all_in_use
from tests.cast import OWN, organ

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOSTILE = "A&B<x>#y[z]$*_@`\\ 䶮𠮷{{ 7*7 }}{% raw %}"


def rectification(**changes) -> dict[str, object]:
    return {
        "party_name": "厦门市思明区启明星培训中心有限公司",
        "party_code": "91350203MA2Y00000X",
        "party_address": "厦门市思明区厦禾路100号3层",
        "person_in_charge": "林某某",
        "inspected_on": "2026-02-28",
        "inspection_place": "厦门市思明区厦禾路100号3层",
        "facts": [
            ["3-2", "一次性收取超过3个月的费用", "关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见第十三项"],
            ["5-1", "未在显著位置公示收费项目和标准", "校外培训行政处罚暂行办法第二十四条"],
        ],
        "clauses": "《校外培训行政处罚暂行办法》第二十四条",
        "requirements": ["退还超期预收的费用，并提交退费凭证。", "在经营场所显著位置公示收费项目和标准。"],
        "deadline": "2026-03-16",
        "evidence": ["现场照片6张", "收费收据2份"],
        "consequences": "逾期未整改或者整改不到位的，本机关将依法立案查处。",
        "remedy": "如对本通知有异议，可自收到之日起三日内向本机关书面陈述、申辩。",
        "contact": "民办教育科 王某某 0592-5860000",
        "officers": ["陈某某（闽020300101）", "黄某某（闽020300102）"],
        **changes,
    }


def stop_training(**changes) -> dict[str, object]:
    given = rectification(
        stop_scope="面向义务教育阶段学生的英语、数学线上直播培训",
        refund_arrangement="自停止之日起七日内，按未消课时全额退还预收费。\n妥善做好学员和家长的解释工作。",
        requirements=[],
    )
    del given["deadline"]
    return {**given, **changes}


def list_notice(entries: int = 30, **changes) -> dict[str, object]:
    return {
        "list_name": "校外培训机构黑名单",
        "batch": "2026年第1批",
        "basis": "《福建省校外培训机构黑白名单管理办法（试行）》",
        "entries": [
            [f"厦门市思明区{HOSTILE}第{n}培训中心", "91350203MA2Y00000X", f"厦禾路{n}号", "擅自预收费超过三个月"]
            for n in range(1, entries + 1)
        ],
        "valid_from": "2026-03-02",
        "removal": "完成整改并经复查合格满六个月的，可以申请移出。",
        "objection": "对公示有异议的，可在公示期内向本机关提出。",
        "contact": "民办教育科 0592-5860000",
        **changes,
    }


def organ_of(actor: Actor, word: str = "厦思教") -> Organ:
    organ = Organ.objects.get(pk=actor.organ_id)
    if organ.document_word != word:
        organ.document_word = word
        organ.save(update_fields=["document_word"])
    return organ


def issued(actor: Actor, *, kind: str = DocumentKind.RECTIFICATION, fields=None, subject=None, at=AT) -> Document:
    organ = organ_of(actor)
    return issue_document(
        kind=kind, organ=organ, fields=fields or rectification(), subject=subject or organ, by=actor, at=at
    )


def rendered(actor: Actor, **given) -> Document:
    """An issued document whose files are there."""
    document = issued(actor, **given)
    outbox.deliver_all(at=AT)
    return document


def placed(place) -> Document:
    """A document of the own county's bureau about something at a place of the authorization matrix."""
    bureau = organ(OWN)
    number = f"测〔2026〕{Document.objects.count() + 1}号"
    series = NumberSeries.objects.get_or_create(organ=bureau, word="测", year=2026)[0]
    return Document.objects.create(
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        organ=bureau,
        kind=DocumentKind.RECTIFICATION,
        template_version=1,
        series=series,
        serial_no=Document.objects.count() + 1,
        number=number,
        subject_type="regions.jurisdiction",
        subject_id=place.jurisdiction.pk,
        subject_label=str(place.jurisdiction),
        content='{"blocks":[],"title":"测试"}',
        sha256="0" * 64,
        verify_code=new_code(),
        issued_at=AT,
        issued_by=User.objects.get(username=f"county_officer-{bureau.pk}"),
        issued_by_name="测试",
    )


def local_wording(place) -> LocalWording:
    """A proposal of the own county's bureau about a place of the authorization matrix, each of a kind of its own."""
    bureau, kinds = organ(OWN), [template.kind for template in all_in_use() if template.own_words]
    return LocalWording.objects.create(
        jurisdiction=place.jurisdiction,
        organ=bureau,
        kind=kinds[LocalWording.objects.count() % len(kinds)],
        basis="测试",
        effective_on=clock.today(),
        state_at=clock.now(),
        proposed_by=User.objects.get(username="second-officer"),
    )

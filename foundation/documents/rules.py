"""Who may issue, read and void documents."""

from django.db import models

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .enums import READ_WITH
from .models import Document, LocalWording
from .notices import FILE


@rule("只能以本单位名义、对本管辖范围内的对象出具文书。")
def can_issue(actor: Actor, organ: Organ, subject: models.Model) -> bool:
    """An organ's documents are issued by its own people only, about what lies in their scope."""
    return actor.can(Can.ISSUE_DOCUMENT) and actor.organ_id == organ.pk and covers(actor, subject)


@rule("您的岗位不查看文书。")
def can_view_documents(actor: Actor) -> bool:
    """Whoever reads the register of institutions reads the documents about them; the scope decides which."""
    return actor.can(Can.VIEW_REGISTER)


@rule("这份文书不在您的管辖范围内。")
def can_download(actor: Actor, document: Document) -> bool:
    return can_view_documents(actor) and covers(actor, document) and _reads(actor, document)


def _reads(actor: Actor, document: Document) -> bool:
    return document.kind not in READ_WITH or actor.can(READ_WITH[document.kind])


@rule("只有出具单位的经办人可以作废文书，每份文书只能作废一次。")
def can_void(actor: Actor, document: Document) -> bool:
    """The issuing organ's own people; a document that is void stays so."""
    return (
        actor.can(Can.ISSUE_DOCUMENT)
        and actor.organ_id == document.organ_id
        and covers(actor, document)
        and not document.is_void
    )


@rule("文书文件只由系统生成。")
def can_file(actor: Actor) -> bool:
    """Only the portal's own job keeps what it rendered."""
    return not actor.is_person and actor.can(FILE)


# -- a bureau's own words --------------------------------------------------------------------------------------------
@rule("您的岗位不查看本地文书格式。")
def can_view_wordings(actor: Actor) -> bool:
    return actor.can(Can.ISSUE_DOCUMENT) or actor.can(Can.APPROVE_WORDING)


@rule("您的岗位不能拟定本地文书格式。")
def can_propose_wording(actor: Actor) -> bool:
    """For the own organ: its papers are issued in its name only."""
    return actor.is_person and actor.can(Can.ISSUE_DOCUMENT)


@rule("只有拟定单位的经办人可以撤回。")
def can_withdraw_wording(actor: Actor, wording: LocalWording) -> bool:
    return can_propose_wording(actor) and covers(actor, wording) and actor.organ_id == wording.organ_id


@rule("须由本单位有审核权限的另一人审核，拟定人不能审核自己拟定的格式。")
def can_decide_wording(actor: Actor, wording: LocalWording) -> bool:
    own = actor.is_person and actor.can(Can.APPROVE_WORDING) and actor.organ_id == wording.organ_id
    return own and covers(actor, wording) and wording.proposed_by_id != actor.user_id

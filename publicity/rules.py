"""Who keeps the public site: sees its checks and starts one."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.core.actor import Actor, job
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import School

from .enums import LetterState
from .models import LetterSchool, ParentLetter

CHECKER = job("公众网站检查", Can.KEEP_PUBLIC_SITE)


@rule("您的岗位不维护公众网站。")
def can_keep_site(actor: Actor) -> bool:
    return actor.can(Can.KEEP_PUBLIC_SITE)


@rule("您的岗位不能查看致家长信。")
def can_view_letters(actor: Actor) -> bool:
    return actor.can(Can.KEEP_PUBLIC_SITE)


@rule("只有教育行政部门的经办人可以出具致家长信。")
def can_issue_letters(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE) and actor.can(Can.ISSUE_DOCUMENT)


@rule("只有出具单位的经办人可以登记发放和回执，作废的信不再登记。")
def can_count_letters(actor: Actor, letter: ParentLetter) -> bool:
    own = can_issue_letters(actor) and covers(actor, letter) and actor.organ_id == letter.organ_id
    return own and letter.schools.exists() and not is_void(letter)


def is_void(letter: ParentLetter) -> bool:
    """Whether its document was declared void; a 通告 has none."""
    return letter.document_id is not None and letter.document.is_void


@rule("只有出具单位的另一人可以发布，出具人不能发布自己出具的信，作废的信不能发布。")
def can_publish_letter(actor: Actor, letter: ParentLetter) -> bool:
    """A leader, or a second officer of the bureau."""
    own = actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE) and actor.organ_id == letter.organ_id
    return own and covers(actor, letter) and actor.user_id != letter.issued_by_id and not is_void(letter)


@rule("只有出具单位可以撤下。")
def can_withdraw_letter(actor: Actor, letter: ParentLetter) -> bool:
    own = actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE) and actor.organ_id == letter.organ_id
    return own and covers(actor, letter)


@rule("您的岗位不登记致家长信的发放。")
def can_hand_out_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.HAND_OUT_LETTERS)


@rule("只有这所学校的专员可以登记发放，撤下的信不再登记。")
def can_hand_out(actor: Actor, line: LetterSchool) -> bool:
    own = can_hand_out_somewhere(actor) and Post.objects.filter(pk=actor.post_id, school=line.school_id).exists()
    return own and line.letter.state == LetterState.PUBLISHED and not is_void(line.letter)


@rule("这封信已经撤下，或者学校还没有登记发放。")
def can_read(actor: Actor, line: LetterSchool) -> bool:
    """Anybody who holds the school's address, while the letter is public and was handed out."""
    return line.letter.state == LetterState.PUBLISHED and not is_void(line.letter) and line.copies is not None


@rule("只能把信发给本辖区的学校。")
def can_send_to(actor: Actor, school: School) -> bool:
    return can_issue_letters(actor) and covers(actor, school) and school.closed_on is None


@rule("只有系统任务可以登记公众网站检查的结果。")
def can_record_check(actor: Actor) -> bool:
    return not actor.is_person and actor.can(Can.KEEP_PUBLIC_SITE)

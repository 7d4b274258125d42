"""Who may keep, see and take out photos."""

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.regions.models import Jurisdiction

from .models import Photo
from .notices import DRAW, KEEP_BY_LINK, TAKE_OUT


@rule("只能为本管辖范围内的事项上传照片。")
def can_keep(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    """A person who may enter one of the two doors, for a place within the post's scope; or the holder of a
    one-purpose link, whom the operation that took the answer in let do so.
    """
    enters = actor.can(Can.ENTER_PHONE) or actor.can(Can.ENTER_STAFF)
    allowed = (actor.is_person and enters) or actor.can(KEEP_BY_LINK)
    return allowed and jurisdiction.pk in actor.scope


@rule("您不能查看这张照片。")
def can_see(actor: Actor, photo: Photo) -> bool:
    """The question that ``visible_to`` answers, about one photo."""
    return Photo.objects.visible_to(actor).filter(pk=photo.pk).exists()


@rule("您的岗位不核对照片。")
def can_compare(actor: Actor) -> bool:
    """Repeats are pointed out to those who read visits, not to those who took the photos."""
    return actor.can(Can.VIEW_VISITS)


@rule("照片的展示图只由系统生成。")
def can_draw(actor: Actor) -> bool:
    return not actor.is_person and actor.can(DRAW)


@rule("照片原件只能由运维人员在服务器上提取。")
def can_take_out(actor: Actor) -> bool:
    """No page and no address leads to an original; the command on the machine does."""
    return not actor.is_person and actor.can(TAKE_OUT)

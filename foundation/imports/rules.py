"""Who may import what, and where."""

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction

from . import workflow
from .enums import WRITTEN, BatchState, Mode
from .models import Batch
from .target import Target, for_whole_bureau, target_named, targets_for


@rule("您的岗位不能查看数据导入。")
def can_view_imports(actor: Actor) -> bool:
    """A batch holds rows of the whole bureau, so a post narrowed to some towns or categories sees its own at most."""
    return bool(targets_for(actor))


@rule("您的岗位不能导入数据。")
def can_open_upload(actor: Actor) -> bool:
    """Whether there is anything at all that this actor may import."""
    return bool(targets_for(actor))


@rule("您不能向这个单位的名录导入数据。")
def can_upload(actor: Actor, target: Target, bureau: Jurisdiction) -> bool:
    return target.admits(actor) and covers(actor, bureau)


def _owns(actor: Actor, batch: Batch) -> bool:
    """Everybody's of the bureau whose post is for all of it; else the own one only."""
    own = for_whole_bureau(actor) or (actor.is_person and batch.uploaded_by_id == actor.user_id)
    return own and target_named(batch.target).admits(actor) and covers(actor, batch)


@rule("您不能导入这个批次，或它不在待确认状态。")
def can_apply(actor: Actor, batch: Batch) -> bool:
    """A checked batch with something to import; with 全部合格才导入 only when no row is bad."""
    return _owns(actor, batch) and batch.state == BatchState.CHECKED and is_importable(batch)


@rule("您不能导入这个批次。")
def can_write(actor: Actor, batch: Batch) -> bool:
    """Whose batch it is; the workflow says when, and the mode whether bad rows stand in the way."""
    return _owns(actor, batch)


@rule("您不能放弃这个批次，或它已经导入。")
def can_discard(actor: Actor, batch: Batch) -> bool:
    return _owns(actor, batch) and workflow.DISCARD.starts_from(batch.state)


@rule("您不能修改这个批次，或它不在待确认状态。")
def can_edit(actor: Actor, batch: Batch) -> bool:
    return _owns(actor, batch) and batch.state == BatchState.CHECKED


@rule("您不能更改这个批次的列名对应，或它正在校验、已经导入。")
def can_map(actor: Actor, batch: Batch) -> bool:
    """A file whose columns were not found, or whose verdicts wait for a person."""
    return _owns(actor, batch) and batch.state in (BatchState.UNMAPPED, BatchState.CHECKED)


@rule("您不能撤销这个批次，或它没有写入任何数据。")
def can_undo(actor: Actor, batch: Batch) -> bool:
    """An applied batch that wrote something."""
    return can_take_back(actor, batch) and batch.state == BatchState.APPLIED


@rule("您不能撤销这个批次，或它没有写入任何数据。")
def can_take_back(actor: Actor, batch: Batch) -> bool:
    """Whose batch it is, and whether it wrote something; the workflow says when."""
    return _owns(actor, batch) and any(batch.counts.get(outcome) for outcome in WRITTEN)


@rule("您不能重新校验这个批次，或它不在待确认状态。")
def can_recheck(actor: Actor, batch: Batch) -> bool:
    return _owns(actor, batch) and batch.state == BatchState.CHECKED


@rule("这个批次没有不合格的行，或您不能查看。")
def can_fetch_errors(actor: Actor, batch: Batch) -> bool:
    """A batch whose rows are kept; of one that was given up they are not."""
    is_kept = batch.state != BatchState.DISCARDED
    return _owns(actor, batch) and is_kept and bool(batch.counts.get("rejected"))


@rule("有学校不在您的管辖范围内，不能导入。")
def can_write_schools(actor: Actor, jurisdictions: set[int]) -> bool:
    """Every school of a batch, before and after, lies in the actor's area."""
    return actor.can(Can.MANAGE_AREAS) and for_whole_bureau(actor) and jurisdictions <= actor.scope


def is_importable(batch: Batch) -> bool:
    """Whether confirming makes sense: nothing stands in the way of the mode that was chosen."""
    return batch.mode == Mode.GOOD_ROWS or not batch.counts.get("rejected")

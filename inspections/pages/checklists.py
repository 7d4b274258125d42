"""Pages for laying checklists down."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from inspections import workflow
from inspections.enums import VersionState
from inspections.forms import checklists as forms
from inspections.operations import checklists as operations
from inspections.rules import checklists as rules


class AddChecklist(OperationPage):
    slug, label, kind, per_object = "add", "新建检查清单", "main", False
    rule = rules.can_manage_checklists
    form_class = forms.AddChecklistForm
    effect = "先生成第1版草稿，修改完成后再启用。"
    done = "清单已新建，请在草稿版本中修改条目。"

    def run(self, *, by, at, **facts):
        return operations.add_checklist(by=by, at=at, **facts)


class StartVersion(OperationPage):
    slug, label, kind = "next-version", "起草新版本", "main"
    rule = rules.can_revise
    form_class = forms.StartVersionForm
    effect = "复制最近一版的全部条目为草稿；启用前仍使用现版本。"
    done = "新版本草稿已生成，请在“清单版本”中修改并启用。"

    def run(self, *, by, at, note):
        return operations.start_version(checklist=self.row, note=note, by=by, at=at)


class DraftPage(OperationPage):
    """A page that edits a draft."""

    rule = rules.can_revise

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        version = getattr(row, "version", row)
        return super().offered_to(actor, row) and version.state == VersionState.DRAFT


class SetItem(DraftPage):
    slug, label, kind = "item", "添加条目", "main"
    form_class = forms.ItemForm
    done = "条目已保存。"

    def run(self, *, by, at, **facts):
        operations.set_item(version=self.row, by=by, at=at, **facts)
        return self.row


class SetSection(DraftPage):
    slug, label = "section", "添加或修改部分"
    form_class = forms.SectionForm
    done = "部分已保存。"

    def run(self, *, by, at, **facts):
        operations.set_section(version=self.row, by=by, at=at, **facts)
        return self.row


class PublishVersion(StepPage):
    slug, label, kind = "publish", "启用", "main"
    rule, step = rules.can_revise, workflow.PUBLISH
    effect = "启用后条目不能再修改；原版本停用，已填的检查表仍按原版本接收。"
    done = "清单已启用。"

    def run(self, *, by, at):
        return operations.publish_version(version=self.row, by=by, at=at)


class EditItem(DraftPage):
    slug, label, kind = "edit", "修改条目", "main"
    form_class = forms.EditItemForm
    done = "条目已修改。"

    def form_kwargs(self) -> dict:
        names = ("text", "severity", "basis", "photo", "officer_only")
        return {"initial": {name: getattr(self.row, name) for name in names}}

    def run(self, *, by, at, **facts):
        return operations.set_item(version=self.row.version, code=self.row.code, by=by, at=at, **facts)


class RemoveItem(DraftPage):
    slug, label, kind = "remove", "删去条目", "danger"
    effect = "从草稿中删去这一条；以前各版不受影响。"
    done = "条目已删去。"

    def run(self, *, by, at):
        return operations.remove_item(item=self.row, by=by, at=at)

    def next_url(self, result) -> str:
        return self.register.version_url(result)

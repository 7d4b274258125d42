"""Papers of a campaign: put down with their files, more files added, a file taken out with a trace."""

from __future__ import annotations

from foundation.core.downloads import TakePage
from foundation.core.pages import OperationPage
from inspections import attaching
from inspections.enums import PaperFormat
from inspections.forms import papers as forms
from inspections.operations import papers as operations
from inspections.rules import campaigns as rules


class AddPaper(OperationPage):
    slug, label = "paper", "登记文件"
    rule = rules.can_run
    form_class = forms.PaperForm
    effect = "联席会议、领导小组、专班、方案和通知登记后不能修改或删除，附件可以以后补充。"
    done = "已登记。"

    def run(self, *, by, at, files, **facts):
        with attaching.taking(files) as taken:
            operations.add_paper(campaign=self.row, files=taken, by=by, at=at, **facts)
        return self.row


class AttachFiles(OperationPage):
    """At a paper's own page."""

    slug, label, kind = "attach", "上传附件", "main"
    form_class = forms.FilesForm
    effect = "附件上传后不能替换或删除；每次下载都会记入操作记录。"
    done = "已上传。"

    @staticmethod
    def rule(actor, paper) -> bool:
        return rules.can_run(actor, paper.campaign)

    def run(self, *, by, at, files):
        with attaching.taking(files) as taken:
            return operations.attach_files(paper=self.row, files=taken, by=by, at=at)


class TakeFile(TakePage):
    """A file of a campaign's paper."""

    rule = rules.can_take_paper

    def effect(self) -> str:
        return f"{self.row.paper}的附件。本次下载会记入操作记录。"

    def fetch(self, *, by, at):
        data = attaching.plain(self.row)
        file = operations.take_paper_file(file=self.row, by=by, at=at)
        return data, file.filename, attaching.TYPES[PaperFormat(file.format)]

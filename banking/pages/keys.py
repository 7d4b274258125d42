"""At a bank's page: the key with which its program signs, shown once."""

from __future__ import annotations

from banking import rules
from banking.models import CallbackKey
from banking.operations import callbacks
from banking.signing import HEADERS
from foundation.core.pages import OperationPage, contribute
from funds.models import Bank


class MakeKey(OperationPage):
    """The secret is on the answer to the form alone: not in a message, not in the session."""

    slug, label = "callback-key", "生成回调密钥"
    rule = rules.can_keep_keys
    effect = "密钥只显示一次，加密保存；原密钥24小时后失效，便于银行更换。银行的通知只作提示，记账以对账文件为准。"
    done = "已生成。"
    made = None

    def run(self, *, by, at):
        self.made = callbacks.make_key(bank=self.row, by=by, at=at)
        return self.row

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if self.made is None:
            return response
        self.template_name = "banking/callback_key.html"
        shown = self.render(made=self.made, next_url=response["Location"], headers=HEADERS)
        shown.headers["Cache-Control"] = "no-store"
        return shown


class EndKeys(OperationPage):
    slug, label, kind = "end-callback-keys", "停用回调密钥", "danger"
    effect = "该银行的密钥全部立即失效，用它签名的通知一律拒绝。"
    done = "已停用。"

    @staticmethod
    def rule(actor, bank) -> bool:
        return rules.can_keep_keys(actor, bank) and CallbackKey.objects.filter(bank=bank, ends_at__isnull=True).exists()

    def run(self, *, by, at):
        return callbacks.end_keys(bank=self.row, by=by, at=at)


contribute(Bank, MakeKey)
contribute(Bank, EndKeys)

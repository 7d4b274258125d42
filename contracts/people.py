"""Pupil, guardian, payer, buyer: how names are sealed, masked and hashed, and when a name is the same name."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from foundation.core import ciphers
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.personal import is_identity_number, masked_person

from .models import Contract, ContractParty
from .models.payments import Named

_BLANKS = re.compile(r"[\s·•・.]+")
_PRIVATE = re.compile(r"^个人[(（](.+)[)）]$")
_PHONE = re.compile(r"1\d{10}", re.ASCII)
_TEXTS = Path(__file__).parent / "data"
#: Versions of what guardians are told before they agree; a new version is a new file, an old one never changes.
VERSIONS = ("2026-1",)


@dataclass(frozen=True)
class People:
    """Who signs, in plain; exists only while somebody writes or looks."""

    pupil: str
    guardian: str
    phone: str = ""
    relation: str = ""
    pupil_id: str = ""
    pupil_sex: str = ""
    pupil_birth: str = ""
    school: str = ""
    grade: str = ""
    guardian_id: str = ""
    address: str = ""


#: The fields of ``People`` in the order and words of the model contract.
LABELS = {
    "pupil": "学员姓名",
    "pupil_sex": "性别",
    "pupil_birth": "出生日期",
    "pupil_id": "学员证件号",
    "school": "就读学校",
    "grade": "年级",
    "guardian": "监护人姓名",
    "relation": "与学员关系",
    "phone": "监护人电话",
    "guardian_id": "监护人证件号",
    "address": "住址",
}


def consent_text(version: str) -> tuple[str, str]:
    """(words, SHA-256) of a version of what guardians are told. Raises InvalidInput for an unknown one."""
    if version not in VERSIONS:
        known = "、".join(VERSIONS)
        raise InvalidInput(f"没有版本为“{version}”的告知书，可填：{known}。", code="text_version")
    words = (_TEXTS / f"consent-{version}.txt").read_text(encoding="utf-8")
    return words, hashlib.sha256(words.encode()).hexdigest()


def plain_name(name: str) -> str:
    """A name as it is compared: 张 三, 张·三 and 个人（张三） are 张三."""
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", name)).upper()
    private = _PRIVATE.match(text)
    return private[1] if private else text


def name_blind(name: str) -> str:
    """The keyed hash by which names of contracts, payments and invoices are compared and searched."""
    return ciphers.blind(plain_name(name), column="contracts.person") if plain_name(name) else ""


def phone_blind(phone: str) -> str:
    return ciphers.blind(phone, column="contracts.phone") if phone else ""


def account_blind(account: str) -> str:
    """Of a receiving account's whole number; the funds app compares it with the registered accounts."""
    return ciphers.blind(account, column="contracts.account") if account else ""


def checked(people: People) -> People:
    """The same with outer blanks gone. Raises InvalidInput: no name, a wrong phone or identity number."""
    tidy = People(**{field: value.strip() for field, value in asdict(people).items()})
    problems = {
        field: [f"请填写{LABELS[field]}。"] for field in ("pupil", "guardian") if not plain_name(getattr(tidy, field))
    }
    if tidy.phone and not _PHONE.fullmatch(tidy.phone):
        problems["phone"] = ["监护人电话应为11位手机号码。"]
    for field in ("pupil_id", "guardian_id"):
        number = getattr(tidy, field)
        if number and not is_identity_number(number.upper()):
            problems[field] = [f"{LABELS[field]}的校验位不正确，请核对。"]
    if problems:
        raise InvalidInput("；".join(text for texts in problems.values() for text in texts), fields=problems)
    return tidy


def sealed_party(contract: Contract, people: People) -> ContractParty:
    """The unsaved row of who signed, under a new key of its own."""
    row = _row(ContractParty, contract.pk)
    key = ciphers.new_key(row=row)
    same = f"{plain_name(people.pupil)}|{plain_name(people.guardian)}"
    return ContractParty(
        consent_id=contract.pk,
        key=key,
        sealed=ciphers.seal_under(key, json.dumps(asdict(people), ensure_ascii=False), row=row, field="sealed"),
        pupil_masked=masked_person(people.pupil),
        guardian_masked=masked_person(people.guardian),
        phone_masked=ciphers.masked(people.phone) if people.phone else "",
        pupil_blind=name_blind(people.pupil),
        guardian_blind=name_blind(people.guardian),
        phone_blind=phone_blind(people.phone),
        learner_blind=ciphers.blind(same, column="contracts.learner"),
    )


def opened_party(party: ContractParty) -> People:
    """What the row says; raises Conflict when its key was destroyed. For the operation that records the reading."""
    if party.destroyed_at is not None:
        raise Conflict("学员和监护人信息已按保存期限销毁，无法恢复。", code="party_destroyed")
    text = ciphers.open_under(party.key, party.sealed, row=_row(ContractParty, party.pk), field="sealed")
    return People(**json.loads(text))


def seal_name(row: Named, name: str) -> None:
    """Put a payer's or a buyer's name into an unsaved row, bound to what the row is known by."""
    where = _row(type(row), row.known_by)
    row.key = ciphers.new_key(row=where)
    row.sealed_name = ciphers.seal_under(row.key, name.strip(), row=where, field="sealed_name")
    row.name_masked, row.name_blind = masked_name(name), name_blind(name)


def opened_name(row: Named) -> str:
    """The name in plain; raises Conflict when it was destroyed."""
    if row.destroyed_at is not None:
        raise Conflict("姓名已按保存期限销毁，无法恢复。", code="party_destroyed")
    return ciphers.open_under(row.key, row.sealed_name, row=_row(type(row), row.known_by), field="sealed_name")


def masked_name(name: str) -> str:
    """王小明 -> 王某, and so of whoever pays or buys; a firm that bought shows its first letters only."""
    plain = plain_name(name)
    return masked_person(plain) if len(plain) <= 4 else f"{plain[:2]}***"


def _row(model: type, pk: int | str) -> str:
    return f"{model._meta.db_table}/{pk}"

"""Rows that are no data: footers, totals, numbering rows, group rows. All work on a text without blanks."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

FOOTER = re.compile(
    r"^(填表人|填报人|填写人|制表人|制表单位|填报单位|填表单位|报送单位|报送人|填表|制表|填报|审核人?|审批人|审定人?"
    r"|复核人?|核对人|校对人?|负责人签字?|领导签字?|分管领导|主要领导|单位负责人|科室负责人|签字|签名"
    r"|单位盖章|单位\(盖章\)|\(盖章\)|盖章|公章|联系人|联系电话|经办人"
    r"|(填表|填报|制表|统计|打印|报送|导出|更新)(日期|时间)|统计人|数据来源|数据截[止至])([:(]|.{0,4}$)"
)
REMARK = re.compile(
    r"^(备?注|附注?|说明|填表说明|填报说明|日期|截至?)(\d{0,2}[:.、]|$)|^第\d+页|^共\d+页|^[-—=]*(以下空白|完|结束)[-—=]*$"
)
TOTAL = re.compile(
    r"^[(\[]?.{0,12}?(合计|小计|总计|共计|累计|总数)[:]?(共?\d+(家|所|个|户|条|人|间|名)?)?[)\]]?[。.]?$"
    r"|^[(\[]?(以上|本页|本表|.{0,12}?)共(有|计)?:?\d+(家|所|个|户|条|人|间|名)[^中心校司]{0,12}$"
    r"|^[(\[]?(以上|本页|本表)?共(有|计)?[一二三四五六七八九十百]+(家|所|个|条|户|间|人|名)[。.]?$"
)
PAGE_MARK = re.compile(r"^[-—–=_.·*~]*\d{0,3}[-—–=_.·*~]*$")
NUMERIC = re.compile(r"^[-+]?[\d,]*\.?\d+(%|元|万元|家|所|个|户|条|人|间|名|㎡|平方米)?$")
NUMBERING = re.compile(r"^[(\[第]?(\d{1,2}|[A-Za-z]|[甲乙丙丁戊己庚辛])[)\].、栏列]?$")
EXAMPLE = re.compile(r"^[(\[]?(例|示例|样例|范例|举例|例如|例子|填写示例|填表示例)[)\]:]?$")
SECTION = re.compile(
    r"^(\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.:]|第[一二三四五六七八九十]{1,3}(部分|类|批|章|节)[:、]?)"
)
SECTION_MARK = re.compile(r"^\(?[一二三四五六七八九十]{1,3}\)?[、.]?$")
TITLE = re.compile(r"(名单|名录|一览表|汇总表|统计表|明细表|登记表|信息表|情况表|清单|台账)(\([^()]*\))?$")
COUNT = re.compile(r"[(\[]?共?\d+(家|所|个|户|条|间)[)\]]?$")
FIGURES = re.compile(r"\d{6}")
LONG_CODE = re.compile(r"^[0-9A-Za-z]{15,20}$")
LONG_NUMBER = re.compile(r"\d{7}")
_LINE_HEAD = re.compile(r"^(栏次|行次|列次|序号|列号)$")
_ALPHABETS = {"stems": "甲乙丙丁戊己庚辛", "upper": ascii_uppercase, "lower": ascii_lowercase}
_ARABIC = re.compile(r"^[(\[]?\d{1,2}[)\].、]+")
GROUP_END = re.compile(r"(类|(?<!校)区|县|市|部分|镇|街道|乡|类(校外)?(培训)?机构)$")
FILLING = re.compile(
    r"^[(\[]?(必填项?|选填项?|可选|非必填|可不填|文本|文本型|文本格式|字符型?|日期型?|日期格式|数字|数值型?|下拉选择?|单选|多选|自动生成)[)\]]?$"
    r"|^[(\[][^()\[\]]{1,20}[)\]]$|^年[-/.、]?月[-/.、]?日?$|^yyyy[-/.]?mm[-/.]?dd$|^\d{1,2}位(数字|号码|代码)?$",
    re.IGNORECASE,
)


_ODD = re.compile(r"[计共总:：]|^[\s(\[（\-—=]|^[填制报审复核校负领分主单科签盖公联经统打导更数备附注说日截第]")


def may_be_odd(text: str) -> bool:
    """A quick look: whether a row's first text could begin a footer or a total at all."""
    return bool(_ODD.search(text))


def bare(text: object) -> str:
    """Text in half width, without blanks: ``合  计`` and ``填表人：`` are recognised."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: 1 2 3, (1) (2), A B C, 甲 乙 1 2."""
    runs: dict[str, list[int]] = {}
    for text in texts[1:] if texts and _LINE_HEAD.match(texts[0]) else texts:
        found = NUMBERING.match(text)
        if not found:
            return False
        mark = found[1]
        kind = next(kind for kind, alphabet in _ALPHABETS.items() if mark.isdigit() or mark in alphabet)
        runs.setdefault("digits" if mark.isdigit() else kind, []).append(
            int(mark) if mark.isdigit() else _ALPHABETS[kind].index(mark) + 1
        )
    least = sum(map(len, runs.values()))
    return least >= 3 and all(run[0] <= 1 and run == list(range(run[0], run[0] + len(run))) for run in runs.values())


def group_core(text: str) -> tuple[str, bool, bool]:
    """(the words of a group row without its number and count, whether it has a section number, whether a count)."""
    numbered = SECTION.match(text)
    core = text[numbered.end() :] if numbered else _ARABIC.sub("", text)
    counted = COUNT.sub("", core.rstrip(":"))
    return counted.rstrip(":"), bool(numbered), counted != core.rstrip(":")

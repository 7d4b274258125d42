"""统一社会信用代码 (GB 32100-2015): 18 characters, the last one a check character over the first 17."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

#: First two characters -> what the registration says it is.
PREFIXES = {
    "12": "事业单位",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}


def compact(text: str) -> str:
    """Upper case, half width, no blanks: the form that is stored."""
    return uscc.compact(text)


def fault(code: str) -> str | None:
    """Why a compacted code is not valid, as a sentence for a clerk; None when it is."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为18位，现为{len(code)}位。"
    except InvalidFormat:
        return "统一社会信用代码只能由数字和大写字母组成，且不含 I、O、S、V、Z。"
    except InvalidChecksum:
        return "统一社会信用代码校验位不正确，请核对是否抄录有误。"
    except ValidationError:
        return "统一社会信用代码无效。"
    return None

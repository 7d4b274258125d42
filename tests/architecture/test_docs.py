"""The documents tell what is there: each app, each environment variable, no link that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps

from foundation.accounts.enums import Role
from tests.architecture.source import ROOT, modules

VARIABLE = re.compile(
    r"""env\.(?:text|boolean|integer|words|database|present)\(\s*["']([A-Z][A-Z0-9_]*)["']"""
    r"""|os\.environ\.(?:get|setdefault)\(\s*["']([A-Z][A-Z0-9_]*)["']"""
)
TABLE_ROW = re.compile(r"^\|\s*`([\w./]+?)/?`\s*\|", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
CODE = re.compile(r"^(```|~~~).*?^\1\s*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
SKIPPED = {".venv", ".ci", ".state", ".git", "node_modules", "media", "staticfiles", "screenshots"}


def own_apps() -> list[str]:
    """The names of our apps among ``INSTALLED_APPS``, as the README's table names them: ``foundation.core``."""
    return sorted(
        config.name
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path
    )


def rows_named(text: str) -> set[str]:
    """What the first column of a table names, with slashes read as dots."""
    return {name.replace("/", ".") for name in TABLE_ROW.findall(text)}


def section(text: str, heading: str) -> str:
    """What stands under a second-level heading."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def variables_in(texts: Iterable[str]) -> set[str]:
    """Environment variables that a source text reads."""
    return {first or second for text in texts for first, second in VARIABLE.findall(text)}


def sources_that_read_the_environment() -> list[Path]:
    folders = (ROOT / "shuanjian", ROOT / "script" / "stack")
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def undocumented(variables: Iterable[str], text: str) -> list[str]:
    """Variables that no table row of the text is about."""
    return sorted(set(variables) - rows_named(text))


def documents() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.md") if not SKIPPED & set(path.relative_to(ROOT).parts))


def anchors_of(text: str) -> set[str]:
    """The anchors that GitHub gives to headings: lower case, no punctuation, blanks as hyphens."""
    heads = re.findall(r"^#{1,6}\s+(.*?)\s*$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(path: Path, text: str) -> list[str]:
    """Relative links whose file, or heading in it, is not there."""
    broken = []
    for link in LINK.findall(CODE.sub("", text)):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        file = (path.parent / target).resolve() if target else path
        there = file == path or (file.exists() and file.is_relative_to(ROOT))
        if there and anchor and file.suffix == ".md":
            there = anchor in anchors_of(text if file == path else file.read_text(encoding="utf-8"))
        if not there:
            broken.append(f"{path.relative_to(ROOT)}: {link}")
    return broken


def test_the_table_of_apps_is_the_installed_apps() -> None:
    assert sorted(rows_named(section((ROOT / "README.md").read_text(encoding="utf-8"), "The apps"))) == own_apps()


def test_every_variable_is_documented() -> None:
    read = variables_in(path.read_text(encoding="utf-8") for path in sources_that_read_the_environment())
    assert {"SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "SHUANJIAN_STATE_DIR"} <= read
    assert undocumented(read, (ROOT / "docs/operations/README.md").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert broken_links(path, path.read_text(encoding="utf-8")) == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def glossary_words(text: str) -> set[str]:
    """Identifiers that the glossary gives to words of the policy: what stands in backticks in its second column."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", text, re.MULTILINE)
    return {word for row in rows for code in re.findall(r"`([^`]+)`", row) for word in re.findall(r"\w{3,}", code)}


def test_the_glossary_names_what_the_code_names() -> None:
    code = " ".join(module.text for module in modules())
    known = set(re.findall(r"\w+", code))
    words = glossary_words((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    unknown = {word for word in words if word not in known and not any(k.startswith(word) for k in known)}
    assert len(words) > 60
    assert unknown == set()


def words_unknown(text: str, screens: str) -> list[str]:
    """What a guide puts into quotation marks, menus step by step, and no screen says."""
    parts = [part for quoted in re.findall(r"“([^”]+)”", text) for part in quoted.split(" › ")]
    return sorted({part for part in parts if part not in screens})


def screens() -> str:
    """Everything that a page may say: our templates, the words in our code and in the phone's form."""
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "static" / "phone").glob("*.js")]
    return "\n".join([*templates, *scripts, *(module.text for module in modules())])


@pytest.mark.parametrize("path", sorted((ROOT / "docs/guide").glob("*.md")), ids=lambda path: path.stem)
def test_the_guide_says_what_the_screens_say(path: Path) -> None:
    assert words_unknown(path.read_text(encoding="utf-8"), screens()) == []


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_the_guide_speaks_to_every_role(role: Role) -> None:
    guides = [path for path in (ROOT / "docs/guide").glob("*.md") if path.name != "README.md"]
    assert any(role.label in path.read_text(encoding="utf-8") for path in guides)


def test_control_a_button_that_is_not_there_shows() -> None:
    assert words_unknown("点“机构名录 › 登记机构”，再点“一键办结”。", "机构名录 登记机构") == ["一键办结"]


def test_control_a_missing_row_shows() -> None:
    apps_table = "\n## The apps\n| app | what |\n|---|---|\n| `foundation/core` | x |\n| `institutions/` | y |\n"
    table = f"{apps_table}\n## More\n| `demo` | z |\n"
    assert rows_named(section(table, "The apps")) == {"foundation.core", "institutions"}
    assert "audit" not in rows_named("audit, not in a table; `foundation.audit` in a sentence")


def test_control_a_variable_without_a_row_shows() -> None:
    source = (
        'KEY = env.text("SOME_KEY")\nN = env.integer(\n    "SOME_NUMBER", default=1)\nos.environ.get("HOME_OF_IT")\n'
    )
    read = variables_in([source])
    assert read == {"SOME_KEY", "SOME_NUMBER", "HOME_OF_IT"}
    table = "| variable | |\n|---|---|\n| `SOME_KEY` | |\nSOME_NUMBER is only spoken of: `SOME_NUMBER`.\n"
    assert undocumented(read, table) == ["HOME_OF_IT", "SOME_NUMBER"]


def test_control_broken_links_show() -> None:
    here = ROOT / "docs" / "x.md"
    text = (
        "# A heading, here\n[ok](../README.md) [ok](#a-heading-here) [ok](https://example.cn/x) `[not](a-link.md)`\n"
        "[gone](nowhere.md) ![gone](pictures/none.png) [no heading](#other) [outside](../../etc)\n"
    )
    assert [line.partition(": ")[2] for line in broken_links(here, text)] == [
        *("nowhere.md", "pictures/none.png", "#other", "../../etc")
    ]


def test_control_glossary_words_are_read() -> None:
    assert glossary_words("| 机构 | `institutions.Institution`, `covers` | a `word` in a remark |\n") == {
        *("institutions", "Institution", "covers")
    }

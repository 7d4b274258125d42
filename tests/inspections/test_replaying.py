"""The draw as a pure function: fair, the same for everybody, unmoved by what does not concern it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections import replaying
from inspections.replaying import differences, draw_objects, pool_hash
from tests import sampling

ROOT = Path(__file__).resolve().parents[2]
RULE = "双随机规则1；A级=5%；B级=10%；C级=20%；D级=40%；未评级=20%；每家2人"
#: Between these the statistic of 199 degrees of freedom lies with a chance of 0.998 (Wilson-Hilferty).
LOW, HIGH = 142.9, 266.4
STRATA = ("A级", "B级", "C级", "D级", "未评级")


def pool(sizes: dict[str, int], *, officers: int = 4, towns: int = 3) -> list[str]:
    objects = [
        f"对象\t{stratum[0]}{number:05d}\t{stratum}\t35020300{number % towns}\t"
        for stratum, size in sizes.items()
        for number in range(size)
    ]
    return [*objects, *(f"人员\tF{number:03d}\t\t" for number in range(officers))]


def as_published(lines: list[str], *, number: str = "SJ-350203-2026-0001", public: str = "03081217263109") -> dict:
    seed, drawn = draw_objects(number, RULE, public, lines)
    return {
        "number": number,
        "rule": RULE,
        "public_number": public,
        "pool_sha256": pool_hash(lines),
        "pool": lines,
        "seed": seed,
        "exclusions": [line.split("\t")[1:3] for line in lines if line.startswith("排除")],
        "drawn": [
            {"code": code, "stratum": stratum, "rank": rank, "officers": list(pair)}
            for code, stratum, rank, pair in drawn
        ],
    }


def test_a_draw_by_hand():
    """Worked out with nothing but ``printf … | sha256sum``: seed, order and pair of three objects."""
    lines = ["对象\ta\tA级\t1\t", "对象\tb\tA级\t1\t", "对象\tc\tA级\t1\t", "人员\tx\t\t", "人员\ty\t\t"]
    seed, drawn = draw_objects("1", "A级=34%", "2", lines)
    assert seed == "482f6528ad8ce41494dde2c21c4579cccad7ce1a1e846774bc0aa79d52a90d60"
    # b 4e211ddc…, c 6cbbe477…, a 89752b45…; 34 % of 3 are 2; x comes before y for both
    assert drawn == [("b", "A级", 1, ("x", "y")), ("c", "A级", 2, ("x", "y"))]


def test_sample_sizes_round_up_and_never_to_nothing():
    sizes = {"A级": 1, "B级": 10, "C级": 11, "D级": 5, "未评级": 0}
    _, drawn = draw_objects("n", RULE, "1234", pool(sizes))
    assert Counter(stratum for _, stratum, _, _ in drawn) == {"A级": 1, "B级": 1, "C级": 3, "D级": 2}


def chi_square(counts: list[int], draws: int, sample: int) -> float:
    """Of how often each of n was among the ``sample`` drawn, for drawing without replacement: n - 1 degrees."""
    n, chance = len(counts), sample / len(counts)
    squares = sum((count - draws * chance) ** 2 for count in counts)
    return squares / (draws * chance * (1 - chance)) * (n - 1) / n


def selections(seeds: int) -> dict[str, Counter[str]]:
    lines = pool(dict.fromkeys(STRATA, 200), officers=0)
    found: dict[str, Counter[str]] = {stratum: Counter() for stratum in STRATA}
    for number in range(seeds):
        for code, stratum, _, _ in draw_objects("SJ-1", RULE, f"{number:014d}", lines)[1]:
            found[stratum][code] += 1
    return found


def assert_fair(seeds: int) -> None:
    ratios = dict(replaying.RATIO.findall(RULE))
    for stratum, counts in selections(seeds).items():
        found = [counts[f"{stratum[0]}{number:05d}"] for number in range(200)]
        assert LOW < chi_square(found, seeds, 2 * int(ratios[stratum])) < HIGH, stratum


def test_every_object_is_as_likely_as_any_other():
    assert_fair(500)


@pytest.mark.slow
@pytest.mark.prove
def test_every_object_is_as_likely_as_any_other_over_thousands_of_seeds():
    assert_fair(10_000 if sampling.FULL else 2_000)


def test_the_measure_of_fairness_sees_a_preference():
    """An object that is drawn one time in ten more often than its share fails the measure."""
    counts = [1_000] * 199 + [1_600]
    assert not LOW < chi_square(counts, 10_000, 20) < HIGH


def test_officers_are_as_likely_as_any_other_and_so_are_pairs():
    lines = pool({"C级": 1}, officers=6)
    pairs = Counter(frozenset(draw_objects("SJ-1", RULE, f"{n:014d}", lines)[1][0][3]) for n in range(3_000))
    assert len(pairs) == 15
    expected = 3_000 / 15
    assert sum((count - expected) ** 2 / expected for count in pairs.values()) < 36.1  # 14 degrees, 0.001


def test_load_is_spread_evenly():
    _, drawn = draw_objects("n", RULE, "1234", pool({"C级": 200}, officers=7))
    loads = Counter(officer for _, _, _, pair in drawn for officer in pair)
    assert sum(loads.values()) == 80
    assert max(loads.values()) - min(loads.values()) <= 1


objects = st.lists(
    st.tuples(st.integers(0, 99_999), st.sampled_from(STRATA)), min_size=1, max_size=60, unique_by=lambda o: o[0]
)


def lines_of(found: list[tuple[int, str]]) -> list[str]:
    return sorted(f"对象\t{code:05d}\t{stratum}\t1\t" for code, stratum in found)


@settings(max_examples=60, deadline=None)
@given(objects, st.integers(100_000, 199_999), st.sampled_from(STRATA))
def test_one_more_object_never_moves_the_others(found, newcomer, stratum):
    before = draw_objects("n", "A级=100%；B级=100%；C级=100%；D级=100%；未评级=100%", "1234", lines_of(found))[1]
    more = [*lines_of(found), f"对象\t{newcomer}\t{stratum}\t1\t"]
    after = draw_objects("n", "A级=100%；B级=100%；C级=100%；D级=100%；未评级=100%", "1234", more)[1]
    others = [code for code, _, _, _ in after if code != str(newcomer)]
    assert others == [code for code, _, _, _ in before]


@settings(max_examples=60, deadline=None)
@given(objects, st.data())
def test_any_edit_of_the_pool_is_detected(found, data):
    lines = lines_of(found)
    published = as_published(lines)
    assert differences(published) == []
    place = data.draw(st.integers(0, len(lines) - 1))
    line = data.draw(st.sampled_from(["gone", "twice", "renamed", "moved"]))
    edited = {
        "gone": lines[:place] + lines[place + 1 :],
        "twice": [*lines, lines[place]],
        "renamed": [*lines[:place], lines[place].replace("\t", "\t9", 1), *lines[place + 1 :]],
        "moved": [*lines[:place], lines[place][:-1] + "，\t", *lines[place + 1 :]],
    }[line]
    changed = {**published, "pool": edited}
    assert differences(changed)[0].startswith("名册：校验值为")


@settings(max_examples=60, deadline=None)
@given(objects, st.sampled_from(["number", "public_number", "seed", "rule"]))
def test_any_edit_of_what_makes_the_seed_is_detected(found, field):
    published = as_published(lines_of(found))
    edited = published[field][:-1] + ("1" if published[field][-1] != "1" else "2")
    assert any(sentence.startswith("种子：") for sentence in differences({**published, field: edited}))


crews = st.lists(
    st.tuples(st.sets(st.sampled_from("123")), st.sets(st.integers(0, 5))), min_size=0, max_size=6
)  # areas, interests of each officer


@settings(max_examples=100, deadline=None)
@given(crews, st.sets(st.sampled_from(list(combinations(range(6), 2)))))
def test_pairs_respect_what_keeps_officers_away(crew, recent):
    """No interest, no own area, ever; an earlier pair only where there is no other; empty only where there is none."""
    people = [
        f"人员\tF{n}\t{','.join(sorted(areas))}\t{','.join(f'{i:05d}' for i in sorted(interests))}"
        for n, (areas, interests) in enumerate(crew)
    ]
    earlier = [f"同组\tF{a}\tF{b}" for a, b in sorted(recent)]
    lines = [*(f"对象\t{n:05d}\tA级\t{1 + n % 3}\t" for n in range(6)), *people, *earlier]
    for code, _, _, pair in draw_objects("n", "A级=100%", "1234", lines)[1]:
        area = str(1 + int(code) % 3)
        free = {
            f"F{n}" for n, (areas, interests) in enumerate(crew) if area not in areas and int(code) not in interests
        }
        assert set(pair) <= free
        assert len(pair) == (2 if len(free) > 1 else 0)
        fresh = [p for p in combinations(sorted(free), 2) if (int(p[0][1]), int(p[1][1])) not in recent]
        if fresh:
            assert tuple(sorted(pair)) in fresh


def edited(published: dict, **given) -> dict:
    return {**json.loads(json.dumps(published)), **given}


def test_each_difference_is_named():
    lines = [
        *pool({"C级": 10}),
    ]
    lines.insert(10, "排除\tX1\t正在停业整改")
    published = as_published(lines)
    first, second = published["drawn"]
    nobody = edited(published)
    nobody["drawn"] = [first]
    assert differences(nobody) == [f"对象：{second['code']} 应被抽中(C级第2位)，没有公布"]
    other = edited(published)
    other["drawn"][1]["code"] = "C级外"
    assert differences(other) == [
        f"对象：{second['code']} 应被抽中(C级第2位)，没有公布",
        "对象：C级外 没有被抽中，却公布为C级第2位",
    ]
    swapped = edited(published)
    swapped["drawn"][0]["rank"], swapped["drawn"][1]["rank"] = 2, 1
    assert differences(swapped) == [
        f"位次：{first['code']} 应为C级第1位，公布的是C级第2位",
        f"位次：{second['code']} 应为C级第2位，公布的是C级第1位",
    ]
    pair = edited(published)
    pair["drawn"][0]["officers"] = ["F001", "F9"]
    wanted = "、".join(first["officers"])
    assert differences(pair) == [f"检查人员：{first['code']} 应为 {wanted}，公布的是 F001、F9"]
    assert differences(edited(published, exclusions=[])) == ["排除：X1，正在停业整改：在冻结的名册中，没有公布"]
    twice = edited(published)
    twice["drawn"].append(twice["drawn"][0])
    assert differences(twice) == ["对象：同一编号公布了多次"]


def test_a_pool_kept_before_names_the_line():
    published = as_published(pool({"C级": 10}))
    kept = list(published["pool"])
    published["pool"] = [*kept[:3], kept[3].replace("C级", "D级"), *kept[4:]]
    found = differences(published, kept)
    assert found[1:3] == [
        f"名册第4行：原名册没有“{published['pool'][3]}”",
        f"原名册第4行：现名册没有“{kept[3]}”",
    ]
    shuffled = as_published(kept)
    shuffled["pool"] = kept[::-1]
    assert "名册：行的次序或重复与原名册不同" in differences(shuffled, kept)


@pytest.mark.parametrize("line", ["对象\tA1\tE级\t1\t", "对象\tA1\tA级", "别的", "", "人员\tF1"])
def test_a_line_that_cannot_be_read_is_named_and_nothing_breaks(line):
    published = as_published(pool({"A级": 3}))
    published["pool"] = [*published["pool"], line]
    assert "名册第8行：格式有误，不能据以抽取" in differences(published)


def copied(path: str) -> str:
    text = (ROOT / path).read_text("utf-8")
    return text[text.index("OBJECT, EXCLUDED") : text.index("# -- the copy", text.index("OBJECT, EXCLUDED"))]


def test_the_script_holds_the_very_same_functions():
    assert copied("docs/verify_draw.py") == copied("inspections/replaying.py")


def test_the_script_keeps_to_python_38():
    """Its syntax is that of 3.8, and it imports nothing but the standard library."""
    tree = ast.parse((ROOT / "docs/verify_draw.py").read_text("utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"argparse", "hashlib", "json", "re", "sys", "itertools", "pathlib"}


def test_the_draw_itself_is_short():
    tree = ast.parse((ROOT / "inspections/replaying.py").read_text("utf-8"))
    draw = next(node for node in tree.body if getattr(node, "name", "") == "draw_objects")
    assert draw.end_lineno - draw.lineno < 40


def script(*arguments: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-I", ROOT / "docs/verify_draw.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_script_replays_a_file(tmp_path):
    published = as_published(pool({"A级": 30, "C级": 30}))
    file, kept = tmp_path / "draw.json", tmp_path / "pool.txt"
    kept.write_text("".join(f"{line}\n" for line in published["pool"]), "utf-8")
    file.write_text(json.dumps(published, ensure_ascii=False), "utf-8")
    good = script(file, kept)
    assert (good.returncode, good.stdout) == (0, "一致：SJ-350203-2026-0001，名册 64 行，抽中 8 家\n")
    published["pool"][5] = published["pool"][5].replace("A级", "C级")
    file.write_text(json.dumps(published, ensure_ascii=False), "utf-8")
    bad = script(file, kept)
    assert bad.returncode == 1
    assert "原名册第6行：现名册没有“对象\tA00005\tA级\t350203002\t”" in bad.stdout
    assert bad.stdout.splitlines()[-1].startswith("不一致：")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pool": 1}', "不是JSON"])
def test_the_script_says_when_a_file_cannot_be_used(tmp_path, text):
    file = tmp_path / "draw.json"
    file.write_text(text, "utf-8")
    found = script(file)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("不能核对：")

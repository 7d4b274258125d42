"""script/prove: the heavy proofs (tests marked `prove`) at full size; .ci/run runs them at their reduced size."""

from stack import layout
from stack.console import say
from stack.testing import run_pytest, throwaway_servers


def main(arguments: list[str]) -> int:
    """Entry of script/prove; a name picks one file, `all` every proof, no name lists them."""
    proofs = {path.stem.removeprefix("test_"): path for path in sorted((layout.ROOT / "tests").rglob("test_*.py"))}
    proofs = {name: path for name, path in proofs.items() if "mark.prove" in path.read_text(encoding="utf-8")}
    if not arguments or (arguments[0] not in proofs and arguments[0] != "all"):
        say("script/prove NAME [pytest arguments], with one of these names:")
        say("\n".join(f"  {name}" for name in [*proofs, "all"]))
        return 2 if arguments else 0
    chosen = list(proofs.values()) if arguments[0] == "all" else [proofs[arguments[0]]]
    with throwaway_servers() as (family, environment):
        words = ["-m", "prove", "-s", *map(str, chosen), *arguments[1:]]
        return run_pytest(family, {**environment, "PROVE_FULL": "1"}, words)

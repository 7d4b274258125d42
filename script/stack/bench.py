"""script/bench: runs bench/NAME.py on servers of its own that keep their durability, or speed would mean nothing."""

from stack import layout
from stack.console import say
from stack.family import Child
from stack.testing import throwaway_servers

MARK = 'prog="script/bench '  # what tells a benchmark from its parts


def main(arguments: list[str]) -> int:
    """Entry of script/bench; without a name it lists them. The exit code is the benchmark's."""
    benches = {path.stem: path for path in sorted((layout.ROOT / "bench").glob("[a-z]*.py"))}
    benches = {name: path for name, path in benches.items() if MARK in path.read_text(encoding="utf-8")}
    if not arguments or arguments[0] not in benches:
        say("script/bench NAME [arguments], with one of these names:")
        say("\n".join(f"  {name}" for name in benches) or "  (none yet)")
        return 2 if arguments else 0
    with throwaway_servers("bench", durable=True) as (family, environment):
        command = [layout.venv_python(), "-m", f"bench.{arguments[0]}", *arguments[1:]]
        return family.wait(family.start(Child(arguments[0], command, env=environment, cwd=layout.ROOT)))

"""Benchmarks: ``script/bench NAME`` runs bench/NAME.py; what is measured is in docs/operations/performance.md."""

"""Benchmarks: run by `make bench`, on a quiet machine, apart from the tests."""

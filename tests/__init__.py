"""Tests, in the shape of the package; ``tests.generator`` makes the documents that they read."""

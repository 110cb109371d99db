"""Pure functions on strings. Nothing here knows an article, a clock, or a disk (but for data in the package)."""

"""`python -m tests.docs` writes every page anew."""

from __future__ import annotations

from .routines import PAGE, routines

PAGE.write_text(routines(), "utf-8")
print(PAGE)

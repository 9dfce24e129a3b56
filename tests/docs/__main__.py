"""`python -m tests.docs` writes every page and picture anew; pictures need the extra "diary"."""

from __future__ import annotations

from .diary import PICTURE, picture
from .routines import PAGE, routines

PAGE.write_text(routines(), "utf-8")
print(PAGE)
picture(PICTURE)
print(PICTURE)

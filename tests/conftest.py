"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples every time, however slow the machine, so that green stays green; another profile by
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

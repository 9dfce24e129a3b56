"""Files that are whole at any time: the old one until the new one is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice.audio.wav import AudioFileError


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Another file to write, which takes the place of this one when all has gone well, and is gone if not.

    Raises:
        AudioFileError, OSError: as whoever writes it raises them; the system may refuse the last step, too.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(file)
    except AudioFileError as error:  # the other name means nothing to anybody
        raise AudioFileError(file, error.why, error.remedy) from error
    except OSError as error:
        if error.filename == str(unfinished):
            error.filename = str(file)
        raise
    finally:
        unfinished.unlink(missing_ok=True)

"""What the guide understands and what it says, one folder of `prompts/` a language.

Nothing here hears, speaks or decides, and no wording of any language stands in its code.
"""

from .commands import Commands, Vocabulary
from .language import Language, UnknownLanguageError, languages
from .prompts import Prompts

__all__ = ["Commands", "Language", "Prompts", "UnknownLanguageError", "Vocabulary", "languages"]

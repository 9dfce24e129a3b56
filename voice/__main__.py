"""`python -m voice` is the `easeup` command."""

from voice.cli import main

main()

"""`easeup`, which is `python -m voice`."""

import sys


def main() -> None:
    """Run the command; Ctrl-C ends it quietly from the first moment on."""
    try:
        # Loading the commands takes a noticeable time, in which somebody may think better of it.
        from voice.cli import main as command  # noqa: PLC0415

        command()
    except KeyboardInterrupt:
        sys.exit(130)  # as voice.cli.group has it, which may not be there yet


if __name__ == "__main__":
    main()

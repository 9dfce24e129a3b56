"""Starts the measurement. The child that listens imports this module, too, and must not pay for the rest."""

if __name__ == "__main__":
    from .command import main

    main()

"""Starts the measurement."""

if __name__ == "__main__":
    from .command import main

    main()

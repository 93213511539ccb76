"""Lets `python -m syndicator` do what the `syndicator` command does."""

from syndicator.cli import main

if __name__ == "__main__":
    main()

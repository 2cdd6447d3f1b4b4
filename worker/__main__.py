"""`python -m worker` is the command `lexrelay`."""

from worker.cli import main

if __name__ == "__main__":
    main()

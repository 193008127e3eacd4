"""`python -m lessonkit`: the command."""

import sys

from lessonkit.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""Run a command of this package: ``python -m stories check``."""

import sys

from stories.cli import main

sys.exit(main())

"""Run a command of this package: ``python -m stories check``."""

import sys

from stories.authoring.cli import main

sys.exit(main())

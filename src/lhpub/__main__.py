"""`python -m lhpub`."""

import sys

from lhpub.cli import main

sys.exit(main())

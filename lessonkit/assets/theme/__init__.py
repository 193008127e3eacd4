"""The theme of the site, which is Material's with a few templates of our own."""

import os

# Material prints a notice of its own end of life (May 2027) into every build. ARCHITECTURE.md says what that means for
# this site; whoever reads or writes lessons can do nothing about it, and it looks like a warning of theirs.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")

"""Files that are no bundle, and policies that are none."""

"""What turns files of other systems into checked values: pure converters, no database.

A converter returns what it read, or every fault it found with its place; it raises for neither.
"""

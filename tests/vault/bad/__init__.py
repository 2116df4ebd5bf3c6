"""What the vault refuses, and in which words."""

"""Files an import cannot use, and what is said about them."""

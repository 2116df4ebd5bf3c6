"""The policies that come with the product."""

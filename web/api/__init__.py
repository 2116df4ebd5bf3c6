"""The API: what the command line does, over HTTP, for programs that show a token."""

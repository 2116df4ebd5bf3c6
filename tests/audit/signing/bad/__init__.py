"""What the signer refuses."""

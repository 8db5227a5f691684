"""Long proofs, run by `make prove`; they print their figures."""

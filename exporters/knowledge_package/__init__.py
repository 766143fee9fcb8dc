"""The knowledge package for contact centres: editions with their hashes and sequence, full or delta, in one ZIP."""

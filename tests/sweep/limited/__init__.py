"""What tests/sweep/limits fails, and what it runs."""

"""The oracle of the whole product: tests/sweep/worlds says what it holds."""

"""The simulation: the real edgediff at random against a model of the edge."""

"""The checks of a connector: `run` composes them from the stages that the other modules carry out."""

"""The pages of orders, each move of which is saved at once: Rank fields and Sync priority."""

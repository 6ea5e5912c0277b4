"""Ranking: pure functions from scores to an order."""

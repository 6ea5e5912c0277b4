"""Measurements; `make bench` and its sisters run them."""

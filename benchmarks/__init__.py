"""Speed and memory against the stated targets. Each figure stands beside a baseline measured in the same run.

The machine is noisy and absolute times mean little elsewhere, so the ratio is the figure to compare between runs.
"""

"""The models on this machine and at their publisher: list, download, verify, remove.

Nothing here is used while easeup listens; only `easeup models` reaches the network.
"""

"""The composition root: puts hearing, deciding and speaking together, and runs them.

One `Conversation` is the session loop of all ways to run: live (`live`), in the simulated room (`rehearsing`)
and by text (`typing`).
"""

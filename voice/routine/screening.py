"""What is asked before a massage, and how grave a yes is: the cautions of the guides A, D and E.

Only the ids and their weight stand here, so that no translation can soften them; the words are in
`prompts/<language>/prompts.yaml` under `terms: screening`.
"""

from voice.session.screening import Question, Severity

QUESTIONS = (
    Question("fever-or-infection", Severity.DO_NOT),  # guide A, D
    Question("blood-clot", Severity.DO_NOT),  # guide A, D: a clot can come loose
    Question("skin", Severity.DO_NOT),  # guide A: open wounds, rashes, burns in the area
    Question("recent-injury-or-surgery", Severity.ASK_FIRST),  # guides A, D, E
    Question("numbness-or-severe-pain", Severity.ASK_FIRST),  # guides A, D
    Question("pregnancy-or-blood-pressure", Severity.ASK_FIRST),  # guides A, C, D
)
"""In the order in which they are asked."""

"""What is asked before a massage, and how grave a yes is: the cautions of all the guides, in seven questions.

Only the ids and their weight stand here, so that no translation can soften them; the words are in
`prompts/<language>/prompts.yaml` under `terms: screening`, and what they mean under `terms: explained`. What
stands in one question has one weight; where guides differ, the graver one.
"""

from voice.session.screening import Question, Severity

QUESTIONS = (
    Question("fever-infection-clot", Severity.DO_NOT),  # A: never; B: infections; D: fever, chills, clots
    Question("skin", Severity.DO_NOT),  # A: open wounds, rashes, burns, infected skin in the area
    Question("fresh-injury", Severity.ASK_FIRST),  # A: rest and assessment; B, C: inflammation; D, E
    Question("surgery", Severity.ASK_FIRST),  # C: not before medical clearance
    Question("nerves-or-severe-pain", Severity.ASK_FIRST),  # A, C: severe pain, numbness; D: red flags
    Question("condition", Severity.ASK_FIRST),  # A, B, D, E: blood pressure, discs, weight loss, treatment
    Question("pregnancy", Severity.GENTLY),  # C: no deep tissue; no pressure points in the first trimester
)
"""In the order in which they are asked."""

"""How well ears hear: this model, others in Vosk's format and pocketsphinx, scored on the same sound."""

"""Text to PCM: pyttsx3 in a child process, clips of a steady level, a cache, and rendering ahead."""

"""One minute by voice: how the room sounds, and whether "stop" is heard in it."""

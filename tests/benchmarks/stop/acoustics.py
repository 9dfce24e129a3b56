"""The room everything is measured in: how loud the partner and the echo are at the microphone."""

from __future__ import annotations

from dataclasses import dataclass

from voice.audio.format import Samples
from voice.audio.room import PARTNER_DB, Echo, SimulatedRoom

DELAY_MS = 80.0
"""From playing to hearing: what a sound server and a metre of air take."""
DECAY_S = 0.35
"""Of a furnished room."""
RATIOS = (6.0, 0.0, -6.0, -12.0)
"""The partner's level over the echo's, in dB; -12 is a loudspeaker beside the microphone."""
SNR_DB = 10.0
"""The partner's level over the kitchen's, where there is noise."""


@dataclass(frozen=True, slots=True)
class Acoustics:
    """One way of standing to each other."""

    ratio: float | None
    """The partner's level over the echo's, in dB; None: the microphone hears nothing of the loudspeaker."""
    noise: Samples | None = None

    def __str__(self) -> str:
        ratio = "no echo" if self.ratio is None else f"{self.ratio:+g} dB"
        return ratio if self.noise is None else f"{ratio}, noise"

    def room(self, narration_db: float, seed: int = 0) -> SimulatedRoom:
        """The room, neither of the two louder than a microphone bears.

        Args:
            narration_db: Level of the narration as it is played, in dBFS while speaking.
            seed: Of the room.
        """
        ratio = self.ratio or 0.0
        partner_db = PARTNER_DB + min(0.0, ratio)
        echo = Echo(partner_db - ratio - narration_db, DELAY_MS, DECAY_S)
        return SimulatedRoom(
            echo=None if self.ratio is None else echo,
            noise=self.noise,
            snr_db=SNR_DB,
            partner_db=partner_db,
            seed=seed,
        )

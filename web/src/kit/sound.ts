let audio: AudioContext | null = null;

/** Two rising tones for someone who needs a person, one soft tone for a message. */
export function beep(kind: "urgent" | "message"): void {
  try {
    audio ??= new AudioContext();
    const tones = kind === "urgent" ? [660, 880] : [520];
    tones.forEach((pitch, index) => {
      tone(audio as AudioContext, pitch, index * 0.16);
    });
  } catch {
    // No sound device, or the browser wants a click first.
  }
}

function tone(context: AudioContext, pitch: number, after: number): void {
  const start = context.currentTime + after;
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.15);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.16);
}

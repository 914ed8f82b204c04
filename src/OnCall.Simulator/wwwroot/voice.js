// Speaks what one phone hears, with the browser's own voice. One phone at a time, as with a real ear.

const speech = window.speechSynthesis;
let ear = null;

export const canSpeak = Boolean(speech);

export const isListening = number => ear === number;

/** Holds this phone to the ear, or puts it down; `lately` is what it said last. */
export function listen(number, lately) {
  speech.cancel();
  ear = ear === number ? null : number;
  if (lately) hear(number, "say", lately);
}

export function hear(number, kind, text) {
  if (ear !== number) return;
  if (kind === "key" || kind === "system") speech.cancel();
  if (kind !== "say") return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = "en-GB";
  speech.speak(utterance);
}

export function hush(number) {
  if (ear === number) speech.cancel();
}

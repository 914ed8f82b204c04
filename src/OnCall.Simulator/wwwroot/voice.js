// Speaks what one phone hears, with the browser's own voice. One phone at a time, as with a real ear.

const speech = window.speechSynthesis;
let ear = null;

export const canSpeak = Boolean(speech);

export const isListening = number => ear === number;

/** Holds this phone to the ear, or puts it down; `lately` is what it said last, with its language. */
export function listen(number, lately) {
  speech.cancel();
  ear = ear === number ? null : number;
  if (lately) hear(number, "say", lately.text, lately.language);
}

export function hear(number, kind, text, language) {
  if (ear !== number) return;
  if (kind === "key" || kind === "system") speech.cancel();
  if (kind !== "say") return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language ?? "en-GB";
  speech.speak(utterance);
}

export function hush(number) {
  if (ear === number) speech.cancel();
}

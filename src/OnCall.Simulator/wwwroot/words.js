// What the snapshot's words mean to a person.

const over = {
  "completed": "Call ended",
  "busy": "Declined or busy",
  "no-answer": "Not answered",
  "canceled": "Stopped ringing",
  "failed": "Could not be reached",
};

/** How a phone behaves when it rings: value, label in the list, short word and icon on the row. */
export const modes = [
  ["manual", "I decide"],
  ["answers", "It is answered, and 1 is pressed", "Answers", "phone"],
  ["voicemail", "Voicemail picks up", "Voicemail", "tape"],
  ["busy", "Busy", "Busy", "off"],
  ["declines", "It declines", "Declines", "down"],
  ["no-answer", "It keeps ringing", "Lets it ring", "wait"],
  ["unreachable", "Switched off", "Switched off", "off"],
];

export const isLive = call => !(call.status in over);

/** A call that the network has yet to set up: the phone knows nothing of it. */
const isComing = call => call.direction === "in" && /^(queued|initiated)$/.test(call.status);

export const isRinging = call => call.direction === "in" && call.ringing && isLive(call);

/** How a call ended; one that the snapshot no longer holds has simply ended. */
export const endOf = call => over[call?.status] ?? over.completed;

/** What a phone is doing: kind (also its CSS class), icon, word, and since when. */
export function stateOf(phone) {
  const calls = phone.calls.filter(call => !isComing(call));
  const live = calls.filter(isLive);
  const ringing = live.find(isRinging);
  const talking = live.find(call => call.with?.length);
  if (talking) return { kind: "talking", icon: "talk", word: "Talking", since: talking.since, call: talking };
  if (ringing) return { kind: "ringing", icon: "bell", word: "Ringing", since: ringing.since, call: ringing };
  const call = live.at(-1);
  if (!call) return { kind: "rest", call: calls.at(-1) };
  if (call.status !== "in-progress") return { kind: "calling", icon: "wait", word: "Calling", since: call.since, call };
  if (call.direction === "in" && phone.mode === "voicemail") return { kind: "on-line", icon: "tape", word: "Voicemail", since: call.since, call };
  if (call.position?.startsWith("queue ")) return { kind: "on-line", icon: "music", word: "On hold", since: call.since, call };
  return { kind: "on-line", icon: "ear", word: "On the line", since: call.since, call };
}

/** What a phone heard, for reading: a sound by its file's name, a number in the network's words by whose it is. */
export function wordsOf({ kind, text }, nameOf) {
  if (kind === "key") return `pressed ${text}`;
  if (kind === "play") return text.replace(/^.*\/|\.\w+$|\?.*$/g, "") || "music";
  if (kind === "pause") return `silence, ${text}`;
  if (kind === "system") return text.replace(/\+\d{8,15}/g, nameOf);
  return text;
}

/** A number as people in the United Kingdom write it; anything else as it is. */
export function readable(number) {
  if (!number || /anonymous|restricted|^\+?266696687$/i.test(number)) return "Number withheld";
  if (!/^\+44\d{9,10}$/.test(number)) return number;
  const digits = `0${number.slice(3)}`;
  if (/^02/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`;
  if (/^(08|011|01.1)/.test(digits)) return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
  return `${digits.slice(0, 5)} ${digits.slice(5)}`;
}

export const initials = name => name.split(/\s+/).filter(word => word !== "Officer").map(word => word[0]).join("").slice(0, 2).toUpperCase();

export const timeOf = instant => new Date(instant).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export function lasted(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

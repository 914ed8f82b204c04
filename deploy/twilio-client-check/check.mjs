// Usage: node check.mjs ADDRESS [ACCOUNT-SID] [AUTH-TOKEN]
// Drives the simulator at ADDRESS through Twilio's client library and tells how many checks passed. Exit status 1 if one failed.
import twilio from "twilio";
import { startCustomer } from "./customer.mjs";

const [address, accountSid = "AC00000000000000000000000000000001", authToken = "simulated-auth-token"] = process.argv.slice(2);
if (!address) {
  console.error("Usage: node check.mjs ADDRESS [ACCOUNT-SID] [AUTH-TOKEN]");
  process.exit(2);
}

const line = "+442079460101", officer = "+447700900001", adviser = "+447700900101", interpreter = "+447700900102";
const simulator = new URL(address);

/** Twilio's own HTTP client, led to the simulator instead of api.twilio.com. */
class Detour extends twilio.RequestClient {
  request(options) {
    const uri = new URL(options.uri);
    [uri.protocol, uri.host] = [simulator.protocol, simulator.host];
    return super.request({ ...options, uri: uri.href });
  }
}

const clientWith = token => twilio(accountSid, token, { httpClient: new Detour() });
const client = clientWith(authToken);
const customer = await startCustomer(authToken);
let passed = 0, failed = 0;

function check(what, right, saw = "") {
  right ? passed++ : failed++;
  if (!right) console.log(`FAILED: ${what}${saw === "" ? "" : ` (saw ${JSON.stringify(saw)})`}`);
}

async function refused(what, promise, status, code) {
  const error = await promise.then(() => null, problem => problem);
  check(what, error?.status === status && error?.code === code, { status: error?.status, code: error?.code, message: error?.message });
}

/** Asks again until it is so, for ten seconds at most. */
async function until(what, ask) {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise(next => setTimeout(next, 50))) {
    const answer = await ask();
    if (answer) return answer;
  }
  check(`${what}, within 10 s`, false);
  throw new Error(`gave up waiting: ${what}`);
}

async function phone(number, action, details = {}) {
  const path = action ? `sim/phones/${encodeURIComponent(number)}/${action}` : "sim/phones";
  const answer = await fetch(new URL(path, simulator), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(details) });
  check(`phone ${number} ${action}`, answer.status === 204, answer.status);
}

const inState = (sid, status) => until(`call is ${status}`, async () => (await client.calls(sid).fetch()).status === status);

async function errors() {
  await refused("a wrong token", clientWith("wrong").calls.list({ limit: 1 }), 401, 20003);
  await refused("a call to no number", client.calls.create({ to: "12", from: line, url: customer.at("/offer") }), 400, 21211);
  await refused("a call from a stranger's number", client.calls.create({ to: adviser, from: "+442079460999", url: customer.at("/offer") }), 400, 21210);
  await refused("a call without a document", client.calls.create({ to: adviser, from: line }), 400, 21205);
  await refused("a text without words", client.messages.create({ to: adviser, from: line, body: "" }), 400, 21602);
  await refused("an unknown call", client.calls(`CA${"0".repeat(32)}`).fetch(), 404, 20404);
}

async function numbers() {
  const [number, ...more] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  check("the number is found by its digits", number?.phoneNumber === line && more.length === 0);
  check("the number says what it can do", number.capabilities.voice === true && number.capabilities.sms === true, number.capabilities);
  const set = await client.incomingPhoneNumbers(number.sid).update({ voiceUrl: customer.at("/voice"), smsUrl: customer.at("/sms"), statusCallback: customer.at("/ended"), voiceFallbackUrl: customer.at("/fallback") });
  check("addresses are set", set.voiceUrl === customer.at("/voice") && set.voiceMethod === "POST");
  check("and read back", (await client.incomingPhoneNumbers(number.sid).fetch()).smsUrl === customer.at("/sms"));
}

/** An officer holds in a queue, an adviser is called, both meet in a room. */
async function callFlow() {
  customer.says("/voice", `<Say>hello</Say><Enqueue waitUrl="/hold" action="/left">q-1</Enqueue>`);
  customer.says("/hold", `<Play digits="1"/><Pause length="20"/>`);
  // The first who enters decides where the room's callbacks go: whoever that is, it says the same.
  const told = `statusCallback="/room" statusCallbackEvent="start end join leave"`;
  customer.says("/talk", `<Dial><Conference participantLabel="officer" endConferenceOnExit="true" ${told}>room-1</Conference></Dial>`);
  customer.says("/offer", `<Gather numDigits="1" finishOnKey="" action="/taken" method="GET"><Say>press 1 to take the call</Say></Gather>`);
  customer.says("/taken", `<Dial><Conference participantLabel="adviser" waitUrl="" ${told}>room-1</Conference></Dial>`);
  await phone(officer, "dial", { to: line });
  const inbound = await until("the officer's call arrives", async () => (await client.calls.list({ from: officer, to: line, limit: 1 }))[0]);
  check("an inbound call", inbound.direction === "inbound" && inbound.dateCreated instanceof Date);
  const queue = await until("the queue has somebody", async () => (await client.queues.list()).find(q => q.friendlyName === "q-1" && q.currentSize === 1));
  const members = await client.queues(queue.sid).members.list();
  check("the member is the officer", members.length === 1 && members[0].callSid === inbound.sid && members[0].position === 1);
  check("the front of the queue", (await client.queues(queue.sid).members("Front").fetch()).callSid === inbound.sid);

  const offer = await client.calls.create({ to: adviser, from: line, url: customer.at("/offer?a=1#rc=2&rp=ct,5xx"), statusCallback: customer.at("/progress"), statusCallbackEvent: ["initiated", "ringing", "answered", "completed"], timeout: 20 });
  check("a created call waits", offer.status === "queued" && offer.startTime === null && offer.direction === "outbound-api", offer.status);
  await inState(offer.sid, "ringing");
  await phone(adviser, "answer");
  await inState(offer.sid, "in-progress");
  await until("the offer is asked for", () => customer.to("/offer").length === 1);
  await phone(adviser, "press", { digits: "1" });
  const key = await until("the key arrives", () => customer.to("/taken")[0]);
  check("the key, by GET", key.method === "GET" && new URL(key.url).searchParams.get("Digits") === "1", key.url);
  const moved = await client.calls(inbound.sid).update({ url: customer.at("/talk") });
  check("the officer is redirected", moved.sid === inbound.sid && moved.status === "in-progress");
  await rooms(inbound, offer);

  await client.calls(offer.sid).update({ status: "completed" }).catch(() => undefined);
  await inState(offer.sid, "completed");
  await refused("an ended call cannot be redirected", client.calls(offer.sid).update({ url: customer.at("/talk") }), 400, 21220);
  const ended = await client.calls(offer.sid).fetch();
  check("numbers are strings, dates are dates", typeof ended.duration === "string" && typeof ended.queueTime === "string" && ended.endTime instanceof Date);
  await until("the last status arrives", () => customer.to("/progress").length === 4);
  check("statuses in order", customer.to("/progress").map(p => p.form.CallStatus).join() === "initiated,ringing,in-progress,completed" && customer.to("/progress").map(p => p.form.SequenceNumber).join() === "0,1,2,3");
}

async function rooms(inbound, offer) {
  const room = await until("the room runs", async () => (await client.conferences.list({ friendlyName: "room-1", status: "in-progress" }))[0]);
  check("the room by its SID", (await client.conferences(room.sid).fetch()).friendlyName === "room-1");
  const inside = await client.conferences(room.sid).participants.list();
  check("two are inside", inside.map(p => p.callSid).sort().join() === [inbound.sid, offer.sid].sort().join(), inside.map(p => p.label));
  const muted = await client.conferences(room.sid).participants("adviser").update({ muted: true });
  check("one is muted, by label", muted.muted === true && muted.callSid === offer.sid);
  check("one no longer ends the room", (await client.conferences(room.sid).participants(inbound.sid).update({ endConferenceOnExit: false })).endConferenceOnExit === false);
  const third = await client.conferences(room.sid).participants.create({ from: line, to: interpreter, label: "interpreter", earlyMedia: false });
  check("a third is called in", third.label === "interpreter" && third.status === "queued", third.status);
  await until("three are inside", async () => (await client.conferences(room.sid).participants.list()).length === 3);
  await refused("a label is taken once", client.conferences(room.sid).participants.create({ from: line, to: interpreter, label: "interpreter" }), 400, 16025);
  check("the third is put out", await client.conferences(room.sid).participants("interpreter").remove());
  await refused("and is gone", client.conferences(room.sid).participants("interpreter").fetch(), 404, 20404);
  const ended = await client.conferences(room.sid).update({ status: "completed" });
  check("the room is ended", ended.status === "completed" && ended.reasonConferenceEnded === "conference-ended-via-api", ended.reasonConferenceEnded);
  await until("the room tells its end", () => customer.to("/room").some(r => r.form.StatusCallbackEvent === "conference-end"));
}

async function lists() {
  for (let i = 0; i < 3; i++) await client.calls.create({ to: officer, from: line, twiml: "<Response><Say>hello</Say></Response>" });
  const calls = await client.calls.list({ to: officer, from: line, pageSize: 1 });
  check("all pages are followed", calls.length === 3, calls.length);
  check("a limit stops", (await client.calls.list({ to: officer, pageSize: 1, limit: 2 })).length === 2);
  check("times filter", (await client.calls.list({ startTimeAfter: new Date(Date.now() + 3_600_000) })).length === 0);
  for (const call of calls) await client.calls(call.sid).update({ status: "canceled" });
  check("an ended call is deleted", await client.calls(calls[0].sid).remove());
}

async function queues() {
  const queue = await client.queues.create({ friendlyName: "q-2", maxSize: 5 });
  check("a queue is made", queue.maxSize === 5 && queue.currentSize === 0);
  check("and changed", (await client.queues(queue.sid).update({ maxSize: 7 })).maxSize === 7);
  check("and removed", await client.queues(queue.sid).remove());
  await refused("and is gone", client.queues(queue.sid).fetch(), 404, 20404);
}

async function recordings() {
  customer.says("/voice", `<Record maxLength="60" action="/recorded" recordingStatusCallback="/ready"/>`);
  await phone(officer, "dial", { to: line });
  const call = await until("the call is answered", async () => (await client.calls.list({ from: officer, status: "in-progress", limit: 1 }))[0]);
  await new Promise(next => setTimeout(next, 1500));
  await phone(officer, "hangup");
  await until("the recording is ready", () => customer.to("/ready")[0]);
  const [recording] = await client.recordings.list({ callSid: call.sid });
  check("a recording", recording.status === "completed" && recording.source === "RecordVerb" && recording.channels === 1, recording.status);
  check("hang-up is told to the action", customer.to("/recorded")[0]?.form.Digits === "hangup");
  const media = new URL(`/2010-04-01/Accounts/${accountSid}/Recordings/${recording.sid}`, simulator);
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  for (const [ending, type] of [["", "audio/x-wav"], [".mp3", "audio/mpeg"]]) {
    const sound = await fetch(media + ending, { headers: { authorization } });
    check(`its sound${ending}`, sound.headers.get("content-type") === type && (await sound.arrayBuffer()).byteLength > 1000);
  }
  check("is removed", await client.recordings(recording.sid).remove());
  await refused("and is gone", client.recordings(recording.sid).fetch(), 404, 20404);
}

async function messages() {
  customer.says("/sms", "<Message>received</Message>");
  const sent = await client.messages.create({ to: adviser, from: line, body: "4821: reply 1 to take it", statusCallback: customer.at("/receipt") });
  check("a text waits", sent.status === "queued" && sent.numSegments === "1" && sent.errorCode === null, sent.status);
  await until("the text is delivered", async () => (await client.messages(sent.sid).fetch()).status === "delivered");
  check("it is listed", (await client.messages.list({ to: adviser, from: line, dateSentAfter: new Date(Date.now() - 60_000) }))[0]?.sid === sent.sid);
  check("it is redacted", (await client.messages(sent.sid).update({ body: "" })).body === "");
  check("it is removed", await client.messages(sent.sid).remove());
  check("receipts", customer.to("/receipt").map(r => r.form.MessageStatus).join() === "sent,delivered");
  await phone(adviser, "text", { to: line, body: "STOP" });
  const reply = await until("the text arrives", () => customer.to("/sms")[0]);
  check("with all of it", reply.form.Body === "STOP" && reply.form.MessageSid === reply.form.SmsSid && reply.form.NumMedia === "0");
  await refused("who said stop gets no text", client.messages.create({ to: adviser, from: line, body: "hello" }), 400, 21610);
}

try {
  for (const part of [errors, numbers, callFlow, lists, queues, recordings, messages]) await part();
} catch (error) {
  check(`went through (${error.message})`, false);
}

check(`all ${customer.asked.length} requests were signed`, customer.asked.length > 15 && customer.asked.every(a => a.valid), customer.asked.filter(a => !a.valid).map(a => a.url));
const [first] = customer.asked;
check("a changed request is not", !twilio.validateRequest(authToken, first.headers["x-twilio-signature"], first.url, { ...first.form, From: "+447700900999" }));
check("requests name themselves and can be told apart", customer.asked.every(a => a.headers["user-agent"] === "TwilioProxy/1.1" && a.headers["i-twilio-idempotency-token"]));
customer.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

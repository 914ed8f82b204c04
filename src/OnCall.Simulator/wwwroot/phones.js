// The page: an officer's phone beside the advisers' phones, drawn anew from every snapshot of the simulator.
import { $, arrange, icon, make, setIcon, setSince, setText } from "./dom.js";
import { watch } from "./network.js";
import { Phone } from "./phone.js";
import { lasted, readable, timeOf } from "./words.js";

const phones = new Map();
let snapshot;
let shownOfficer;
let clockAhead = 0;
let said = [];

const page = {
  numbers: [],
  nameOf: number => page.numbers.find(line => line.number === number)?.name ?? phones.get(number)?.name ?? readable(number),
  announce: text => said.push(text),
  render: () => render(snapshot),
};

function render(state) {
  snapshot = state;
  page.numbers = state.numbers;
  for (const phone of state.phones) phoneOf(phone).update(phone);
  for (const [number, phone] of phones) {
    if (state.phones.some(each => each.number === number)) continue;
    phone.element.remove();
    phone.tab?.remove();
    phones.delete(number);
  }
  const all = [...phones.values()];
  const officers = all.filter(phone => phone.officer);
  const advisers = all.filter(phone => !phone.officer);
  showOfficers(officers);
  showAdvisers(advisers);
  showPairs(officers);
  all.filter(phone => phone.large).forEach(phone => phone.settle());
  showSteps(advisers);
  showList($("#recordings"), state.recordings, recording);
  showList($("#problems"), state.problems, problem);
  if (said.length) setText($("#announcer"), said.join(" "));
  said = [];
  tick();
}

function phoneOf({ number, name, role }) {
  if (!phones.has(number)) phones.set(number, new Phone(number, role ? role === "officer" : name.startsWith("Officer"), page));
  return phones.get(number);
}

function showOfficers(officers) {
  if (!officers.includes(shownOfficer)) shownOfficer = officers[0];
  arrange($("#officer-phones"), officers.map(phone => phone.element));
  for (const phone of officers) phone.element.hidden = phone !== shownOfficer;
  $("#switch").hidden = officers.length < 2;
  arrange($("#switch"), officers.map(switchTo));
}

function switchTo(phone) {
  if (!phone.tab) {
    phone.tab = make("button");
    phone.tab.type = "button";
    phone.tab.append(icon("phone"), make("span"), make("small"));
    phone.tab.onclick = () => { shownOfficer = phone; page.render(); };
  }
  setIcon($("svg", phone.tab), phone.state.icon ?? "phone");
  setText($("span", phone.tab), phone.name);
  setText($("small", phone.tab), phone.state.word ?? "At rest");
  phone.tab.setAttribute("aria-pressed", phone === shownOfficer);
  return phone.tab;
}

/** Talking with the shown officer first, then what rings or talks by arrival, then what was opened by hand. */
function showAdvisers(advisers) {
  const rank = phone => phone.linked ? 0 : phone.state.kind !== "rest" ? 1 : 2;
  for (const phone of advisers) {
    phone.linked = phone.state.kind === "talking" && phone.state.call.with.some(other => [shownOfficer?.name, shownOfficer?.number].includes(other));
    phone.element.classList.toggle("linked", phone.linked);
  }
  const large = advisers.filter(phone => phone.large).sort((a, b) => rank(a) - rank(b) || (a.arrived ?? 0) - (b.arrived ?? 0));
  const rows = advisers.filter(phone => !phone.large).sort((a, b) => Math.sign(b.unread) - Math.sign(a.unread));
  const ringing = advisers.filter(phone => phone.state.kind === "ringing").length;
  arrange($("#large"), large.map(phone => phone.element));
  arrange($("#rows"), rows.map(phone => phone.element));
  search(rows);
  $("#quiet").hidden = large.length > 0;
  setText($("#ringing-count"), ringing ? `${ringing} ringing` : "");
  setText($("#jump-advisers"), ringing ? `${ringing} ringing` : "");
  setText($("#jump-officer"), shownOfficer?.state.word ?? "");
  document.title = ringing ? `(${ringing} ringing) Telephones` : "Telephones";
}

function search(rows) {
  const wanted = $("#search").value.trim().toLowerCase();
  const digits = wanted.replace(/\D/g, "").replace(/^0/, "");
  const fits = phone => phone.name.toLowerCase().includes(wanted) || (digits && phone.number.includes(digits));
  for (const phone of phones.values()) if (!phone.officer) phone.element.hidden = rows.includes(phone) && !fits(phone);
  const found = rows.filter(phone => !phone.element.hidden).length;
  setText($("#rest-count"), wanted ? `${found} of ${rows.length}` : String(rows.length));
  $("#nobody").hidden = found > 0 || rows.length === 0;
}

function showPairs(officers) {
  const pairs = officers.filter(phone => phone.state.kind === "talking");
  $("#pairs").hidden = pairs.length === 0;
  for (const item of [...$("#pairs").children]) if (!pairs.some(phone => phone.pair === item)) item.remove();
  arrange($("#pairs"), pairs.map(phone => {
    if (!phone.pair) {
      phone.pair = make("li");
      phone.pair.append(make("b"), icon("talk"), make("b"), make("time"));
    }
    const [officer, , others, time] = phone.pair.children;
    setText(officer, phone.name);
    setText(others, phone.state.call.with.join(", "));
    setSince(time, phone.state.since);
    return phone.pair;
  }));
}

function showSteps(advisers) {
  const { kind, word } = shownOfficer?.state ?? { kind: "rest" };
  const chosen = word === "On hold" || advisers.some(phone => phone.state.kind !== "rest");
  const current = kind === "talking" ? 3 : kind === "rest" ? 0 : chosen ? 2 : 1;
  [...$("#steps").children].forEach((step, place) => {
    step.classList.toggle("done", place < current);
    if (place === current) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
}

function showList(panel, entries = [], draw) {
  const list = $("ol", panel);
  panel.hidden = entries.length === 0;
  setText($(".count", panel), String(entries.length));
  const wanted = JSON.stringify(entries);
  if (list.dataset.shown === wanted) return;
  list.dataset.shown = wanted;
  list.replaceChildren(...entries.map(draw));
}

function recording({ from, seconds, url }) {
  const item = make("li", "", `${page.nameOf(from)}, ${seconds} s`);
  const player = make("audio");
  Object.assign(player, { controls: true, preload: "none", src: url });
  item.append(player);
  return item;
}

function problem(entry) {
  return make("li", "", `${entry.code ? `${entry.code}: ` : ""}${entry.message} (${entry.subject}, ${timeOf(entry.at)})`);
}

function tick() {
  const now = Date.now() + clockAhead;
  for (const element of document.querySelectorAll("time[data-since]")) setText(element, lasted(now - Date.parse(element.dataset.since)));
  if (snapshot) setText($("#clock"), timeOf(now));
}

function connected(is, word) {
  $("#link").classList.toggle("lost", !is);
  setIcon($("#link svg"), is ? "tick" : "warn");
  setText($("#link span"), word);
  $("#banner").hidden = is;
  setText($("#banner"), is ? "" : "The simulator is not answering. What you see may be old; trying again …");
}

watch(state => {
  clockAhead = Date.parse(state.now) - Date.now();
  connected(true, "Live");
  render(state);
}, () => connected(false, "Not connected"));
setInterval(tick, 1000);
$("#search").oninput = () => page.render();

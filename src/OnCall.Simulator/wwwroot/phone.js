// One phone: an element made once, brought up to date in place from every snapshot.
import { $, follow, icon, make, setIcon, setOptions, setSince, setText, toEnd } from "./dom.js";
import { act } from "./network.js";
import { canSpeak, hear, hush, isListening, listen } from "./voice.js";
import { endOf, initials, isRinging, modes, readable, stateOf, timeOf, wordsOf } from "./words.js";

const keys = ["1", "2 abc", "3 def", "4 ghi", "5 jkl", "6 mno", "7 pqrs", "8 tuv", "9 wxyz", "*", "0", "#"];

export class Phone {
  /** @param page what the phones share: `numbers`, `nameOf(number)`, `announce(text)`, `render()` */
  constructor(number, officer, page) {
    this.number = number;
    this.officer = officer;
    this.page = page;
    this.opened = officer;
    this.unread = 0;
    this.sent = Promise.resolve();
    this.element = $("#phone").content.cloneNode(true).firstElementChild;
    this.element.id = `phone-${number.replace(/\W/g, "")}`;
    this.parts = new Proxy({}, { get: (found, part) => found[part] ??= $(`.${part}`, this.element) });
    this.#build();
  }

  #build() {
    const { open, answer, decline, machine, hangup, listen: ear, keypad, dial, texts, mode, log, bubbles } = this.parts;
    this.element.classList.toggle("officer", this.officer);
    dial.open = texts.open = this.officer;
    follow(log);
    follow(bubbles);
    open.onclick = () => this.#openOrClose();
    answer.onclick = () => { this.opened = true; this.#act("answer"); };
    decline.onclick = () => this.#act("decline");
    machine.onclick = () => { this.#act("mode", { mode: "voicemail" }); this.#act("answer"); };
    hangup.onclick = () => this.#act("hangup");
    ear.hidden = !canSpeak;
    ear.onclick = () => { listen(this.number, this.lately); this.page.render(); };
    keypad.append(...keys.map(key => this.#key(...key.split(" "))));
    this.element.onkeydown = event => this.#typed(event);
    $("form", dial).onsubmit = event => { event.preventDefault(); this.#call(event.target); };
    $("form", texts).onsubmit = event => { event.preventDefault(); this.#text(event.target); };
    setOptions($("select", mode), modes);
    $("select", mode).onchange = event => this.#act("mode", { mode: event.target.value });
  }

  #key(digit, letters) {
    const key = make("button", "", digit);
    key.type = "button";
    key.value = digit;
    key.setAttribute("aria-label", { "*": "star", "#": "hash" }[digit] ?? digit);
    if (letters) key.append(make("small", "", letters));
    key.onclick = () => this.#act("press", { digits: digit });
    return key;
  }

  /** One after the other, so that digits arrive in the order in which they were pressed. */
  #act(action, details) {
    return this.sent = this.sent.then(() => act(this.number, action, details));
  }

  #typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const key = [...this.parts.keypad.children].find(button => button.value === event.key);
    if (!key || key.disabled) return;
    key.click();
    key.animate?.([{ background: "var(--accent)" }, {}], 200);
  }

  #call(form) {
    this.#act("dial", { to: form.to.value, withheld: form.withheld.checked });
  }

  async #text(form) {
    const body = form.body.value.trim();
    if (body && await this.#act("text", { to: form.to.value, body })) form.body.value = "";
  }

  #openOrClose() {
    this.opened = !this.opened;
    this.page.render();
    this.element.scrollIntoView({ block: "nearest" });
    this.parts.open.focus({ preventScroll: true });
  }

  get large() {
    return this.opened || this.state.kind !== "rest";
  }

  update(phone) {
    const first = !this.state;
    const before = this.state?.kind;
    this.state = stateOf(phone);
    this.name = phone.name || readable(this.number);
    if (!first && before !== this.state.kind) this.#changed(before);
    this.#showHead(phone);
    this.#showCall(phone, first);
    this.#showTexts(phone.texts, first);
    this.#showForms(phone);
    this.element.classList.toggle("compact", !this.large);
  }

  /** When the phone has its place on the page: the newest words and texts are in sight. */
  settle() {
    toEnd(this.parts.log);
    toEnd(this.parts.bubbles);
  }

  #changed(before) {
    const { kind, call } = this.state;
    if (kind === "ringing") this.page.announce(`${this.name}’s phone is ringing.`);
    if (kind === "talking") this.page.announce(`${this.name} is talking with ${call.with.join(" and ")}.`);
    if (kind === "rest") { this.page.announce(`${this.name}: ${endOf(call).toLowerCase()}.`); hush(this.number); }
    if (before === "rest") this.arrived = performance.now();
  }

  #showHead(phone) {
    const { avatar, name, number, chip, word, open } = this.parts;
    const { kind, since, call } = this.state;
    const [, , short, picture] = modes.find(([value]) => value === phone.mode) ?? modes[0];
    const aside = short ?? (call && !this.officer ? endOf(call) : undefined);
    for (const each of ["rest", "ringing", "calling", "on-line", "talking"]) this.element.classList.toggle(each, each === kind);
    setText(avatar, initials(this.name));
    setText(name, this.name);
    setText(number, readable(phone.number));
    chip.hidden = kind === "rest" && !aside;
    setIcon($("svg", chip), this.state.icon ?? picture ?? "down");
    setText(word, this.state.word ?? aside ?? "");
    setSince($("time", chip), since);
    open.hidden = this.officer || kind !== "rest";
    open.setAttribute("aria-expanded", this.opened);
    open.setAttribute("aria-label", `${this.name}: ${this.opened ? "put the phone away" : "open the phone"}`);
  }

  #showCall(phone, first) {
    const { line, screen, hears, log, listen: ear } = this.parts;
    const { kind, call } = this.state;
    const sid = call?.sid ?? this.sid;
    if (sid !== this.sid) { log.replaceChildren(); this.heard = null; this.lately = null; this.sid = sid; }
    if (call) this.#hear(call.heard, first);
    setText(line, this.#line(kind, call));
    setText(hears, `${this.name} ${kind === "rest" ? "heard" : "hears"}`);
    log.setAttribute("aria-label", hears.textContent);
    screen.hidden = !log.childElementCount;
    ear.setAttribute("aria-pressed", isListening(this.number));
  }

  #line(kind, call) {
    const other = call && this.page.nameOf(call.other);
    if (kind === "ringing") return `${other} is calling`;
    if (kind === "talking") return `Talking with ${call.with.join(" and ")}`;
    if (kind === "calling") return `Calling ${other} …`;
    if (kind === "on-line") return call.direction === "in" ? `Call from ${other}` : `Call to ${other}`;
    if (this.sid) return `${endOf(call)}.`;
    return this.officer ? "Ready to call." : "";
  }

  /** Appends what is new; the same sound again and again (hold music, silence) becomes one line with a count. */
  #hear(entries, first) {
    const known = entries.findLastIndex(entry => `${entry.at}${entry.kind}${entry.text}` === this.heard?.key);
    const fresh = entries.slice(known + 1);
    for (const entry of fresh) {
      const key = `${entry.at}${entry.kind}${entry.text}`;
      if (this.heard?.kind === entry.kind && this.heard.text === entry.text) this.#again(key);
      else this.#append(entry, key);
      if (entry.kind === "say") this.lately = entry;
      if (first) continue;
      hear(this.number, entry.kind, entry.text, entry.language);
      if (entry.kind === "say") this.page.announce(`${this.name} hears: ${entry.text}`);
    }
  }

  #append(entry, key) {
    const item = make("li", entry.kind);
    const picture = { say: "ear", play: "music" }[entry.kind];
    if (picture) item.append(icon(picture));
    const words = make("span", "", wordsOf(entry, this.page.nameOf));
    if (entry.language) words.lang = entry.language;
    item.append(words);
    this.parts.log.append(item);
    this.heard = { ...entry, key, item, times: 1 };
  }

  #again(key) {
    const { item } = this.heard;
    this.heard.key = key;
    this.heard.times++;
    const count = $(".times", item) ?? item.appendChild(make("span", "times"));
    count.textContent = ` ×${this.heard.times}`;
  }

  #showTexts(all, first) {
    const { texts, bubbles, news } = this.parts;
    const drawn = new Map([...bubbles.children].map(bubble => [bubble.dataset.sid, bubble]));
    const fresh = all.filter(text => !drawn.has(text.sid));
    for (const text of fresh) drawn.set(text.sid, this.#bubble(text));
    for (const text of all) setText($(".status", drawn.get(text.sid)), text.status ?? "");

    // The network tells of the latest alone: what is older goes.
    const latest = all.map(text => drawn.get(text.sid));
    if (fresh.length || latest.length < bubbles.childElementCount) bubbles.replaceChildren(...latest);
    const arrived = fresh.filter(text => text.direction === "in");
    if (arrived.length && !first) {
      this.unread += arrived.length;
      arrived.forEach(text => this.page.announce(`${this.name} gets a text: ${text.body}`));
      texts.open = true;
    }
    if (arrived.length) this.replyTo = arrived.at(-1).from;
    if (this.large) this.unread = 0;
    news.hidden = !this.unread;
    if (this.unread) setText($("span", news), all.findLast(text => text.direction === "in").body);
    setText($(".count", texts), all.length ? String(all.length) : "");
  }

  #bubble(text) {
    const bubble = make("li", text.direction);
    bubble.dataset.sid = text.sid;
    const other = this.page.nameOf(text.direction === "in" ? text.from : text.to);
    const foot = make("small", "", `${text.direction === "in" ? "from" : "to"} ${other}, ${timeOf(text.at)} `);
    foot.append(make("span", "status"));
    bubble.append(make("p", "", text.body), foot);
    return bubble;
  }

  #showForms(phone) {
    const { answer, decline, machine, hangup, keypad, dial, texts, mode } = this.parts;
    const { kind } = this.state;
    const ringing = phone.calls.some(isRinging);
    const busy = kind !== "rest" && kind !== "ringing";
    answer.hidden = decline.hidden = machine.hidden = !ringing;
    hangup.hidden = !busy;
    keypad.hidden = !busy && !this.officer;
    keypad.setAttribute("aria-label", `Keypad of ${this.name}`);
    for (const key of keypad.children) key.disabled = !busy;
    dial.hidden = kind !== "rest";
    for (const form of [dial, texts]) setOptions($("select", form), this.page.numbers.map(line => [line.number, line.name]));
    if (this.replyTo && this.page.numbers.some(line => line.number === this.replyTo)) {
      $("select", texts).value = this.replyTo;
      this.replyTo = null;
    }
    mode.hidden = this.officer;
    const choice = $("select", mode);
    if (document.activeElement !== choice) choice.value = phone.mode ?? "manual";
  }
}

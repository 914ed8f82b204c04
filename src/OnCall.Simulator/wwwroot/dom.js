// The few things that every part of the page does to the document. All text goes in as text, never as markup.

const svg = "http://www.w3.org/2000/svg";

export const $ = (selector, root = document) => root.querySelector(selector);

/** An element with a class and a text. */
export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** An icon of the sprite in index.html; always beside a word, so hidden from screen readers. */
export function icon(name) {
  const picture = document.createElementNS(svg, "svg");
  picture.append(document.createElementNS(svg, "use"));
  return setIcon(picture, name);
}

export function setIcon(picture, name) {
  const use = picture.firstElementChild;
  if (use.getAttribute("href") !== `#i-${name}`) use.setAttribute("href", `#i-${name}`);
  return picture;
}

/** Writes only what differs, so that nothing flickers and no screen reader hears it twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A clock that counts up from an instant, kept by `tick`; null takes it away. */
export function setSince(element, since) {
  if (since) element.dataset.since = since;
  else { delete element.dataset.since; setText(element, ""); }
}

export function setOptions(select, options) {
  const wanted = JSON.stringify(options);
  if (select.dataset.options === wanted) return;
  const chosen = select.value;
  select.dataset.options = wanted;
  select.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

/** Puts the elements into the parent in this order, moving as few as possible and losing neither focus nor scroll. */
export function arrange(parent, elements) {
  const focused = document.activeElement;
  let place = parent.firstElementChild;
  for (const element of elements) {
    if (element === place) { place = place.nextElementSibling; continue; }
    const lists = [...element.querySelectorAll("ol")].map(list => [list, list.scrollTop]);
    parent.insertBefore(element, place);
    for (const [list, top] of lists) list.scrollTop = top;
  }
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

/** Makes a scrolling list one that `toEnd` keeps at its end, as long as the reader has not scrolled away from it. */
export function follow(list) {
  list.follows = true;
  list.onscroll = () => list.follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
}

export function toEnd(list) {
  if (list.follows) list.scrollTop = list.scrollHeight;
}

export function toast(text) {
  const note = make("p", "toast");
  const close = make("button");
  close.type = "button";
  close.setAttribute("aria-label", "Close this message");
  close.append(icon("cross"));
  close.onclick = () => note.remove();
  note.append(icon("warn"), make("span", "", text), close);
  $("#toasts").append(note);
  setTimeout(() => note.remove(), 12_000);
}

// The player: a dialog with the film, its chapters, transcript, downloads, command and HTML.

const player = part("player");
let shown = null; // { film, variant, media }
let addresses = []; // of what was made for it: subtitles, or the whole film

// `begin` says that the film was asked for by a click: it plays, if not too much motion.
function show(film, variant, begin) {
  const before = shown?.film === film ? shown.media : null;
  const at = before?.currentTime ?? 0, playing = before ? !before.paused : begin && !calm.matches;
  drop();
  const media = mediaOf(variant);
  shown = { film, variant, media };
  part("screen", player).dataset.theme = variant.theme;
  part("screen", player).style.setProperty("--shape", ratio(variant.aspect));
  part("screen", player).replaceChildren(media);
  part("unplayable", player).hidden = variant.type !== ".mov";
  describe();
  if (!player.open) player.showModal();
  if (!(media instanceof HTMLVideoElement)) return;
  if (at) media.currentTime = at;
  if (playing) media.play().catch(() => {}); // the browser forbids it: there is a button
}

function ratio(aspect) {
  const [width, height] = aspect.split(":").map(Number);
  return width > 0 && height > 0 ? width / height : 16 / 9;
}

function mediaOf(variant) {
  if (IMAGES.includes(variant.type) || variant.type === ".mov") {
    const src = variant.type === ".mov" || calm.matches ? variant.poster : variant.src;
    return made("img", undefined, { src, alt: variant.title });
  }
  const video = made("video", undefined, { controls: "", playsinline: "", preload: "metadata" });
  video.setAttribute("aria-label", variant.title);
  if (variant.poster) video.poster = variant.poster;
  for (const [lang, text] of variant.tracks) {
    // A page that was opened from a file may not load files of subtitles, but what it has itself.
    const src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
    addresses.push(src);
    video.append(track(document, lang, src));
  }
  video.addEventListener("error", () => (part("unplayable", player).hidden = false));
  video.addEventListener("timeupdate", () => mark(video.currentTime));
  video.src = variant.src;
  return video;
}

function track(owner, lang, src) {
  const element = owner.createElement("track");
  const label = lang ? nameOf(lang) : "–";
  for (const [name, value] of Object.entries({ kind: "subtitles", srclang: lang || "und", label, src })) {
    element.setAttribute(name, value);
  }
  return element;
}

function drop() {
  if (!shown) return;
  shown.media.pause?.();
  shown.media.removeAttribute("src");
  shown.media.load?.();
  shown.media.remove();
  addresses.forEach((each) => URL.revokeObjectURL(each));
  addresses = [];
  shown = null;
}

// Everything around the film, in the language of the page.
function describe() {
  if (!shown) return;
  const { film, variant, media } = shown;
  const lang = variant.lang || root.lang;
  part("title", player).textContent = fullTitle(variant);
  part("summary", player).textContent = variant.summary;
  for (const name of ["title", "summary", "transcript"]) part(name, player).lang = lang;
  part("choices", player).replaceChildren(...choices(film, variant));
  const chapters = variant.sections.map(([start, name]) => item(start, titleOf(name)));
  part("chapters", player).replaceChildren(...chapters);
  part("chapters-part", player).hidden = chapters.length < 2 || !(media instanceof HTMLVideoElement);
  const moments = variant.moments.filter(([, caption, narration]) => caption || narration);
  part("transcript", player).replaceChildren(...moments.map(spoken));
  part("transcript-part", player).hidden = !moments.length;
  part("downloads", player).replaceChildren(...variant.files.map(download));
  part("command", player).replaceChildren(...inWords(variant.command));
  part("command-part", player).hidden = !variant.command;
  const [how, html] = embedded(variant);
  part("how", player).textContent = how;
  part("embed", player).textContent = html;
  part("embed-part", player).hidden = variant.type === ".mov";
}

function fullTitle({ title, part: section }) {
  return section ? `${title} – ${section.split("..").map(titleOf).join(" … ")}` : title;
}

function choices(film, variant) {
  return KEYS.flatMap((key) => {
    const values = [...new Set(film.variants.map((each) => each[key]))];
    if (values.length < 2) return [];
    const label = made("label", say(key)), select = made("select");
    select.dataset.key = key;
    select.append(...values.map((value) => made("option", called(key, value) || "–", { value })));
    select.value = variant[key];
    select.addEventListener("change", () => {
      const those = film.variants.filter((each) => each[key] === select.value);
      show(film, nearest(those, { ...variant, [key]: select.value }), false);
      part("choices", player).querySelector(`[data-key="${key}"]`).focus();
    });
    label.append(select);
    return [label];
  });
}

// A place in the film: a button that goes there, or words beside a picture that cannot be sought.
function item(start, text) {
  const entry = made("li"), media = shown.media, goes = media instanceof HTMLVideoElement;
  const place = goes ? made("button", undefined, { type: "button" }) : made("div");
  place.append(made("time", clock(start)), " ", made("span", text, { dir: "auto" }));
  if (goes) place.addEventListener("click", () => go(media, start));
  entry.dataset.start = start;
  entry.append(place);
  return entry;
}

// From some servers (Python's, say) a browser can only play on, not go anywhere: then the whole film
// is loaded first.
async function go(media, start) {
  if (media.seekable?.length && media.seekable.end(0) < media.duration) {
    const playing = !media.paused;
    const film = URL.createObjectURL(await (await fetch(media.src)).blob());
    if (shown?.media !== media) return URL.revokeObjectURL(film); // it was left meanwhile
    addresses.push(film);
    media.src = film;
    if (playing) media.play().catch(() => {});
  }
  media.currentTime = start;
  mark(start);
}

function spoken([start, caption, narration]) {
  const entry = item(start, caption || "…");
  if (narration) entry.append(made("p", narration, { dir: "auto" }));
  return entry;
}

// Mark the chapter and the words of this moment.
function mark(seconds) {
  for (const list of [part("chapters", player), part("transcript", player)]) {
    const entries = [...list.children];
    const now = entries.findLast((each) => Number(each.dataset.start) <= seconds + 0.01);
    for (const each of entries) each.classList.toggle("now", each === now);
    for (const each of entries) each.firstChild.ariaCurrent = each === now ? "time" : null;
  }
}

function download([address, name, size]) {
  const entry = made("li");
  entry.append(made("a", name, { href: address, download: name, dir: "auto" }), " ");
  entry.append(made("small", size));
  return entry;
}

// HTML for another page: with the whole address if this page has one on the web. The subtitles are in
// it, since a browser loads no file of them from another site.
function embedded({ src, type, poster, title, aspect, tracks }) {
  const hosted = location.protocol.startsWith("http");
  const base = hosted ? new URL(".", location.href).href : "https://example.org/course/";
  // An element of a document that is never shown loads nothing.
  const nowhere = document.implementation.createHTMLDocument("");
  const media = nowhere.createElement(IMAGES.includes(type) ? "img" : "video");
  media.setAttribute("src", base + src);
  if (media.localName === "video") {
    for (const name of ["controls", "playsinline"]) media.setAttribute(name, "");
    media.setAttribute("preload", "none");
    if (poster) media.setAttribute("poster", base + poster);
    media.append(...tracks.map(([lang, text]) => track(nowhere, lang, inlined(text))));
  }
  media.setAttribute(media.localName === "video" ? "aria-label" : "alt", title);
  const shape = (aspect || "16:9").replace(":", " / ");
  media.setAttribute("style", `width: 100%; aspect-ratio: ${shape}`);
  return [hosted ? say("paste") : say("address", { base }), media.outerHTML.replaceAll('=""', "")];
}

function inlined(text) {
  const bytes = Array.from(new TextEncoder().encode(text), (each) => String.fromCharCode(each));
  return `data:text/vtt;charset=utf-8;base64,${btoa(bytes.join(""))}`;
}

player.addEventListener("close", () => {
  drop();
  history.replaceState(null, "", location.pathname + location.search);
});
player.addEventListener("click", (event) => {
  if (event.target === player) player.close(); // beside the player
});
part("close", player).addEventListener("click", () => player.close());
for (const button of player.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copyFrom(part(button.dataset.copy, player), button));
}

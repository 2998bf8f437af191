// The page: which films it shows, in which variant, in which language and colours.

const cards = [...document.querySelectorAll(".card")];
const filters = part("filters");
const languages = Object.keys(words);

for (const card of cards) {
  card.film = films[card.dataset.film];
  const lesson = card.closest(".lesson").querySelector("h2").textContent;
  card.texts = card.film.variants.flatMap((each) =>
    [each.title, each.summary, each.part, each.data, ...each.films, lesson]).join("\n").toLowerCase();
  watch(card);
  card.addEventListener("click", (event) => {
    const link = event.target.closest("a, .screen");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere) return; // another tab, or the file itself
    event.preventDefault();
    open(card, true);
  });
}

function open(card, begin) {
  stopPreview();
  history.replaceState(null, "", `#${encodeURI(card.id)}`);
  show(card.film, card.variant, begin);
}

function wanted() {
  return Object.fromEntries(new FormData(filters));
}

function choose() {
  const asked = wanted();
  const search = (asked.search ?? "").trim().toLowerCase().split(/\s+/);
  for (const card of cards) {
    const fit = card.film.variants.filter((each) =>
      KEYS.every((key) => !asked[key] || each[key] === asked[key]));
    card.hidden = !fit.length || !search.every((word) => card.texts.includes(word));
    if (!card.hidden) fill(card, nearest(fit, asked), fit.length);
  }
  const filtered = KEYS.some((key) => asked[key]) || search.join("") !== "";
  for (const lesson of document.querySelectorAll(".lesson")) {
    lesson.hidden = filtered && !lesson.querySelector(".card:not([hidden])");
  }
  const n = cards.filter((card) => !card.hidden).length;
  part("count").textContent = say(filtered ? "counted-of" : "counted", { n, of: cards.length });
  part("nothing").hidden = n > 0 || !filtered;
}

// Show a variant on a card; `others` is the number of those to choose from.
function fill(card, variant, others) {
  card.variant = variant;
  part("screen", card).dataset.theme = variant.theme;
  const poster = part("poster", card), title = part("title", card);
  poster.hidden = !variant.poster;
  if (poster.getAttribute("src") !== variant.poster) poster.src = variant.poster;
  title.textContent = fullTitle(variant);
  title.href = variant.src;
  part("summary", card).textContent = variant.summary;
  for (const each of [title, part("summary", card)]) each.lang = variant.lang || root.lang;
  const kinds = KEYS.filter((key) => variant[key] && differs(key));
  const about = [variant.length, ...kinds.map((key) => called(key, variant[key]))].filter(Boolean);
  part("about", card).replaceChildren(...about.map((text) => made("bdi", text)));
  if (others > 1) {
    part("about", card).append(made("span", say("versions", { n: others }), { class: "more" }));
  }
}

// Whether films differ in a key: then there is a filter for it.
function differs(key) {
  return filters.elements[key] !== undefined;
}

// ---- language and colours ----

function speak(lang) {
  root.lang = lang;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  for (const each of document.querySelectorAll("[data-say-label]")) {
    each.ariaLabel = each.title = say(each.dataset.sayLabel);
  }
  for (const each of document.querySelectorAll("[data-language]")) {
    each.textContent = each.dataset.language && nameOf(each.dataset.language);
  }
  choose();
  describe();
}

function usualLanguage() {
  const known = navigator.languages.map((each) => each.split("-")[0].toLowerCase());
  return known.find((lang) => languages.includes(lang)) ?? root.lang;
}

part("colours").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  choose();
});
darkScheme.addEventListener("change", choose);
const language = part("page-language");
language.append(...languages.map((lang) => made("option", nameOf(lang), { value: lang, lang })));
language.addEventListener("change", () => speak(language.value));

// ---- filters, contents, address ----

filters.addEventListener("input", choose);
filters.addEventListener("submit", (event) => event.preventDefault());
part("reset").addEventListener("click", () => {
  filters.reset();
  choose();
});
if (matchMedia("(max-width: 60rem)").matches) {
  for (const each of document.querySelectorAll("details[open]")) each.open = false;
}

function follow() {
  const place = placeIn(location.hash);
  const card = cards.find((each) => each.id === place);
  if (card && !player.open) open(card, false);
}

language.value = usualLanguage();
speak(language.value);
filters.hidden = !cards.length;
document.querySelector(".switches").hidden = false;
addEventListener("hashchange", follow);
follow();

// What all parts of the page share: its data, its words, small tools. Texts are only set as text.
"use strict";

const root = document.documentElement;
const { words, films } = JSON.parse(document.querySelector("script[type='application/json']").textContent);
const KEYS = ["lang", "theme", "aspect", "data"];
const IMAGES = [".gif", ".webp", ".apng"];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const darkScheme = matchMedia("(prefers-color-scheme: dark)");

const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`);

function say(key, values = {}) {
  return words[root.lang][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function made(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// A language is called as it calls itself, so that its readers find it.
function nameOf(lang) {
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(lang) || lang;
  } catch {
    return lang; // no code of a language
  }
}

// What a value of one of the KEYS is called.
function called(key, value) {
  if (key === "lang") return nameOf(value);
  return words[root.lang][`${key}:${value}`] === undefined ? value : say(`${key}:${value}`);
}

// A section of a film has a name like "first-steps".
function titleOf(section) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(section)) return section;
  return section[0].toUpperCase() + section.slice(1).replaceAll("-", " ");
}

// What the end of an address names, such as "#week-3/sgd".
function placeIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return ""; // typed by hand
  }
}

// A command, so that a line ends between its words and not within `--jobs`. As text it is the same.
function inWords(command) {
  return command.split(" ").flatMap((word, number) => [number ? " " : "", made("span", word)]);
}

function clock(seconds) {
  const whole = Math.floor(seconds), pad = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60), hours = Math.floor(minutes / 60);
  return hours ? `${hours}:${pad(minutes % 60)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : darkScheme.matches;
}

// The variant that is most like what is wanted: the first keys count more. Without a better one, a
// film in the language of the page and in its colours.
function nearest(variants, wanted) {
  const usual = { lang: root.lang, theme: isDark() ? "dark" : "light" };
  const like = (variant) => KEYS.reduce((sum, key) =>
    2 * sum + (variant[key] === (wanted[key] || usual[key]) ? 1 : 0), 0);
  return variants.reduce((best, each) => (like(each) > like(best) ? each : best));
}

function copyFrom(code, button) {
  getSelection().selectAllChildren(code);
  // What is selected can be copied where there is no clipboard for scripts.
  const done = navigator.clipboard?.writeText(code.textContent) ?? Promise.reject();
  done.catch(() => document.execCommand("copy"));
  button.textContent = say("copied");
  setTimeout(() => (button.textContent = say("copy")), 1500);
}

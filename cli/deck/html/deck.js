// The clips of a deck: reveal.js turns the slides, this plays what is on them.
//
// A slide with a clip has up to two steps, fragments of reveal.js. The first (.over) says that the
// clip has ended, the second (.question) shows the question. The clip follows its first step: it
// stands at its end if that is visible, and plays from its start if not. So keys, touch, a reload
// and going back need no rules of their own. A loop has no end and so no first step.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const reveal = document.querySelector(".reveal");
  const slides = all(".slides > section");
  const printing = /[?&](print-pdf|view=print)\b/i.test(location.search);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const videoOf = (slide) => slide.querySelector("video.film");
  const isOver = (slide) => slide.querySelector(".over")?.classList.contains("visible") ?? false;
  const current = () => Reveal.getCurrentSlide();

  // ---- clips ----

  function place(slide) {
    const video = videoOf(slide);
    if (video.readyState === 0) return; // "loadedmetadata" will call again
    video.pause();
    if (isOver(slide)) {
      if (!video.ended) video.currentTime = video.duration;
    } else {
      video.currentTime = 0;
      if (slide === current() && !calm && !Reveal.isOverview()) play(video);
    }
  }

  function play(video) {
    video.play().catch(() => {}); // a clip that was left meanwhile, or a browser that forbids it
  }

  // Blobs can be played from every place in them, whatever the server can do. A page that was
  // opened from a file may not read other files, but its videos may.
  async function addressOf(clip) {
    if (location.protocol === "file:" && !clip.startsWith("data:")) return clip;
    return URL.createObjectURL(await (await fetch(clip)).blob());
  }

  // Browsers play few videos at a time, so only those near the current slide are loaded.
  function load(video) {
    video.address ??= addressOf(video.dataset.clip);
    video.address.then((address) => {
      if (video.wanted && !video.hasAttribute("src")) video.src = address;
    }, () => showStill(video));
  }

  // A browser without H.264, or a film that is not there: its last picture takes its place.
  function showStill(video) {
    video.closest("section").classList.add("unplayable");
  }

  function unload(video) {
    if (!video.hasAttribute("src")) return;
    video.removeAttribute("src");
    video.load();
  }

  function loadNear() {
    const here = slides.indexOf(current());
    slides.forEach((slide, number) => {
      const video = videoOf(slide);
      if (!video) return;
      video.wanted = Math.abs(number - here) <= 1;
      (video.wanted ? load : unload)(video);
      if (video.wanted) place(slide);
    });
  }

  for (const slide of printing ? [] : slides.filter(videoOf)) {
    const video = videoOf(slide);
    video.addEventListener("loadedmetadata", () => place(slide));
    video.addEventListener("error", () => showStill(video));
    video.addEventListener("ended", () => {
      if (slide === current() && !isOver(slide)) Reveal.nextFragment();
    });
    for (const event of ["play", "pause", "ended"]) video.addEventListener(event, describe);
  }

  // ---- what keys, buttons and clicks do ----

  const actions = {
    next: () => Reveal.next(),
    back: () => Reveal.prev(),
    overview: () => Reveal.toggleOverview(),
    full: () => Reveal.triggerKey(70),
    speaker: openSpeaker,
    help: () => document.getElementById("help").showModal(),
    pause() {
      const slide = current(), video = videoOf(slide);
      if (!video) return Reveal.next();
      if (!video.paused) return video.pause();
      if (isOver(slide)) Reveal.navigateFragment(-1);
      play(video);
    },
  };

  for (const button of all("[data-do]")) {
    button.addEventListener("click", () => {
      button.blur(); // so that the space bar does not press it again
      actions[button.dataset.do]();
    });
  }

  for (const part of all(".clip .film, .clip .question")) {
    part.addEventListener("click", (event) => {
      if (!Reveal.isOverview() && !calls(event)) Reveal.next();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "?") actions.help();
  });

  // Browsers refuse sound until the page was touched.
  function unmute() {
    for (const video of all("video.film")) video.muted = false;
  }
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, unmute, { once: true });

  // The bar is shown while a mouse moves, or when a finger touches the place where it is.
  let sleep = 0;
  function calls(event) {
    return event.pointerType === "touch" && event.clientY > 0.8 * innerHeight;
  }
  function wake(event) {
    if (event.pointerType === "touch" && !calls(event)) return;
    reveal.classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => reveal.classList.remove("awake"), 2500);
  }
  for (const event of ["pointermove", "pointerdown"]) addEventListener(event, wake);

  // ---- the speaker's window ----
  //
  // reveal.js has one too. It loads the deck twice more, with every film and its sound, and speaks
  // English only.

  let speaker = null;
  let opened = 0;
  const inSpeaker = (selector) => speaker.document.querySelector(selector);
  const hasSpeaker = () => speaker !== null && !speaker.closed;

  function openSpeaker() {
    speaker = open("", "speaker", "width=1100,height=720");
    if (!speaker) return alert(reveal.dataset.blocked);
    const view = speaker.document;
    view.documentElement.lang = document.documentElement.lang;
    view.title = document.title;
    view.body.replaceChildren(view.importNode(document.getElementById("speaker").content, true));
    view.onkeydown = (event) => {
      event.preventDefault();
      Reveal.triggerKey(event.keyCode);
    };
    opened = Date.now();
    describe();
  }

  function describe() {
    const slide = current(), number = slides.indexOf(slide), next = slides[number + 1];
    const place = `${number + 1} / ${slides.length}`;
    document.querySelector(".bar .place").textContent = place;
    reveal.dataset.state = !videoOf(slide) ? "" : videoOf(slide).paused ? "paused" : "playing";
    if (!hasSpeaker()) return;
    const titleOf = (shown) => shown?.querySelector("h1, h2").textContent ?? "";
    const last = next?.querySelector("img.film");
    inSpeaker(".place").textContent = place;
    inSpeaker(".now p").textContent = titleOf(slide);
    inSpeaker(".next p").textContent = titleOf(next);
    inSpeaker(".next img").hidden = !last;
    if (last) inSpeaker(".next img").src = last.src;
    const notes = slide.querySelector("aside.notes")?.children ?? [];
    const copies = [...notes].map((note) => speaker.document.importNode(note, true));
    inSpeaker(".notes").replaceChildren(...copies);
    tick();
  }

  function tick() {
    if (!hasSpeaker()) return;
    const video = videoOf(current()), picture = inSpeaker(".now canvas");
    const left = video?.duration && !video.loop ? video.duration - video.currentTime : null;
    inSpeaker(".clock").textContent = new Date().toTimeString().slice(0, 5);
    inSpeaker(".elapsed").textContent = minutes((Date.now() - opened) / 1000);
    inSpeaker(".left").textContent = left === null ? "–" : minutes(Math.ceil(left));
    picture.hidden = !video?.videoWidth;
    if (picture.hidden) return;
    picture.width = video.videoWidth;
    picture.height = video.videoHeight;
    picture.getContext("2d").drawImage(video, 0, 0);
  }

  function minutes(seconds) {
    return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  }

  setInterval(tick, 250);

  // ---- reveal.js ----

  // What has the focus keeps its keys while it is visible: a button, a dialog, a live slide. But a
  // page is turned over from there, too. Keys from the speaker's window have no name.
  function isForSlides({ key }) {
    const keeper = document.activeElement?.closest("button, dialog, .live");
    if (!key || !keeper?.checkVisibility()) return true;
    return key.startsWith("Page") && !keeper.closest("dialog");
  }

  Reveal.on("slidechanged", () => {
    loadNear();
    describe();
    if (calm && videoOf(current()) && !isOver(current())) Reveal.nextFragment();
  });
  Reveal.on("fragmentshown", ({ fragment }) => {
    if (fragment.matches(".over")) place(current());
    describe();
  });
  Reveal.on("fragmenthidden", ({ fragment }) => {
    if (fragment.matches(".over")) place(current());
    else if (fragment.matches(".question") && isOver(current())) Reveal.prevFragment();
    describe();
  });
  for (const event of ["paused", "overviewshown"]) {
    Reveal.on(event, () => videoOf(current())?.pause());
  }
  Reveal.initialize({
    width: printing ? Number(reveal.dataset.width) : "100%",
    height: printing ? Number(reveal.dataset.height) : "100%",
    margin: 0, minScale: 1, maxScale: 1,
    display: "grid", center: false, transition: "none", backgroundTransition: "none",
    hash: true, controls: false, progress: false, help: false, jumpToSlide: false,
    scrollActivationWidth: null, pdfSeparateFragments: false, hideCursorTime: 2500,
    keyboard: { 32: actions.pause, 83: actions.speaker },
    keyboardCondition: isForSlides,
  }).then(() => {
    if (printing) return;
    loadNear();
    describe();
  });
})();

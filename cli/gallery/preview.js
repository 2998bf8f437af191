// A film plays on its card, silently, while the mouse or the focus is there; one at a time. Nothing
// is loaded before, and nothing plays for those who asked for little motion.

const preview = { card: null, timer: 0, media: null };

function startPreview(card) {
  stopPreview();
  if (calm.matches) return;
  preview.card = card;
  preview.timer = setTimeout(() => {
    const { src, type } = card.variant;
    if (type === ".mov") return;
    const media = IMAGES.includes(type) ? made("img", undefined, { alt: "" }) : made("video");
    if (media instanceof HTMLVideoElement) {
      media.muted = media.loop = media.playsInline = true;
      media.disableRemotePlayback = true;
      media.tabIndex = -1;
    }
    media.className = "preview";
    media.ariaHidden = "true"; // the card says what it is
    media.src = src;
    part("screen", card).append(media);
    preview.media = media;
    media.play?.().catch(() => {}); // the card was left meanwhile, or the browser cannot play it
  }, 150);
}

function stopPreview() {
  clearTimeout(preview.timer);
  if (preview.media) {
    preview.media.pause?.();
    preview.media.removeAttribute("src");
    preview.media.load?.(); // ends the download
    preview.media.remove();
  }
  Object.assign(preview, { card: null, media: null });
}

function watch(card) {
  const link = part("title", card);
  card.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") startPreview(card);
  });
  card.addEventListener("pointerleave", stopPreview);
  link.addEventListener("focus", () => {
    if (link.matches(":focus-visible")) startPreview(card);
  });
  link.addEventListener("blur", stopPreview);
}

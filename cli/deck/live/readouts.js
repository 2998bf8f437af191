// What is written beside the plots, and what is told to those who cannot see them.

/** The numbers at update k; their attribute `value` has all digits. */
function writeReadouts(parts, given, now) {
    const { words } = given;
    const put = (part, value, text = shown(value)) => {
        parts[part].value = String(value);
        parts[part].textContent = text;
    };
    const w = now.descent.w[now.k];
    const epoch = Math.floor(now.k / given.updates_per_epoch);
    put("k", now.k, now.rows ? filled(words["k-of"], { k: now.k, epoch }) : String(now.k));
    put("w", w);
    put("J", meanLoss(w, now.data, null));
    put("slope", now.slope);
    const one = now.rows && now.samples.length === 1;
    parts.loss.textContent = one ? `ℓ${subscript(now.samples[0] + 1)}` : now.rows ? "ℓ" : "";
    const some = now.rows ? "var(--gd-minibatch)" : "";
    parts.slope.style.color = one ? now.hue(now.samples[0]) : some;
    parts.next.textContent = nextText(words, now, w);
    const { divergedAt } = now.descent;
    const sentence = words[divergedAt === null ? now.outcome : "diverged"];
    const told = filled(sentence, { n: divergedAt, epochs: given.epochs });
    parts.verdict.dataset.outcome = now.outcome;
    if (parts.verdict.textContent !== told) parts.verdict.textContent = told; // a change is read aloud
}

/** The step that comes, with its numbers. */
function nextText(words, now, w) {
    if (!now.hasNext) return words.end;
    const reached = now.k < now.made ? shown(now.descent.w[now.k + 1]) : "∞";
    if (now.rule === "sgd") {
        const rate = short(now.rate).replaceAll("-", "−");
        return `w ← ${shown(w)} − ${rate} · (${shown(now.slope)}) = ${reached}`;
    }
    if (now.k === now.made) return `w ← ${reached}`;
    const step = now.descent.w[now.k + 1] - w;
    return `w ← ${shown(w)} ${step < 0 ? "−" : "+"} ${shown(Math.abs(step))} = ${reached}`;
}

/** The values of the two plots that are moved by keys, for screen readers. */
function describe(parts, view, { start, data: { x, y } }, chosen, words) {
    const tell = (part, values) => {
        for (const [name, value] of Object.entries(values))
            part.setAttribute(`aria-${name}`, value);
    };
    const [low, high] = view.w;
    tell(parts.stage, {
        valuemin: low,
        valuemax: high,
        valuenow: start,
        valuetext: `w = ${shown(start)}`,
    });
    const told = { number: chosen + 1, x: x[chosen], y: y[chosen] };
    const [least, most] = view.y;
    const text = filled(words.sample, told);
    tell(parts.data, { valuemin: least, valuemax: most, valuenow: y[chosen], valuetext: text });
}

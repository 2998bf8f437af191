// The element: it joins what was chosen, the descent, the pictures, the controls and the address.

const SAVE_AFTER = 400; // milliseconds; browsers refuse an address that changes too often
const NOT_OURS = ["Escape", "PageUp", "PageDown", "F5", "F11", "F12"]; // go on to a deck around

class Live {
    constructor(root) {
        this.root = root;
        this.given = JSON.parse(root.querySelector("script").textContent);
        this.words = this.given.words;
        this.parts = {};
        for (const part of root.querySelectorAll("[data-part]"))
            this.parts[part.dataset.part] = part;
        for (const part of root.querySelectorAll("[data-word]"))
            part.textContent = this.words[part.dataset.word];
        for (const part of root.querySelectorAll("[data-label]"))
            part.setAttribute("aria-label", this.words[part.dataset.label]);
        this.player = new Player((seconds) => this.advance(seconds));
        this.fillChoices();
        this.listen();
        this.restore();
        const resized = new ResizeObserver(() => this.draw());
        for (const plot of ["stage", "data", "chart"]) resized.observe(this.parts[plot]);
    }

    /** Begin with the state that the address names. */
    restore() {
        this.pause();
        this.state = stateOf(this.given, this.given.in_url ? location.hash : "");
        this.chosen = 0;
        this.fillNumbers();
        this.descend();
        this.fit();
        this.update();
    }

    /** Write the state into the address, so that it can be sent to somebody. */
    save() {
        clearTimeout(this.saving);
        if (!this.given.in_url || this.player.playing) return;
        this.saving = setTimeout(() => {
            this.hash = hashOf(this.given, this.state);
            history.replaceState(null, "", this.hash);
        }, SAVE_AFTER);
    }

    // What follows from the state

    get rows() {
        return this.given.orders[this.state.order];
    }

    /** The update at which the picture stands. */
    get k() {
        return Math.floor(this.state.at);
    }

    /** How many updates the descent made. */
    get made() {
        return this.descent.gradient.length;
    }

    descend() {
        const { data, start, rate, rule, numbers } = this.state;
        const { rows, given } = this;
        const updates = given.epochs * (rows === null ? 1 : given.updates_per_epoch);
        this.descent = descend({ data, start, rate, rule, numbers, rows, updates });
        this.facts = factsOf(data);
        const moves = this.facts.curvature > 0;
        this.found = moves ? outcome(this.descent, this.facts, rows === null) : "flat";
        this.state.at = Math.min(this.state.at, this.made);
    }

    /** Choose what the plots show. They keep it while something is dragged. */
    fit() {
        this.view = viewOf(this.state.data, this.facts, this.descent.w, this.k, this.given.start);
    }

    /** What the drawing functions need. */
    now() {
        const { k, descent, state, rows } = this;
        const part = state.at - k;
        const hasNext = k < this.made || descent.divergedAt === k;
        const w = descent.w[k];
        const next = k < this.made ? descent.w[k + 1] : w > this.facts.goal ? -LIMIT : LIMIT;
        const samples = samplesOf(rows, k);
        const hues = this.given.hues;
        return {
            data: state.data,
            facts: this.facts,
            descent,
            rows,
            k,
            samples,
            words: this.words,
            rule: state.rule,
            rate: state.rate,
            made: this.made,
            outcome: this.found,
            names: this.given.data.names,
            hasNext,
            next,
            resting: part === 0,
            slope: slope(w, state.data, samples),
            shownW: part === 0 ? w : w + (descent.w[k + 1] - w) * (k < SLOW ? ease(part) : part),
            hue: (i) => hues[i % hues.length],
        };
    }

    draw() {
        const now = this.now();
        const { parts } = this;
        this.plot = drawStage(parts.stage, this.view, now);
        this.dataPlot = drawData(parts.data, this.view, now, this.chosen);
        drawChart(parts.chart, now);
        writeReadouts(this.parts, this.given, now);
        describe(this.parts, this.view, this.state, this.chosen, this.words);
    }

    /** After a change: fields, pictures, command, URL. */
    update() {
        const { parts, state } = this;
        const fill = (field, value) => {
            const typing = field === document.activeElement && field.value !== "";
            if (!typing || Number(field.value) !== value) field.value = short(value);
            field.removeAttribute("aria-invalid");
        };
        fill(parts.start, state.start);
        fill(parts.rate, state.rate);
        parts.slider.value = placeOf(state.rate, this.given.rates);
        parts.slider.setAttribute("aria-valuetext", short(state.rate));
        parts.order.value = state.order;
        parts.rule.value = state.rule;
        parts.step.disabled = this.k >= this.made;
        parts.back.disabled = state.at === 0;
        parts.command.textContent = commandOf(this.given, this.state);
        this.draw();
        this.save();
    }

    /** A new choice: the same number of updates, made anew. */
    change(changes, keepView = false) {
        Object.assign(this.state, changes, { at: this.k });
        this.descend();
        if (!keepView) this.fit();
        this.update();
    }

    go(k) {
        this.pause();
        this.state.at = Math.min(Math.max(k, 0), this.made);
        this.fit();
        this.update();
    }

    // Playing

    play() {
        if (this.k >= this.made) this.state.at = 0;
        this.parts.play.textContent = this.words.pause;
        this.player.start();
    }

    /** Go on by the time that has passed. */
    advance(seconds) {
        this.state.at = Math.min(this.made, placeAfter(this.state.at, seconds, this.made));
        this.fit();
        this.update();
        if (this.state.at >= this.made) this.pause();
    }

    /** Stand still, at an update. */
    pause() {
        this.parts.play.textContent = this.words.play;
        if (!this.player.playing) return;
        this.player.stop();
        this.state.at = Math.min(Math.ceil(this.state.at), this.made);
        this.update();
    }

    // Buttons and fields

    fillChoices() {
        const { parts, given, words } = this;
        const option = (value, text) => new Option(text, value);
        parts.order.append(
            ...Object.keys(given.orders).map((order) => option(order, words[order])),
        );
        parts.rule.append(...Object.keys(given.rules).map((rule) => option(rule, words[rule])));
        parts.slider.max = SLIDER;
    }

    /** A field for each number of the rule. */
    fillNumbers() {
        const { rule, numbers } = this.state;
        const fields = Object.entries(this.given.rules[rule]).map(([name, range]) => {
            const label = document.createElement("label");
            const field = document.createElement("input");
            Object.assign(field, { type: "number", step: "any", value: short(numbers[name]) });
            field.dataset.number = name;
            label.append(name, " ", field);
            const use = (value) =>
                this.change({ numbers: { ...this.state.numbers, [name]: value } });
            listenToNumber(field, range, use, () => {
                field.value = short(this.state.numbers[name]);
                field.removeAttribute("aria-invalid");
            });
            return label;
        });
        this.parts.numbers.replaceChildren(...fields);
    }

    listen() {
        const { parts } = this;
        parts.play.addEventListener("click", () =>
            this.player.playing ? this.pause() : this.play(),
        );
        parts.step.addEventListener("click", () => this.go(this.k + 1));
        parts.back.addEventListener("click", () => this.go(Math.ceil(this.state.at) - 1));
        parts.reset.addEventListener("click", () => this.go(0));
        parts.copy.addEventListener("click", () => this.copy());
        const leave = () => this.update();
        listenToNumber(parts.start, STARTS, (start) => this.change({ start }), leave);
        listenToNumber(parts.rate, RATES, (rate) => this.change({ rate }), leave);
        const slide = () =>
            this.change({ rate: rateAt(Number(parts.slider.value), this.given.rates) });
        parts.slider.addEventListener("input", slide);
        parts.order.addEventListener("change", () => this.change({ order: parts.order.value }));
        parts.rule.addEventListener("change", () => {
            const rule = parts.rule.value;
            this.change({ rule, numbers: defaultsOf(this.given, rule) });
            this.fillNumbers();
        });
        listenToStage(this);
        listenToSamples(this);
        // A deck around has keys of its own, which must not be pressed here.
        this.root.addEventListener("keydown", (event) => {
            if (!NOT_OURS.includes(event.key)) event.stopPropagation();
        });
        if (this.given.in_url)
            addEventListener("hashchange", () => location.hash !== this.hash && this.restore());
    }

    async copy() {
        const { command, copy } = this.parts;
        getSelection().selectAllChildren(command);
        try {
            await navigator.clipboard.writeText(command.textContent);
        } catch {
            document.execCommand("copy"); // what is selected; without a clipboard it stays selected
        }
        copy.textContent = this.words.copied;
        setTimeout(() => (copy.textContent = this.words.copy), 1500);
    }
}

document.querySelectorAll(".gd-live").forEach((root, number) => {
    root.dataset.number = number;
    new Live(root);
});

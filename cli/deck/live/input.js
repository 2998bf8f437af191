// What fingers, mice, keys and fields say, as numbers.

const REACH = 48; // pixels: what is nearer can be held

/**
 * Call `move` with each place of a held pointer, in the SVG's own pixels, and at last `end`.
 * `begin` gets the first place, and whether a finger is there; it says whether to hold it.
 */
function drag(svg, { begin, move, end }) {
    const place = (event) => {
        const box = svg.getBoundingClientRect(); // a deck around may scale it
        const scale = svg.clientWidth / box.width;
        return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    let held = false;
    svg.addEventListener("pointerdown", (event) => {
        held = event.button === 0 && begin(place(event), event.pointerType === "touch");
        if (!held) return;
        svg.setPointerCapture(event.pointerId);
        move(place(event));
    });
    svg.addEventListener("pointermove", (event) => held && move(place(event)));
    for (const name of ["pointerup", "pointercancel"])
        svg.addEventListener(name, () => {
            if (held) end();
            held = false;
        });
}

/** The value at a pixel between two ends, within them, with as many digits as one can aim at. */
function valueAt(pixel, from, to, [low, high]) {
    const step = 10 ** Math.floor(Math.log10((high - low) / 100));
    const part = Math.min(Math.max((pixel - from) / (to - from), 0), 1);
    return tidy(Math.round((low + part * (high - low)) / step) * step);
}

/** By how many steps a key moves a point, [right, up]: one, or ten with Shift; null for others. */
function stepsOf(event) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const way = ways[event.key];
    return way ? way.map((each) => each * (event.shiftKey ? 10 : 1)) : null;
}

/** The value some steps on; a step is a round number of about a hundredth of the view. */
function nudged(value, steps, [low, high]) {
    const step = 10 ** Math.floor(Math.log10((high - low) / 50));
    return tidy(value + steps * step);
}

/** Without the digits that come from rounding: 0.3 for 0.30000000000000004. */
const tidy = (value) => Number(value.toPrecision(12));

/** Call `use` with each number in its range that is typed, `leave` when the field is left. */
function listenToNumber(field, range, use, leave) {
    field.addEventListener("input", () => {
        const value = field.value.trim() === "" ? NaN : Number(field.value);
        if (inRange(value, range)) {
            field.removeAttribute("aria-invalid");
            use(value);
        } else field.setAttribute("aria-invalid", "true");
    });
    field.addEventListener("change", leave);
}

const SLIDER = 1000; // places of the rate's slider: equal ways are equal factors

/** The slider's place for a rate; `rates` are those of its ends. */
function placeOf(rate, rates) {
    const [low, high] = rates.map(Math.log10);
    return Math.round((SLIDER * (Math.log10(rate) - low)) / (high - low));
}

/** The rate at a place of the slider, to two digits. */
function rateAt(place, rates) {
    const [low, high] = rates.map(Math.log10);
    return Number((10 ** (low + ((high - low) * place) / SLIDER)).toPrecision(2));
}

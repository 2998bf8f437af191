// The pictures: three plots, drawn anew into their SVG elements at each change.

const SVG = "http://www.w3.org/2000/svg";
const CURVE_POINTS = 160;
const TRAIL = 400; // updates of the path that are drawn, the last ones,
const DOTS = 80; // and those that have a dot
const FAR = 1e5; // pixels
const CHART = 600; // points of the chart of J

function add(parent, name, attributes, text) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    parent.append(node);
    return node;
}

/** At most about `count` round numbers within the range, and the digits that tell them apart. */
function ticks([from, to], count) {
    const rough = (to - from) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
    const found = [];
    for (let i = Math.ceil(from / step); i * step <= to * (1 + 1e-12); i++) found.push(i * step);
    return { found, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

function tickText(value, decimals) {
    const long = Math.abs(value) >= 1e5 || (decimals > 4 && value !== 0);
    return (long ? String(Number(value.toPrecision(3))) : value.toFixed(decimals)).replace(
        "-",
        "−",
    );
}

/** A pixel, not farther outside than SVG can draw: what is infinite lies above or to the left. */
const within = (pixel) => (pixel > -FAR ? Math.min(pixel, FAR) : -FAR);

/** Axes with grid and numbers. Returns the scales x and y, and the layer for what is plotted. */
function axes(svg, { x, y, names, few = false }) {
    const [width, height] = [svg.clientWidth || 300, svg.clientHeight || 200];
    const across = ticks(x, Math.max(2, Math.min(few ? 4 : 8, width / 70)));
    const up = ticks(y, Math.max(2, Math.min(few ? 4 : 7, height / 45)));
    const longest = Math.max(...up.found.map((value) => tickText(value, up.decimals).length));
    const left = Math.max(46, 9 * longest + 10);
    const box = { left, right: width - 26, top: 26, bottom: height - 28 };
    const perX = (box.right - box.left) / (x[1] - x[0]); // pixels for 1
    const perY = (box.bottom - box.top) / (y[1] - y[0]);
    const X = (value) => within(box.left + (value - x[0]) * perX);
    const Y = (value) => within(box.bottom - (value - y[0]) * perY);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren();
    for (const value of across.found) {
        add(svg, "line", {
            class: "grid",
            x1: X(value),
            x2: X(value),
            y1: box.top,
            y2: box.bottom,
        });
        const place = { class: "tick", x: X(value), y: box.bottom + 18, "text-anchor": "middle" };
        add(svg, "text", place, tickText(value, across.decimals));
    }
    for (const value of up.found) {
        add(svg, "line", {
            class: "grid",
            x1: box.left,
            x2: box.right,
            y1: Y(value),
            y2: Y(value),
        });
        const place = { class: "tick", x: box.left - 7, y: Y(value) + 4, "text-anchor": "end" };
        add(svg, "text", place, tickText(value, up.decimals));
    }
    const corner = `M${box.left},${box.top}V${box.bottom}H${box.right}`;
    add(svg, "path", { class: "axis", d: corner });
    const [right, above] = names;
    const named = ({ role }) => ({ class: `name ${role}`, ...(role ? { lang: "en" } : {}) });
    const beside = { x: width - 4, y: box.bottom - 8, "text-anchor": "end" };
    add(svg, "text", { ...named(right), ...beside }, right.text);
    add(svg, "text", { ...named(above), x: 8, y: 17 }, above.text);
    const id = `clip-${svg.dataset.part}-${svg.closest(".gd-live").dataset.number}`;
    const clip = add(svg, "clipPath", { id });
    const size = { width: box.right - box.left + 8, height: box.bottom - box.top + 8 };
    add(clip, "rect", { x: box.left - 4, y: box.top - 4, ...size });
    const layer = add(svg, "g", { "clip-path": `url(#${id})` });
    return { X, Y, perX, perY, box, layer };
}

/** From just below the smallest to just above the largest value; with 0 if that is near. */
function around(values) {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const apart = least > 0.6 * most && values.length > 1;
    const [from, to] = apart ? [least, most] : [Math.min(0, least), Math.max(0, most)];
    if (from === to) return [-1, 1];
    const room = 0.15 * (to - from);
    return [from === 0 ? from : from - room, to === 0 ? to : to + room];
}

/**
 * What the plots show: the ranges of w and J, with the start, the minimum and the path as far as
 * it is not much farther away; and those of x and y. `usual` is the start that the page began with.
 */
function viewOf(data, { goal, curvature }, path, k, usual) {
    const middle = Number.isFinite(goal) ? goal : path[0];
    const least = 0.25 * (Math.abs(usual - middle) || Math.abs(middle) || 1);
    const away = Math.max(Math.abs(path[0] - middle), least);
    const far = path.slice(0, k + 1).reduce((most, w) => Math.max(most, Math.abs(w - middle)), 0);
    const half = 1.35 * Math.max(away, Math.min(far, 3 * away));
    const lowest = meanLoss(middle, data, null);
    const rise = (curvature / 2) * half ** 2 || 1;
    const from = lowest < rise ? 0 : lowest - 0.1 * rise;
    const w = [middle - half, middle + half];
    return { w, J: [from, lowest + rise], x: around(data.x), y: around(data.y) };
}

/** A line through points, as SVG spells it. */
const line = (points) => `M${points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L")}`;

/** The function's curve over the whole width. */
function curve({ X, Y, layer }, range, height, attributes) {
    const points = [];
    for (let i = 0; i <= CURVE_POINTS; i++) {
        const w = range[0] + ((range[1] - range[0]) * i) / CURVE_POINTS;
        points.push([X(w), Y(height(w))]);
    }
    add(layer, "path", { ...attributes, d: line(points) });
}

/** A piece of the tangent at (w, height), `half` pixels to both sides. */
function tangent({ X, Y, perX, perY, layer }, w, height, slope, half, colour) {
    const [x, y] = [X(w), Y(height)];
    const [dx, dy] = [perX, -slope * perY];
    const part = half / Math.hypot(dx, dy);
    const ends = { x1: x - part * dx, y1: y - part * dy, x2: x + part * dx, y2: y + part * dy };
    add(layer, "line", {
        class: "tangent",
        ...ends,
        ...(colour ? { style: `stroke: ${colour}` } : {}),
    });
}

/** An arrow along the w axis. */
function arrow({ X, box, layer }, from, to, y) {
    const [x1, end] = [X(from), Math.min(Math.max(X(to), box.left - 3), box.right + 3)];
    if (Math.abs(end - x1) < 1) return;
    const head = Math.min(9, Math.abs(end - x1)) * Math.sign(end - x1);
    add(layer, "line", { class: "step", x1, x2: end - head / 2, y1: y, y2: y });
    const tip = `M${end},${y}l${-head},${-5}v10z`;
    add(layer, "path", { class: "step-tip", d: tip });
}

/** The stage: J, where the descent is and was, the tangent, and the step that comes. */
function drawStage(svg, view, now) {
    const { data, facts, descent, words } = now;
    const J = (w) => meanLoss(w, data, null);
    const plot = axes(svg, {
        x: view.w,
        y: view.J,
        names: [
            { text: "w", role: "of-point" },
            { text: now.rows ? "J, ℓ" : "J(w)", role: "of-cost" },
        ],
    });
    const { X, Y, box, layer } = plot;
    const one = now.rows && now.samples.length === 1;
    const sampleHue = one ? now.hue(now.samples[0]) : "var(--gd-minibatch)";
    curve(plot, view.w, J, { class: "cost" });
    if (now.rows && now.hasNext) {
        const loss = (w) => meanLoss(w, data, now.samples);
        curve(plot, view.w, loss, { class: "loss", style: `stroke: ${sampleHue}` });
    }
    if (Number.isFinite(facts.goal)) {
        const lowest = { class: "goal", cx: X(facts.goal), cy: Y(J(facts.goal)), r: 4 };
        add(layer, "circle", lowest);
    }
    const startX = X(descent.w[0]);
    const drop = { x1: startX, x2: startX, y1: Y(J(descent.w[0])), y2: box.bottom };
    add(layer, "line", { class: "start", ...drop });
    add(svg, "circle", { class: "handle", cx: startX, cy: box.bottom, r: 6 });
    const first = Math.max(0, now.k - TRAIL);
    const past = descent.w.slice(first, now.k + 1).map((w) => [X(w), Y(J(w))]);
    if (past.length > 1) add(layer, "path", { class: "path", d: line(past) });
    for (const [cx, cy] of past.slice(-DOTS)) add(layer, "circle", { class: "past", cx, cy, r: 3 });
    const w = now.shownW;
    if (now.hasNext && now.resting) {
        const height = now.rows ? meanLoss(w, data, now.samples) : J(w);
        if (now.rows) {
            add(layer, "line", { class: "twin", x1: X(w), x2: X(w), y1: Y(J(w)), y2: Y(height) });
            const twin = { class: "twin-point", cx: X(w), cy: Y(height), r: 6 };
            add(layer, "circle", { ...twin, style: `stroke: ${sampleHue}` });
        }
        tangent(plot, w, height, now.slope, 64, now.rows && sampleHue);
        arrow(plot, w, now.next, Y(height));
    }
    add(layer, "circle", { class: "point", cx: X(w), cy: Y(J(w)), r: 8 });
    if (w < view.w[0] || w > view.w[1]) {
        const place = {
            class: "gone",
            y: box.top + 18,
            "text-anchor": w < view.w[0] ? "start" : "end",
        };
        const x = w < view.w[0] ? box.left + 10 : box.right - 10;
        const text = w < view.w[0] ? `← ${words.outside}` : `${words.outside} →`;
        add(svg, "text", { ...place, x }, text);
    }
    return plot;
}

/** The samples and the line ŷ = w·x; `chosen` is the sample that the keys move. */
function drawData(svg, view, now, chosen) {
    const { data, names } = now;
    const plot = axes(svg, {
        x: view.x,
        y: view.y,
        few: true,
        names: [
            { text: names[0] || "x", role: "" },
            { text: names[1] || "y", role: "" },
        ],
    });
    const { X, Y, layer } = plot;
    const r = data.x.length > 40 ? 3.5 : 6;
    data.x.forEach((x, i) => {
        const next = now.rows && now.hasNext && now.samples.includes(i);
        const kind = `sample${next ? " next" : ""}${i === chosen ? " chosen" : ""}`;
        add(layer, "circle", {
            class: kind,
            cx: X(x),
            cy: Y(data.y[i]),
            r,
            style: `fill: ${now.hue(i)}`,
        });
    });
    const ends = view.x.map((x) => [X(x), Y(now.shownW * x)]);
    add(layer, "path", { class: "model", d: line(ends) });
    return plot;
}

/** J after each update so far. */
function drawChart(svg, now) {
    const stride = Math.max(1, Math.ceil(now.k / CHART));
    const points = [];
    for (let k = 0; k < now.k; k += stride)
        points.push([k, meanLoss(now.descent.w[k], now.data, null)]);
    points.push([now.k, meanLoss(now.descent.w[now.k], now.data, null)]);
    const top = Math.max(...points.map(([, J]) => J).filter(Number.isFinite)) || 1;
    const plot = axes(svg, {
        x: [0, Math.max(now.k, 5)],
        y: [0, top * 1.06],
        few: true,
        names: [
            { text: "k", role: "" },
            { text: "J", role: "of-cost" },
        ],
    });
    const placed = points.map(([k, J]) => [plot.X(k), plot.Y(J)]);
    add(plot.layer, "path", { class: "cost", d: line(placed) });
    const [cx, cy] = placed[placed.length - 1];
    add(plot.layer, "circle", { class: "point", cx, cy, r: 5 });
}

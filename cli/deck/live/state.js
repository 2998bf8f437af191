// What was chosen, as a value: from the page and its address, as an address, and as a command.

const START_MAX = 1e30;
const RATE_MAX = 1e30;
const LARGEST = 1e60; // a coordinate of a sample
const STARTS = { least: -START_MAX, most: START_MAX };
const RATES = { above: 0, most: RATE_MAX };

const shown = (value) => {
    if (!Number.isFinite(value))
        return String(value).replace("-Infinity", "−∞").replace("Infinity", "∞");
    const size = Math.abs(value);
    const plain = size === 0 || (size >= 1e-4 && size < 1e6);
    return (plain ? value.toFixed(size < 100 ? 5 : 3) : value.toExponential(4)).replaceAll(
        "-",
        "−",
    );
};
/** The shortest text that reads back equal. */
const short = (value) =>
    value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
const inRange = (
    value,
    { least = -Infinity, most = Infinity, above = -Infinity, below = Infinity },
) => Number.isFinite(value) && value >= least && value <= most && value > above && value < below;
const subscript = (number) => String(number).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
const ease = (t) => t * t * (3 - 2 * t);
/** A word as a POSIX shell reads it. */
const quoted = (word) =>
    /^[\w@%+=:,.\/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** The numbers of a rule, as they are if nobody sets them. */
function defaultsOf(given, rule) {
    const entries = Object.entries(given.rules[rule]);
    return Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
}

/** The numbers of the state's rule that somebody has set, as pairs. */
function changedNumbers(given, { rule, numbers }) {
    return Object.entries(numbers).filter(
        ([name, value]) => value !== given.rules[rule][name].value,
    );
}

/** The state as the page was made. */
function initialState(given) {
    const { data, start, rate, order, rule } = given;
    const points = { x: [...data.x], y: [...data.y] };
    const numbers = { ...defaultsOf(given, rule.name), ...rule.numbers };
    return { data: points, start, rate, order, rule: rule.name, numbers, at: 0 };
}

/** The state that an address names; what it does not name, or names wrongly, is as at first. */
function stateOf(given, hash) {
    const state = initialState(given);
    const asked = new URLSearchParams(hash.slice(1));
    const number = (name, range) => {
        const value = asked.get(name)?.trim() ? Number(asked.get(name)) : NaN;
        return inRange(value, range) ? value : undefined;
    };
    state.start = number("w0", STARTS) ?? state.start;
    state.rate = number("lr", RATES) ?? state.rate;
    if (Object.hasOwn(given.orders, asked.get("order") ?? "")) state.order = asked.get("order");
    if (Object.hasOwn(given.rules, asked.get("rule") ?? "")) {
        state.rule = asked.get("rule");
        state.numbers = defaultsOf(given, state.rule);
        for (const [name, range] of Object.entries(given.rules[state.rule]))
            state.numbers[name] = number(name, range) ?? state.numbers[name];
    }
    const points = (asked.get("data") ?? "")
        .split(" ")
        .map((point) => point.split(",").map(Number));
    const isPoint = (point) =>
        point.length === 2 && point.every((each) => Math.abs(each) <= LARGEST);
    if (points.length === state.data.x.length && points.every(isPoint))
        state.data = { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
    state.at = Math.floor(number("k", { least: 0 }) ?? 0);
    return state;
}

/** The address of the state. */
function hashOf(given, state) {
    const { start, rate, order, rule, at } = state;
    const asked = new URLSearchParams({ w0: start, lr: rate, order, rule });
    for (const [name, value] of changedNumbers(given, state)) asked.set(name, value);
    if (moved(given, state)) asked.set("data", pointsOf(state));
    if (at >= 1) asked.set("k", Math.floor(at));
    return `#${asked}`;
}

const pointsOf = ({ data: { x, y } }) => x.map((xi, i) => `${xi},${y[i]}`).join(" ");

/** Whether a sample is elsewhere than in the data that the page was made with. */
function moved(given, { data }) {
    return data.x.some((x, i) => x !== given.data.x[i] || data.y[i] !== given.data.y[i]);
}

/** The command that films the state. */
function commandOf(given, state) {
    const { start, rate, order, rule } = state;
    const words = [given.program, "video", order === "batch" ? "batch" : "sgd"];
    if (moved(given, state)) words.push("--data", pointsOf(state), ...given.data.names_words);
    else words.push(...given.data.words);
    words.push("--w0", short(start), "--lr", short(rate));
    if (given.epochs !== given.usual_epochs) words.push("--epochs", given.epochs);
    const spelled = changedNumbers(given, state).map(([name, value]) => `${name}=${short(value)}`);
    if (rule !== "sgd") words.push("--rule", [rule, spelled.join(",")].filter(Boolean).join(":"));
    if (order !== "batch") {
        if (order !== "in-order") words.push("--order", order);
        if (given.batch_size !== 1) words.push("--batch-size", given.batch_size);
        if (given.seed !== 0 && order !== "in-order") words.push("--seed", given.seed);
    }
    return words.map(String).map(quoted).join(" ");
}

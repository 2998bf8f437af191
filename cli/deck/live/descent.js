// The numbers: gdcore's operations in gdcore's order, so that the digits are the same.

const LIMIT = 1e300; // a weight beyond it has diverged (gdcore/descent.py)

// As in gdcore/rules.py: the state before the first update, and
// update(gradient, state, rate, numbers of the rule) = [step, state].
const RULES = {
    sgd: {
        init: () => null,
        update: (g, state, rate) => [-rate * g, state],
    },
    momentum: {
        init: () => null, // no velocity yet
        update(g, velocity, rate, { momentum, dampening }) {
            const damped = (1 - dampening) * g;
            const next = velocity === null ? g : momentum * velocity + damped;
            return [-rate * next, next];
        },
    },
    nesterov: {
        init: () => null,
        update(g, velocity, rate, { momentum }) {
            const next = velocity === null ? g : momentum * velocity + g;
            return [-rate * (g + momentum * next), next];
        },
    },
    adagrad: {
        init: ({ initial_accumulator_value }) => [0, initial_accumulator_value],
        update(g, [t, before], rate, { lr_decay, eps }) {
            const total = before + g * g;
            return [(-rate / (1 + t * lr_decay)) * (g / (Math.sqrt(total) + eps)), [t + 1, total]];
        },
    },
    rmsprop: {
        init: () => [0, 0],
        update(g, [before, velocity], rate, { alpha, eps, momentum }) {
            const square = alpha * before + (1 - alpha) * g * g;
            const next = momentum * velocity + g / (Math.sqrt(square) + eps);
            return [-rate * next, [square, next]];
        },
    },
    adam: {
        init: () => [0, 0, 0],
        update(g, [before, m, v], rate, { beta1, beta2, eps }) {
            const t = before + 1;
            const mean = beta1 * m + (1 - beta1) * g;
            const square = beta2 * v + (1 - beta2) * g * g;
            const scale = Math.sqrt(square) / Math.sqrt(1 - beta2 ** t) + eps;
            return [(-rate / (1 - beta1 ** t)) * (mean / scale), [t, mean, square]];
        },
    },
};

// Data are { x, y }, two arrays of n numbers; samples are indices, null means all of them.

/** The slope of the mean loss of some samples at w. */
function slope(w, { x, y }, samples) {
    const count = samples === null ? x.length : samples.length;
    let total = 0;
    for (let j = 0; j < count; j++) {
        const i = samples === null ? j : samples[j];
        total += 2 * x[i] * (x[i] * w - y[i]);
    }
    return total / count;
}

/** The mean loss of some samples at w; of all samples it is the cost J(w). */
function meanLoss(w, { x, y }, samples) {
    const count = samples === null ? x.length : samples.length;
    let total = 0;
    for (let j = 0; j < count; j++) {
        const i = samples === null ? j : samples[j];
        const residual = x[i] * w - y[i];
        total += residual * residual;
    }
    return total / count;
}

/** The samples of update k: a list that is shorter than the descent begins again. */
const samplesOf = (rows, k) => (rows === null ? null : rows[k % rows.length]);

/**
 * Make `updates` updates from `start`. `rows` has the samples of each update, null for the batch.
 * Returns w (one more than updates were made), gradient, and divergedAt: null, or the number of
 * updates that were made before the one that led beyond LIMIT.
 */
function descend({ data, start, rate, rule, numbers, rows, updates }) {
    const w = [start];
    const gradient = [];
    let state = RULES[rule].init(numbers);
    for (let k = 0; k < updates; k++) {
        const g = slope(w[k], data, samplesOf(rows, k));
        const [step, next] = RULES[rule].update(g, state, rate, numbers);
        const reached = w[k] + step;
        if (!(reached >= -LIMIT && reached <= LIMIT)) return { w, gradient, divergedAt: k };
        state = next;
        gradient.push(g);
        w.push(reached);
    }
    return { w, gradient, divergedAt: null };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const dot = (a, b) => sum(a.map((value, i) => value * b[i]));

/** What is known of the data without a descent: the minimum w*, and the samples' own minima. */
function factsOf({ x, y }) {
    const square = dot(x, x);
    const goal = square > 0 ? dot(x, y) / square : NaN;
    const exact = x.every((xi, i) => Math.abs(goal * xi - y[i]) <= 1e-12 * Math.abs(y[i]));
    const own = x.flatMap((xi, i) => (xi !== 0 ? [y[i] / xi] : []));
    const [low, high] = exact ? [goal, goal] : [Math.min(...own), Math.max(...own)];
    return {
        goal,
        low,
        high,
        curvature: (2 * square) / x.length,
        size: Math.sqrt(dot(y, y) / square),
    };
}

/** How the whole descent goes, in one word: as gdcore/outcome.py. */
function outcome({ w, divergedAt }, facts, batch) {
    const { goal, size } = facts;
    const [low, high] = batch ? [goal, goal] : [facts.low, facts.high];
    const away = w.map((each) => Math.abs(each - goal));
    const [start, end] = [away[0], away[away.length - 1]];
    const farthest = Math.max(start, goal - low, high - goal);
    const rounding = 1e-12 * (Math.abs(goal) + start);
    if (divergedAt !== null || end > farthest * (1 + 1e-9) + rounding) return "diverging";
    if (start <= 1e-9 * size) return "at-rest";
    const side = w.map((each) => Math.sign(each - goal));
    const moves = w.slice(1).map((each, k) => each - w[k]);
    const seen = moves.filter((move) => Math.abs(move) > 1e-9 * start).map(Math.sign);
    const turns = seen.filter((sign, k) => k > 0 && sign !== seen[k - 1]).length;
    const far = end > 0.5 * start;
    const came = away.some((each) => each <= 0.5 * start) || side.some((each) => each !== side[0]);
    if (turns > seen.length / 4 || (far && came)) return "swinging";
    return far ? "creeping" : "steady";
}

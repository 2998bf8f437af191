// What is moved on the plots, with mouse, finger or keys: the start, and the samples.

const between = (value, most) => Math.min(Math.max(value, -most), most);

/** The start of a `Live`, along the w axis of its stage. */
function listenToStage(live) {
    const { stage } = live.parts;
    const put = (start, keepView) => {
        live.pause();
        live.change({ start: between(start, START_MAX) }, keepView);
    };
    const isNear = ([x]) => Math.abs(x - live.plot.X(live.state.start)) <= REACH;
    drag(stage, {
        begin: (place, isFinger) => isNear(place) || !isFinger, // a finger may scroll instead
        move: ([x]) => {
            const { left, right } = live.plot.box;
            put(valueAt(x, left, right, live.view.w), true);
        },
        end: () => live.change({}),
    });
    stage.addEventListener("keydown", (event) => {
        const steps = stepsOf(event);
        if (!steps) return;
        event.preventDefault();
        put(nudged(live.state.start, steps[0] + steps[1], live.view.w));
    });
}

/** The samples of a `Live`: one is chosen, and moved. */
function listenToSamples(live) {
    const plot = live.parts.data;
    const put = (x, y, keepView) => {
        const data = { x: [...live.state.data.x], y: [...live.state.data.y] };
        data.x[live.chosen] = between(x, LARGEST);
        data.y[live.chosen] = between(y, LARGEST);
        live.pause();
        live.change({ data }, keepView);
    };
    /** Choose the sample nearest to the place; whether it is near enough to be held. */
    const choose = ([x, y]) => {
        const { X, Y } = live.dataPlot;
        const { data } = live.state;
        const far = data.x.map((xi, i) => Math.hypot(X(xi) - x, Y(data.y[i]) - y));
        const nearest = Math.min(...far);
        if (nearest > REACH) return false;
        live.chosen = far.indexOf(nearest);
        return true;
    };
    drag(plot, {
        begin: choose,
        move: ([x, y]) => {
            const { left, right, top, bottom } = live.dataPlot.box;
            put(valueAt(x, left, right, live.view.x), valueAt(y, bottom, top, live.view.y), true);
        },
        end: () => live.change({}),
    });
    plot.addEventListener("keydown", (event) => {
        const { x, y } = live.state.data;
        const i = live.chosen;
        const steps = stepsOf(event);
        if (!steps && event.key !== " ") return;
        event.preventDefault();
        if (steps) {
            put(nudged(x[i], steps[0], live.view.x), nudged(y[i], steps[1], live.view.y));
            return;
        }
        live.chosen = (i + (event.shiftKey ? x.length - 1 : 1)) % x.length;
        live.update();
    });
}

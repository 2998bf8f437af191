// Playing: the first updates slowly, the others in a time-lapse.

const SLOW = 3; // updates that are played one by one
const SLOW_SECONDS = 0.9;
const LONGEST = 12; // seconds for all other updates
const LEAST = 6; // updates in a second
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");
const STILL = 0.4; // seconds between two pictures for those who want little motion

/** Where a descent of `made` updates stands, some seconds later; in whole updates if asked for. */
function placeAfter(at, seconds, made) {
    const speed = at < SLOW ? 1 / SLOW_SECONDS : Math.max(LEAST, made / LONGEST);
    const place = at + seconds * speed;
    return REDUCED.matches ? Math.max(Math.floor(place), Math.floor(at) + 1) : place;
}

/** Calls `advance` with the seconds that have passed, for each picture, until it is stopped. */
class Player {
    constructor(advance) {
        this.advance = advance;
        this.playing = false;
    }

    start() {
        if (this.playing) return;
        this.playing = true;
        let before = null;
        let waited = 0;
        const frame = (time) => {
            if (!this.playing) return;
            waited += before === null ? 0 : Math.min((time - before) / 1000, 0.1);
            before = time;
            if (!REDUCED.matches || waited >= STILL) {
                this.advance(waited);
                waited = 0;
            }
            requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
    }

    stop() {
        this.playing = false;
    }
}

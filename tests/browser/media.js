// Put into every page of the tests (tab.py): what they do with a video, and with a subtitle track.
globalThis.media = {
    // Wait for an event of the element; fails with the number of its MediaError.
    event(element, name) {
        return new Promise((resolve, reject) => {
            const fail = () => reject(new Error(`MediaError ${element.error.code}`));
            if (element.error) fail();
            element.addEventListener(name, () => resolve(), { once: true });
            element.addEventListener("error", fail, { once: true });
        });
    },

    // Wait for the first picture; seconds, width, height.
    async loaded(video) {
        if (video.readyState < video.HAVE_CURRENT_DATA) await media.event(video, "loadeddata");
        return [video.duration, video.videoWidth, video.videoHeight];
    },

    // Play to the end; the seconds at which it then stands.
    async play(video) {
        const end = media.event(video, "ended");
        await video.play();
        await end;
        return video.currentTime;
    },

    // Go to a moment of a film with at least ten frames a second, and wait for its frame. The event
    // `seeked` may come before the frame is on the screen; and the frame before may be shown late.
    async seek(video, seconds) {
        await media.loaded(video);
        const shown = new Promise(resolve => {
            const look = (now, { mediaTime }) => {
                if (mediaTime <= seconds && seconds < mediaTime + 0.1) resolve();
                else video.requestVideoFrameCallback(look);
            };
            video.requestVideoFrameCallback(look);
        });
        video.currentTime = seconds;
        await shown;
    },

    // What the browser reads in a <track>: start, end and text of each cue.
    async cues(element) {
        element.track.mode = "hidden"; // else it is not read
        if (element.readyState < HTMLTrackElement.LOADED) {
            await new Promise(resolve => element.addEventListener("load", resolve));
        }
        const text = cue => cue.getCueAsHTML().textContent;
        return [...element.track.cues].map(cue => [cue.startTime, cue.endTime, text(cue)]);
    },
};

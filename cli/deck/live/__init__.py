"""The live slide "what if?": the cost parabola, to be tried out in a browser.

`element` gives it for any page, `page` is a page of its own. The script is made of files, put one
after another: `descent.js` has the numbers, `state.js` what was chosen, `picture.js` draws,
`readouts.js` writes, `input.js` and `dragging.js` read fingers and keys, `player.js` plays,
`live.js` joins them.
"""

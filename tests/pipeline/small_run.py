"""A small run of the pipeline in its own process: SCENE OUTPUT [--workers N].

Pictures of 160 by 90 pixels, 10 in a second; signals and errors as in the command.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli.console.signals import take_over, unwind
from pipeline import FrameSpec, PipelineError, RenderJob, SceneRef, Stopped, encoding_for, render


def main() -> int:
    take_over()
    parser = argparse.ArgumentParser()
    parser.add_argument("scene")
    parser.add_argument("output", type=Path)
    parser.add_argument("--workers", type=int)
    options = parser.parse_args()
    module, _, name = options.scene.rpartition(":")
    encoding = encoding_for(options.output)
    job = RenderJob(SceneRef(module, name), FrameSpec(160, 90, 10), encoding, options.output)
    unwind()
    try:
        done = render(job, workers=options.workers)
    except Stopped as stopped:
        return 128 + stopped.number
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(done.path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

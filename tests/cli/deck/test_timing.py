"""How a clip starts: the tree of each slide against trees that were written by hand."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from cli.deck.pptx.timing import timing

# What PowerPoint writes for a video that starts automatically; one element a line.
MAIN = """
timing
 tnLst
  par
   cTn id=1 dur=indefinite restart=never nodeType=tmRoot
    childTnLst
     seq concurrent=1 nextAc=seek
      cTn id=2 dur=indefinite nodeType=mainSeq
       childTnLst
        par
         cTn id=3 fill=hold
          stCondLst
           cond delay=indefinite
           cond evt=onBegin delay=0
            tn val=2
          childTnLst
           par
            cTn id=4 fill=hold
             stCondLst
              cond delay=0
             childTnLst
              par
               cTn id=5 presetID=1 presetClass=mediacall presetSubtype=0 fill=hold \
nodeType=afterEffect
                stCondLst
                 cond delay=0
                childTnLst
                 cmd type=call cmd=playFrom(0.0)
                  cBhvr
                   cTn id=6 dur=6400 fill=hold
                   tgtEl
                    spTgt spid=3
      prevCondLst
       cond evt=onPrev delay=0
        tgtEl
         sldTgt
      nextCondLst
       cond evt=onNext delay=0
        tgtEl
         sldTgt
     video
      cMediaNode vol=80000
       cTn id=7 fill=hold display=0
        stCondLst
         cond delay=indefinite
       tgtEl
        spTgt spid=3
"""
PAUSING = """
     seq concurrent=1 nextAc=seek
      cTn id=8 restart=whenNotActive fill=hold evtFilter=cancelBubble nodeType=interactiveSeq
       stCondLst
        cond evt=onClick delay=0
         tgtEl
          spTgt spid=3
       endSync evt=end delay=0
        rtn val=all
       childTnLst
        par
         cTn id=9 fill=hold
          stCondLst
           cond delay=0
          childTnLst
           par
            cTn id=10 fill=hold
             stCondLst
              cond delay=0
             childTnLst
              par
               cTn id=11 presetID=2 presetClass=mediacall presetSubtype=0 fill=hold \
nodeType=clickEffect
                stCondLst
                 cond delay=0
                childTnLst
                 cmd type=call cmd=togglePause
                  cBhvr
                   cTn id=12 dur=1 fill=hold
                   tgtEl
                    spTgt spid=3
      nextCondLst
       cond evt=onClick delay=0
        tgtEl
         spTgt spid=3
"""
SIMPLE = """
timing
 tnLst
  par
   cTn id=1 dur=indefinite restart=never nodeType=tmRoot
    childTnLst
     video
      cMediaNode vol=80000
       cTn id=2 fill=hold display=0
        stCondLst
         cond delay=0
       tgtEl
        spTgt spid=3
"""


def lines(element: Any, depth: int = 0) -> list[str]:
    """The tree as above."""
    words = [etree.QName(element).localname, *(f"{k}={v}" for k, v in element.items())]
    own = " " * depth + " ".join(words)
    return [own, *(line for child in element for line in lines(child, depth + 1))]


@pytest.mark.parametrize(
    ("autoplay", "tree"), [("full", MAIN), ("pause", MAIN + PAUSING), ("simple", SIMPLE)]
)
def test_the_tree_is_as_powerpoint_writes_it(autoplay: Any, tree: str) -> None:
    wanted = [line for line in tree.splitlines() if line]
    assert lines(timing(autoplay, shape=3, seconds=6.4, repeats=False)) == wanted
    looping = lines(timing(autoplay, shape=3, seconds=6.4, repeats=True))
    repeated = [(old, new) for old, new in zip(wanted, looping, strict=True) if old != new]
    ((old, new),) = repeated
    assert new == old.replace(" fill=hold", " repeatCount=indefinite fill=hold")
    assert "display=0" in old  # the clip itself repeats, not the command that starts it

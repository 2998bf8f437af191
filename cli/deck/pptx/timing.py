"""The timing tree of a slide: how its clip starts, repeats, and answers a click.

The elements are those that PowerPoint writes for a video that starts automatically
(ECMA-376 part 1, 19.5). python-pptx knows only clips that start with a click.
"""

from __future__ import annotations

from typing import Any

from pptx.oxml import parse_xml

from cli.deck.request import Autoplay

_NAMESPACE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_VOLUME = 80000  # of 100000: what PowerPoint writes
_SIMPLE = """
<p:timing xmlns:p="{ns}"><p:tnLst><p:par>
  <p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
    {media}
  </p:childTnLst></p:cTn>
</p:par></p:tnLst></p:timing>"""
_FULL = """
<p:timing xmlns:p="{ns}"><p:tnLst><p:par>
  <p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
    <p:seq concurrent="1" nextAc="seek">
      <p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par>
        <p:cTn id="3" fill="hold">
          <p:stCondLst>
            <p:cond delay="indefinite"/>
            <p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond>
          </p:stCondLst>
          <p:childTnLst><p:par>
            <p:cTn id="4" fill="hold">
              <p:stCondLst><p:cond delay="0"/></p:stCondLst>
              <p:childTnLst><p:par>
                <p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0"
                    fill="hold" nodeType="afterEffect">
                  <p:stCondLst><p:cond delay="0"/></p:stCondLst>
                  <p:childTnLst><p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr>
                    <p:cTn id="6" dur="{milliseconds}" fill="hold"/>
                    <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
                  </p:cBhvr></p:cmd></p:childTnLst>
                </p:cTn>
              </p:par></p:childTnLst>
            </p:cTn>
          </p:par></p:childTnLst>
        </p:cTn>
      </p:par></p:childTnLst></p:cTn>
      <p:prevCondLst>
        <p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
      </p:prevCondLst>
      <p:nextCondLst>
        <p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
      </p:nextCondLst>
    </p:seq>
    {media}{pausing}
  </p:childTnLst></p:cTn>
</p:par></p:tnLst></p:timing>"""
_MEDIA = """
    <p:video><p:cMediaNode vol="{volume}">
      <p:cTn id="{id}"{repeat} fill="hold" display="0">
        <p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>
      </p:cTn>
      <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
    </p:cMediaNode></p:video>"""
_PAUSING = """
    <p:seq concurrent="1" nextAc="seek">
      <p:cTn id="8" restart="whenNotActive" fill="hold" evtFilter="cancelBubble"
          nodeType="interactiveSeq">
        <p:stCondLst>
          <p:cond evt="onClick" delay="0"><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cond>
        </p:stCondLst>
        <p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync>
        <p:childTnLst><p:par><p:cTn id="9" fill="hold">
          <p:stCondLst><p:cond delay="0"/></p:stCondLst>
          <p:childTnLst><p:par><p:cTn id="10" fill="hold">
            <p:stCondLst><p:cond delay="0"/></p:stCondLst>
            <p:childTnLst><p:par>
              <p:cTn id="11" presetID="2" presetClass="mediacall" presetSubtype="0"
                  fill="hold" nodeType="clickEffect">
                <p:stCondLst><p:cond delay="0"/></p:stCondLst>
                <p:childTnLst><p:cmd type="call" cmd="togglePause"><p:cBhvr>
                  <p:cTn id="12" dur="1" fill="hold"/>
                  <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
                </p:cBhvr></p:cmd></p:childTnLst>
              </p:cTn>
            </p:par></p:childTnLst>
          </p:cTn></p:par></p:childTnLst>
        </p:cTn></p:par></p:childTnLst>
      </p:cTn>
      <p:nextCondLst>
        <p:cond evt="onClick" delay="0"><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cond>
      </p:nextCondLst>
    </p:seq>"""


def timing(autoplay: Autoplay, shape: int, seconds: float, repeats: bool) -> Any:
    """The element ``p:timing`` of a slide whose clip is the shape with this number.

    The clip lasts `seconds`, and then holds its last frame or `repeats`.
    """
    simple = autoplay == "simple"
    values = {"ns": _NAMESPACE, "shape": shape, "milliseconds": round(seconds * 1000)}
    media = _MEDIA.format(
        id=2 if simple else 7,
        volume=_VOLUME,
        repeat=' repeatCount="indefinite"' if repeats else "",
        # PowerPoint leaves the start to the command above.
        delay="0" if simple else "indefinite",
        shape=shape,
    )
    pausing = _PAUSING.format(shape=shape) if autoplay == "pause" else ""
    tree = (_SIMPLE if simple else _FULL).format(media=media, pausing=pausing, **values)
    return parse_xml("".join(line.strip() + " " for line in tree.splitlines()).replace("> <", "><"))

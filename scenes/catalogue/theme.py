"""Themes: a film names a role, never a colour."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Theme:
    """The colour (``#rrggbb``) of each role. The fields say what each role means in all films."""

    background: str
    """the page"""
    transparent: bool
    """whether the page is left out; ``background`` is then the colour of the slide behind it"""
    ink: str
    """text"""
    muted: str
    """secondary text, axes"""
    grid: str
    """grid lines"""
    cost: str
    """the cost J, and everything that is measured on the whole training set"""
    loss: str
    """a single sample's loss, if no particular sample is meant"""
    minibatch: str
    """the mean loss of some samples: between a single one's and the cost"""
    samples: tuple[str, ...]
    """the samples' hues, used in turn"""
    point: str
    """the current w"""
    gradient: str
    """tangents and the gradient's value"""
    step: str
    """the step arrow −α·gradient"""
    path: str
    """where the point has been"""
    good: str
    """the minimum"""
    shallow: str
    """a minimum that is not the lowest, and what ends there"""
    bad: str
    """divergence"""
    swinging: str
    """a learning rate that overshoots and yet converges"""
    rules: tuple[str, ...]
    """the update rules' hues, one each, in the order of `gdcore.rules.RULES`; plain SGD has the hue
    that SGD has everywhere"""
    string: str
    """texts in a program; a name in it has the colour of what it stands for"""
    lit: str
    """the page behind the line of a program that is being executed"""

    @property
    def batch(self) -> str:
        """batch gradient descent, in all films: it goes by the cost"""
        return self.cost

    @property
    def sgd(self) -> str:
        """stochastic gradient descent, in all films: it goes by a single sample's loss"""
        return self.loss

    def sample(self, index: int) -> str:
        """The hue of the sample ``index``."""
        return self.samples[index % len(self.samples)]


_DARK = Theme(
    background="#10141b",
    transparent=False,
    ink="#eceff4",
    muted="#98a1b2",
    grid="#2a303b",
    cost="#6cb2ff",
    loss="#f08bd0",
    minibatch="#856ef7",
    samples=("#ef8a17", "#3fd9c3", "#c79bff", "#f2f0a1", "#ff9db8", "#8fa7c9"),
    point="#ffd75e",
    gradient="#ff7b72",
    step="#b8f04e",
    path="#c9a94a",
    good="#6fe08a",
    shallow="#d08cff",
    bad="#ff5c5c",
    swinging="#ffb60a",
    rules=("#f08bd0", "#d08a34", "#d00dfc", "#659093", "#37f3b0", "#74db0a"),
    string="#9ccfb0",
    lit="#262d3a",
)

_LIGHT = Theme(
    background="#fcfcfa",
    transparent=False,
    ink="#1a1e26",
    muted="#5c6470",
    grid="#dfe2e6",
    cost="#0b61c2",
    loss="#a8327f",
    minibatch="#6226d9",
    samples=("#b85000", "#007a6e", "#7a3fc4", "#423c00", "#d0206a", "#2c4a7c"),
    point="#7d5a00",
    gradient="#ce3a24",
    step="#3f7a00",
    path="#a8873a",
    good="#157a37",
    shallow="#8a2fc0",
    bad="#b3001b",
    swinging="#a95c04",
    rules=("#a8327f", "#833017", "#082bc5", "#1c4746", "#231e6a", "#7a7012"),
    string="#3d6655",
    lit="#fff5cc",
)

THEMES: dict[str, Theme] = {
    "dark": _DARK,
    "light": _LIGHT,
    "transparent": replace(_DARK, transparent=True),
    "transparent-light": replace(_LIGHT, transparent=True),
}

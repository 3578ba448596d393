"""Draws what a command takes against the size of something: two panels, time and memory, both axes logarithmic. Plain SVG."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 640, 260
STYLE = """\
  .page { fill: #ffffff } text { font: 12px system-ui, "DejaVu Sans", Arial, sans-serif; fill: #1d2731 }
  .grid { stroke: #d5dbe1 } .line { fill: none; stroke: #1f5aa6; stroke-width: 2 } .dot { fill: #1f5aa6 }
  .linear { stroke: #8a97a5; stroke-dasharray: 5 4 } .note { fill: #4a5866 }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117 } text { fill: #e8edf2 } .grid { stroke: #2a333d } .line { stroke: #8fc0ff } .dot { fill: #8fc0ff }
    .linear { stroke: #b4c0cc } .note { fill: #b4c0cc }
  }
"""


def decades(low, high):
    """The powers of ten around two numbers."""
    return list(range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1))


def label(power):
    return "{:,}".format(10**power) if power >= 0 else "{:.{}f}".format(10.0**power, -power)


def panel(left, title, unit, sizes, values):
    """One panel: the values, a dot each, and a dashed line that is linear through the last of them."""
    top, bottom, right = 40, HEIGHT - 46, left + 230
    across = [power for power in decades(sizes[0], sizes[-1])]
    up = decades(min(values), max(values))
    if len(up) == 1:
        up.append(up[0] + 1)

    def x(size):
        return left + (math.log10(size) - across[0]) / (across[-1] - across[0]) * (right - left)

    def y(value):
        return bottom - (math.log10(value) - up[0]) / (up[-1] - up[0]) * (bottom - top)

    parts = ['<text x="%d" y="22" font-weight="600">%s</text>' % (left, escape("%s, %s" % (title, unit)))]
    for power in across:
        at = x(10.0**power)
        parts.append('<path class="grid" d="M%.1f %d V%d"/>' % (at, top, bottom))
        parts.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (at, bottom + 17, label(power)))
    for power in up:
        at = y(10.0**power)
        parts.append('<path class="grid" d="M%d %.1f H%d"/>' % (left, at, right))
        parts.append('<text x="%d" y="%.1f" text-anchor="end">%s</text>' % (left - 6, at + 4, label(power)))
    # linear through the last value, as far as the panel goes
    power = min(math.log10(values[-1]) - up[0], math.log10(sizes[-1]) - across[0])
    parts.append('<path class="linear" d="M%.1f %.1f L%.1f %.1f"/>' % (
        x(sizes[-1] / 10**power), y(values[-1] / 10**power), x(sizes[-1]), y(values[-1])))
    places = [(x(size), y(value)) for size, value in zip(sizes, values)]
    parts.append('<path class="line" d="M%s"/>' % " L".join("%.1f %.1f" % place for place in places))
    parts += ['<circle class="dot" cx="%.1f" cy="%.1f" r="3.5"/>' % place for place in places]
    return parts


def draw(file, axis, sizes, seconds, megabytes):
    """Writes the chart."""
    title = "Time and memory against %s" % axis
    what = "; ".join("%s: %.3g s, %.3g MB" % each for each in zip(map("{:,}".format, sizes), seconds, megabytes))
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img"'
        ' aria-labelledby="title desc">' % (WIDTH, HEIGHT, WIDTH, HEIGHT),
        '<title id="title">%s</title>' % escape(title), '<desc id="desc">%s</desc>' % escape(what),
        "<style>\n%s</style>" % STYLE, '<rect class="page" width="%d" height="%d"/>' % (WIDTH, HEIGHT),
        *panel(56, "time", "s", sizes, seconds), *panel(386, "memory", "MB", sizes, megabytes)]
    for left in (56, 386):
        lines.append('<text class="note" x="%d" y="%d" text-anchor="middle">%s</text>' % (left + 115, HEIGHT - 10, escape(axis)))
    with open(file, "w", encoding="utf-8") as out:
        out.write("\n".join([*lines, "</svg>"]) + "\n")

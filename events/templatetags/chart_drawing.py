"""The columns of a chart as SVG: a few hundred numbers, each of which a template would localise at length."""

from collections.abc import Iterator

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from events.drawing.charts import Column
from events.looking_back import Figure
from events.templatetags.event_facts import thousands

register = template.Library()


@register.simple_tag
def chart_columns(figure: Figure) -> SafeString:
    """Grid, columns, numbers and labels; stands inside <svg> of components/chart.html."""
    chart = figure.chart
    lines = [
        f'<path class="chart__grid{"" if tick.value else " chart__base"}" '
        f'd="M{chart.left} {tick.y}H{chart.width}"/>'
        f'<text class="chart__tick" x="{chart.left - 8}" y="{tick.y + 5}">{thousands(tick.value)}</text>\n'
        for tick in chart.ticks
    ]
    for column in chart.columns:
        lines += _parts(column, has_kinds=bool(figure.kinds))
        lines.append(_number(column))
        label = escape(column.label)
        lines.append(f'<text class="chart__label" x="{column.middle}" y="{chart.label_y}">{label}</text>\n')
    return mark_safe("".join(lines))  # noqa: S308 - numbers, and labels that are escaped


def _parts(column: Column, *, has_kinds: bool) -> Iterator[str]:
    for part in column.parts:
        place = f'x="{column.x}" y="{part.y}" width="{column.width}" height="{part.height}"/>'
        yield f'<rect class="kind-{part.kind}" {place}'
        if has_kinds and part.kind:
            yield f'<rect class="over" fill="url(#kind-{part.kind})" {place}'


def _number(column: Column) -> str:
    if column.total is not None:
        told = thousands(column.total)
        return f'<text class="chart__number" x="{column.middle}" y="{column.number_y}">{told}</text>\n'
    return (
        f'<rect class="unknown" x="{column.x}" y="{column.top - 34}" width="{column.width}" height="34"/>'
        f'<text class="chart__number" x="{column.middle}" y="{column.top - 11}">?</text>\n'
    )

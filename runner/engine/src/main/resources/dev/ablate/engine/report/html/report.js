// Draws CHARTS, whose options are plain JSON: names of functions and of the page's colours are put in here.
(() => {
  'use strict';
  const darkness = matchMedia('(prefers-color-scheme: dark)');
  const figures = [...document.querySelectorAll('figure.chart')];
  const drawn = [];
  const hidden = CHARTS.map(() => new Set());

  // pixels across on paper: what A4 and Letter have room for; narrower paper shrinks charts
  const PAPER = { chart: 700, panel: 340 };
  // smaller letters are hard to read: what needs them is broken instead
  const READABLE = 0.6;
  const paper = matchMedia('print');
  let printing = false;

  const inks = () => darkness.matches && !printing
    ? { ink: '#ececec', faint: '#8d9399', paper: '#16181b', rule: '#3a3e43' }
    : { ink: '#1b1b1b', faint: '#767676', paper: '#ffffff', rule: '#e2e2e2' };

  // as tables write numbers: no row of zeros
  const tick = value => value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e9)
    ? echarts.format.addCommas(Number(value.toPrecision(12)))
    : Number(value.toPrecision(12)).toExponential().replace('e+', 'e');

  const axis = colours => ({
    axisLine: { lineStyle: { color: colours.faint } },
    axisTick: { lineStyle: { color: colours.faint } },
    axisLabel: { color: colours.ink, hideOverlap: true },
    nameTextStyle: { color: colours.ink },
    splitLine: { lineStyle: { color: [colours.rule] } },
    minorSplitLine: { lineStyle: { color: colours.rule } },
  });

  const theme = colours => ({
    textStyle: { color: colours.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    valueAxis: { ...axis(colours), axisLabel: { ...axis(colours).axisLabel, formatter: tick } },
    logAxis: axis(colours), categoryAxis: axis(colours),
  });

  // from the lowest to the highest of several runs
  const band = (params, api) => {
    if (params.dataIndexInside > 0) {
      return undefined;
    }
    const low = [];
    const high = [];
    for (let i = 0; i < params.dataInsideLength; i++) {
      low.push(api.coord([api.value(0, i), api.value(1, i)]));
      high.unshift(api.coord([api.value(0, i), api.value(2, i)]));
    }
    return { type: 'polygon', shape: { points: low.concat(high) }, style: { fill: api.visual('color'), opacity: 0.18 } };
  };

  const interval = (params, api) => {
    const low = api.coord([api.value(0), api.value(2)]);
    const high = api.coord([api.value(1), api.value(2)]);
    const style = { stroke: api.visual('color'), lineWidth: 3 };
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    return {
      type: 'group',
      children: [
        line(low[0], low[1], high[0], high[1]),
        line(low[0], low[1] - 6, low[0], low[1] + 6),
        line(high[0], high[1] - 6, high[0], high[1] + 6),
      ],
    };
  };

  // all that lies inside of outlines; those of holes run the other way round
  const area = (outlines, filled) => (params, api) => {
    const corners = outline => outline.flatMap((x, i) => i % 2 === 0 ? [api.coord([x, outline[i + 1]]).join(' ')] : []);
    const pathData = outlines.map(outline => 'M' + corners(outline).join('L') + (filled ? 'Z' : '')).join('');
    const colour = api.visual('color');
    const style = filled ? { fill: colour } : { stroke: colour, fill: 'none', lineWidth: 1.5 };
    return { type: 'path', shape: { pathData }, style };
  };

  const functions = { band, interval };

  // a colour that the page shines through, mixed with the page: squares that touch show no seams then
  const opaque = (colour, paper) => {
    const part = (text, at) => parseInt(text.slice(at, at + 2), 16);
    const share = part(colour, 7) / 255;
    const mixed = [1, 3, 5].map(at => Math.round(part(colour, at) * share + part(paper, at) * (1 - share)));
    return 'rgb(' + mixed.join(',') + ')';
  };

  const painted = (value, key, colours) => {
    if (Array.isArray(value)) {
      return value.map(item => painted(item, key, colours));
    }
    if (value !== null && typeof value === 'object') {
      const { outlines, ...rest } = value;
      if (outlines) {
        return { ...painted(rest, key, colours), renderItem: area(outlines, value.renderItem === 'area') };
      }
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, painted(part, name, colours)]));
    }
    if (key === 'renderItem') {
      return functions[value];
    }
    if (key !== 'color' && key !== 'borderColor') {
      return value;
    }
    return colours[value] || (/^#[0-9a-f]{8}$/.test(value) ? opaque(value, colours.paper) : value);
  };

  const number = value => typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
  const text = words => echarts.format.encodeHTML(String(words));

  const atPlace = list => {
    const rows = list.filter(item => item.seriesType === 'line' && item.value[1] !== '-');
    return rows.length === 0 ? '' : [text(number(rows[0].value[0])),
      ...rows.map(item => item.marker + text(item.seriesName) + ' <b>' + text(number(item.value[1])) + '</b>')].join('<br>');
  };

  const ofItem = item => item.data && item.data.tip
    ? text(item.data.tip)
    : text(item.seriesName) + '<br>' + item.value.map(value => text(number(value))).join(', ');

  // what is wider than its box shrinks as a whole, and is not cut
  const scalable = index => figures[index].querySelector('.canvas svg')
    .setAttribute('viewBox', '0 0 ' + drawn[index].getWidth() + ' ' + drawn[index].getHeight());

  const draw = (index, colours) => {
    const figure = figures[index];
    const canvas = figure.querySelector('.canvas');
    const option = painted(CHARTS[index].option, '', colours);
    option.animation = false;
    option.legend = { show: false, selected: Object.fromEntries([...hidden[index]].map(name => [name, false])) };
    option.tooltip = {
      ...option.tooltip,
      confine: true,
      backgroundColor: colours.paper,
      borderColor: colours.faint,
      textStyle: { color: colours.ink },
      formatter: option.tooltip.trigger === 'axis' ? atPlace : ofItem,
    };
    if (drawn[index]) {
      drawn[index].dispose();
    }
    const width = printing ? PAPER[figure.classList.contains('panel') ? 'panel' : 'chart'] : undefined;
    drawn[index] = echarts.init(canvas, theme(colours), { renderer: 'svg', width });
    // this paints at once, where a later resize waits for the next frame, which a printer does not
    drawn[index].setOption(option);
    scalable(index);
    // ECharts makes the canvas focusable by nobody, but takes its name away
    canvas.setAttribute('role', 'img');
  };

  const drawAll = () => figures.forEach((figure, index) => draw(index, inks()));

  figures.forEach((figure, index) => {
    figure.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button) {
        return;
      }
      if (button.classList.contains('save')) {
        const link = document.createElement('a');
        link.href = drawn[index].getDataURL({ type: 'svg', backgroundColor: inks().paper });
        link.download = CHARTS[index].title.replace(/[^A-Za-z0-9]+/g, '-') + '.svg';
        link.click();
        return;
      }
      const shown = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(shown));
      for (const name of CHARTS[index].legend[Number(button.dataset.entry)]) {
        hidden[index][shown ? 'delete' : 'add'](name);
        drawn[index].dispatchAction({ type: shown ? 'legendSelect' : 'legendUnSelect', name });
      }
    });
  });

  drawAll();
  darkness.addEventListener('change', drawAll);
  if (window.ResizeObserver) {
    // it reports once at the beginning too: no chart is drawn twice for that
    figures.forEach((figure, index) => new ResizeObserver(([{ target }]) => {
      if (!printing && drawn[index].getWidth() !== target.clientWidth) {
        drawn[index].resize();
        scalable(index);
      }
    }).observe(figure.querySelector('.canvas')));
  }
  // nobody scrolls paper: what wrapping cannot make narrow enough shrinks
  const narrow = box => {
    const table = box.querySelector('table');
    table.style.zoom = '';
    table.classList.remove('tight');
    if (printing) {
      box.style.width = PAPER.chart + 'px';
      table.classList.toggle('tight', PAPER.chart / table.offsetWidth < READABLE);
      table.style.zoom = Math.min(1, PAPER.chart / table.offsetWidth);
      box.style.width = '';
    }
  };

  // a comment stays behind its line, unless letters would be too small for that
  const fit = text => {
    text.style.zoom = '';
    if (printing) {
      text.style.width = 'max-content';
      text.style.zoom = Math.max(READABLE, Math.min(1, PAPER.chart / text.offsetWidth));
      text.style.width = '';
    }
  };

  // on paper it is light, and as wide as paper is
  const print = on => {
    if (printing !== on) {
      printing = on;
      document.documentElement.classList.toggle('paper', on);
      document.querySelectorAll('.wide').forEach(narrow);
      document.querySelectorAll('pre').forEach(fit);
      drawAll();
    }
  };
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  paper.addEventListener('change', () => print(paper.matches));
})();

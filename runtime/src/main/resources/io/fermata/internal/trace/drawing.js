// The canvas: ruler, strip of the loop, names and rows. Only what is in sight is drawn.

const ROW = 24;
const RULER = 26;
const STRIP = 54;
const TOP = RULER + STRIP;
const MAX_ARROWS = 400;

const canvas = document.getElementById('canvas');
const scroller = document.getElementById('scroller');
const pen = canvas.getContext('2d');

const view = {
  axis: 'time',
  from: 0,
  span: 1,
  width: 0,
  height: 0,
  names: 240,
  arrows: true,
  chosen: null, // a cycle or a task
  over: null,
  matches: null, // the tasks that a search has found
};

const value = (moment) => (view.axis === 'time' ? times[moment] : moment);
const extent = () => Math.max(view.axis === 'time' ? lastTime : lastMoment, 1);
const chartWidth = () => Math.max(1, view.width - view.names);
const xOfValue = (v) => view.names + ((v - view.from) / view.span) * chartWidth();
const x = (moment) => xOfValue(value(moment));
const valueAt = (px) => view.from + ((px - view.names) / chartWidth()) * view.span;
const yOfRow = (row) => TOP + row * ROW - scroller.scrollTop;
const rowAt = (py) => (py < TOP ? -1 : Math.floor((py - TOP + scroller.scrollTop) / ROW));

let colours = {};
let drawn = 0;

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ground', 'surface', 'text', 'quiet', 'rule', 'stripe', 'chosen', 'focus', 'run', 'ready', 'wait-task',
    'wait-time', 'wait-other', 'alive', 'failed', 'cancelled', 'mark', 'arrow', 'callback', 'lag', 'idle']) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
}

let asked = false;
function redraw() {
  if (!asked) {
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  }
}

function resize() {
  const ratio = window.devicePixelRatio || 1;
  view.width = scroller.clientWidth;
  view.height = scroller.clientHeight;
  view.names = Math.round(Math.min(260, Math.max(120, view.width * 0.24)));
  canvas.width = Math.max(1, Math.round(view.width * ratio));
  canvas.height = Math.max(1, Math.round(view.height * ratio));
  canvas.style.height = view.height + 'px';
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  document.getElementById('room').style.height = Math.max(view.height, TOP + rows.length * ROW + 12) + 'px';
  draw();
}

function draw() {
  drawn = 0;
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, view.width, view.height);
  pen.textBaseline = 'middle';
  const first = Math.max(0, Math.floor(scroller.scrollTop / ROW));
  const last = Math.min(rows.length - 1, first + Math.ceil((view.height - TOP) / ROW));
  const ticks = rulerTicks();
  clip(0, TOP, view.width, view.height - TOP, () => {
    for (let row = first; row <= last; row++) drawGround(rows[row]);
    drawGrid(ticks, TOP, view.height);
  });
  clip(view.names, TOP, chartWidth(), view.height - TOP, () => {
    for (let row = first; row <= last; row++) drawBars(rows[row]);
    if (view.arrows) drawArrows(first, last);
  });
  clip(0, TOP, view.names, view.height - TOP, () => {
    for (let row = first; row <= last; row++) drawName(rows[row]);
  });
  drawTop(ticks);
  pen.fillStyle = colours.rule;
  pen.fillRect(view.names - 1, 0, 1, view.height);
  document.body.dataset.drawn = drawn;
}

function clip(left, top, width, height, body) {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  body();
  pen.restore();
}

const font = (size, weight = 400) => (pen.font = `${weight} ${size}px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`);

/** Cuts a text so that it fits. */
function fitted(text, width) {
  if (pen.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(text.slice(0, middle) + '…').width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : text.slice(0, low) + '…';
}

// Above the rows.

function rulerTicks() {
  const room = Math.max(1, Math.floor(chartWidth() / 110));
  const raw = view.span / room;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = Math.max([1, 2, 5, 10].find((m) => m * power >= raw) * power, 1);
  const ticks = [];
  for (let at = Math.ceil(view.from / step) * step; at <= view.from + view.span; at += step) ticks.push(at);
  return ticks;
}

function drawGrid(ticks, top, bottom) {
  pen.fillStyle = colours.rule;
  for (const tick of ticks) {
    const at = Math.round(xOfValue(tick));
    if (at >= view.names) pen.fillRect(at, top, 1, bottom - top);
  }
}

function drawTop(ticks) {
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, view.width, TOP);
  clip(view.names, 0, chartWidth(), TOP, () => {
    drawStrip();
    drawGrid(ticks, RULER - 5, TOP);
    pen.fillStyle = colours.quiet;
    pen.textAlign = 'left';
    font(11);
    for (const tick of ticks) {
      pen.fillText(view.axis === 'time' ? (tick === 0 ? '0' : duration(tick)) : '#' + tick, Math.round(xOfValue(tick)) + 4, RULER / 2 + 1);
    }
  });
  font(11);
  pen.textAlign = 'left';
  pen.fillStyle = colours.quiet;
  pen.fillText(view.axis === 'time' ? (data.virtual ? 'virtual time' : 'time') : 'events in order', 16, RULER / 2 + 1);
  font(12, 600);
  pen.fillStyle = colours.text;
  pen.fillText('Loop', 16, RULER + 17);
  font(11);
  pen.fillStyle = colours.quiet;
  pen.fillText(fitted('ready queue, at most ' + mostReady, view.names - 24), 16, RULER + 36);
  pen.fillStyle = colours.rule;
  pen.fillRect(0, RULER, view.width, 1);
  pen.fillRect(0, TOP - 1, view.width, 1);
}

const mostReady = passes.reduce((most, pass) => Math.max(most, pass.value), 0);
const mostLag = lags.reduce((most, lag) => Math.max(most, lag.value), 0);

/** The first of those, in order of time, that ends behind the left edge. */
function firstInSight(all, until) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value(until(all[middle])) < view.from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those in sight; of those that fall on the same pixel, the one with the largest value. */
function eachPixel(all, until, body) {
  let column = -1;
  let best = null;
  for (let i = firstInSight(all, until); i < all.length && value(all[i].at) <= view.from + view.span; i++) {
    const at = Math.round(x(all[i].at));
    if (at !== column && best) {
      body(best, column);
      best = null;
    }
    column = at;
    if (!best || all[i].value > best.value) best = all[i];
  }
  if (best) body(best, column);
}

function drawStrip() {
  const bottom = TOP - 2;
  const height = STRIP - 12;
  for (let i = firstInSight(sleeps, (each) => each.until); i < sleeps.length && value(sleeps[i].at) <= view.from + view.span; i++) {
    const left = x(sleeps[i].at);
    pen.fillStyle = colours.idle;
    pen.fillRect(left, RULER + 1, Math.max(0, x(sleeps[i].until) - left), STRIP - 2);
  }
  pen.fillStyle = colours.run;
  pen.globalAlpha = 0.75;
  eachPixel(passes, (each) => each.at, (pass, at) => {
    const tall = Math.max(2, (height * pass.value) / Math.max(1, mostReady));
    pen.fillRect(at, bottom - tall, Math.max(1.5, Math.min(4, chartWidth() / 200)), tall);
    drawn++;
  });
  pen.globalAlpha = 1;
  pen.fillStyle = colours.callback;
  for (let i = firstInSight(callbacks, (each) => each.until); i < callbacks.length && value(callbacks[i].at) <= view.from + view.span; i++) {
    const left = x(callbacks[i].at);
    pen.fillRect(left, RULER + 2, Math.max(1, x(callbacks[i].until) - left), 4);
  }
  pen.fillStyle = colours.lag;
  eachPixel(lags.filter((lag) => lag.value > 1e6), (each) => each.at, (lag, at) => {
    const tall = Math.max(4, (height * lag.value) / Math.max(1, mostLag));
    pen.fillRect(at - 1, bottom - tall, 2, tall);
    pen.beginPath();
    pen.arc(at, bottom - tall, 2.5, 0, 7);
    pen.fill();
  });
  pen.fillStyle = colours.mark;
  marks.forEach((mark) => diamond(x(mark.at), RULER + 12, 3.5));
}

function diamond(at, y, size) {
  if (at < view.names - size) return;
  pen.beginPath();
  pen.moveTo(at, y - size);
  pen.lineTo(at + size, y);
  pen.lineTo(at, y + size);
  pen.lineTo(at - size, y);
  pen.fill();
}

// The rows.

const chosenTask = () => view.chosen?.task ?? view.chosen;
const isDim = (task) => view.matches && !view.matches.has(task);

function drawGround(task) {
  const y = yOfRow(task.row);
  const isChosen = chosenTask() === task;
  if (isChosen || task.row % 2) {
    pen.fillStyle = isChosen ? colours.chosen : colours.stripe;
    pen.fillRect(0, y, view.width, ROW);
  }
}

function drawName(task) {
  const y = yOfRow(task.row) + ROW / 2;
  const left = 16 + Math.min(task.depth, 10) * 13;
  pen.globalAlpha = isDim(task) ? 0.35 : 1;
  if (task.children.length) {
    pen.fillStyle = colours.quiet;
    pen.beginPath();
    if (task.open) {
      pen.moveTo(left - 10, y - 2);
      pen.lineTo(left - 3, y - 2);
      pen.lineTo(left - 6.5, y + 3);
    } else {
      pen.moveTo(left - 9, y - 4);
      pen.lineTo(left - 4, y);
      pen.lineTo(left - 9, y + 4);
    }
    pen.fill();
  }
  font(12, task.depth === 0 ? 600 : 400);
  pen.textAlign = 'left';
  pen.fillStyle = task.outcome === 2 ? colours.failed : task.outcome === 1 ? colours.cancelled : colours.text;
  const name = fitted(task.name, view.names - left - 8);
  pen.fillText(name, left, y + 0.5);
  const used = pen.measureText(name).width;
  if (task.outcome === 1) pen.fillRect(left, y + 0.5, used, 1);
  if (task.coroutine) {
    font(11);
    pen.fillStyle = colours.quiet;
    pen.fillText(fitted(shortMethod(task.coroutine), view.names - left - used - 18), left + used + 8, y + 0.5);
  }
  pen.globalAlpha = 1;
}

function waitColour(cycle) {
  return cycle.awaited > 0 ? colours['wait-task'] : isSleep(cycle) ? colours['wait-time'] : colours['wait-other'];
}

function drawBars(task) {
  const y = yOfRow(task.row);
  const from = task.created < 0 ? view.names : x(task.created);
  const until = task.ended < 0 ? x(lastMoment) : x(task.ended);
  pen.globalAlpha = isDim(task) ? 0.25 : 1;
  pen.fillStyle = colours.alive;
  pen.fillRect(from, y + ROW / 2 - 0.5, Math.max(1, until - from), 1);
  let painted = -1;
  const all = task.cycles;
  for (let i = firstCycle(all); i < all.length; i++) {
    const cycle = all[i];
    const start = cycle.waits >= 0 ? cycle.waits : cycle.ready >= 0 ? cycle.ready : cycle.begins;
    if (value(start) > view.from + view.span) break;
    const right = x(cycle.begins < 0 ? waitEnd(cycle) : stepEnd(cycle));
    if (Math.ceil(right) <= painted) continue; // a pixel shows one of them
    drawCycle(cycle, y, right);
    painted = Math.ceil(right);
    drawn++;
  }
  drawEnd(task, until, y);
  for (const span of task.spans) drawSpan(span, y);
  pen.fillStyle = colours.mark;
  for (const mark of task.marks) diamond(x(mark.at), y + 5, 4);
  pen.globalAlpha = 1;
}

function firstCycle(all) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const cycle = all[middle];
    if (value(cycle.begins < 0 ? waitEnd(cycle) : stepEnd(cycle)) < view.from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawCycle(cycle, y, right) {
  if (cycle.waits >= 0) {
    const left = Math.max(view.names - 2, x(cycle.waits));
    const width = Math.min(x(waitEnd(cycle)), view.width + 2) - left;
    if (width > 0.4) {
      bar(left, y + 5, width, ROW - 10, waitColour(cycle));
      if (width > 44) {
        font(11);
        pen.fillStyle = colours.text;
        const visible = Math.max(left, view.names);
        pen.fillText(fitted(what(cycle), left + width - visible - 12), visible + 6, y + ROW / 2 + 0.5);
      }
    }
  }
  if (cycle.ready >= 0) {
    const left = x(cycle.ready);
    const width = x(cycle.begins < 0 ? lastMoment : cycle.begins) - left;
    if (width > 0.4) bar(left, y + 7, width, ROW - 14, colours.ready);
  }
  if (cycle.begins >= 0) {
    const left = x(cycle.begins);
    bar(left, y + 3, Math.max(2, right - left), ROW - 6, colours.run);
  }
  if (cycle === view.chosen || cycle === view.over) {
    const left = x(cycle.waits >= 0 ? cycle.waits : cycle.ready >= 0 ? cycle.ready : cycle.begins);
    pen.strokeStyle = colours.focus;
    pen.lineWidth = cycle === view.chosen ? 2 : 1;
    pen.strokeRect(left - 1, y + 2, Math.max(5, right - left + 2), ROW - 4);
  }
}

function bar(left, y, width, height, colour) {
  pen.fillStyle = colour;
  if (width < 5) {
    pen.fillRect(left, y, width, height);
    return;
  }
  const shown = Math.max(left, -50);
  pen.beginPath();
  pen.roundRect(shown, y, Math.min(width - (shown - left), view.width + 100), height, 2.5);
  pen.fill();
}

function drawEnd(task, at, y) {
  if (task.outcome === 2) {
    pen.fillStyle = colours.failed;
    pen.fillRect(at - 1, y + 2, 4, ROW - 4);
  } else if (task.outcome === 1) {
    pen.fillStyle = colours.cancelled;
    pen.fillRect(at - 1, y + 2, 4, ROW - 4);
  } else if (task.outcome === 0) {
    pen.fillStyle = colours.run;
    pen.fillRect(at - 1, y + 5, 2, ROW - 10);
  }
}

function drawSpan(span, y) {
  const left = x(span.at);
  const right = Math.max(left + 2, x(span.until));
  pen.fillStyle = colours.mark;
  pen.fillRect(left, y + ROW - 4, right - left, 2);
  pen.fillRect(left, y + ROW - 7, 1, 5);
  pen.fillRect(right - 1, y + ROW - 7, 1, 5);
}

// From who wakes to who is woken.

function drawArrows(first, last) {
  const shown = [];
  for (let row = first; row <= last; row++) {
    const all = rows[row].cycles;
    for (let i = firstCycle(all); i < all.length; i++) {
      const cycle = all[i];
      if (cycle.ready < 0 || cycle.by <= 0 || cycle.begins < 0) continue;
      if (value(cycle.ready) > view.from + view.span) break;
      if (cycle.by !== cycle.task.number) shown.push(cycle);
      if (shown.length > 5 * MAX_ARROWS) break;
    }
  }
  const many = shown.length > MAX_ARROWS;
  const chosen = chosenTask();
  for (const cycle of shown) {
    const near = cycle === view.over || cycle === view.chosen || cycle.task === chosen || cycle.by === chosen?.number;
    if (near || !many) drawArrow(cycle, near ? 0.95 : 0.3);
  }
}

function drawArrow(cycle, alpha) {
  const waker = byNumber.get(cycle.by);
  if (!waker || waker.row < 0 || waker.row === undefined) return;
  const x1 = x(cycle.woken >= 0 ? cycle.woken : cycle.ready);
  const x2 = x(cycle.begins);
  const down = cycle.task.row > waker.row;
  const y1 = yOfRow(waker.row) + ROW / 2;
  const y2 = yOfRow(cycle.task.row) + (down ? 3 : ROW - 3);
  pen.globalAlpha = alpha;
  pen.strokeStyle = colours.arrow;
  pen.fillStyle = colours.arrow;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(x1, y1);
  const bend = (down ? 1 : -1) * Math.min(40, Math.abs(y2 - y1) / 2);
  pen.bezierCurveTo(x1, y1 + bend, x2, y2 - bend, x2, y2);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x2, y2 + (down ? 1 : -1));
  pen.lineTo(x2 - 3.5, y2 - (down ? 5 : -5));
  pen.lineTo(x2 + 3.5, y2 - (down ? 5 : -5));
  pen.fill();
  pen.globalAlpha = 1;
  drawn++;
}

/** The cycle, or else the task, under the pointer. */
function under(px, py) {
  const task = rows[rowAt(py)];
  if (!task || px < view.names) return task ?? null;
  let best = null;
  let nearest = 6;
  for (let i = Math.max(0, firstCycle(task.cycles) - 1); i < task.cycles.length; i++) {
    const cycle = task.cycles[i];
    const left = x(cycle.waits >= 0 ? cycle.waits : cycle.ready >= 0 ? cycle.ready : cycle.begins);
    if (left > px + 6) break;
    const right = x(cycle.begins < 0 ? waitEnd(cycle) : stepEnd(cycle));
    const distance = px < left ? left - px : px > right ? px - right : 0;
    if (distance <= nearest) {
      best = cycle;
      nearest = distance;
    }
  }
  return best ?? task;
}

// What the user does: zoom, pan, choose, search.

function zoom(factor, px) {
  const pivot = valueAt(px ?? view.names + chartWidth() / 2);
  const least = view.axis === 'time' ? 100 : 4;
  const span = Math.min(extent() * 1.06, Math.max(least, view.span * factor));
  view.from = pivot - ((pivot - view.from) * span) / view.span;
  view.span = span;
  bound();
  redraw();
}

function bound() {
  const slack = view.span * 0.5;
  view.from = Math.min(Math.max(view.from, -slack), extent() - view.span + slack);
}

function pan(pixels) {
  view.from += (pixels / chartWidth()) * view.span;
  bound();
  redraw();
}

function fit() {
  view.span = extent() * 1.03;
  view.from = -extent() * 0.01;
  redraw();
}

function setAxis(axis) {
  const middle = view.from + view.span / 2;
  view.axis = axis;
  byId('axis-time').setAttribute('aria-pressed', axis === 'time');
  byId('axis-order').setAttribute('aria-pressed', axis === 'order');
  if (Number.isFinite(middle)) fit();
}

function setArrows(on) {
  view.arrows = on;
  byId('arrows').setAttribute('aria-pressed', on);
  redraw();
}

function choose(target) {
  view.chosen = target;
  showChosen();
  const task = chosenTask();
  if (task) bringIntoSight(task);
  redraw();
}

function bringIntoSight(task) {
  if (task.row === undefined || task.row < 0) {
    reveal(task);
    resize();
  }
  const top = task.row * ROW;
  const room = view.height - TOP - ROW;
  if (top < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - ROW);
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room + ROW;
}

function goTo(cycle) {
  const from = value(cycle.waits >= 0 ? cycle.waits : cycle.ready >= 0 ? cycle.ready : cycle.begins);
  const until = value(cycle.begins < 0 ? waitEnd(cycle) : stepEnd(cycle));
  const length = Math.max(until - from, extent() / 1e6, view.axis === 'time' ? 100 : 4);
  view.span = Math.min(extent() * 1.03, length * 1.6);
  view.from = from - (view.span - (until - from)) / 2;
  bound();
  choose(cycle);
}

function goToMoment(mark) {
  view.from = value(mark.at) - view.span / 2;
  bound();
  choose(byNumber.get(mark.value) ?? null);
}

/** The next or the former step of the task that is chosen. */
function stepOn(by) {
  const task = chosenTask() ?? rows[0];
  if (!task || !task.cycles.length) return;
  const at = view.chosen?.task ? task.cycles.indexOf(view.chosen) + by : by > 0 ? 0 : task.cycles.length - 1;
  const cycle = task.cycles[Math.max(0, Math.min(task.cycles.length - 1, at))];
  const middle = (x(cycle.waits >= 0 ? cycle.waits : cycle.ready >= 0 ? cycle.ready : cycle.begins) + x(stepEnd(cycle))) / 2;
  if (middle < view.names || middle > view.width) pan(middle - view.names - chartWidth() / 2);
  choose(cycle);
}

function chooseRow(by) {
  const task = chosenTask();
  const row = task && task.row >= 0 ? task.row + by : by > 0 ? 0 : rows.length - 1;
  if (rows.length) choose(rows[Math.max(0, Math.min(rows.length - 1, row))]);
}

function toggle(task) {
  if (!task?.children.length) return;
  task.open = !task.open;
  layOut();
  resize();
}

// Search: names, coroutines, failures, lines, and marks.

let found = [];
let foundAt = -1;

function search(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) {
    view.matches = null;
    found = [];
    byId('found').textContent = '';
    redraw();
    return;
  }
  const has = (candidate) => candidate && candidate.toLowerCase().includes(wanted);
  const places = new Set(data.places.map((place, i) => (has(place[0]) || has(line(i)) ? i : -1)));
  const called = new Set(data.functions.map((name, i) => (has(name) ? i : -1)));
  places.delete(-1);
  called.delete(-1);
  found = tasks.filter(
    (task) =>
      has(task.name) || has(task.coroutine) || has(task.failure) || places.has(task.site) ||
      task.marks.some((mark) => has(mark.text)) || task.spans.some((span) => has(span.text)) ||
      task.cycles.some((cycle) => places.has(cycle.place) || called.has(cycle.called)));
  view.matches = new Set(found);
  foundAt = -1;
  byId('found').textContent = found.length ? count(found.length, 'task') : 'none';
  redraw();
}

function nextFound(by) {
  if (!found.length) return;
  foundAt = (foundAt + by + found.length) % found.length;
  byId('found').textContent = foundAt + 1 + ' of ' + found.length;
  choose(found[foundAt]);
}

// Events.

const point = (event) => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

let drag = null;

canvas.addEventListener('pointerdown', (event) => {
  const [px, py] = point(event);
  drag = {px, py, from: view.from, top: scroller.scrollTop, moved: false};
  canvas.setPointerCapture(event.pointerId);
});

canvas.addEventListener('pointermove', (event) => {
  const [px, py] = point(event);
  if (drag) {
    drag.moved ||= Math.abs(px - drag.px) + Math.abs(py - drag.py) > 4;
    if (drag.moved) {
      view.from = drag.from - ((px - drag.px) / chartWidth()) * view.span;
      bound();
      scroller.scrollTop = drag.top - (py - drag.py);
      hideTip();
      redraw();
    }
    return;
  }
  const target = under(px, py);
  if (target !== view.over) {
    view.over = target;
    redraw();
  }
  if (target && px >= view.names && target.task) showTip(target, px, py);
  else hideTip();
});

canvas.addEventListener('pointerup', (event) => {
  const [px, py] = point(event);
  if (drag && !drag.moved) {
    const target = under(px, py);
    const task = target?.task ?? target;
    if (task && px < 20 + Math.min(task.depth, 10) * 13 && task.children.length) toggle(task);
    else choose(target);
  }
  drag = null;
});

canvas.addEventListener('pointerleave', () => {
  view.over = null;
  hideTip();
  redraw();
});

canvas.addEventListener('dblclick', (event) => {
  const target = under(...point(event));
  if (target?.task) goTo(target);
});

canvas.addEventListener('wheel', (event) => {
  const [px] = point(event);
  if (px < view.names && !event.ctrlKey) return; // scrolls the rows
  event.preventDefault();
  const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (event.altKey) scroller.scrollTop += event.deltaY;
  else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(sideways);
  else zoom(Math.exp(event.deltaY * (event.ctrlKey ? 0.01 : 0.0022)), px);
}, {passive: false});

function showTip(target, px, py) {
  const tip = byId('tip');
  tip.replaceChildren(...tipFor(target));
  tip.hidden = false;
  const left = Math.min(px + 14, view.width - tip.offsetWidth - 8);
  const top = py + 18 + tip.offsetHeight > view.height ? py - tip.offsetHeight - 12 : py + 18;
  tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
}

function hideTip() {
  byId('tip').hidden = true;
}

const KEYS = {
  ArrowUp: () => chooseRow(-1),
  ArrowDown: () => chooseRow(1),
  ArrowLeft: () => pan(-80),
  ArrowRight: () => pan(80),
  '+': () => zoom(0.7),
  '=': () => zoom(0.7),
  '-': () => zoom(1 / 0.7),
  f: fit,
  o: () => setAxis(view.axis === 'time' ? 'order' : 'time'),
  a: () => setArrows(!view.arrows),
  n: () => stepOn(1),
  p: () => stepOn(-1),
  Enter: () => toggle(chosenTask()),
  Escape: () => choose(null),
  Home: () => rows.length && choose(rows[0]),
  End: () => rows.length && choose(rows[rows.length - 1]),
};

document.addEventListener('keydown', (event) => {
  const typing = event.target === byId('search');
  if (typing && event.key === 'Enter') {
    nextFound(event.shiftKey ? -1 : 1);
  } else if (typing && event.key === 'Escape') {
    byId('search').value = '';
    search('');
    canvas.focus();
  } else if (event.key === '/' && !typing) {
    byId('search').focus();
    event.preventDefault();
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
    const onButton = event.target.closest?.('button, tr');
    if (onButton && event.key === 'Enter') return;
    KEYS[event.key]();
    event.preventDefault();
  }
});

byId('search').addEventListener('input', (event) => search(event.target.value));
byId('fit').addEventListener('click', fit);
byId('zoom-in').addEventListener('click', () => zoom(0.6));
byId('zoom-out').addEventListener('click', () => zoom(1 / 0.6));
byId('axis-time').addEventListener('click', () => setAxis('time'));
byId('axis-order').addEventListener('click', () => setAxis('order'));
byId('arrows').addEventListener('click', () => setArrows(!view.arrows));
scroller.addEventListener('scroll', redraw);
new ResizeObserver(resize).observe(scroller);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  readColours();
  redraw();
});

// The page as it opens.

document.title = data.title;
byId('title').textContent = data.title;
byId('summary').textContent =
  count(tasks.length, 'task') + ' in ' + duration(lastTime) + (data.virtual ? ' of virtual time' : '') +
  (data.lost ? '; the last ' + times.length.toLocaleString('en') + ' of ' + (data.lost + times.length).toLocaleString('en') + ' events' : '');
readColours();
showLegend();
showLongest();
showLines();
showMarks();
showChosen();
view.span = extent() * 1.03;
view.from = -extent() * 0.01;
resize();
// A part of it may be asked for in the address: #order, #find=text, #task=number.
for (const part of location.hash.slice(1).split('&')) {
  const [name, given] = part.split('=').map(decodeURIComponent);
  if (name === 'order') setAxis('order');
  if (name === 'find' && given) {
    byId('search').value = given;
    search(given);
    nextFound(1);
  }
  if (name === 'task' && byNumber.has(Number(given))) choose(byNumber.get(Number(given)));
  if (name === 'step' && cycles[Number(given)]) choose(cycles[Number(given)]);
}
document.body.dataset.tasks = tasks.length;
document.body.dataset.cycles = cycles.length;
document.body.dataset.events = times.length;
document.body.dataset.state = 'shown';

'use strict';

// What the page knows: the recording, decoded and indexed. A moment is the index of an event.

const data = JSON.parse(document.getElementById('data').textContent);

const times = new Float64Array(data.times.length);
data.times.reduce((time, delta, i) => (times[i] = time + delta), 0);
const lastMoment = Math.max(0, times.length - 1);
const lastTime = times.length ? times[lastMoment] : 0;

const OUTCOMES = ['ended', 'was cancelled', 'failed'];
const SOURCES = {
  0: 'code outside of tasks',
  '-1': 'a timer',
  '-2': 'a channel',
  '-3': 'another thread',
  '-4': 'a callback',
};

const tasks = data.tasks.number.map((number, i) => ({
  index: i,
  number,
  name: data.tasks.name[i],
  coroutine: data.tasks.coroutine[i],
  by: data.tasks.by[i],
  site: data.tasks.site[i],
  siteSeen: data.tasks.siteSeen[i] === 1,
  created: data.tasks.created[i],
  ended: data.tasks.ended[i],
  outcome: data.tasks.outcome[i],
  failure: data.tasks.failure[i],
  children: [],
  cycles: [],
  marks: [],
  spans: [],
  open: true,
  depth: 0,
}));
const byNumber = new Map(tasks.map((task) => [task.number, task]));

const cycles = data.cycles.task.map((number, i) => ({
  index: i,
  task: byNumber.get(number),
  waits: data.cycles.waits[i],
  ready: data.cycles.ready[i],
  begins: data.cycles.begins[i],
  ends: data.cycles.ends[i],
  place: data.cycles.place[i],
  called: data.cycles.called[i],
  awaited: data.cycles.awaited[i],
  by: data.cycles.by[i],
  woken: data.cycles.woken[i],
  real: data.cycles.real ? data.cycles.real[i] : -1,
}));
cycles.forEach((cycle) => cycle.task.cycles.push(cycle));

const moments = (name) => {
  const column = data[name];
  return column.at.map((at, i) => ({at, until: column.until[i], value: column.value[i], text: column.text[i]}));
};
const passes = moments('passes');
const sleeps = moments('sleeps');
const lags = moments('lags');
const callbacks = moments('callbacks');
const marks = moments('marks');
const spans = moments('spans');
marks.forEach((mark) => byNumber.get(mark.value)?.marks.push(mark));
spans.forEach((span) => byNumber.get(span.value)?.spans.push(span));

// Tasks stand under the task that made them.

const roots = [];
for (const task of tasks) {
  const maker = task.by > 0 && task.by !== task.number ? byNumber.get(task.by) : undefined;
  (maker && maker.number < task.number ? maker.children : roots).push(task);
  task.parent = maker;
}

/** The tasks that are shown, in their order. */
let rows = [];

function layOut() {
  rows = [];
  const left = roots.map((task) => [task, 0]).reverse();
  while (left.length) {
    const [task, depth] = left.pop();
    task.depth = depth;
    task.row = rows.push(task) - 1;
    if (task.open) {
      for (let i = task.children.length - 1; i >= 0; i--) {
        left.push([task.children[i], depth + 1]);
      }
    } else {
      hide(task);
    }
  }
}

function hide(task) {
  const left = [...task.children];
  while (left.length) {
    const hidden = left.pop();
    hidden.row = -1;
    left.push(...hidden.children);
  }
}

/** Opens what hides a task. */
function reveal(task) {
  for (let at = task.parent; at; at = at.parent) {
    at.open = true;
  }
  layOut();
}

// Words.

function duration(nanos) {
  if (nanos < 1e3) return Math.round(nanos) + ' ns';
  if (nanos < 1e6) return short(nanos / 1e3) + ' µs';
  if (nanos < 1e9) return short(nanos / 1e6) + ' ms';
  if (nanos < 120e9) return short(nanos / 1e9) + ' s';
  if (nanos < 7200e9) return short(nanos / 60e9) + ' min';
  return short(nanos / 3600e9) + ' h';
}

function short(number) {
  return String(Number(number.toPrecision(number < 1000 ? 3 : 4)));
}

const between = (from, until) => times[until] - times[from];
const count = (number, noun) => number.toLocaleString('en') + ' ' + noun + (number === 1 ? '' : 's');
const nameOf = (number) => (number > 0 ? byNumber.get(number)?.name ?? 'Task ' + number : SOURCES[number]);

function line(place) {
  if (place < 0) return 'a line that is not known';
  const [, file, number] = data.places[place];
  return number < 0 ? file : file + ':' + number;
}

const method = (place) => (place < 0 ? '' : data.places[place][0]);
const shortMethod = (name) => name.split('.').slice(-2).join('.');

/** What a task waits for in a cycle. */
function what(cycle) {
  if (cycle.awaited > 0) return nameOf(cycle.awaited);
  return cycle.called < 0 ? 'a promise' : data.functions[cycle.called];
}

const isSleep = (cycle) => cycle.called >= 0 && data.functions[cycle.called] === 'Async.sleep';
const waitEnd = (cycle) => (cycle.ready >= 0 ? cycle.ready : lastMoment);
const stepEnd = (cycle) => (cycle.ends >= 0 ? cycle.ends : lastMoment);
const waitTime = (cycle) => (cycle.waits < 0 ? 0 : between(cycle.waits, waitEnd(cycle)));
const stepTime = (cycle) =>
  cycle.begins < 0 ? 0 : cycle.real >= 0 ? Math.max(cycle.real, between(cycle.begins, stepEnd(cycle))) : between(cycle.begins, stepEnd(cycle));
const readyTime = (cycle) => (cycle.ready < 0 ? 0 : between(cycle.ready, cycle.begins < 0 ? lastMoment : cycle.begins));

/** Who begins, or goes on, last: what is the longest of all cycles. */
function longest(measure) {
  let best = null;
  for (const cycle of cycles) {
    if (measure(cycle) > 0 && (!best || measure(cycle) > measure(best))) best = cycle;
  }
  return best;
}

/** The lines that were waited on, those first that took the most time. */
function waitedOn() {
  const lines = new Map();
  for (const cycle of cycles) {
    if (cycle.waits < 0 || cycle.place < 0) continue;
    let entry = lines.get(cycle.place);
    if (!entry) {
      entry = {place: cycle.place, count: 0, total: 0, called: new Set(), longest: cycle};
      lines.set(cycle.place, entry);
    }
    entry.count++;
    entry.total += waitTime(cycle);
    entry.called.add(cycle.awaited > 0 ? 'a task' : what(cycle));
    if (waitTime(cycle) > waitTime(entry.longest)) entry.longest = cycle;
  }
  return [...lines.values()].sort((a, b) => b.total - a.total || b.count - a.count);
}

layOut();

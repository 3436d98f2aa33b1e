// What stands beside the canvas: what is chosen, the longest, the lines that were waited on.

/** Makes an element: texts are never read as markup. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, set] of Object.entries(attributes ?? {})) {
    if (name === 'onclick') made.addEventListener('click', set);
    else made.setAttribute(name, set);
  }
  made.append(...children.filter((child) => child !== null && child !== ''));
  return made;
}

const byId = (id) => document.getElementById(id);
const code = (text) => element('code', null, text);

function terms(pairs) {
  const list = element('dl');
  for (const [name, text] of pairs) {
    if (text !== null && text !== undefined && text !== '') list.append(element('dt', null, name), element('dd', null, text));
  }
  return list;
}

function placeText(place) {
  return place < 0 ? null : element('span', null, code(line(place)), ' ', element('span', {class: 'quiet'}, shortMethod(method(place))));
}

/** Of many tasks of one coroutine only some were looked at. */
function siteText(task) {
  const text = placeText(task.site);
  if (text && !task.siteSeen) text.append(element('span', {class: 'quiet'}, ', as others of its coroutine'));
  return text;
}

const at = (moment) => (moment < 0 ? null : duration(times[moment]));

function taskTerms(task) {
  const maker = task.by > 0 || task.created >= 0 ? nameOf(task.by) : null;
  const outcome = task.outcome < 0 ? 'is alive' : OUTCOMES[task.outcome] + ' at ' + at(task.ended);
  const run = task.cycles.reduce((sum, cycle) => sum + stepTime(cycle), 0);
  const waited = task.cycles.reduce((sum, cycle) => sum + waitTime(cycle), 0);
  const queued = task.cycles.reduce((sum, cycle) => sum + readyTime(cycle), 0);
  return terms([
    ['Coroutine', task.coroutine ? code(shortMethod(task.coroutine)) : null],
    ['Made by', maker],
    ['Made at', siteText(task)],
    ['Since', at(task.created)],
    ['State', task.outcome === 2 ? element('span', {class: 'bad'}, outcome) : outcome],
    ['Failure', task.failure ? element('span', {class: 'bad'}, task.failure) : null],
    ['Steps', count(task.cycles.filter((cycle) => cycle.begins >= 0).length, 'step') + ', ' + duration(run)],
    ['Waited', duration(waited) + (queued > 0 ? ', and ' + duration(queued) + ' for its turn' : '')],
  ]);
}

function wakerText(cycle) {
  if (cycle.ready < 0) return 'nobody yet';
  return cycle.by === cycle.task.number ? 'itself, giving way' : nameOf(cycle.by);
}

function cycleTerms(cycle) {
  return terms([
    ['Waits for', cycle.waits >= 0 ? what(cycle) : null],
    ['At', cycle.waits >= 0 ? placeText(cycle.place) : null],
    ['Waited', cycle.waits >= 0 ? duration(waitTime(cycle)) + (cycle.ready < 0 ? ', and still waits' : '') : null],
    [cycle.waits >= 0 ? 'Woken by' : 'Started by', wakerText(cycle)],
    ['Its turn', cycle.begins >= 0 && readyTime(cycle) > 0 ? 'after ' + duration(readyTime(cycle)) : null],
    ['Step', cycle.begins >= 0 ? duration(stepTime(cycle)) + (cycle.ends < 0 ? ', and still runs' : '') + (cycle.real >= 0 ? " on the machine's clock" : '') : null],
    ['From', cycle.waits >= 0 ? duration(times[cycle.waits]) : null],
  ]);
}

function showChosen() {
  const section = byId('chosen');
  const task = chosenTask();
  if (!task) {
    section.replaceChildren(element('h2', null, 'Details'), element('p', {class: 'quiet', style: 'margin:0'}, 'Choose a task, a wait or a step.'));
    return;
  }
  const cycle = view.chosen.task ? view.chosen : null;
  const parts = [element('h3', null, task.name)];
  if (cycle) {
    const place = task.cycles.indexOf(cycle) + 1;
    parts.push(element('h2', null, (cycle.waits >= 0 ? 'Wait and step ' : 'Step ') + place + ' of ' + task.cycles.length), cycleTerms(cycle));
    parts.push(element('h2', {style: 'margin-top:12px'}, 'Its task'));
  }
  parts.push(taskTerms(task));
  section.replaceChildren(...parts);
}

function jump(cycle, ...content) {
  return element('button', {class: 'jump', onclick: () => goTo(cycle)}, ...content);
}

function showLongest() {
  const wait = longest(waitTime);
  const step = longest(stepTime);
  const parts = [element('h2', null, 'Longest')];
  if (wait) {
    parts.push(
      jump(wait, element('strong', null, duration(waitTime(wait))), ' wait of ', wait.task.name, ' for ', what(wait), ' ',
        element('span', {class: 'quiet'}, code(line(wait.place)))));
    document.body.dataset.longestWait = wait.task.name + ' ' + line(wait.place);
  }
  if (step) {
    parts.push(
      jump(step, element('strong', null, duration(stepTime(step))), ' step of ', step.task.name,
        step.waits >= 0 ? ' from ' : '', step.waits >= 0 ? element('span', {class: 'quiet'}, code(line(step.place))) : ', its first'));
    document.body.dataset.longestStep = step.task.name;
  }
  if (parts.length === 1) parts.push(element('p', {class: 'quiet', style: 'margin:0'}, 'Nothing has waited or run.'));
  byId('longest').replaceChildren(...parts);
}

function showLines() {
  const lines = waitedOn();
  const most = lines.length ? lines[0].total : 0;
  const body = element('tbody');
  for (const entry of lines.slice(0, 10)) {
    const share = most > 0 ? (100 * entry.total) / most : 0;
    const row = element(
      'tr',
      {class: 'line', tabindex: '0', title: method(entry.place)},
      element('td', null, code(line(entry.place)), element('div', {class: 'quiet'}, [...entry.called].slice(0, 3).join(', ')),
        element('div', {class: 'share', style: 'width:' + share.toFixed(1) + '%'})),
      element('td', null, entry.count.toLocaleString('en')),
      element('td', null, duration(entry.total)));
    row.addEventListener('click', () => goTo(entry.longest));
    row.addEventListener('keydown', (event) => event.key === 'Enter' && goTo(entry.longest));
    body.append(row);
  }
  const head = element('tr', null, element('th', null, 'Line'), element('th', null, 'Waits'), element('th', null, 'In all'));
  byId('lines').replaceChildren(element('h2', null, 'Waited on most'), element('table', null, element('thead', null, head), body));
  document.body.dataset.lines = lines.length;
}

function showMarks() {
  if (marks.length + spans.length === 0) return;
  const parts = [element('h2', null, 'Marks')];
  for (const mark of [...marks, ...spans].slice(0, 30)) {
    const length = mark.until > mark.at ? duration(between(mark.at, mark.until)) + ' ' : '';
    parts.push(
      element('button', {class: 'jump', onclick: () => goToMoment(mark)}, element('strong', null, length), mark.text, ' ',
        element('span', {class: 'quiet'}, nameOf(mark.value) + ', at ' + duration(times[mark.at]))));
  }
  if (marks.length + spans.length > 30) parts.push(element('p', {class: 'quiet'}, 'and ' + (marks.length + spans.length - 30) + ' more'));
  byId('marks').replaceChildren(...parts);
}

function showLegend() {
  const entries = [
    ['background:var(--run)', 'runs'],
    ['background:var(--ready)', 'is ready, and waits for its turn'],
    ['background:var(--wait-task)', 'waits for a task'],
    ['background:var(--wait-time)', 'sleeps'],
    ['background:var(--wait-other)', 'waits for something else'],
    ['background:var(--failed)', 'failed', 'end'],
    ['background:var(--cancelled)', 'cancelled', 'end'],
    ['', 'wakes', 'arrow'],
    ['background:var(--mark)', 'mark', 'mark'],
    ['background:var(--callback)', 'callback'],
    ['background:var(--lag)', 'timer late by more than 1 ms', 'end'],
    ['background:var(--idle)', 'loop sleeps'],
  ];
  byId('legend').replaceChildren(
    ...entries.map(([style, text, kind]) => element('span', null, element('i', {style, class: kind ?? ''}), text)));
}

function tipFor(target) {
  if (!target.task) {
    return [element('p', null, element('strong', null, target.name)), element('p', {class: 'where'}, target.coroutine ?? '')];
  }
  const parts = [element('p', null, element('strong', null, target.task.name))];
  if (target.waits >= 0) {
    parts.push(
      element('p', null, (target.ready < 0 ? 'waits for ' : 'waited for ') + what(target) + ', ' + duration(waitTime(target))),
      element('p', {class: 'where'}, code(line(target.place)), ' ' + shortMethod(method(target.place))));
  }
  if (target.ready >= 0) parts.push(element('p', null, (target.waits >= 0 ? 'woken by ' : 'started by ') + wakerText(target)));
  if (readyTime(target) > 0) parts.push(element('p', null, 'waited ' + duration(readyTime(target)) + ' for its turn'));
  if (target.begins >= 0) parts.push(element('p', null, 'ran for ' + duration(stepTime(target))));
  return parts;
}

'use strict';

// Search, filters, sorting, pages, and the address that keeps them. Texts of artifacts are written as text, never as markup.

const pageSize = 100;
const table = byId('table');
const body = table.tBodies[0];
const filters = byId('filters');
const collator = new Intl.Collator('en', { numeric: true });

/// The fields of a row that are filtered by; it has several tasks, and lacks several fields.
const chosen = ['verdict', 'format', 'framework', 'task', 'loading', 'missing', 'structure'];
const holds = (row, name, value) => (Array.isArray(row[name]) ? row[name].includes(value)
  : name === 'structure' && value === 'shared' ? row.same > 1 : row[name] === value);
const columns = { path: (row) => row.path, verdict: (row) => row.rank, format: (row) => row.format || null,
  framework: (row) => (row.framework ? `${row.framework} ${row.version}` : null), ports: (row) => row.ports || null,
  parameters: (row) => row.parameters, size: (row) => row.size, gaps: (row) => row.gaps };

let rows = [];
/// All rows in the order of the column that is sorted by.
let ordered = [];
let found = [];
let page = 0;
let order = null;

const pathCell = (row) => {
  const cell = element('th');
  cell.scope = 'row';
  const button = element('button', 'open mono');
  button.type = 'button';
  button.dataset.index = row.index;
  button.setAttribute('aria-haspopup', 'dialog');
  // Its folder stands on a line of its own, and is no word of its own.
  button.setAttribute('aria-label', row.path);
  const slash = row.path.lastIndexOf('/', row.path.length - 2) + 1;
  if (slash > 0) button.append(element('span', 'folder', row.path.slice(0, slash)));
  button.append(row.path.slice(slash));
  cell.append(button);
  if (row.reason) cell.append(element('span', `reason ${row.tone}`, row.reason));
  if (row.same > 1) {
    const same = element('button', 'same', `same structure: ${count.format(row.same)}`);
    same.type = 'button';
    same.dataset.structure = row.structure;
    same.setAttribute('aria-label', `Show the ${count.format(row.same)} artifacts with the structure of ${row.path}`);
    cell.append(same);
  }
  return cell;
};

const numberCell = (name, value, text, label) => {
  const cell = element('td', `number ${name}`, value === null ? '' : text(value));
  if (label) cell.dataset.label = label;
  return cell;
};

const rowElement = (row) => {
  const made = element('tr');
  const verdict = element('td');
  verdict.append(element('span', `badge ${row.tone}`, row.verdict));
  made.append(pathCell(row), verdict, element('td', 'format', row.format),
    element('td', 'framework', `${row.framework} ${row.version}`.trim()), element('td', 'ports', row.ports),
    numberCell('parameters', row.parameters, (value) => count.format(value), 'parameters'),
    numberCell('size', row.size, bytesText),
    numberCell('gaps', row.gaps, (value) => count.format(value), 'missing'));
  return made;
};

const listed = { body, pageSize, rowOf: rowElement, status: byId('status'), noun: 'artifact',
  none: 'No artifact matches. Clear the filters to see all.' };

const show = () => {
  page = showPage(listed, found, rows.length, page);
  for (const button of document.querySelectorAll('.export')) button.disabled = found.length === 0;
};

const filter = () => {
  const words = filters.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = chosen.map((name) => [name, filters.elements[name].value]).filter(([, value]) => value);
  found = ordered.filter((row) => wanted.every(([name, value]) => holds(row, name, value))
    && words.every((word) => row.text.includes(word)));
  show();
};

/// Every value that occurs, with how often.
const fill = (name) => {
  const counts = new Map();
  for (const row of rows) for (const value of [row[name]].flat()) counts.set(value, (counts.get(value) || 0) + 1);
  counts.delete('');
  const values = [...counts.keys()];
  // Verdicts stand in the order of their rank, which is that of the rows.
  if (name === 'structure') return fillStructures(counts);
  if (name !== 'verdict') values.sort(collator.compare);
  filters.elements[name].append(...values.map((value) =>
    new Option(`${value} (${count.format(counts.get(value))})`, value)));
};

/// The largest groups of the same structure, each named by its first artifact.
const fillStructures = (counts) => {
  const firsts = new Map();
  for (const row of rows) if (row.structure && !firsts.has(row.structure)) firsts.set(row.structure, row.path);
  const groups = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 200);
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  if (total > 0) filters.elements.structure.append(new Option(`shared with others (${count.format(total)})`, 'shared'));
  filters.elements.structure.append(...groups.map(([value, many]) =>
    new Option(`as ${firsts.get(value).slice(-60)} (${count.format(many)})`, value)));
};

/// Chooses a group, also one that is not among the largest.
const chooseStructure = (value) => {
  const field = filters.elements.structure;
  field.value = value;
  if (field.value === value) return;
  field.append(new Option(`as ${(rows.find((row) => row.structure === value)?.path ?? '').slice(-60)}`, value));
  field.value = value;
};

/// What is unknown comes last either way.
const sort = () => {
  for (const title of table.tHead.rows[0].cells) {
    title.setAttribute('aria-sort', order && title.dataset.column === order.column
      ? (order.descending ? 'descending' : 'ascending') : 'none');
  }
  ordered = rows;
  if (!order) return;
  const sign = order.descending ? -1 : 1;
  const keyed = rows.map((row, place) => ({ row, place, key: columns[order.column](row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
    const difference = typeof a.key === 'number' ? a.key - b.key : collator.compare(a.key, b.key);
    return sign * difference || a.place - b.place;
  });
  ordered = keyed.map(({ row }) => row);
};

/// Turns the title of a column into the button that sorts by it.
const sortable = (title) => {
  const button = element('button');
  button.type = 'button';
  button.append(...title.firstElementChild.childNodes);
  title.replaceChildren(button);
  button.addEventListener('click', () => {
    const { column, first } = title.dataset;
    order = { column, descending: order?.column === column ? !order.descending : first === 'descending' };
    page = 0;
    sort();
    filter();
    remember();
  });
};

const turn = (step) => {
  page += step;
  show();
  remember();
  table.scrollIntoView({ block: 'start' });
};

/// Figures filter the table by what they count.
const shortcut = (figure) => {
  const button = element('button', figure.className);
  button.type = 'button';
  button.append(...figure.childNodes);
  button.title = 'Show these in the table';
  button.addEventListener('click', () => {
    const { filter: name, value } = figure.dataset;
    clear();
    if (name) filters.elements[name].value = value;
    filter();
    remember();
    byId('artifacts').scrollIntoView();
    byId('artifacts').focus({ preventScroll: true });
  });
  figure.className = '';
  figure.append(button);
};

const clear = () => {
  for (const name of ['search', ...chosen]) filters.elements[name].value = '';
  page = 0;
};

/// Keeps in the address what is shown, so that it can be sent to somebody and comes back with the page.
const remember = () => {
  const state = new URLSearchParams();
  for (const name of ['search', ...chosen]) {
    const { value } = filters.elements[name];
    if (value) state.set(name, value);
  }
  if (order) state.set('sort', `${order.descending ? '-' : ''}${order.column}`);
  if (page > 0) state.set('page', page + 1);
  if (openRow !== null) state.set('open', openRow.index + 1);
  const text = state.toString();
  if (location.hash.slice(1) !== text) history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
};

/// Shows what the address says. What it does not say correctly is passed over.
const recall = () => {
  const state = new URLSearchParams(location.hash.slice(1));
  clear();
  for (const name of ['search', ...chosen]) filters.elements[name].value = state.get(name) ?? '';
  if (rows.some((row) => row.structure && row.structure === state.get('structure'))) chooseStructure(state.get('structure'));
  for (const name of chosen) if (filters.elements[name].selectedIndex < 0) filters.elements[name].value = '';
  const column = (state.get('sort') ?? '').replace(/^-/, '');
  order = Object.hasOwn(columns, column) ? { column, descending: state.get('sort').startsWith('-') } : null;
  page = Math.max(0, (Number.parseInt(state.get('page'), 10) || 1) - 1);
  sort();
  filter();
  const index = Number.parseInt(state.get('open'), 10) - 1;
  const row = rows.find((candidate) => candidate.index === index);
  if (row) openCard(row); else closeCard();
};

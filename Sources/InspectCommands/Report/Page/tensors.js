'use strict';

// The tensors of the page of one model: the map of its modules, and a table of those in the module that is open.

const pageSize = 100;
const body = byId('tensor-table').tBodies[0];
const filter = byId('filter').elements.filter;

let tensors = [];
let tree = null;
let found = [];
let open = '';
let page = 0;

const loadTensors = async () => {
  const blocks = [...document.querySelectorAll('script.tensors')];
  const lists = await Promise.all(blocks.map(unpack));
  blocks.forEach((block) => block.remove());
  return lists.flat().map(([name, shape, type, elements, bytes, offset, file, shared]) =>
    ({ name, shape, type, elements, bytes, offset, file, shared, text: `${name} ${type ?? ''} ${shape?.join('x') ?? ''} ${shape?.join(',') ?? ''}`.toLowerCase() }));
};

/// The node of a path; the whole model where there is none.
const nodeOf = (path) => {
  let node = tree.root;
  while (node && node.path !== path) {
    node = [...(node.children?.values() ?? [])].find((child) => child.path === path
      || path.startsWith(child.path) && './'.includes(path[child.path.length]));
  }
  return node ?? tree.root;
};

const cell = (name, text, label) => {
  const made = element('td', name, text);
  if (label) made.dataset.label = label;
  return made;
};

const placeText = (tensor) => (tensor.shared !== null ? `shared with ${tensor.shared}`
  : [tensor.file, tensor.offset === null ? null : `at ${count.format(tensor.offset)}`].filter((part) => part !== null).join(' '));

const rowOf = (tensor) => {
  const row = element('tr');
  const name = element('th', 'mono', tensor.name);
  name.scope = 'row';
  row.append(name, cell('shape', tensor.shape ? `[${tensor.shape.join(', ')}]` : ''), cell('', tensor.type ?? ''),
    cell('number', tensor.elements === null ? '' : count.format(tensor.elements), 'elements'),
    cell('number', tensor.bytes === null ? '' : count.format(tensor.bytes), 'bytes'), cell('place', placeText(tensor)));
  return row;
};

const table = { body, pageSize, rowOf, status: byId('tensors-status'), noun: 'tensor',
  none: 'No tensor matches. Clear the filter to see all.' };

const showTable = () => { page = showPage(table, found, tensors.length, page); };

const find = () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const within = (name) => !open || name === open || name.startsWith(open) && './'.includes(name[open.length]);
  found = tensors.filter((tensor) => within(tensor.name) && words.every((word) => tensor.text.includes(word)));
  showTable();
};

/// Where we are, as links that lead back.
const showTrail = (node) => {
  const trail = [];
  // What is alone in the modules around it is shown as they are.
  const isSeen = (step) => step === node || !step.parent || (step.children.size > 1 && step !== lastAlone(tree.root));
  for (let step = node; step; step = step.parent) if (isSeen(step)) trail.unshift(step);
  byId('trail').replaceChildren(...trail.flatMap((step, index) => {
    const before = trail[index - 1]?.path ?? '';
    const name = step.parent ? step.path.slice(before ? before.length + 1 : 0) : 'all';
    if (step === node) {
      const here = element('span', 'mono', name);
      here.setAttribute('aria-current', 'page');
      return [here];
    }
    const link = element('a', 'mono', name);
    link.href = `#module=${encodeURIComponent(step.path)}`;
    return [link, ' › '];
  }));
};

/// A tensor is shown among its neighbours.
const showMap = () => {
  const node = nodeOf(open);
  const shown = node.children ? lastAlone(node) : node.parent;
  drawMap(shown.children ? shown : shown.parent ?? shown, node.children ? node : node.parent ?? node, tree.unit);
  showTrail(node);
};

const remember = () => {
  const state = new URLSearchParams();
  if (open) state.set('module', open);
  if (filter.value) state.set('filter', filter.value);
  if (page > 0) state.set('page', page + 1);
  const text = state.toString();
  if (location.hash.slice(1) !== text) history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
};

/// Shows what the address says. What it does not say correctly is passed over.
const recall = () => {
  const state = new URLSearchParams(location.hash.slice(1));
  const hadFocus = map.contains(document.activeElement);
  open = nodeOf(state.get('module') ?? '').path;
  filter.value = state.get('filter') ?? '';
  page = Math.max(0, (Number.parseInt(state.get('page'), 10) || 1) - 1);
  showMap();
  find();
  if (hadFocus) map.querySelector('a')?.focus();
};

/// The module around the one that is open.
const goUp = () => {
  if (!open) return;
  let node = nodeOf(open).parent;
  while (node?.parent && (node.children.size === 1 || node === lastAlone(tree.root))) node = node.parent;
  location.hash = node?.path ? `module=${encodeURIComponent(node.path)}` : 'module=';
};

const turn = (by) => {
  page += by;
  showTable();
  remember();
  byId('tensor-table').scrollIntoView({ block: 'start' });
};

const start = async () => {
  tensors = await loadTensors();
  tree = moduleTree(tensors);
  for (const hidden of document.querySelectorAll('[data-script]')) hidden.hidden = false;
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  filter.addEventListener('input', () => { page = 0; find(); remember(); });
  byId('previous').addEventListener('click', () => turn(-1));
  byId('next').addEventListener('click', () => turn(1));
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input')) return;
    event.preventDefault();
    filter.focus();
    filter.select();
  });
  addEventListener('hashchange', recall);
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) === width) return;
    width = Math.round(entry.contentRect.width);
    showMap();
  }).observe(map.parentElement);
  recall();
  document.documentElement.dataset.ready = '';
};

start().catch((error) => {
  for (const hidden of document.querySelectorAll('[data-script]')) hidden.hidden = false;
  byId('tensors-status').textContent = `This browser cannot show the tensors (${error.message}); one of 2023 or later can.`;
  document.documentElement.dataset.ready = 'failed';
});

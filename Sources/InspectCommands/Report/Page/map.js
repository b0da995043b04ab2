'use strict';

// Draws the parts of a module as a map whose areas are links: one stop of the keyboard, arrow keys within.

const map = byId('map');
const most = 48;
const inSVG = (name, attributes) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const percent = (part, whole) => (whole > 0 ? `${(100 * part / whole).toFixed(part / whole < 0.1 ? 1 : 0)} %` : '');

/// As much of the text as there is room for; letters are taken to be seven wide.
const fitted = (text, width) => {
  const room = Math.floor((width - 12) / 7);
  return text.length <= room ? text : room < 4 ? '' : `${text.slice(0, room - 1)}…`;
};

const label = (text, box, className) => {
  const shown = box.height < 18 ? '' : fitted(text, box.width);
  if (!shown) return null;
  const made = inSVG('text', { x: box.x + 6, y: box.y + 14, class: className });
  made.textContent = shown;
  return made;
};

const rectangle = (box, className) => inSVG('rect', { x: box.x.toFixed(1), y: box.y.toFixed(1),
  width: Math.max(0, box.width - 2).toFixed(1), height: Math.max(0, box.height - 2).toFixed(1), rx: 3, class: className });

/// What lies within an area, without names to go to.
const inner = (part, box) => {
  const group = inSVG('g', { 'aria-hidden': 'true' });
  const parts = partsOf(part).slice(0, most);
  const room = { x: box.x + 3, y: box.y + 34, width: box.width - 8, height: box.height - 39 };
  if (parts.length < 2 || room.width < 24 || room.height < 16) return group;
  squarified(parts.map((each) => each.size), room).forEach((place, index) => {
    if (place.width < 3 || place.height < 3) return;
    group.append(rectangle(place, 'within'));
    const text = label(parts[index].name, place, 'quiet');
    if (text) group.append(text);
  });
  return group;
};

const area = (part, box, index, shown, open, unit) => {
  const start = part.path.slice(open.path && part.path.startsWith(open.path) ? open.path.length + 1 : 0);
  const whole = `${start}: ${count.format(part.size)} ${unit}, ${percent(part.size, shown.size)}`
    + (part.children ? `, ${count.format(part.tensors)} tensors` : '');
  const link = inSVG('a', { href: `#module=${encodeURIComponent(part.path)}`, 'aria-label': whole,
    tabindex: index === 0 ? 0 : -1, class: `area hue${index % 6}` });
  const title = inSVG('title', {});
  title.textContent = whole;
  link.append(title, rectangle(box, 'ground'));
  for (const [text, className, down] of [[start, 'name', 0], [percent(part.size, shown.size), 'quiet', 15]]) {
    const made = label(text, { ...box, y: box.y + down, height: box.height - down }, className);
    if (made) link.append(made);
  }
  if (part.children) link.append(inner(part, box));
  return link;
};

/// Draws the parts of `shown`, named from `open` on; what is beyond the largest of them is one area that leads nowhere.
const drawMap = (shown, open, unit) => {
  const width = Math.max(240, Math.round(map.parentElement.clientWidth));
  const height = Math.round(Math.min(420, Math.max(220, width * 0.5)));
  map.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const all = partsOf(shown);
  const parts = all.slice(0, most);
  const rest = all.slice(most).reduce((sum, part) => sum + part.size, 0);
  map.setAttribute('aria-label', `Tensors by module: ${shown.path || 'all'}, ${count.format(all.length)} parts`);
  const places = squarified([...parts.map((part) => part.size), ...(rest > 0 ? [rest] : [])].sort((a, b) => b - a),
    { x: 0, y: 0, width, height });
  // What is left over may be larger than some: it takes the place of its size.
  const at = rest > 0 ? parts.filter((part) => part.size >= rest).length : -1;
  map.replaceChildren();
  let next = 0;
  places.forEach((box, place) => {
    if (place === at) {
      map.append(rectangle(box, 'rest'));
      const text = label(`${count.format(all.length - most)} more`, box, 'quiet');
      if (text) map.append(text);
      return;
    }
    map.append(area(parts[next], box, next, shown, open, unit));
    next += 1;
  });
};

map.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const areas = [...map.querySelectorAll('a')];
  const here = areas.indexOf(document.activeElement);
  const steps = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0,
    End: areas.length - 1 };
  if (event.key === 'Escape') goUp();
  const next = areas[steps[event.key]];
  if (!next || here < 0) return;
  event.preventDefault();
  for (const other of areas) other.setAttribute('tabindex', other === next ? 0 : -1);
  next.focus();
});

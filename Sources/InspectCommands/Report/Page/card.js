'use strict';

// The card of a row, on a sheet beside the table, and the rows before and behind it.

const card = byId('card');
let openRow = null;

/// Where each value comes from, of the first `most` values.
const evidenceItems = (evidence, most) => {
  const items = evidence.slice(0, most).map((each) => {
    const item = element('li');
    item.append(element('code', '', inert(each.field)), ` ${inert(each.origin)}: ${inert(each.where)}`);
    return item;
  });
  if (evidence.length > most) items.push(element('li', '', `… and ${count.format(evidence.length - most)} more`));
  return items;
};

const openCard = async (row) => {
  openRow = row;
  const place = found.indexOf(row);
  byId('card-title').textContent = row.path;
  byId('before').disabled = place <= 0;
  byId('behind').disabled = place < 0 || place === found.length - 1;
  const { card: markup, record } = await detailsOf(row);
  const content = document.createElement('template');
  // Markup of the program's own making, in which all that is an artifact's is escaped.
  content.innerHTML = markup;
  for (const code of content.content.querySelectorAll('code[data-draft]')) {
    code.textContent = JSON.stringify(record.draft[code.dataset.draft], null, 2);
  }
  for (const list of content.content.querySelectorAll('[data-evidence]')) {
    list.append(...evidenceItems(record.evidence, Number(list.dataset.evidence)));
  }
  // Another row may have been opened in the meantime.
  if (openRow !== row) return;
  showSheet(content.content);
  remember();
};

/// Puts a content on the sheet, and shows the sheet.
const showSheet = (content) => {
  byId('card-body').replaceChildren(content);
  byId('card-body').scrollTop = 0;
  if (!card.open) card.showModal();
};

const closeCard = () => { if (card.open) card.close(); };

const step = (by) => {
  const row = found[found.indexOf(openRow) + by];
  if (!row || !openRow) return;
  // The page of the table goes with it, and with it the button that the focus comes back to.
  const other = Math.floor(found.indexOf(row) / pageSize);
  if (other !== page) { page = other; show(); }
  openCard(row);
};

byId('before').addEventListener('click', () => step(-1));
byId('behind').addEventListener('click', () => step(1));
card.addEventListener('close', () => {
  const row = openRow;
  openRow = null;
  remember();
  if (row) body.querySelector(`.open[data-index="${row.index}"]`)?.focus();
});
card.addEventListener('click', (event) => {
  // The ground beside the card is the dialog itself.
  if (event.target === card || event.target.closest('#close')) card.close();
});
card.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('pre, .inner')) return;
  if (event.key === 'ArrowLeft') step(-1);
  if (event.key === 'ArrowRight') step(1);
});

'use strict';

// What was found, as CSV, as JSON, or as the command that drafts it.

const save = (name, type, parts) => {
  const link = element('a');
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/// The details of all rows that were found, one block after the other.
const eachDetail = async (make) => {
  const status = byId('status').textContent;
  const parts = [];
  // By their place in the page, so that each block is unpacked once.
  const places = new Map(found.map((row, place) => [row, place]));
  for (const row of [...found].sort((a, b) => a.index - b.index)) {
    parts[places.get(row)] = make(await detailsOf(row));
    if (row.index % 1000 === 999) byId('status').textContent = `Exporting: ${count.format(row.index + 1)} looked at`;
  }
  byId('status').textContent = status;
  return parts;
};

const exportCSV = async (button) =>
  save('models.csv', 'text/csv;charset=utf-8', [`${button.dataset.header}\r\n`,
    ...(await eachDetail((detail) => `${detail.csv}\r\n`))]);

const exportJSON = async () => {
  const records = await eachDetail((detail) => JSON.stringify(detail.record));
  save('models.json', 'application/json', ['[\n', records.join(',\n'), '\n]\n']);
};

/// The command, and how many of the rows it leaves out: what is no model, what is dangerous, members of archives, and names
/// with marks that cannot be seen.
const draftCommand = () => {
  const words = found.map((row) => row.word).filter((word) => word !== null);
  const text = words.length === 1 ? `mlm-inspect draft ${words[0]} -o item.json`
    : `mlm-inspect draft --collection catalogue ${words.join(' ')}`;
  return { count: words.length, left: found.length - words.length, text };
};

const showCommand = () => {
  const command = draftCommand();
  const content = document.createDocumentFragment();
  const models = `${count.format(command.count)} model${command.count === 1 ? '' : 's'}`;
  const left = command.left ? ` ${count.format(command.left)} of what was found are left out: no models, dangerous, inside an archive, or with names that cannot be typed.` : '';
  content.append(element('p', 'what', `Draft ${models}`));
  // A system takes a command of two million bytes at most, most of them much less.
  const isLong = command.text.length > 100_000;
  const hint = isLong ? 'These are too many for one command: filter further, or name their folders.'
    : command.count === 0 ? 'Nothing of what was found can be drafted.' : 'Run it where the report was made.';
  content.append(element('p', 'hint', hint + left));
  if (!isLong && command.count > 0) {
    const block = element('div', 'code');
    const text = element('pre', 'short');
    text.tabIndex = 0;
    text.append(element('code', '', command.text));
    const button = element('button', 'button copy', 'Copy');
    button.type = 'button';
    block.append(text, button);
    content.append(block);
  }
  openRow = null;
  byId('card-title').textContent = 'Draft what was found';
  byId('before').disabled = true;
  byId('behind').disabled = true;
  showSheet(content);
};

byId('csv').addEventListener('click', (event) => exportCSV(event.currentTarget));
byId('json').addEventListener('click', exportJSON);
byId('draft').addEventListener('click', showCommand);
